# SPDX-License-Identifier: GPL-2.0-or-later
"""What the readable report and --json say."""

import gzip
import json


def test_table(check, capture, good):
    out = check(capture("a.pcap", good)).out
    row = next(line for line in out.splitlines() if "mms-notification" in line)
    assert row.split("  ")[1:2] != []
    for cell in ("MSRP", "application/vnd.oma.push", "4092", "complete", "match (sha-1, object)",
                 "200", "pass"):
        assert cell in row
    assert "registration (first party): sip:user@example.com, mms.ua, expires 7200: 200" in out
    assert "session 1: sip:psa@example.com to sip:user@example.com" in out


def test_failing_object_is_told_in_full(check, capture, failing):
    out = check(capture("a.pcap", failing)).out
    assert "object 1 (fail): mms-notification, MSRP, session 1, frame 9" in out
    assert "missing bytes: 2049-4092" in out
    assert "error  MSRP-GAP, frame 9: the session ended with bytes 2049-4092 missing" in out


def test_mismatch_shows_both_hashes(check, capture, good):
    good["objects"][0]["verdict"] = "fail"
    good["objects"][0]["verification"] = {"result": "mismatch", "algorithm": "sha-1",
                                          "offered": "AA:BB", "computed": "CC:DD", "covers": None}
    out = check(capture("a.pcap", good)).out
    assert "sha-1 offered  AA:BB" in out
    assert "sha-1 computed CC:DD" in out


def test_a_rule_broken_again_and_again_takes_one_line(check, capture, failing):
    failing["findings"][0].update(count=50, frames=list(range(9, 59)))
    path = capture("a.pcap", failing)
    out = check(path).out
    assert "; 49 more, also in frames 10, 11, 12, 13, 14, 15 and 43 more" in out
    assert out.count("error  MSRP-GAP") == 1
    assert "50 errors" in out


def test_what_did_not_arrive_comes_first(check, capture, failing, good):
    warned = {**good["objects"][0], "id": 2, "verdict": "warn", "diagnosis": "frame 3: spaces (sender)"}
    mismatch = {**good["objects"][0], "id": 3, "verdict": "fail", "diagnosis": "frame 7: changed on the way (relay)",
                "verification": {**good["objects"][0]["verification"], "result": "mismatch"}}
    warned["name"] = mismatch["name"] = "another"
    failing["objects"] += [warned, mismatch]
    lines = check(capture("a.pcap", failing)).out.splitlines()
    assert lines[1:4] == [
        f"  fail: object 1 did not arrive: {failing['objects'][0]['diagnosis']}",
        "  fail: object 3 arrived but is not what was offered: frame 7: changed on the way (relay)",
        "  warn: object 2 arrived: frame 3: spaces (sender)"]


def test_a_green_capture_has_no_diagnosis_and_says_so_in_one_line(check, capture, good):
    path = capture("a.pcap", good)
    lines = check(path).out.splitlines()
    assert lines[-1] == f"PASS: {path}"
    assert not any(line.startswith(("  fail:", "  warn:", "  unknown:", "peers:")) for line in lines)


def test_peers(check, capture, failing):
    failing["findings"].append({**failing["findings"][0], "rule": "MSRP-UNINTERRUPTIBLE", "severity": "note",
                                "object": None})
    failing["peers"][0]["findings"] = {"MSRP-UNINTERRUPTIBLE": 5, "MSRP-GAP": 1}
    path = capture("a.pcap", failing)
    assert "peers:\n  192.0.2.3 (sender): MSRP-GAP 1\n" in check(path).out
    assert "  192.0.2.3 (sender): MSRP-GAP 1, MSRP-UNINTERRUPTIBLE 5\n" in check(path, "-v").out
    failing["peers"][1]["findings"] = {"MSRP-GAP": 2}
    assert "  192.0.2.4, ExampleUA/1.2 (receiver): MSRP-GAP 2\n" in check(capture("b.pcap", failing)).out


def test_many_rules_are_cut_unless_verbose(check, capture, failing):
    failing["findings"] = [dict(failing["findings"][0], rule=f"RULE-{n}") for n in range(50)]
    failing["objects"][0]["findings"] = list(range(50))
    path = capture("a.pcap", failing)
    assert "... and 38 more rules" in check(path).out
    assert check(path, "-v").out.count("error  RULE-") == 50


def test_last_line_says_why(check, capture, failing):
    assert check(capture("a.pcap", failing)).out.endswith(": object 1 fails (MSRP-GAP)\n")
    failing["findings"] = failing["objects"][0]["findings"] = []
    assert check(capture("a.pcap", failing)).out.endswith(": object 1 fails (incomplete)\n")


def test_object_without_anything_known(check, capture, empty):
    empty["objects"] = [{"id": 1, "carrier": "MESSAGE", "session": None, "call_id": None,
                         "verdict": "pass", "findings": []}]
    assert check(capture("a.pcap", empty)).code == 0


def test_control_characters_never_reach_the_terminal(check, capture, failing):
    evil = "a\x1b[2J\u202eb\x07\u2028\udc80"
    failing["objects"][0].update(name=evil, content_type=evil)
    failing["findings"][0]["text"] = evil
    failing["sessions"][0]["from"] = evil
    failing["registrations"][0]["aor"] = evil
    out = check(capture("a.pcap", failing), "-v").out
    assert not any(char in out for char in "\x1b\x07\u202e\u2028")
    assert "a\\x1b[2J\\u202eb\\x07\\u2028\\udc80" in out


def test_poor_locale(check, capture, good):
    good["objects"][0]["name"] = "Grüße €"
    run = check(capture("a.pcap", good), LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0",
                PYTHONIOENCODING="ascii")
    assert run.code == 0


def test_json_of_one_capture_is_the_plugins_own(check, capture, good):
    run = check(capture("a.pcap", good), "--json")
    assert json.loads(run.out) == good


def test_json_of_several(check, capture, good, failing, tmp_path):
    paths = [capture("a.pcap", good), capture("b.pcap", failing), str(tmp_path / "none")]
    run = check(*paths, "--json")
    listed = json.loads(run.out)
    assert [entry["capture"] for entry in listed] == paths
    assert [entry["exit"] for entry in listed] == [0, 1, 2]
    assert listed[0]["document"] == good
    assert listed[2]["document"] is None
    assert run.code == 2


def test_a_line_for_each_capture(check, capture, good, failing, tmp_path):
    paths = [capture("a.pcap", good), capture("b.pcap", failing), str(tmp_path / "none")]
    run = check(*paths, "--jsonl")
    lines = [json.loads(line) for line in run.out.splitlines()]
    assert [list(line) for line in lines] == [["capture", "exit", "document", "trouble", "unmet"]] * 3
    assert [(line["capture"], line["exit"]) for line in lines] == list(zip(paths, (0, 1, 2)))
    assert [line["document"] for line in lines] == [good, failing, None]
    assert len(check(paths[0], "--jsonl").out.splitlines()) == 1


def test_json_of_a_folder_is_a_list_whatever_is_in_it(check, capture, good, tmp_path):
    capture("dir/a.pcap", good)
    assert len(json.loads(check(str(tmp_path / "dir"), "--json").out)) == 1


def test_json_says_unmet_demands_on_standard_error(check, capture, good):
    run = check(capture("a.pcap", good), "--json", "--require", "mmse")
    assert run.code == 1
    assert json.loads(run.out) == good
    assert "--require mmse: no frame matches" in run.err


def test_folders_are_searched(check, capture, good, tmp_path):
    for name in ("dir/b.pcapng", "dir/a.pcap", "dir/sub/c.CAP", "dir/notes.txt"):
        capture(name, good)
    (tmp_path / "dir/d.pcap.gz").write_bytes(gzip.compress(b"x"))
    listed = json.loads(check(str(tmp_path / "dir"), "--json").out)
    names = [entry["capture"].removeprefix(str(tmp_path)) for entry in listed]
    assert names == ["/dir/a.pcap", "/dir/b.pcapng", "/dir/d.pcap.gz", "/dir/sub/c.CAP"]


def test_order_and_totals_of_many(check, capture, good, failing):
    paths = [capture(f"{n:02}.pcap", failing if n == 3 else good) for n in range(8)]
    run = check(*paths, "-j", "4")
    assert run.code == 1
    heads = [line.partition(": ")[0] for line in run.out.splitlines() if ".pcap: 1 object" in line]
    assert heads == paths
    assert run.out.endswith("PASS: 7 of 8 captures\nFAIL: 1 of 8 captures\n")
    assert run.err == ""


def test_file_name_like_an_option(check, capture, good, tmp_path, monkeypatch):
    capture("-", good)
    monkeypatch.chdir(tmp_path)
    assert check("--", "-").code == 0
