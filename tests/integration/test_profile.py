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
    assert shown.pop("Cannot tell") == []
    assert shown["Registrations"] == [1, 2, 6, 8]
    assert shown["Reports"] == [47]
    assert all(shown.values())


def test_nothing_is_complained_of(profiled):
    """A preference or colour rule that this Wireshark does not know would be told on standard error."""
    done = profiled("--color", "-r", CAPTURES / "appendix-b-corrected.pcap")
    assert [line for line in done.err.splitlines() if "Running as user" not in line] == []
