# SPDX-License-Identifier: GPL-2.0-or-later
"""The profile OMA-Push: its colours say how a delivery went, its columns and buttons are understood."""
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROFILE = ROOT / "profiles" / "OMA-Push"
CAPTURES = ROOT / "test-captures"


@pytest.fixture(scope="module")
def profiled(tshark):
    """tshark with the profile in its home; the one who runs it may be another user."""
    target = tshark.dir / "home" / ".config" / "wireshark" / "profiles" / "OMA-Push"
    if not target.exists():
        target.mkdir(parents=True)
        for file in PROFILE.iterdir():
            shutil.copyfile(file, target / file.name)
        for path in [target, *target.parents]:
            if path == tshark.dir / "home":
                break
            path.chmod(0o755)
    return lambda *arguments: tshark("-C", "OMA-Push", *arguments)


@pytest.mark.parametrize("name, colours", [
    ("appendix-b-as-printed.pcap", {1: "Push finding: warning", 13: "Push object with warnings", 38: "Push session",
                                    43: "Push object failed", 47: "Push finding: warning"}),
    ("appendix-b-corrected.pcap", {1: "Push procedure", 13: "Push object passed", 43: "Push object passed",
                                   47: "Delivery report"}),
    ("variety/refused-413.pcap", {11: "Push object failed", 13: "Push finding: error"}),
])
def test_colours_by_verdict(profiled, name, colours):
    done = profiled("--color", "-2", "-r", CAPTURES / name, "-T", "fields", "-e", "frame.number",
                    "-e", "frame.coloring_rule.name")
    seen = dict(line.split("\t") for line in done.out.splitlines())
    assert {frame: seen[str(frame)] for frame in colours} == colours


@pytest.mark.parametrize("name", ["unknown-lost-segment", "unknown-ends-in-send", "unknown-tls-1.3"])
def test_what_cannot_be_told_is_neither_green_nor_red(profiled, name):
    done = profiled("--color", "-2", "-r", CAPTURES / "scenes" / f"{name}.pcap", "-Y",
                    "omapush.object.end || omapush.session.verdict", "-T", "fields", "-e", "frame.coloring_rule.name",
                    "-e", "frame.coloring_rule.string")
    rules = [line.split("\t")[0] for line in done.out.splitlines()]
    assert {"Push session: the capture cannot tell"} <= set(rules)
    assert set(rules) <= {"Push object: the capture cannot tell", "Push session: the capture cannot tell",
                          "Push finding: warning"}
    colours = re.findall(r"cannot tell@.*@\[(\d+),(\d+),(\d+)\]\[", (PROFILE / "colorfilters").read_text())
    assert len(colours) == 2 and all(red == green == blue for red, green, blue in colours)


def test_columns(profiled):
    rows = profiled("-2", "-r", CAPTURES / "appendix-b-as-printed.pcap", "-Y", "frame.number == 43",
                    "-T", "tabs").out.splitlines()
    assert [cell.strip() for cell in rows[0].split("\t")][-5:-1] == ["MSRP/Push", "1", "2", "fail"]


def test_filters_of_the_buttons(profiled):
    buttons = re.findall(r'^"TRUE","([^"]+)","(.*?)","', (PROFILE / "dfilter_buttons").read_text(), re.M)
    shown = {}
    for label, display_filter in buttons:
        done = profiled("-2", "-r", CAPTURES / "appendix-b-as-printed.pcap", "-Y",
                        display_filter.replace(r"\x22", '"'), "-T", "fields", "-e", "frame.number")
        shown[label] = [int(line) for line in done.out.split()]
    assert shown["Failed"] == [19, 43, 49]
    assert shown["Objects"] == [13, 43]
    assert shown["Ladder"] == [19, 24, 26, 28, 30, 32, 38, 40, 43, 45, 47, 49, 51, 53, 55]
    assert shown.pop("Cannot tell") == []
    assert shown["Registrations"] == [1, 2, 6, 8]
    assert shown["Reports"] == [47]
    assert all(shown.values())


def numbers(done):
    return [int(line) for line in done.out.split()]


def test_saved_filters(profiled):
    """Each is understood, and those that name the push show something of a push that fails."""
    filters = re.findall(r'^"([^"]+)" (.+)$', (PROFILE / "dfilters").read_text(), re.M)
    shown = {}
    for label, display_filter in filters:
        shown[label] = numbers(profiled("-2", "-r", CAPTURES / "appendix-b-as-printed.pcap", "-Y", display_filter,
                                        "-T", "fields", "-e", "frame.number"))
    assert shown["OMA Push: objects that failed"] == [43]
    assert shown["OMA Push: one line for each object"] == [13, 43]
    empty = {label for label, frames in shown.items() if not frames}
    assert empty == {"OMA Push: objects that did not arrive", "OMA Push: objects of which the capture cannot tell",
                     "OMA Push: SENDs whose answer took more than a second"}


@pytest.mark.parametrize("macro, frames", [
    ("${push_session:1}", [19, 24, 26, 28, 30, 32, 37, 38, 40, 42, 43, 45, 47, 49, 51, 53, 55]),
    ("${push_object:1}", [13, 15, 16, 17]), ("${push_failed}", [19, 43, 49]),
    ("${push_ladder:1} && msrp.method", [38, 43, 47])])
def test_macros(profiled, macro, frames):
    done = profiled("-2", "-r", CAPTURES / "appendix-b-as-printed.pcap", "-Y", macro, "-T", "fields", "-e",
                    "frame.number")
    assert numbers(done) == frames


def test_macros_of_old_and_new_versions_are_the_same():
    old = re.findall(r'^"(\w+)","(.+)"$', (PROFILE / "dfilter_macros").read_text(), re.M)
    new = re.findall(r'^"(\w+)" (.+)$', (PROFILE / "dmacros").read_text(), re.M)
    assert [(name, text.replace(r"\x22", '"')) for name, text in old] == new and new


def test_nothing_is_complained_of(profiled):
    """A preference or colour rule that this Wireshark does not know would be told on standard error."""
    done = profiled("--color", "-r", CAPTURES / "appendix-b-corrected.pcap")
    assert [line for line in done.err.splitlines() if "Running as user" not in line] == []
