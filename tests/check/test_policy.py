# SPDX-License-Identifier: GPL-2.0-or-later
"""What a policy makes of a capture: each option changes an answer."""

import copy
import json
import os
import pty
import subprocess

import pytest

from check.conftest import COMMAND, HERE


def warned(good):
    """A push that arrived with a broken MUST."""
    good["objects"][0].update(verdict="warn", findings=[0], diagnosis="frame 9: spaces (sender)")
    good["findings"] = [{"rule": "MSRP-END-LINE", "severity": "warn", "frame": 9, "session": 1, "object": 1,
                         "peer": "192.0.2.3", "section": "RFC 4975 §7.1", "text": "spaces", "count": 1, "frames": [9]}]
    good["sessions"][0]["verdict"] = good["capture"]["verdict"] = "warn"
    return good


def mismatched(good):
    """A push that arrived and is not what was offered."""
    good["objects"][0].update(verdict="fail", findings=[0], diagnosis="frame 11: not the offered hash (sender)")
    good["objects"][0]["verification"]["result"] = "mismatch"
    good["findings"] = [{"rule": "OBJ-HASH", "severity": "error", "frame": 11, "session": 1, "object": 1,
                         "peer": "192.0.2.3", "section": "RFC 5547 §8", "text": "not the hash", "count": 1,
                         "frames": [11]}]
    good["sessions"][0]["verdict"] = good["capture"]["verdict"] = "fail"
    return good


# --- --ignore ---


def test_ignore(check, capture, good):
    path = capture("a.pcap", warned(good))
    assert check(path, "--fail-level", "warn").code == 1
    run = check(path, "--fail-level", "warn", "--ignore", "MSRP-END-LINE")
    assert run.code == 0 and "MSRP-END-LINE" not in run.out
    assert check(path, "--fail-level", "warn", "--ignore", "SIP-SYNTAX,MSRP-END-LINE").code == 0
    assert check(path, "--fail-level", "warn", "--ignore", "SIP-SYNTAX").code == 1


def test_ignored_hash(check, capture, good):
    path = capture("a.pcap", mismatched(good))
    assert check(path).code == 1
    assert check(path, "--ignore", "OBJ-HASH").code == 0


def test_what_did_not_arrive_cannot_be_ignored(check, capture, failing):
    assert check(capture("a.pcap", failing), "--ignore", "MSRP-GAP").code == 1


def test_what_cannot_be_told_cannot_be_ignored(check, capture, good):
    """Neither of a session that names no file, nor of a capture whose frames are cut."""
    finding = {"rule": "SIP-SYNTAX", "severity": "warn", "frame": 1, "session": None, "object": None, "peer": None,
               "section": "", "text": "x", "count": 1, "frames": [1]}
    good["findings"], good["objects"] = [finding], []
    good["sessions"][0].update(objects=[], delivery="unknown", verdict="unknown", diagnosis="frame 3: cut (capture)")
    good["capture"]["verdict"] = "unknown"
    assert check(capture("a.pcap", good), "--ignore", "SIP-SYNTAX").code == 2
    good["sessions"] = []
    good["capture"]["reasons"] = ["all frames are cut"]
    run = check(capture("b.pcap", good), "--ignore", "SIP-SYNTAX")
    assert run.code == 2 and "cannot tell: all frames are cut" in run.err


def test_ignore_of_no_rule(check, capture, good):
    run = check(capture("a.pcap", good), "--ignore", "MSRP-ENDLINE")
    assert run.code == 2 and 'did you mean "MSRP-END-LINE"?' in run.err


def test_json_is_what_the_plugin_wrote(check, capture, good):
    path = capture("a.pcap", warned(good))
    assert json.loads(check(path, "--json", "--ignore", "MSRP-END-LINE").out) == good


# --- --baseline ---


@pytest.fixture
def known(check, capture, failing, tmp_path):
    """A baseline of a capture that fails."""
    path = tmp_path / "known.json"
    run = check(capture("known.pcap", failing), "--write-baseline", str(path))
    assert run.code == 0
    return str(path)


def test_baseline(check, capture, failing, known):
    document = json.loads(open(known).read())
    assert document == {"omapush-baseline": 1,
                        "findings": [{"rule": "MSRP-GAP", "object": "mms-notification", "peer": "192.0.2.3"}],
                        "outcomes": [{"object": "mms-notification", "delivery": "failed"}]}
    path = capture("a.pcap", failing)
    assert check(path).code == 1
    run = check(path, "--baseline", known)
    assert run.code == 0 and run.out.splitlines()[-1] == f"PASS: {path}"


@pytest.mark.parametrize("what, code", [
    ({"name": "another"}, 1), ({"delivery": "refused"}, 1), ({"message_id": "another"}, 0)])
def test_what_is_new_fails(check, capture, failing, known, what, code):
    failing["objects"][0].update(what)
    assert check(capture("a.pcap", failing), "--baseline", known).code == code


def test_a_known_rule_of_another_peer_is_new(check, capture, failing, known):
    failing["findings"][0]["peer"] = "192.0.2.9"
    assert check(capture("a.pcap", failing), "--baseline", known).code == 1


def test_offered_files_in_a_baseline(check, capture, unknown, tmp_path):
    path, known = capture("a.pcap", unknown), str(tmp_path / "b.json")
    assert check(path).code == 2
    assert check(path, "--write-baseline", known).code == 0
    assert check(path, "--baseline", known).code == 0
    unknown["sessions"][0]["offer"]["media"][0]["files"][0]["name"] = "another"
    assert check(capture("b.pcap", unknown), "--baseline", known).code == 2


@pytest.mark.parametrize("text, why", [("", "not a baseline"), ("[]", "not a baseline"),
                                       ('{"omapush-baseline": 9}', "a version that is not known"),
                                       ('{"omapush-baseline": 1, "findings": [3], "outcomes": []}', "not a baseline")])
def test_no_baseline(check, capture, good, tmp_path, text, why):
    (tmp_path / "b.json").write_text(text)
    run = check(capture("a.pcap", good), "--baseline", str(tmp_path / "b.json"))
    assert run.code == 2 and why in run.err
    assert check(capture("a.pcap", good), "--baseline", str(tmp_path / "none")).code == 2


# --- demands ---


def test_require_each(check, capture, good):
    item = good["objects"][0]
    good["objects"].append({**copy.deepcopy(item), "id": 2, "name": "second"})
    wanted = "omapush.report.status == 200"
    path = capture("a.pcap", good, matches={f"omapush.object.id && ({wanted})": ["1"], wanted: [13]})
    assert check(path, "--require", wanted).code == 0
    run = check(path, "--require-each", wanted)
    assert run.code == 1
    assert f"--require-each {wanted}: no frame of object 2 (second) matches" in run.out
    path = capture("b.pcap", good, matches={f"omapush.object.id && ({wanted})": ["1,2"]})
    assert check(path, "--require-each", wanted).code == 0


def test_expect_objects(check, capture, good, empty):
    path = capture("a.pcap", good)
    assert check(path, "--expect-objects", "1").code == 0
    run = check(path, "--expect-objects", "2")
    assert run.code == 1 and "--expect-objects 2: there are 1" in run.out
    assert check(capture("b.pcap", empty), "--expect-objects", "0").code == 0
    assert check(capture("b.pcap", empty), "--expect-objects", "1").code == 1
    assert check(path, "--expect-objects", "-1").code == 2


@pytest.mark.parametrize("limits, code, told", [
    ("response=1", 0, None), ("report=2,response=1", 0, None), ("setup=0.05", 1, "setup=0.05: exceeded by object 1 (0.100 s)"),
    ("response=0.005", 1, "response=0.005: exceeded by object 1 (0.010 s)"),
    ("report=0.01,response=1", 1, "report=0.01: exceeded by object 1 (0.020 s)"), ("transfer=0.1", 1, "transfer=0.1")])
def test_max_delay(check, capture, good, limits, code, told):
    run = check(capture("a.pcap", good), "--max-delay", limits)
    assert run.code == code
    assert told is None or told in run.out


def test_what_never_came_is_late(check, capture, good):
    path = capture("a.pcap", warned(good))
    assert check(path, "--max-delay", "report=2").code == 0
    good["findings"][0]["rule"] = "MSRP-REPORT-MISSING"
    good["objects"][0].update(reports=[], seconds={"setup": 0.1, "transfer": 0.2, "report": None})
    path = capture("b.pcap", good)
    assert check(path).code == 0
    run = check(path, "--max-delay", "report=2")
    assert run.code == 1 and "report=2: exceeded by object 1 (it never came)" in run.out


@pytest.mark.parametrize("limits", ["", "report", "report=x", "speed=1", "report=-1", "report=nan"])
def test_max_delay_that_makes_no_sense(check, capture, good, limits):
    assert check(capture("a.pcap", good), f"--max-delay={limits}").code == 2


@pytest.mark.parametrize("display_filter, meant", [
    ('omapush.object.verdict == "Pas"', 'did you mean "pass"?'), ('omapush.object.verdict == "Fail"', '"fail"'),
    ('omapush.object.delivery in {"refused", "faild"}', '"failed"'),
    ('omapush.object.verdict == Pas', '"pass"'), ('omapush.object.verdict eq r"Pas"', '"pass"'),
    ('omapush.object.state in {complete, incomplet}', '"incomplete"'), ('omapush.object.verdict == ""', "it has pass"),
    ('sip && omapush.session.verdict != "okay"', "it has pass, warn, fail, unknown"),
    ('omapush.finding.rule == "OBJ-HASCH"', '"OBJ-HASH"')])
def test_a_word_that_a_field_never_has(check, capture, good, display_filter, meant):
    for option in ("--require", "--fail-on", "--require-each"):
        run = check(capture("a.pcap", good), option, display_filter)
        assert (run.code, run.out) == (2, "")
        assert "is never" in run.err and meant in run.err and len(run.err.splitlines()) == 1


def test_words_that_fields_have(check, capture, good):
    path = capture("a.pcap", good)
    for display_filter in ('omapush.object.verdict == "pass"', 'omapush.object.delivery in {"refused", "failed"}',
                           'omapush.object.verification == not-offered', "omapush.object.state in {complete, aborted}",
                           "omapush.object.verdict == omapush.session.verdict",
                           'omapush.event_app == "anything"', 'omapush.finding.rule == "OBJ-HASH"'):
        assert check(path, "--fail-on", display_filter).code == 0


# --- --config ---


def test_config(check, capture, good, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text('fail-level = "warn"\nexpect-objects = 1\nignore = ["MSRP-END-LINE"]\n[max-delay]\nresponse = 1\n')
    path = capture("a.pcap", warned(good))
    assert check(path, "--fail-level", "warn").code == 1
    assert check(path, "--config", str(policy)).code == 0
    policy.write_text('fail-level = "warn"\n')
    assert check(path, "--config", str(policy)).code == 1
    assert check(path, "--config", str(policy), "--ignore", "MSRP-END-LINE").code == 0
    assert check(path, "--config", str(policy), "--fail-level", "error").code == 0


def test_baseline_beside_the_config(check, capture, failing, known, tmp_path):
    (tmp_path / "policy.toml").write_text('baseline = "known.json"\n')
    assert check(capture("a.pcap", failing), "--config", str(tmp_path / "policy.toml")).code == 0


@pytest.mark.parametrize("text, why", [
    ("fail-levl = 1", "no policy is called fail-levl"), ("expect-objects = true", "is to be a int"),
    ("expect-objects = -1", "a number from 0 on"), ("ignore = [1]", "a list of texts"), ("=", "not TOML"),
    ('fail-level = "x"', "error or warn"), ("[max-delay]\nspeed = 1", "no delay is called speed"),
    ('[max-delay]\nreport = "x"', "seconds expected"), ('tshark = "x"', "no policy is called tshark")])
def test_config_that_cannot_be_read(check, capture, good, tmp_path, text, why):
    (tmp_path / "p.toml").write_text(text)
    run = check(capture("a.pcap", good), "--config", str(tmp_path / "p.toml"))
    assert run.code == 2 and why in run.err and len(run.err.splitlines()) == 1


# --- --jsonl, --from-json ---


def test_reports_made_elsewhere(check, capture, good, failing, unknown, tmp_path):
    """Report, exit code and JUnit are what they would be of the captures."""
    paths = [capture("a.pcap", good), capture("b.pcap", failing), capture("c.pcap", unknown)]
    here = check(*paths, "--junit", str(tmp_path / "here.xml"))
    lines = check(*paths, "--jsonl")
    assert lines.code == here.code == 1
    (tmp_path / "lines").write_text(lines.out)
    there = check(str(tmp_path / "lines"), "--from-json", "--junit", str(tmp_path / "there.xml"))
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert (tmp_path / "there.xml").read_text() == (tmp_path / "here.xml").read_text()
    (tmp_path / "list").write_text(check(*paths, "--json").out)
    assert check(str(tmp_path / "list"), "--from-json").out == here.out
    assert check("-", "--from-json", stdin=lines.out).out == here.out


def test_reports_of_five_thousand_captures(check, good, failing, tmp_path):
    lines = [json.dumps({"capture": f"c{n}.pcap", "exit": 0, "document": failing if n == 4321 else good})
             for n in range(5000)]
    (tmp_path / "lines").write_text("\n".join(lines))
    run = check("--from-json", str(tmp_path / "lines"), "-qq", "--junit", str(tmp_path / "j.xml"))
    assert (run.code, run.out) == (1, "FAIL: c4321.pcap: object 1 fails (MSRP-GAP)\n")
    assert '<testsuites name="omapush-check" tests="15000" failures="1" errors="0"' in (
        (tmp_path / "j.xml").read_text()[:400])


def test_one_report(check, capture, good, failing, tmp_path):
    for report, code in ((good, 0), (failing, 1)):
        (tmp_path / "r.json").write_text(check(capture("a.pcap", report), "--json").out)
        assert check(str(tmp_path / "r.json"), "--from-json").code == code


def test_what_could_not_be_read_elsewhere(check, capture, good, tmp_path):
    out = check(capture("a.pcap", good), str(tmp_path / "none.pcap"), "--jsonl").out
    run = check("-", "--from-json", stdin=out)
    assert run.code == 2 and "none.pcap: no such file" in run.err
    cut = check(capture("b.pcap", good, stderr="tshark: x appears to have been cut short in the middle\n", exit=2),
                "--jsonl")
    assert cut.code == 2
    run = check("-", "--from-json", stdin=cut.out)
    assert run.code == 2 and "cut short" in run.err


def test_a_list_made_elsewhere_keeps_what_the_exit_code_hangs_on(check, capture, good):
    """Cut short, or a demand that is not met: neither is in the document."""
    cut = capture("b.pcap", good, stderr="tshark: x appears to have been cut short in the middle\n", exit=2)
    for more, code in (((), 2), (("--require", "mmse"), 1)):
        paths = [capture("a.pcap", good), cut if code == 2 else capture("c.pcap", good)]
        listed = check(*paths, "--json", *more)
        assert listed.code == code and check("-", "--from-json", stdin=listed.out).code == code


def test_demands_that_were_not_met_elsewhere(check, capture, good):
    lines = check(capture("a.pcap", good), "--require", "mmse", "--jsonl")
    assert lines.code == 1
    run = check("-", "--from-json", stdin=lines.out)
    assert run.code == 1 and "--require mmse: no frame matches" in run.out


def test_policy_of_reports(check, capture, good):
    lines = check(capture("a.pcap", warned(good)), "--jsonl").out
    assert check("-", "--from-json", stdin=lines).code == 0
    assert check("-", "--from-json", "--fail-level", "warn", stdin=lines).code == 1
    assert check("-", "--from-json", "--fail-level", "warn", "--ignore", "MSRP-END-LINE", stdin=lines).code == 0
    assert check("-", "--from-json", "--expect-objects", "2", stdin=lines).code == 1
    assert check("-", "--from-json", "--require", "omapush", stdin=lines).code == 2


@pytest.mark.parametrize("text", ["", "x", "{}", "[1]", '{"omapush": 1}', "null", '{"document": 5}'])
def test_no_report(check, text):
    run = check("-", "--from-json", stdin=text)
    assert run.code == 2 and len(run.err.splitlines()) == 1


@pytest.mark.skipif(subprocess.run(["which", "parallel"], capture_output=True).returncode, reason="GNU parallel is not here")
def test_on_two_workers(check, capture, good, failing, tmp_path):
    """As docs/automation.md has it."""
    paths = [capture(f"p{n}.pcap", failing if n == 3 else good) for n in range(5)]
    done = subprocess.run(["parallel", "-j2", "-k", str(COMMAND), "--tshark", str(HERE / "fake_tshark"), "--jsonl", ":::",
                           *paths], capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 5
    run = check("-", "--from-json", stdin=done.stdout)
    assert run.code == 1 and "FAIL: 1 of 5 captures" in run.out


# --- --compare ---


def test_compare(check, capture, good, failing, tmp_path):
    before, after = capture("before.pcap", good), capture("after.pcap", failing)
    run = check("--compare", before, after)
    assert run.code == 1
    assert run.out.splitlines() == [
        "fail: object mms-notification has changed: delivery confirmed -> failed, verdict pass -> fail, "
        "state complete -> incomplete, size 4092 -> 2048, verification match -> not-verifiable: "
        f"{failing['objects'][0]['diagnosis']}",
        "fail: new: error MSRP-GAP of mms-notification by 192.0.2.3", "2 differences, 2 of them for the worse"]
    run = check("--compare", after, before)
    assert run.code == 0 and "gone: error MSRP-GAP of mms-notification by 192.0.2.3" in run.out
    assert check("--compare", before, before).out == "nothing differs\n"
    for path, report in (("b.json", before), ("a.json", after)):
        (tmp_path / path).write_text(check(report, "--json").out)
    assert check("--compare", str(tmp_path / "b.json"), str(tmp_path / "a.json")).code == 1


def test_compare_what_is_new_and_gone(check, capture, good):
    other = copy.deepcopy(good)
    other["objects"][0]["name"] = "another"
    run = check("--compare", capture("a.pcap", good), capture("b.pcap", other))
    assert run.code == 1
    assert "fail: object mms-notification is gone; it was pass, confirmed" in run.out
    assert "note: new object another: pass, confirmed" in run.out


def test_compare_takes_two(check, capture, good, tmp_path):
    path = capture("a.pcap", good)
    assert check("--compare", path).code == 2
    assert check("--compare", path, path, path).code == 2
    run = check("--compare", path, str(tmp_path / "none"))
    assert run.code == 2 and "no such file" in run.err


# --- for people ---


def test_quiet(check, capture, good, failing):
    a, b = capture("a.pcap", good), capture("b.pcap", failing)
    run = check("-q", a, b)
    assert run.code == 1
    assert run.out.splitlines() == [f"PASS: {a}", f"FAIL: {b}: object 1 fails (MSRP-GAP)", "PASS: 1 of 2 captures",
                                    "FAIL: 1 of 2 captures"]
    assert check("-q", "-q", a, b).out == f"FAIL: {b}: object 1 fails (MSRP-GAP)\n"
    assert check("-qq", a).out == ""


def test_a_later_try(check, capture, good, failing):
    """Try 1 failed, and object 2 brought the same."""
    failing["objects"].append({**copy.deepcopy(good["objects"][0]), "id": 2})
    run = check(capture("a.pcap", failing))
    assert "fail: object 1 did not arrive, a try that object 2 delivered later: frame 9" in run.out


def on_a_terminal(*arguments, **environment):
    """What the command writes to a terminal of 40 columns."""
    outer, inner = pty.openpty()
    env = {**os.environ, "TSHARK": str(HERE / "fake_tshark"), "COLUMNS": "40", "TERM": "xterm", **environment}
    env.pop("NO_COLOR") if "NO_COLOR" in env and "NO_COLOR" not in environment else None
    done = subprocess.Popen([str(COMMAND), *arguments], stdout=inner, stderr=inner, stdin=subprocess.DEVNULL, env=env)
    os.close(inner)
    text = b""
    while True:
        try:
            more = os.read(outer, 65536)
        except OSError:
            break
        if not more:
            break
        text += more
    os.close(outer)
    return done.wait(), text.decode()


def test_colour(capture, good, failing):
    path = capture("a.pcap", failing)
    code, text = on_a_terminal(path)
    assert code == 1
    assert "\x1b[31mFAIL\x1b[0m: " in text and "  \x1b[31mfail\x1b[0m: object 1 did not arrive" in text
    assert "\x1b[31merror\x1b[0m  MSRP-GAP" in text
    assert "\x1b" not in on_a_terminal(path, NO_COLOR="1")[1]
    assert "\x1b" not in on_a_terminal(path, TERM="dumb")[1]
    assert "\x1b[32mPASS\x1b[0m" in on_a_terminal(capture("b.pcap", good))[1]


def test_no_colour_for_what_is_not_a_terminal(check, capture, failing):
    assert "\x1b" not in check(capture("a.pcap", failing), "-v").out


def test_help_on_forty_columns(check):
    run = check("--help", COLUMNS="40")
    assert run.code == 0 and max(map(len, run.out.splitlines())) <= 60


def test_list_rules(check):
    run = check("--list-rules")
    assert run.code == 0 and "OBJ-HASH" in run.out
    listed = json.loads(check("--list-rules", "--json").out)
    rule = next(rule for rule in listed if rule["id"] == "SIP-SYNTAX")
    assert rule == {"id": "SIP-SYNTAX", "severity": "warn", "section": "RFC 3261 §7",
                    "summary": "start line or header line against the grammar"}
    assert len(listed) == len(run.out.splitlines()) > 80


def test_version(check):
    text = (HERE.parent.parent / "CMakeLists.txt").read_text()
    version = text.split("set(OMAPUSH_VERSION ")[1].split(")")[0]
    assert check("--version").out == f"omapush-check {version}\n"
