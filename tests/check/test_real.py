# SPDX-License-Identifier: GPL-2.0-or-later
"""omapush-check, the profile and the wrapper with the real tshark and the built plugin."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROFILES = Path(__file__).resolve().parent.parent.parent / "profiles"


@pytest.fixture
def corrected(captures):
    return captures / "appendix-b-corrected.pcap"


@pytest.fixture
def real(check, tshark):
    """omapush-check on the real tshark."""
    return lambda *arguments: check(*map(str, arguments), tshark=tshark.path)


def test_corrected_flow_passes(real, corrected):
    run = real(corrected)
    assert (run.code, run.err) == (0, ""), run.out
    assert run.out.splitlines()[-1].startswith("PASS: ")


def test_flow_as_printed_fails(real, captures):
    run = real(captures / "appendix-b-as-printed.pcap")
    assert (run.code, run.err) == (1, "")
    assert "OBJ-HASH" in run.out


def test_json_is_the_plugins_document(real, tshark_json, corrected):
    assert json.loads(real(corrected, "--json").out) == tshark_json(corrected)


def test_page_and_junit(real, captures, tmp_path):
    real(captures / "appendix-b-as-printed.pcap", "--html", tmp_path / "a.html",
         "--junit", tmp_path / "a.xml")
    page = (tmp_path / "a.html").read_text()
    assert 'rfc5547">RFC 5547</a> <a href="https://www.rfc-editor.org/rfc/rfc5547#section-8.3.1">§8.3.1</a>' in page
    assert page.count("<svg") >= 2
    assert "<failure" in (tmp_path / "a.xml").read_text()


def test_files_of_a_ring_are_one_capture(real, corrected, tmp_path):
    """A push that spans files is one; each file alone does not hold it."""
    subprocess.run(["editcap", "-c", "20", corrected, tmp_path / "ring.pcap"], check=True)
    files = sorted(tmp_path.glob("ring*.pcap"))
    assert len(files) >= 3
    # In no order: the frames' times are it.
    run = real("--merge", *reversed(files))
    assert run.code == 0, run.out
    assert run.out.splitlines()[-1] == f"PASS: {files[-1]} and {len(files) - 1} more, merged"
    whole = json.loads(real(corrected, "--json").out)
    assert json.loads(real("--merge", *files, "--json").out) == whole
    assert real(*files).code != 0


def test_two_taps_are_one_capture(real, captures, corrected, tmp_path):
    """Each frame twice, a millisecond apart."""
    later = tmp_path / "later.pcap"
    subprocess.run(["editcap", "-t", "0.001", corrected, later], check=True)
    run = real("--merge", corrected, later, "--expect-objects", "2")
    assert run.code == 0, run.out


@pytest.mark.parametrize("text, why", [(b"hello", "mergecap: "), (None, "no such file")])
def test_what_cannot_be_merged(real, corrected, tmp_path, text, why):
    other = tmp_path / "other.pcap"
    if text:
        other.write_bytes(text)
    run = real("--merge", corrected, other)
    assert (run.code, run.out) == (2, "") and why in run.err and len(run.err.splitlines()) == 1


def test_require_each(real, corrected):
    assert real(corrected, "--require-each", "omapush.object.end").code == 0
    run = real(corrected, "--require-each", "omapush.object.id == 1")
    assert run.code == 1 and "no frame of object 2" in run.out


def test_page_of_a_session_over_a_relay(real, captures, tmp_path):
    """Each hop of each chunk is an arrow, and the contents are those that were sent."""
    real(captures / "scenes" / "legs-relay-changes-a-byte.pcap", "--html", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text()
    steps = re.findall(r"<i>([^<]*)</i><strong>([^<]*)</strong>", page)
    sends = [(ends, label) for ends, label in steps if label.startswith("SEND")]
    spans = ("SEND [1-200/600] +", "SEND [201-400/600] +", "SEND [401-600/600] $")
    assert sorted(sends) == sorted([("192.0.2.3 to 192.0.2.7: ", span) for span in spans]
                                   + [("192.0.2.7 to 192.0.2.4: ", span) for span in spans])
    assert ("192.0.2.7 to 192.0.2.3: ", "401") in steps and ("192.0.2.7 to 192.0.2.4: ",
                                                            "TCP connect to port 8888") in steps
    # An MMS notification begins so: m-notification-ind, then its transaction id (WAP-209, 6.2).
    assert "<pre>8c 82 98 " in page


def test_page_of_a_refused_connection(real, captures, tmp_path):
    real(captures / "scenes" / "not-sent-rst-three-times.pcap", "--html", tmp_path / "a.html")
    steps = re.findall(r"<strong>([^<]*)</strong>", (tmp_path / "a.html").read_text())
    assert "TCP connect to port 8888 (3 times, last #11, 2 s later)" in steps
    assert "TCP reset (3 times, last #12, 2 s later)" in steps


def test_filters(real, corrected):
    assert real(corrected, "--require", 'omapush.object.verdict == "pass"').code == 0
    assert real(corrected, "--require", "omapush.report.status == 408").code == 1
    assert real(corrected, "--fail-on", "msrp.method == \"SEND\"").code == 1
    run = real(corrected, "--require", "omapush.nonsense")
    assert run.code == 2
    assert run.err.startswith("omapush-check: bad filter: omapush.nonsense: ")


def test_cut_short(real, corrected, tmp_path):
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(corrected.read_bytes()[:-10])
    run = real(cut)
    assert run.code == 2
    assert run.err == f"omapush-check: {cut}: the capture is cut short in the middle of a packet\n"
    assert "registration" in run.out


def test_not_a_capture(real, tmp_path):
    path = tmp_path / "a.pcap"
    path.write_text("no capture " * 10)
    run = real(path)
    assert (run.code, run.err) == (2, f"omapush-check: {path}: not a capture file\n")


def test_stock_wireshark(check, stock_tshark, corrected):
    run = check(str(corrected), tshark=stock_tshark.path)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("omapush-check: plugin not loaded: ")
    assert run.err.count("\n") == 1


def test_no_push_in_it(real, tmp_path, tshark):
    empty = tmp_path / "empty.pcap"
    empty.write_bytes(bytes.fromhex("d4c3b2a1020004000000000000000000ffff000001000000"))
    assert real(empty).code == 0
    assert real(empty, "--require-push").code == 2


def test_profile(tshark, corrected):
    profile = tshark.dir / "home/.config/wireshark/profiles/OMA-Push"
    # Other tests of the same process use the profile, too.
    shutil.copytree(PROFILES / "OMA-Push", profile, dirs_exist_ok=True)
    done = tshark("-C", "OMA-Push", "--color", "-2", "-r", corrected)
    # A colour rule with an unknown field, or a misspelt preference, would be told there.
    assert done.err == ""
    assert re.search(r"\bpass\b", done.out)
