# SPDX-License-Identifier: GPL-2.0-or-later
"""0 all pass, 1 something fails, 2 cannot check; the last always with one line that says why."""

import os
import resource

import pytest

CUT = 'tshark: The file "x" appears to have been cut short in the middle of a packet.\n'


def only_line(run):
    lines = run.err.splitlines()
    assert len(lines) == 1, run.err
    assert lines[0].startswith("omapush-check: ")
    return lines[0]


def test_all_pass(check, capture, good):
    run = check(capture("a.pcap", good))
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[-1].startswith("PASS: ")


def test_warned_object_passes(check, capture, good):
    good["objects"][0].update(verdict="warn", findings=[0])
    good["findings"] = [{"rule": "SIP-TAG-QUOTES", "severity": "warn", "frame": 3, "object": 1,
                         "text": "typographic quotes"}]
    run = check(capture("a.pcap", good))
    assert run.code == 0
    assert "SIP-TAG-QUOTES, frame 3: typographic quotes" in run.out


def test_failing_object(check, capture, failing):
    run = check(capture("a.pcap", failing))
    assert (run.code, run.err) == (1, "")
    assert run.out.splitlines()[-1].startswith("FAIL: ")


def test_error_outside_objects_fails(check, capture, empty):
    empty["findings"] = [{"rule": "SIP-REJECTED", "severity": "error", "frame": 4, "object": None,
                          "text": "INVITE answered 488"}]
    run = check(capture("a.pcap", empty))
    assert run.code == 1
    assert "SIP-REJECTED" in run.out


def test_no_such_file(check, tmp_path):
    run = check(str(tmp_path / "none.pcap"))
    assert run.code == 2
    assert only_line(run).endswith("none.pcap: no such file")


def test_not_a_capture(check, tmp_path):
    path = tmp_path / "a.pcap"
    path.write_text("hello")
    run = check(str(path))
    assert run.code == 2
    assert only_line(run).endswith("a.pcap: not a capture file")


def test_empty_file(check, tmp_path):
    path = tmp_path / "a.pcap"
    path.touch()
    run = check(str(path))
    assert run.code == 2
    assert only_line(run).endswith("a.pcap: the file is empty")


@pytest.mark.parametrize("encapsulation", [134, 202, 209])
def test_picture_or_certificate(check, capture, empty, encapsulation):
    # Wireshark opens them, as one frame; stock tshark ends with 0.
    run = check(capture("a.pcap", empty, encapsulation=encapsulation))
    assert run.code == 2
    assert only_line(run).endswith("a.pcap: not a capture file")


def test_not_a_file(check, tmp_path):
    os.mkfifo(tmp_path / "pipe.pcap")
    run = check(str(tmp_path / "pipe.pcap"))
    assert run.code == 2
    assert "pipe.pcap: not a file" in only_line(run)
    run = check("-")
    assert run.code == 2
    assert "standard input" in only_line(run)


def test_cut_short_still_reports(check, capture, good):
    run = check(capture("a.pcap", good, stderr=CUT, exit=2))
    assert run.code == 2
    assert "cut short" in only_line(run)
    assert "mms-notification" in run.out
    assert run.out.splitlines()[-1].startswith("CANNOT CHECK: ")


def test_crash(check, capture):
    run = check(capture("a.pcap", signal="SIGSEGV"))
    assert run.code == 2
    assert "signal 11" in only_line(run)


def test_no_report(check, capture):
    run = check(capture("a.pcap"))
    assert run.code == 2
    assert "no readable push report" in only_line(run)


def test_unknown_report_version(check, capture, good):
    good["omapush"] = 1
    assert check(capture("a.pcap", good)).code == 2


def test_cannot_tell(check, capture, unknown, good):
    run = check(capture("a.pcap", unknown))
    assert run.code == 2
    assert "cannot tell: session 1: mms-notification may have arrived or not" in only_line(run)
    assert "frame 12: everything on the negotiated path is TLS" in only_line(run)
    assert run.out.splitlines()[-1].startswith("CANNOT TELL: ")
    assert check(capture("b.pcap", good), capture("a.pcap", unknown)).code == 2


def test_what_fails_counts_more_than_what_cannot_be_told(check, capture, unknown, failing, tmp_path):
    paths = [capture("a.pcap", unknown), capture("b.pcap", failing)]
    assert check(*paths).code == 1
    assert check(*paths, str(tmp_path / "none")).code == 2
    assert check(capture("c.pcap", unknown), "--fail-on", "dns").code == 2
    assert check(capture("c.pcap", unknown), "--require", "dns").code == 1


def test_fail_level(check, capture, good):
    good["objects"][0].update(verdict="warn", delivery="unconfirmed", diagnosis="frame 9: no REPORT came (receiver)")
    good["capture"]["verdict"] = "warn"
    path = capture("a.pcap", good)
    assert check(path).code == 0
    assert check(path, "--fail-level", "fail").code == 0
    run = check(path, "--fail-level", "warn")
    assert run.code == 1
    assert run.out.splitlines()[-1].startswith(f"FAIL: {path}: object 1 was sent, and nobody has confirmed")
    assert check(path, "--fail-level", "error").code == 0
    assert check(path, "--fail-level", "note").code == 2


def test_a_session_may_fail_without_an_object(check, capture, unknown):
    unknown["sessions"][0].update(verdict="fail", delivery="failed")
    unknown["sessions"][0]["offer"]["media"][0]["files"][0]["delivery"] = "failed"
    unknown["capture"]["verdict"] = "fail"
    unknown["findings"] = [{"rule": "FILE-NOT-SENT", "severity": "error", "frame": 12, "session": 1, "object": None,
                            "peer": None, "section": "RFC 5547 §8", "text": "nothing", "count": 1, "frames": [12]}]
    run = check(capture("a.pcap", unknown))
    assert run.code == 1
    assert run.out.endswith(": session 1 fails (FILE-NOT-SENT)\n")
    assert "fail: session 1: mms-notification never arrived: frame 12: everything" in run.out


def test_plugin_not_loaded(check, capture, good):
    run = check(capture("a.pcap", good), FAKE_TSHARK="no-plugin")
    assert (run.code, run.out) == (2, "")
    line = only_line(run)
    assert "plugin not loaded" in line
    assert ("as root" in line) == (os.geteuid() == 0)


def test_plugin_for_another_version(check, capture, good):
    run = check(capture("a.pcap", good), FAKE_TSHARK="wrong-version")
    assert run.code == 2
    assert "built for Wireshark 4.4, this is 4.0" in only_line(run)


def test_plugin_not_loaded_is_said_before_the_filter(check, capture, good):
    run = check(capture("a.pcap", good), "--require", "bad(", FAKE_TSHARK="no-plugin")
    assert "plugin not loaded" in only_line(run)


def test_no_tshark(check, capture, good):
    run = check(capture("a.pcap", good), tshark="/nonexistent/tshark")
    assert run.code == 2
    assert "/nonexistent/tshark: no such program" in only_line(run)


@pytest.mark.parametrize("option", ["--require", "--fail-on"])
def test_bad_filter(check, capture, good, option):
    run = check(capture("a.pcap", good), capture("b.pcap", good), option, "bad(")
    assert (run.code, run.out) == (2, "")
    assert "bad filter: bad(: " in only_line(run)


@pytest.mark.parametrize("option", ["--require", "--fail-on"])
def test_empty_filter(check, capture, good, option):
    # An unset variable of a script: every frame would match it.
    run = check(capture("a.pcap", good), option, "")
    assert (run.code, run.out) == (2, "")
    assert "bad filter: it is empty" in only_line(run)


def test_demand_that_cannot_be_looked_into(check, capture, good):
    run = check(capture("a.pcap", good, fields_exit=3), "--fail-on", "dns")
    assert run.code == 2
    assert "it broke" in only_line(run)


def test_require(check, capture, good):
    path = capture("a.pcap", good, matches={"omapush": [3]})
    assert check(path, "--require", "omapush").code == 0
    run = check(path, "--require", "omapush", "--require", "mmse")
    assert run.code == 1
    assert "--require mmse: no frame matches" in run.out


def test_fail_on(check, capture, good):
    path = capture("a.pcap", good, matches={"tcp.analysis.lost_segment": [7, 8]})
    assert check(path, "--fail-on", "dns").code == 0
    run = check(path, "--fail-on", "tcp.analysis.lost_segment")
    assert run.code == 1
    assert "matched by frame 7, 8" in run.out


def test_require_push(check, capture, empty):
    path = capture("a.pcap", empty)
    assert check(path).code == 0
    run = check(path, "--require-push")
    assert run.code == 2
    assert only_line(run).endswith("a.pcap: no push in it")


def test_worst_of_several(check, capture, good, failing, tmp_path):
    bad = capture("bad.pcap", failing)
    assert check(bad, bad).code == 1
    run = check(bad, str(tmp_path / "none.pcap"))
    assert run.code == 2
    assert "none.pcap" in only_line(run)


def test_folder_without_captures(check, tmp_path):
    (tmp_path / "dir").mkdir()
    run = check(str(tmp_path / "dir"))
    assert run.code == 2
    assert "no capture in this folder" in only_line(run)


def test_unwritable_output(check, capture, good, tmp_path):
    run = check(capture("a.pcap", good), "--html", str(tmp_path / "no" / "x.html"))
    assert run.code == 2
    assert "x.html" in only_line(run)


def test_targets_are_opened_before_the_work(check, capture, good, tmp_path):
    """Nothing is checked for a report that cannot be kept, and what is there stays as it is."""
    page = tmp_path / "x.html"
    page.write_text("of yesterday")
    run = check(capture("a.pcap", good), "--junit", str(tmp_path / "no" / "x.xml"), "--html", str(page))
    assert (run.code, run.out) == (2, "")
    assert "x.xml" in only_line(run)
    assert page.read_text() == "of yesterday"
    run = check(str(tmp_path / "none"), "--junit", str(tmp_path / "new.xml"), "--require", "bad(")
    assert run.code == 2 and not (tmp_path / "new.xml").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("options", [(), ("--json",), ("--jsonl",), ("-q",), ("--list-rules",)])
def test_output_that_cannot_be_written(check, capture, good, options):
    path = capture("a.pcap", good)
    with open("/dev/full", "w") as full:
        run = check(path, *options, stdout=full)
    assert run.code == 2
    assert "No space left on device" in only_line(run)


@pytest.mark.parametrize("options", [("--require", "omapush"), ("--merge",)])
def test_no_folder_for_temporary_files(check, capture, good, options):
    """Every folder is full: not a byte of a file can be written."""
    run = check(capture("a.pcap", good), *options,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY)))
    assert (run.code, run.out) == (2, "")
    assert "No usable temporary directory" in only_line(run)


@pytest.mark.parametrize("report", ["[]", "17", '"x"', '{"omapush": 2, "objects": 5}', '{"omapush": 2, "objects": [5]}',
                                    '{"omapush": 2, "objects": [{"findings": [9]}], "findings": [1]}'])
def test_a_tshark_that_prints_nonsense(check, tmp_path, report):
    program = tmp_path / "nonsense"
    program.write_text(f"#!/bin/sh\necho '{report}'\n")
    program.chmod(0o755)
    capture = tmp_path / "a.pcap"
    capture.write_bytes(b"x")
    for more in ((), ("--html", str(tmp_path / "a.html")), ("--junit", str(tmp_path / "a.xml")), ("--json",)):
        run = check(str(capture), *more, tshark=str(program))
        assert run.code == 2, (report, run.out)
        only_line(run)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_folder_without_permission(check, tmp_path):
    (tmp_path / "dir").mkdir(mode=0)
    run = check(str(tmp_path / "dir"))
    assert run.code == 2
    assert "Permission denied" in only_line(run)


@pytest.mark.parametrize("jobs", ["0", "-1", "x", ""])
def test_number_of_jobs(check, capture, good, jobs):
    run = check(capture("a.pcap", good), f"--jobs={jobs}")
    assert run.code == 2
    assert "a number from 1 on expected" in run.err


def test_usage_error(check):
    assert check().code == 2
