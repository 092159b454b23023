# SPDX-License-Identifier: GPL-2.0-or-later
"""-z omapush,json: its shape, what hangs together in it, filters, and bad arguments."""
import json
import os
import pathlib
import re
import subprocess

import pytest

from integration.report_schema import DOCUMENT, FINDING, OBJECT, departures, schema

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"
ALL = sorted(str(path.relative_to(CAPTURES)) for path in CAPTURES.rglob("*.pcap*"))
CORRECTED = CAPTURES / "appendix-b-corrected.pcap"
PRINTED = CAPTURES / "appendix-b-as-printed.pcap"


@pytest.fixture(scope="module")
def reports(tshark_json):
    """The report of a capture, made once."""
    made = {}

    def report(name):
        if name not in made:
            made[name] = tshark_json(CAPTURES / name)
        return made[name]
    return report


@pytest.mark.parametrize("name", ALL)
def test_shape_and_what_hangs_together(name, reports):
    report = reports(name)
    assert departures(report, DOCUMENT) == []
    assert unlike_schema(report, SCHEMA) == []
    assert [o["id"] for o in report["objects"]] == list(range(1, len(report["objects"]) + 1))
    assert [s["id"] for s in report["sessions"]] == list(range(1, len(report["sessions"]) + 1))
    for number, item in enumerate(report["objects"]):
        own = [i for i, f in enumerate(report["findings"]) if f["object"] == number + 1]
        assert item["findings"] == own
        in_sessions = [s["id"] for s in report["sessions"] if item["id"] in s["objects"]]
        assert in_sessions == ([item["session"]] if item["session"] else [])
        missing = sum(end - start + 1 for start, end in item["gaps"])
        if item["total"] is not None:
            assert item["size"] + missing >= item["total"]
        if item["state"] == "complete":
            assert item["total"] is not None and item["size"] >= item["total"] and not item["gaps"]
        elif item["state"] == "incomplete":
            assert item["gaps"] or item["total"] is None
        assert ("sha-1" in item["digests"]) == (item["state"] == "complete")
        assert (item["verification"]["covers"] is not None) == (item["verification"]["result"] == "match")
    assert [f["frame"] for f in report["findings"]] == sorted(f["frame"] for f in report["findings"])
    told = [(f["rule"], f["object"] or (f["session"], f["text"])) for f in report["findings"]]
    assert len(told) == len(set(told))
    for finding in report["findings"]:
        assert finding["count"] == len(finding["frames"]) and finding["frames"] == sorted(finding["frames"])
        assert finding["frames"][0] == finding["frame"]
    # Whom a finding is held against is among the peers, and with all of its findings.
    counts = {peer["address"]: peer["findings"] for peer in report["peers"]}
    assert len(counts) == len(report["peers"])
    for finding in report["findings"]:
        if finding["peer"] is not None:
            assert counts[finding["peer"]][finding["rule"]] >= 1
    assert sum(sum(rules.values()) for rules in counts.values()) <= sum(f["count"] for f in report["findings"])


# The captures of single rules are read once: each differs from another in a line or two.
@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("rules/")])
def test_two_passes_say_and_export_the_same(name, tshark):
    assert tshark.json(CAPTURES / name, "-2") == tshark.json(CAPTURES / name)
    assert tshark.objects(CAPTURES / name, "-2") == tshark.objects(CAPTURES / name)


def test_the_corrected_flow(reports):
    item = [o for o in reports(CORRECTED.name)["objects"] if o["carrier"] == "MSRP"]
    assert [(o["state"], o["verdict"], o["verification"]["result"], o["verification"]["covers"]) for o in item] == \
        [("complete", "pass", "match", "object")]
    assert item[0]["verification"]["offered"] == item[0]["digests"]["sha-1"]
    assert [r["status"] for r in item[0]["reports"]] == [200]
    assert item[0]["frames"]["report"] == item[0]["reports"][-1]["frame"]


def test_nothing_else_on_standard_output(tshark):
    out = tshark("-q", "-z", "omapush,json", "-r", CORRECTED).out
    assert out.startswith("{") and out.endswith("}\n")
    json.loads(out)


def test_no_push_gives_an_empty_report(tshark):
    empty = pathlib.Path(tshark.dir) / "out" / "empty.pcap"
    # A pcap header and no packet.
    empty.write_bytes(bytes.fromhex("d4c3b2a1020004000000000000000000ffff000001000000"))
    report = tshark.json(empty)
    assert departures(report, DOCUMENT) == []
    assert [key for key in report if isinstance(report[key], list) and report[key]] == []
    assert report["capture"] == {"first_time": None, "last_time": None, "frames": 0, "cut_frames": 0, "verdict": "pass",
                                 "reasons": []}


def test_the_capture_is_all_of_its_frames(reports, stock_tshark):
    frames = stock_tshark("-r", PRINTED, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len",
                          "-e", "frame.cap_len").out.split("\n")[:-1]
    capture = reports(PRINTED.name)["capture"]
    rows = [row.split("\t") for row in frames]
    assert capture["frames"] == len(rows)
    assert capture["cut_frames"] == sum(length != captured for _, length, captured in rows)
    assert (capture["first_time"], capture["last_time"]) == (float(rows[0][0]), max(float(row[0]) for row in rows))


SCHEMA = json.loads((CAPTURES.parent / "docs" / "json-schema.json").read_text(encoding="utf-8"))


def unlike_schema(value, wanted, where="report"):
    """One line for each place where the value is not as the JSON Schema has it: the words of it that ours uses."""
    if "$ref" in wanted:
        return unlike_schema(value, SCHEMA["$defs"][wanted["$ref"].rsplit("/", 1)[1]], where)
    if "anyOf" in wanted:
        tried = [unlike_schema(value, one, where) for one in wanted["anyOf"]]
        return [] if [] in tried else tried[0]
    if "enum" in wanted:
        return [] if value in wanted["enum"] else [f"{where} is {value!r}"]
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
             "number": (int, float)}
    if not isinstance(value, types[wanted["type"]]) or (isinstance(value, bool) and wanted["type"] != "boolean"):
        return [f"{where} is {value!r}"]
    if "minimum" in wanted and value < wanted["minimum"] or "pattern" in wanted and not re.search(wanted["pattern"], value):
        return [f"{where} is {value!r}"]
    if wanted["type"] == "array":
        return [line for n, one in enumerate(value) for line in unlike_schema(one, wanted["items"], f"{where}[{n}]")]
    if wanted["type"] != "object":
        return []
    out = [f"{where}.{key} is missing" for key in wanted.get("required", []) if key not in value]
    for key, one in value.items():
        kind = wanted.get("properties", {}).get(key, wanted["additionalProperties"])
        out += [f"{where}.{key} is unknown"] if kind is False else unlike_schema(one, kind, f"{where}.{key}")
    return out


def test_the_schema_in_docs_is_that_of_the_tests():
    """python3 tests/integration/report_schema.py > docs/json-schema.json"""
    assert SCHEMA == schema()


def test_a_report_that_is_wrong_is_not_as_the_schema_has_it(reports):
    report = json.loads(json.dumps(reports(PRINTED.name)))
    assert unlike_schema(report, SCHEMA) == []
    for path, value in ((("capture", "verdict"), "Pass"), (("objects", 0, "time"), None), (("plugin",), 1),
                        (("objects", 1, "chunks", 0, "flag"), "x"), (("peers", 0, "findings"), {"A": 0})):
        wrong = json.loads(json.dumps(report))
        place = wrong
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert len(unlike_schema(wrong, SCHEMA)) == 1, path
    del report["findings"]
    assert unlike_schema({**report, "more": 1}, SCHEMA) == ["report.findings is missing", "report.more is unknown"]


def test_keys_stand_in_the_order_of_the_document(reports):
    report = reports(PRINTED.name)
    assert list(report) == list(DOCUMENT)
    assert [list(item) for item in report["objects"]] == [list(OBJECT)] * len(report["objects"])
    assert [list(item) for item in report["findings"]] == [list(FINDING)] * len(report["findings"])


def test_filter_lists_what_matches(tshark, reports):
    full = reports(CORRECTED.name)
    wanted = next(o for o in full["objects"] if o["carrier"] == "MSRP")
    frame = wanted["chunks"][0]["frame"]
    report = json.loads(tshark("-q", "-z", f"omapush,json,frame.number=={frame}", "-r", CORRECTED).out)
    assert departures(report, DOCUMENT) == []
    assert [o["id"] for o in report["objects"]] == [wanted["id"]]
    assert [s["id"] for s in report["sessions"]] == [wanted["session"]]
    assert report["registrations"] == []


def test_filter_keeps_the_indexes_of_findings_right(tshark, reports):
    full = reports(PRINTED.name)
    for wanted in full["objects"]:
        frame = wanted["frames"]["last"]
        report = json.loads(tshark("-q", "-z", f"omapush,json,frame.number=={frame}", "-r", PRINTED).out)
        item = next(o for o in report["objects"] if o["id"] == wanted["id"])
        assert [report["findings"][i] for i in item["findings"]] == [full["findings"][i] for i in wanted["findings"]]
        assert {f["object"] for f in report["findings"]} <= {o["id"] for o in report["objects"]} | {None}


def test_filter_that_matches_nothing(tshark):
    report = json.loads(tshark("-q", "-z", "omapush,json,udp.port==9", "-r", CORRECTED).out)
    assert [report[key] for key in ("registrations", "sessions", "objects", "findings")] == [[], [], [], []]


def test_filter_with_a_comma(tshark, reports):
    report = json.loads(tshark("-q", "-z", "omapush,json,frame.number in {1,2}", "-r", CORRECTED).out)
    assert [r["frame"] for r in report["registrations"]] == \
        [r["frame"] for r in reports(CORRECTED.name)["registrations"] if {r["frame"], r["answer_frame"]} & {1, 2}]


def test_two_reports_in_one_run(tshark, reports):
    out = tshark("-q", "-z", "omapush,json", "-z", "omapush,json,udp.port==9", "-r", CORRECTED).out
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(out)
    second, _ = decoder.raw_decode(out[end:].lstrip())
    assert sorted((len(first["objects"]), len(second["objects"]))) == [0, len(reports(CORRECTED.name)["objects"])]


@pytest.mark.parametrize("argument", ["omapush,json,no.such.field==1", "omapush,json,(", "omapush,jsonx"])
def test_bad_argument(tshark, argument):
    done = tshark("-q", "-z", argument, "-r", CORRECTED, code=None)
    assert done.code != 0
    assert done.out == ""
    assert "omapush,json" in done.err


def test_numbers_do_not_follow_the_locale(tshark, reports):
    locales = subprocess.run(["locale", "-a"], check=True, capture_output=True, text=True).stdout.split()
    comma = [name for name in locales if re.match(r"(de|fr|nl|pl)_", name)]
    if not comma:
        pytest.skip("no locale with a decimal comma is installed")
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = comma[0]
    try:
        there = json.loads(tshark("-q", "-z", "omapush,json", "-r", CORRECTED).out)
        assert there == reports(CORRECTED.name)
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


def test_times_that_do_not_fit_make_no_times(tshark_json, captures):
    """The SEND ends far in the future, its answer is of today: no answer time of what the 64 bits wrapped to."""
    item, = tshark_json(captures / "cases" / "review-time-overflow.pcapng")["objects"]
    assert item["seconds"]["transfer"] == 0
    assert [(chunk["status"], chunk["seconds"]) for chunk in item["chunks"]] == [(200, None)]
