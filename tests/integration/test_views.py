# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in list and tree of a frame: once, where it belongs, and what later frames say against it."""
import json
from pathlib import Path

import pytest

from bench.traffic import ACK, PSH, Session, Writer, push_object

CAPTURES = Path(__file__).resolve().parents[2] / "test-captures"


def info(tshark, name, display_filter):
    """The Info column of the frames that match, as the GUI has it."""
    done = tshark("-2", "-r", CAPTURES / name, "-Y", display_filter, "-T", "fields", "-e", "_ws.col.Info")
    return done.out.splitlines()


@pytest.mark.parametrize("name", ["live-tls13.pcapng", "variety/coalesced.pcap", "variety/java-pipelined.pcap"])
@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one pass", "two passes"])
def test_an_object_is_shown_once_in_a_frame(tshark, name, passes):
    """However many chunks or answers of it the frame holds."""
    done = tshark(*passes, "-r", CAPTURES / name, "-Y", "omapush.object.verdict", "-T", "json", "--no-duplicate-keys",
                  "-e", "frame.number", "-e", "omapush.object.id", "-e", "omapush.object.verdict",
                  "-e", "omapush.body.encoding")
    frames = [packet["_source"]["layers"] for packet in json.loads(done.out)]
    assert frames
    for frame in frames:
        objects = set(frame["omapush.object.id"])
        assert len(frame["omapush.object.verdict"]) == len(objects), frame
        assert len(frame.get("omapush.body.encoding", [])) <= len(objects), frame
    # Some frame must have more messages of one object than it shows objects.
    assert any(len(frame["omapush.object.id"]) > len(set(frame["omapush.object.id"])) for frame in frames) or \
        name == "variety/java-pipelined.pcap"


@pytest.mark.parametrize("name, verdict, told", [
    ("variety/refused-415.pcap", "fail", "complete, SHA-1 match, refused with 415"),
    ("variety/refused-413.pcap", "fail", "incomplete, 200 bytes missing, refused with 413"),
    ("rules/MSRP-REPORT-FAILED.bad.pcap", "fail", "complete, SHA-1 match, reported as 413"),
    ("variety/lost-in-chunks.pcap", "unknown", "incomplete, 4380 bytes missing, lost by the capture"),
    ("variety/late-start.pcap", "unknown", "incomplete, 200 bytes missing"),
])
def test_the_frame_that_ends_an_object_says_what_is_wrong(tshark, name, verdict, told):
    lines = info(tshark, name, f'omapush.object.verdict == "{verdict}" && omapush.object.end')
    # Before the name, which may be long.
    assert [line for line in lines if f"] {told}, push " in line] == lines != []


ENDS = ["appendix-b-as-printed.pcap", "appendix-b-corrected.pcap", "five-in-one.pcap", "live-sipp-msrp.pcap",
        "scenes/failed-hung-receiver.pcap", "scenes/unknown-ends-in-send.pcap", "scenes/legs-relay-481.pcap",
        "scenes/legs-message-202-then-480.pcap", "scenes/failed-aborted.pcap", "scenes/not-sent-rst.pcap"]


@pytest.mark.parametrize("name", ENDS)
def test_fields_say_what_the_report_says(tshark, tshark_json, name):
    """One frame ends each object; it has the object's delivery, verdict and diagnosis, in the report's words."""
    report = tshark_json(CAPTURES / name)
    names = ("frame.number", "omapush.object.id", "omapush.object.end", "omapush.object.delivery",
             "omapush.object.verdict", "omapush.object.state", "omapush.object.verification")
    rows = [row.split("\t") for row in tshark("-2", "-r", CAPTURES / name, "-Y", "omapush.object.end", "-T", "fields",
                                              *(word for field in names for word in ("-e", field))).out.splitlines()]
    ended = {}
    for frame, ids, ends, *words in rows:
        shown = list(zip(*(word.split(",") for word in words)))
        assert len(ends.split(",")) == len(shown)
        for number in dict.fromkeys(ids.split(",")):
            item = report["objects"][int(number) - 1]
            if item["frames"]["last"] == int(frame):
                assert number not in ended
                ended[number] = frame
                assert (item["delivery"], item["verdict"], item["state"], item["verification"]["result"]) in shown
    assert sorted(map(int, ended)) == [item["id"] for item in report["objects"]]
    assert sum(len(row[2].split(",")) for row in rows) == len(report["objects"])
    for session in report["sessions"]:
        at = session["bye_frame"] or session["offer_frame"]
        done = tshark("-2", "-r", CAPTURES / name, "-Y", f"frame.number == {at}", "-T", "fields",
                      "-e", "omapush.session.verdict")
        assert done.out.strip() == session["verdict"]


def test_findings_name_the_peer(tshark, tshark_json):
    name = "appendix-b-as-printed.pcap"
    found = {finding["peer"] for finding in tshark_json(CAPTURES / name)["findings"]}
    done = tshark("-2", "-r", CAPTURES / name, "-Y", "omapush.finding.peer", "-T", "fields", "-e",
                  "omapush.finding.peer")
    assert {peer for line in done.out.splitlines() for peer in line.split(",")} == found - {None}


def test_answer_to_a_send_without_content(tshark):
    assert "200 for SEND without content" in info(tshark, "variety/chunks-bind.pcap", "msrp.status.code")


def test_binary_bodies_are_no_stray_characters(tshark):
    """Stock would complain of every body that has a 0 in it."""
    assert info(tshark, "live-sipp-msrp.pcap", "msrp.data && _ws.expert.message contains \"stray\"") == []
    assert info(tshark, "live-sipp-msrp.pcap", "msrp.data") != []


@pytest.mark.parametrize("name, field, frames", [
    ("chunks-overlap-equal", "omapush.fragment.overlap", [11, 15]),
    ("chunks-overlap-equal", "omapush.fragment.overlap.conflicts", []),
    ("chunks-overlap-conflict", "omapush.fragment.overlap", [15]),
    ("chunks-overlap-conflict", "omapush.fragment.overlap.conflicts", [15]),
    ("relay", "omapush.fragment.overlap", []),
])
def test_chunks_that_overlap(tshark, name, field, frames):
    """On the SEND that brings bytes again; what another leg repeats is no overlap."""
    done = tshark("-r", CAPTURES / "variety" / f"{name}.pcap", "-Y", field, "-T", "fields", "-e", "frame.number")
    assert [int(line) for line in done.out.split()] == frames


@pytest.mark.parametrize("name, told, times", [
    ("live-tls12.pcapng", "complete, SHA-1 match", 2), ("live-tls13.pcapng", "complete, SHA-1 match", 2),
    ("live-ws.pcap", "complete, SHA-1 match", 2), ("live-wss.pcapng", "complete, SHA-1 match", 2),
    ("variety/reordered.pcap", "complete, SHA-1 match", 1), ("live-sip-tls.pcapng", "MESSAGE push", 2)])
def test_a_bare_listing_tells_of_pushes(tshark, name, told, times):
    """One pass, no tree, no filter: Wireshark builds no protocol tree, and messages are found all the same."""
    assert tshark("-r", CAPTURES / name).out.count(told) == times


def test_line_ends_between_messages(tshark, tmp_path):
    """Some peers keep a connection alive with them: they are told from damage."""
    path = tmp_path / "blank.pcap"
    with Writer(path) as writer:
        session = Session(writer, push_object(1500))
        connection = session.begin()
        chunks = [session.chunk(f"t{start}00", start + 1, session.data[start:start + 500], "+" if start < 1000 else "$")
                  for start in range(0, 1500, 500)]
        connection.segment(0, ACK | PSH, chunks[0] + b"\r\n\r\n" + chunks[1])
        connection.segment(0, ACK | PSH, b"\r\n")
        connection.segment(0, ACK | PSH, chunks[2])
        session.end(connection)
    assert [o["state"] for o in tshark.json(path)["objects"]] == ["complete"]
    tree = tshark("-V", "-r", path).out
    assert tree.count("MSRP: line ends between messages") == 2
    assert "bytes of no message" not in tree + tshark("-r", path).out


@pytest.mark.parametrize("answer", [
    # Stock would look for a body behind the empty line.
    b"MSRP t100>200 OK\r\nTo-Path: x\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n192.0.2.4:8889/s;tcp\r\n-------t100$\r\n",
    # The end-line is shorter than stock takes for granted.
    b"MSRP t100$200 OK\r\nTo-Path: x\r\nFrom-Path: y\r\n-------t100$\r\n"], ids=["empty line", "short end-line"])
def test_stock_does_not_throw_where_heads_are_damaged(tshark, tmp_path, answer):
    path = tmp_path / "damaged.pcap"
    with Writer(path) as writer:
        session = Session(writer, push_object(500))
        connection = session.begin()
        connection.segment(0, ACK | PSH, session.chunk("t100", 1, session.data, "$"))
        connection.segment(1, ACK | PSH, answer)
        session.end(connection)
    assert "Malformed Packet: MSRP" not in tshark("-2", "-V", "-r", path).out


@pytest.mark.parametrize("name", ["node-chunks", "java-pipelined", "chunks-out-of-order", "python-reports"])
def test_a_report_is_timed_from_what_it_reports(tshark, name):
    """Field and report agree, also where chunks that came behind the REPORT are known."""
    capture = CAPTURES / "variety" / f"{name}.pcap"
    told = {str(report["frame"]): report["seconds"]
            for item in tshark.json(capture)["objects"] for report in item["reports"]}
    rows = tshark.fields(capture, "frame.number", "omapush.report_for", "omapush.report.delay",
                         display_filter="omapush.report.status", two_pass=True)
    assert told and {row[0][0] for row in rows} == set(told)
    for (frame,), (answered,), (delay,) in rows:
        assert int(answered) < int(frame)
        assert 0 <= float(delay) == pytest.approx(told[frame], abs=1e-6)


@pytest.mark.parametrize("two_pass", [False, True], ids=["one pass", "two passes"])
def test_an_answer_to_a_send_under_way_took_no_time(tshark, tmp_path, two_pass):
    """A 413 stops a SEND before its end (RFC 4975 section 10.5): the time from that end is none, not below 0."""
    path = tmp_path / "stopped.pcap"
    with Writer(path) as writer:
        session = Session(writer, push_object(3000))
        connection = session.begin()
        send = session.chunk("t100", 1, session.data[:2500], "#", end="*")
        connection.segment(0, ACK | PSH, send[:1400])
        connection.segment(1, ACK | PSH, session.back("t100", "413 Stop"))
        stopped = writer.frames
        connection.segment(0, ACK | PSH, send[1400:])
        ended = writer.frames
        session.end(connection)
    chunk, = tshark.json(path)["objects"][0]["chunks"]
    assert (chunk["frame"], chunk["response_frame"], chunk["status"], chunk["seconds"]) == (ended, stopped, 413, None)
    rows = tshark.fields(path, "frame.number", "omapush.response_in", "omapush.response_to", "omapush.response_time",
                         display_filter="omapush.response_in or omapush.response_to", two_pass=two_pass)
    to = str(ended if two_pass else stopped - 1)
    assert rows == [[[str(stopped)], [], [to], []], [[str(ended)], [str(stopped)], [], []]]


@pytest.mark.parametrize("name", ["five-in-one.pcap", "appendix-b-as-printed.pcap", "live-sipp-msrp.pcap",
                                  "variety/five-byte-segments.pcap", "scenes/legs-relay-481.pcap"])
def test_every_frame_of_a_session_names_its_ends(tshark, tshark_json, name):
    sessions = {str(session["id"]): session for session in tshark_json(CAPTURES / name)["sessions"]}
    rows = tshark.fields(CAPTURES / name, "omapush.session.id", "omapush.session.from", "omapush.session.to",
                         "omapush.session.call_id", display_filter="omapush.session.id")
    assert len(rows) > len(sessions) > 0
    for ids, *ends in rows:
        for place, number in enumerate(ids):
            session = sessions[number]
            assert [end[place] for end in ends] == [session["from"], session["to"], session["call_id"]]


def test_a_line_for_each_object(tshark, tshark_json):
    """The table for scripts: numbers are numbers."""
    for name in ("live-sipp-msrp.pcap", "appendix-b-as-printed.pcap"):
        objects = tshark_json(CAPTURES / name)["objects"]
        rows = tshark.fields(CAPTURES / name, "omapush.object.delivery", "omapush.object.transfer_time", "omapush.object.rate",
                             "omapush.object.size", "omapush.object.verification", display_filter="omapush.object.end")
        assert len(rows) == len(objects)
        for (delivery, transfer, rate, size, verification), item in zip(rows, objects):
            assert delivery == [item["delivery"]] and verification == [item["verification"]["result"]]
            assert float(transfer[0]) == pytest.approx(item["seconds"]["transfer"], abs=1e-6)
            assert int(size[0]) == item["size"]
            if rate:
                assert int(rate[0]) == pytest.approx(item["size"] / item["seconds"]["transfer"], rel=0.01)
    slow = tshark.frames(CAPTURES / "live-sipp-msrp.pcap", "omapush.object.end && omapush.object.rate > 1000000")
    assert len(slow) == 2


def test_what_is_wrong_stands_in_lines_that_can_be_read(tshark, tshark_json):
    """A title for each finding, what it says below it; offered and computed digests one below the other."""
    name = CAPTURES / "appendix-b-as-printed.pcap"
    lines = [line.strip(" []") for line in tshark("-2", "-r", name, "-V", "-O", "omapush", "-Y",
                                                  "omapush.object.verification == \"mismatch\" && omapush.object.end").out.splitlines()]
    check = next(item["verification"] for item in tshark_json(name)["objects"] if item["verification"]["result"] == "mismatch")
    at = lines.index("Verification: mismatch, sha-1")
    assert lines[at + 1:at + 3] == [f"Offered: sha-1:{check['offered']}", f"Computed: sha-1:{check['computed']}"]
    assert "Finding: OBJ-HASH, hash mismatch" in lines
    ours = [line for line in lines if line.startswith(("Finding", "What", "Diagnosis", "Verification", "OBJ-", "Expert Info"))]
    assert len(ours) > 5 and not [line for line in ours if "truncated" in line or len(line) > 239]
    # The field has all of what is told.
    texts = tshark.fields(name, "omapush.finding.text", display_filter="omapush.finding.rule == \"OBJ-HASH\"")
    told = next(finding["text"] for finding in tshark_json(name)["findings"] if finding["rule"] == "OBJ-HASH")
    assert told in "\x1f".join(texts[0][0])
