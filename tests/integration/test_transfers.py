# SPDX-License-Identifier: GPL-2.0-or-later
"""-z omapush,transfers, sessions, peers: the tables say what the JSON report says, one row for each."""
import pathlib

import pytest

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "test-captures"
CORRECTED = CAPTURES / "appendix-b-corrected.pcap"
SOME = ["appendix-b-corrected.pcap", "appendix-b-as-printed.pcap", "appendix-b-corrected-content.pcap",
        "hostile-body.pcap", "five-in-one.pcap", "live-sipp-msrp.pcap", "rules/MSRP-ABORTED.bad.pcap",
        "rules/MSRP-GAP.bad.pcap", "rules/MSRP-UNFINISHED.bad.pcap", "rules/MSRP-REPORT-FAILED.bad.pcap",
        "scenes/unconfirmed-no-report.pcap", "scenes/unknown-lost-segment.pcap"]
COLUMNS = ["Object", "Verdict", "Delivery", "From", "To", "Start", "Seconds", "State", "Verification", "Report", "Session",
           "Carrier", "Event app", "Content type", "Size", "Total", "Chunks", "First", "Last", "Name"]
SESSIONS = ["Session", "Verdict", "Delivery", "From", "To", "Status", "Offered", "Accepted", "Sent", "Delivered", "Event app",
            "Offer", "Answer", "Release", "Call-ID"]
PEERS = ["Address", "Role", "User-Agent, Server", "Errors", "Warnings", "Notes", "Findings"]


def table(tshark, capture, *arguments, what="omapush,transfers", columns=COLUMNS):
    """The rows: name of the column to text."""
    lines = tshark("-q", "-z", what, "-r", capture, *arguments).out.splitlines()
    head = next(number for number, line in enumerate(lines) if line.lstrip().startswith(f"{columns[0]} "))
    names = [cell.strip() for cell in lines[head].split("|")][:-1]
    assert names == columns
    rows = [line for line in lines[head + 1:] if "|" in line]
    return [dict(zip(names, (cell.strip() for cell in row.split("|")))) for row in rows]


def dash(value):
    return "-" if value in (None, "", []) else str(value)


@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one pass", "two passes"])
@pytest.mark.parametrize("name", SOME)
def test_rows_say_what_the_report_says(tshark, tshark_json, name, passes):
    report = tshark_json(CAPTURES / name)
    rows = table(tshark, CAPTURES / name, *passes)
    assert len(rows) == len(report["objects"]) > 0
    for row, item in zip(rows, report["objects"]):
        assert row["Object"] == str(item["id"])
        assert row["Session"] == dash(item["session"])
        assert row["Carrier"] == item["carrier"]
        assert (row["First"], row["Last"]) == (str(item["frames"]["first"]), str(item["frames"]["last"]))
        assert row["Event app"] == dash(",".join(item["event_apps"]))
        assert row["Size"] == str(item["size"])
        assert row["Total"] == dash(item["total"])
        assert row["Chunks"] == str(len(item["chunks"]))
        assert row["State"] == item["state"]
        assert (row["Verdict"], row["Delivery"]) == (item["verdict"], item["delivery"])
        assert item["verification"]["result"] in row["Verification"]
        assert row["Seconds"] == f"{item['seconds']['transfer']:.6f}"
        assert float(row["Start"]) == pytest.approx(item["time"] - report["capture"]["first_time"], abs=2e-6)
        session = next((session for session in report["sessions"] if session["id"] == item["session"]), None)
        if session:
            assert {row["From"], row["To"]} == {session["from"], session["to"]}
        elif item["carrier"] == "MESSAGE":
            assert (row["From"], row["To"]) == (item["from_path"], item["to_path"])
        assert row["Name"] == dash(item["name"] or item["message_id"])


def test_columns_stand_one_below_the_other(tshark):
    lines = tshark("-q", "-z", "omapush,transfers", "-r", CORRECTED).out.splitlines()
    bars = {tuple(at for at, c in enumerate(line) if c == "|") for line in lines if "|" in line}
    assert len(bars) == 1


def test_what_confirmed_the_delivery(tshark):
    rows = table(tshark, CORRECTED)
    assert {row["Carrier"]: row["Report"] for row in rows} == {"MESSAGE": "SIP 200", "MSRP": "200"}
    assert [row["Verification"] for row in rows] == ["not-offered", "sha-1 match (object)"]
    failed = table(tshark, CAPTURES / "rules" / "MSRP-REPORT-FAILED.bad.pcap")
    assert failed[0]["Report"] not in ("-", "200", "200 in part")


def test_filter(tshark):
    rows = table(tshark, CORRECTED, what="omapush,transfers,tcp && msrp")
    assert [row["Carrier"] for row in rows] == ["MSRP"]


def test_no_push_no_row(tshark):
    lines = tshark("-q", "-z", "omapush,transfers,udp.port==9", "-r", CORRECTED).out.splitlines()
    assert sum("|" in line for line in lines) == 1


def test_bad_filter(tshark):
    done = tshark("-q", "-z", "omapush,transfers,no.such.field==1", "-r", CORRECTED, code=None)
    assert done.code != 0 and "no.such.field" in done.err


@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one pass", "two passes"])
@pytest.mark.parametrize("name", ["live-sipp-msrp.pcap", "five-in-one.pcap", "scenes/refused-m-line-2-of-two.pcap",
                                  "scenes/not-sent-second-of-two.pcap", "scenes/refused-486-invite.pcap",
                                  "scenes/failed-aborted.pcap"])
def test_sessions_say_what_the_report_says(tshark, tshark_json, name, passes):
    report = tshark_json(CAPTURES / name)
    rows = table(tshark, CAPTURES / name, *passes, what="omapush,sessions", columns=SESSIONS)
    assert len(rows) == len(report["sessions"]) > 0
    for row, session in zip(rows, report["sessions"]):
        media = session["offer"]["media"]
        objects = [item for item in report["objects"] if item["id"] in session["objects"]]
        assert row["Session"] == str(session["id"])
        assert (row["Verdict"], row["Delivery"]) == (session["verdict"], session["delivery"])
        assert (row["From"], row["To"], row["Call-ID"]) == (session["from"], session["to"], session["call_id"])
        assert row["Status"] == dash(session["status"])
        assert row["Offered"] == str(sum(len(line["files"]) for line in media))
        refused = sum(file["delivery"] == "refused" for line in media for file in line["files"])
        assert row["Accepted"] == str(sum(len(line["files"]) for line in media) - refused)
        assert row["Sent"] == str(len(objects))
        assert row["Delivered"] == str(sum(item["delivery"] in ("confirmed", "accepted") for item in objects))
        assert row["Offer"] == dash(session["offer_frame"]) and row["Release"] == dash(session["bye_frame"])


@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one pass", "two passes"])
@pytest.mark.parametrize("name", ["appendix-b-as-printed.pcap", "scenes/legs-relay-481.pcap", "rules/OBJ-HASH.bad.pcap"])
def test_peers_say_what_the_report_says(tshark, tshark_json, name, passes):
    report = tshark_json(CAPTURES / name)
    rows = table(tshark, CAPTURES / name, *passes, what="omapush,peers", columns=PEERS)
    told = {peer["address"]: peer for peer in report["peers"]}
    assert {row["Address"] for row in rows} == set(told) != set()
    for row in rows:
        peer = told[row["Address"]]
        assert row["Role"] == dash(peer["role"])
        assert row["User-Agent, Server"] == dash(",".join(peer["names"]))
        named = dict(rule.split() for rule in row["Findings"].split(", ")) if row["Findings"] != "-" else {}
        assert {rule: int(count) for rule, count in named.items()} == peer["findings"]
        assert sum(int(row[what]) for what in ("Errors", "Warnings", "Notes")) == sum(peer["findings"].values())
    offer = report["sessions"][0]["offer_frame"]
    only = table(tshark, CAPTURES / name, what=f"omapush,peers,frame.number == {offer}", columns=PEERS)
    assert 0 < len(only) <= 2
