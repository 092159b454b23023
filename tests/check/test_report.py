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
    failing["findings"] = [dict(failing["findings"][0], frame=9 + n) for n in range(50)]
    failing["objects"][0]["findings"] = list(range(50))
    path = capture("a.pcap", failing)
    out = check(path).out
    assert "; 49 more, also in frames 10, 11, 12, 13, 14, 15 and 43 more" in out
    assert out.count("error  MSRP-GAP") == 1
    assert check(path, "-v").out.count("error  MSRP-GAP") == 50


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
