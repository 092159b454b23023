# SPDX-License-Identifier: GPL-2.0-or-later
"""-z omapush,tree: counters that agree with the JSON report and with the fields of the frames."""
import collections
import pathlib
import re

import pytest

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"
CORRECTED = CAPTURES / "appendix-b-corrected.pcap"
SOME = ["appendix-b-corrected.pcap", "appendix-b-as-printed.pcap", "hostile-body.pcap", "five-in-one.pcap",
        "live-sipp-msrp.pcap", "rules/MSRP-GAP.bad.pcap", "rules/MSRP-REPORT-FAILED.bad.pcap"]


def tree(tshark, capture, *arguments, what="omapush,tree"):
    """Title of the branch to name to count."""
    branches, current = {}, None
    for line in tshark("-q", "-z", what, "-r", capture, *arguments).out.splitlines():
        # A row: name, count, columns of other numbers.
        row = re.match(r"( *)(\S.*?)\s+(\d+)(\s|$)", line)
        if not row or line.startswith(("-", "=", "Topic")):
            continue
        depth, name, count = len(row[1]), row[2], int(row[3])
        if depth == 0:
            current = branches.setdefault(name, {})
        else:
            current[name] = count
    return branches


def content_type(item):
    body = item["body"] or {}
    while body.get("inner"):
        body = body["inner"]
    return body.get("content_type") or item["content_type"] or "unknown"


def count(values):
    return dict(collections.Counter(values))


@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one pass", "two passes"])
@pytest.mark.parametrize("name", SOME)
def test_counters_say_what_the_report_says(tshark, tshark_json, name, passes):
    report = tshark_json(CAPTURES / name)
    branches = tree(tshark, CAPTURES / name, *passes)
    objects = report["objects"]
    assert branches["Objects by verdict"] == count(o["verdict"] for o in objects)
    assert branches["Objects by content type"] == count(map(content_type, objects))
    assert branches["Objects by delivery"] == count(o["delivery"] for o in objects)
    rules = {}
    for finding in report["findings"]:
        rules[finding["rule"]] = rules.get(finding["rule"], 0) + finding["count"]
    assert branches["Findings by rule"] == rules
    # A peer's rules stand below it: of equal names the last is read, so the peers alone are looked at.
    peers = {", ".join([peer["address"], *peer["names"]]) + f" ({peer['role']})": sum(peer["findings"].values())
             for peer in report["peers"] if peer["findings"]}
    shown = {name: number for name, number in branches["Findings by peer"].items() if name.endswith(")")}
    assert shown == peers
    assert branches["Reports by status"] == count(f"{r['status']:03}" for o in objects for r in o["reports"])
    told = [*report["registrations"], *report["sessions"], *(o for o in objects if o["carrier"] == "MESSAGE")]
    assert branches["Event apps (registrations, sessions, messages)"] == \
        count(app for item in told for app in item["event_apps"])
    assert branches["ICSIs (registrations, sessions, messages)"] == \
        count(icsi for item in told for icsi in item["icsis"])


def test_procedures_are_those_of_the_frames(tshark):
    branches = tree(tshark, CORRECTED, "-2")
    rows = tshark.fields(CORRECTED, "omapush.procedure", display_filter="omapush.procedure")
    assert sum(branches["Frames by procedure"].values()) == len(rows)
    assert branches["Frames by procedure"]["Push by MESSAGE"] == len(tshark.frames(CORRECTED, "omapush.procedure == 4"))


def test_filter(tshark):
    branches = tree(tshark, CORRECTED, what="omapush,tree,tcp && msrp")
    assert branches["Objects by verdict"] == {"pass": 1}
    assert branches["Objects by content type"] == {"text/vnd.wap.connectivity-xml": 1}


def numbers(values):
    return (len(values), min(values), max(values), sum(values) / len(values))


def test_numbers_of_objects(tshark, tshark_json):
    """Least, greatest and mean of what objects have in numbers."""
    name = CAPTURES / "live-sipp-msrp.pcap"
    objects = tshark_json(name)["objects"]
    out = tshark("-q", "-z", "omapush,tree", "-r", name).out
    shown = {}
    for line in out.partition("Objects in numbers")[2].splitlines()[1:]:
        row = re.match(r" (\S.*?) {2,}(\d+) +([\d.]+) +([\d.]+) +([\d.]+) ", line)
        if row:
            shown[row[1]] = (int(row[2]), float(row[4]), float(row[5]), float(row[3]))
    assert shown["Size (bytes)"] == pytest.approx(numbers([item["size"] for item in objects]), abs=0.01)
    assert shown["Chunks"] == pytest.approx(numbers([len(item["chunks"]) for item in objects]), abs=0.01)
    for title, key in (("Setup time (ms)", "setup"), ("Transfer time (ms)", "transfer"), ("Report time (ms)", "report")):
        taken = [1000 * item["seconds"][key] for item in objects]
        assert shown[title] == pytest.approx(numbers(taken), abs=0.01), title
    rates = [item["size"] / item["seconds"]["transfer"] for item in objects if item["seconds"]["transfer"] > 0]
    assert shown["Transfer rate (bytes a second)"] == pytest.approx(numbers(rates), rel=0.05)
