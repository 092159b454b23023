# SPDX-License-Identifier: GPL-2.0-or-later
"""One capture, asked in every way Wireshark offers: the tree, the Expert Information, the tables, the counters, the list
of what can be saved and the JSON report say the same. sharkd answers for the GUI: it asks as the GUI's windows do, frames
that were all visited once, with a tree or without one."""
import collections
import json
from pathlib import Path

import pytest

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"
SOME = """
    appendix-b-as-printed appendix-b-corrected five-in-one hostile-body live-sipp-msrp
    rules/MSRP-ABORTED.bad rules/MSRP-END-LINE.bad rules/MSRP-GAP.bad rules/MSRP-RESPONSE-TIMEOUT.bad
    rules/MSRP-WS-FRAMING.bad rules/OBJ-HASH.bad rules/SDP-FILE-HASH.bad rules/SIP-TAG-QUOTES.bad
    scenes/accepted-websocket scenes/confirmed scenes/confirmed-message-tcp scenes/content-hash scenes/content-size
    scenes/copies-firewall-8-ms scenes/failed-aborted scenes/failed-hung-receiver scenes/failed-invite-timeout
    scenes/legs-message-202-then-480 scenes/legs-relay-481 scenes/not-sent-idle scenes/not-sent-rst
    scenes/not-sent-syn-unanswered scenes/refused-415-send scenes/refused-486-invite scenes/refused-port-0
    scenes/unconfirmed-no-report scenes/unknown-cut-256 scenes/unknown-ends-in-send scenes/unknown-lost-segment
    variety/audio-call variety/coalesced variety/forked variety/java-pipelined variety/message-multipart
    variety/register-third-party variety/sip-over-tcp
""".split()
COLUMNS = ["omapush.finding.rule", "omapush.finding.severity", "omapush.object.end", "omapush.object.id",
           "omapush.object.verdict", "_ws.expert.message"]
pytestmark = pytest.mark.xdist_group("everywhere")
EXPERT = {"error": "Error", "warn": "Warning", "note": "Note"}


def sharkd(wireshark, requests):
    """The results, in order; a request that is refused fails the test."""
    lines = [json.dumps({"jsonrpc": "2.0", "id": number, **one}) + "\n" for number, one in enumerate(requests, 1)]
    out = wireshark("-", program="sharkd", stdin="".join(lines).encode()).out
    answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert [answer for answer in answers if "error" in answer] == []
    assert len(answers) == len(requests)
    return [answer["result"] for answer in answers]


def copied(wireshark, name):
    """Where whoever runs sharkd here may read it."""
    copy = wireshark.dir / "out" / f"everywhere-{name.replace('/', '-')}.pcap"
    copy.write_bytes((CAPTURES / f"{name}.pcap").read_bytes())
    copy.chmod(0o644)
    return str(copy)


def asked(wireshark, requests):
    """Name of a capture to the results; one process for all of them."""
    everything = []
    for name in SOME:
        everything += [{"method": "load", "params": {"file": copied(wireshark, name)}}, *requests]
    results = sharkd(wireshark, everything)
    step = 1 + len(requests)
    return {name: results[place * step + 1:(place + 1) * step] for place, name in enumerate(SOME)}


@pytest.fixture(scope="module")
def windows(tshark):
    """windows[name]: expert infos, rows of all frames, tables, counters, what can be saved."""
    columns = {f"column{place}": f"{field}:0" for place, field in enumerate(COLUMNS)}
    taps = ["expert", "nstat:omapush,transfers", "stat:omapush", "eo:omapush"]
    requests = [{"method": "tap", "params": {"tap0": tap}} for tap in taps] + [{"method": "frames", "params": columns}]
    found = {}
    for name, (*tapped, frames) in asked(tshark, requests).items():
        expert, table, counters, saved = (answer["taps"] for answer in tapped)
        found[name] = {"expert": expert[0]["details"], "rows": table[0]["tables"][0]["i"], "counters": counters[0]["stats"],
                       "saved": [entry for tap in saved for entry in tap["objects"]],
                       "frames": {frame["num"]: dict(zip(COLUMNS, frame["c"])) for frame in frames}}
    return found


def told(report):
    """(frame, rule, severity) of each finding of the report, and how often."""
    return collections.Counter((frame, finding["rule"], finding["severity"])
                               for finding in report["findings"] for frame in finding["frames"])


def values(cell):
    return cell.split(",") if cell else []


def test_they_have_what_is_compared(tshark_json):
    reports = [tshark_json(CAPTURES / f"{name}.pcap") for name in SOME]
    assert len(SOME) > 30
    assert sum(len(told(report)) > 0 for report in reports) > 20
    assert {item["delivery"] for report in reports for item in report["objects"]} == \
        {"confirmed", "accepted", "unconfirmed", "refused", "failed", "unknown"}


@pytest.mark.parametrize("name", SOME)
def test_findings_are_the_same_everywhere(windows, tshark_json, name):
    report = told(tshark_json(CAPTURES / f"{name}.pcap"))
    by_severity = {shown: word for word, shown in EXPERT.items()}
    expert = collections.Counter((info["f"], info["m"].partition(":")[0], by_severity[info["s"]])
                                 for info in windows[name]["expert"] if info["p"] == "OMA Push")
    tree = collections.Counter(
        (number, rule, severity) for number, row in windows[name]["frames"].items()
        for rule, severity in zip(values(row["omapush.finding.rule"]), values(row["omapush.finding.severity"])))
    assert expert == report
    assert tree == report
    # None is under another protocol's name, and none is told by a tree alone.
    rules = {rule for _, rule, _ in report}
    assert not [info for info in windows[name]["expert"]
                if info["p"] != "OMA Push" and info["m"].partition(":")[0] in rules]


@pytest.mark.parametrize("name", SOME)
def test_objects_are_the_same_everywhere(windows, tshark_json, name):
    report, window = tshark_json(CAPTURES / f"{name}.pcap"), windows[name]
    objects = report["objects"]
    ends = {number: row for number, row in window["frames"].items() if row["omapush.object.end"]}
    assert collections.Counter(item["frames"]["last"] for item in objects) == \
        collections.Counter({number: len(values(row["omapush.object.end"])) for number, row in ends.items()})
    for item in objects:
        row = ends[item["frames"]["last"]]
        assert str(item["id"]) in values(row["omapush.object.id"])
        assert item["verdict"] in values(row["omapush.object.verdict"])
    # The table has its rows in the order of the report; the list of what can be saved has one of each object.
    assert [(row[0], row[1], row[2]) for row in window["rows"]] == \
        [(item["id"], item["verdict"], item["delivery"]) for item in objects]
    hosts = [entry["hostname"].rpartition(", ") for entry in window["saved"]]
    assert sorted((entry["pkt"], verdict) for entry, (_, _, verdict) in zip(window["saved"], hosts)) == \
        sorted((item["frames"]["last"], item["verdict"]) for item in objects)
    # Hosts, and no addresses of a protocol.
    assert not [host for host, _, _ in hosts if "/" in host or "@" in host or host.startswith(("sip:", "msrp"))]
    assert not [entry for entry in window["saved"] if "," in entry["type"]]


@pytest.mark.parametrize("name", SOME)
def test_counters_are_those_of_the_report(windows, tshark_json, name):
    report = tshark_json(CAPTURES / f"{name}.pcap")
    counters = {branch["name"]: {leaf["name"]: leaf["count"] for leaf in branch.get("sub", [])}
                for branch in windows[name]["counters"]}
    assert counters["Objects by verdict"] == collections.Counter(item["verdict"] for item in report["objects"])
    assert counters["Findings by rule"] == collections.Counter(
        {rule: sum(found[1] for found in told(report).items() if found[0][1] == rule)
         for _, rule, _ in told(report)})


@pytest.mark.parametrize("name", SOME[::4])
def test_two_passes_of_tshark_tell_the_same_expert_infos(tshark, windows, name):
    """-z expert asks for no tree, and with a display filter for one."""
    for arguments in ([], ["-Y", "frame"]):
        out = tshark("-2", "-q", "-z", "expert,note", "-r", CAPTURES / f"{name}.pcap", *arguments).out
        lines = [line.split(None, 1) for line in out.splitlines() if " OMA Push " in line]
        shown = collections.Counter()
        for count, rest in lines:
            shown[rest.partition("OMA Push")[2].strip().partition(":")[0]] += int(count)
        assert shown == collections.Counter(info["m"].partition(":")[0] for info in windows[name]["expert"]
                                            if info["p"] == "OMA Push")
