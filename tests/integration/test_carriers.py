# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP wherever it is: without SIP and from any first byte on, on ports of other dissectors, over WebSocket as browsers'
stacks write it, in PDUs that were exported. And HTTP is HTTP."""
import hashlib
import random
import subprocess

import pytest

import msrp
from bench.traffic import ACK, PRA, PSA, PSH, PUSH, Connection, Session, Writer, push_object
from integration.test_websocket import Link
from websocket import handshake

OBJECT = push_object(3000)
TO, FROM = "msrp://192.0.2.4:9000/r1;tcp", "msrp://192.0.2.3:9000/s1;tcp"


def sends(data=OBJECT, size=1500, to=TO, source=FROM):
    pieces = msrp.cut(data, size)
    return [msrp.send(f"tid{n:05}", to, source, "m1", piece, start, len(data), success=None,
                      flag="$" if n == len(pieces) else "+") for n, (start, piece) in enumerate(pieces, 1)]


def answers(count=2, to=TO, source=FROM):
    return [msrp.response(f"tid{n:05}", source, to) for n in range(1, count + 1)]


def cut(data, at):
    """The data in pieces that end at these places."""
    places = [0, *at, len(data)]
    return [data[start:end] for start, end in zip(places, places[1:])]


class Stream:
    """Segments of one direction with numbers of their own, so that they may come in any order."""

    def __init__(self, connection, direction):
        self.connection, self.direction, self.base = connection, direction, connection.seq[direction]

    def put(self, pieces, order=None):
        starts = [sum(map(len, pieces[:n])) for n in range(len(pieces))]
        for n in order or range(len(pieces)):
            self.connection.seq[self.direction] = self.base + starts[n]
            self.connection.segment(self.direction, ACK | PSH, pieces[n])
        self.base += sum(map(len, pieces))
        self.connection.seq[self.direction] = self.base


def whole(report, delivery="accepted", capture_loss=False):
    """One object, as it was sent; nothing is missing and nobody is accused."""
    objects = [o for o in report["objects"] if o["carrier"] == "MSRP"]
    assert [(o["state"], o["size"], o["total"], o["delivery"]) for o in objects] == [
        ("complete", len(OBJECT), len(OBJECT), delivery)], report["findings"]
    assert objects[0]["digests"] == {} or objects[0]["digests"]["sha-1"] == hashlib.sha1(OBJECT).digest().hex(":").upper()
    assert not {f["rule"] for f in report["findings"]} & {"MSRP-CAPTURE-LOSS", "MSRP-GAP", "MSRP-START-LINE"}
    return objects[0]


def alone(path, at, order=None, port=9000, answer=True):
    """A connection without SIP: the first SEND in pieces that end at `at`, in this order."""
    with Writer(path) as writer:
        connection = Connection(writer, PSA, 40000, PRA, port)
        out, back = Stream(connection, 0), Stream(connection, 1)
        first, second = sends()
        out.put(cut(first, at), order)
        if answer:
            back.put(answers()[:1])
        out.put([second[:1000], second[1000:]])
        if answer:
            back.put(answers()[1:])
        connection.close()
    return path


START_LINE = len(b"MSRP tid00001 SEND\r\n")


@pytest.mark.parametrize("at", [
    (1,), (4,), (5,), (6,), (14,), (16,), (START_LINE - 1,), (START_LINE,), (START_LINE + 40,), (1, 2, 3, 4, 5, 6),
    (START_LINE, START_LINE + 10, START_LINE + 60)])
def test_first_segments_hold_part_of_a_start_line(tshark_json, tmp_path, at):
    whole(tshark_json(alone(tmp_path / "a.pcap", at)))


@pytest.mark.parametrize("at, order", [
    ((300,), (1, 0)), ((1400,), (1, 0)), ((START_LINE,), (1, 0)), ((5,), (1, 0)), ((500, 900), (1, 0, 2)),
    ((500, 900), (2, 0, 1)), ((500, 900), (1, 2, 0)), ((500, 900), (2, 1, 0)), ((START_LINE + 30, 900), (1, 0, 2))])
def test_first_segments_change_places(tshark_json, tmp_path, at, order):
    whole(tshark_json(alone(tmp_path / "a.pcap", at, order), *(["-2"] if len(at) == 2 else [])))


@pytest.mark.parametrize("port", [80, 443, 2123, 5060, 7000, 8080])
def test_ports_of_other_dissectors(tshark_json, tmp_path, port):
    """Found without a preference: a start line with its paths is nothing else."""
    whole(tshark_json(alone(tmp_path / "a.pcap", (1400,) if port % 3 else (START_LINE - 2,), port=port)))


@pytest.mark.parametrize("port", [8080, 7000])
def test_decode_as_and_heuristics_first(tshark_json, tmp_path, port):
    """What the bytes do not prove at once: one byte of the start line on another dissector's port."""
    path = alone(tmp_path / "a.pcap", (1,), port=port)
    whole(tshark_json(path, "-d", f"tcp.port=={port},msrp"))
    whole(tshark_json(path, "-o", "tcp.try_heuristic_first:TRUE"))


def test_what_only_begins_alike_stays_with_stock(tshark, stock_tshark, tmp_path):
    """Held back, and never proved: stock's dissection, no object, no MSRP."""
    path = tmp_path / "a.pcap"
    with Writer(path) as writer:
        for number, texts in enumerate([(b"M", b"AIL FROM:<a@b>\r\n"), (b"MSRP", b"X is no protocol\r\n"),
                                        (b"MSRP", b" "), (b"MS", b"G", b"\r\n")]):
            connection = Connection(writer, PSA, 40000 + number, PRA, 9000)
            Stream(connection, 0).put(list(texts))
            connection.close()
    seen = tshark("-r", path).out
    assert seen == stock_tshark("-r", path).out
    assert tshark.json(path)["objects"] == []


# --- WebSocket ---

def browser(path, port, offer_proto="TCP/MSRP", protocol="msrp", host=None, pieces=None, with_sip=True):
    """A session whose MSRP goes over a WebSocket to this port, its m-lines as some browsers' stacks write them."""
    with Writer(path) as writer:
        session = Session(writer, OBJECT)
        session.to_path = f"msrp://{host or PRA}:{port}/r1;ws"
        session.from_path = "msrp://df7jal23ls0d.invalid:2855/s1;ws"
        plain = session.sdp
        session.sdp = lambda *how: plain(*how).replace("TCP/MSRP", offer_proto)
        if with_sip:
            session.begin()
        connection = Connection(writer, PSA, 40222, PRA, port)
        ask, answer = handshake(PRA, protocol)
        Stream(connection, 0).put(cut(ask, pieces or ()))
        Stream(connection, 1).put([answer])
        link = Link.__new__(Link)
        link.random, link.compressed, link.connection, link.waiting = random.Random(port), False, connection, [b"", b""]
        for send, response in zip(sends(to=session.to_path, source=session.from_path),
                                  answers(to=session.to_path, source=session.from_path)):
            link.message(0, send)
            link.flush(0)
            link.message(1, response)
            link.flush(1)
        connection.close()
    return path


@pytest.mark.parametrize("port, protocol", [(80, "msrp"), (2855, "msrp"), (2855, None), (2855, "chat"), (8080, None),
                                            (8888, "msrp"), (8888, None), (5060, "msrp")])
def test_web_sockets_of_browsers(tshark_json, tmp_path, port, protocol):
    report = tshark_json(browser(tmp_path / "a.pcap", port, protocol=protocol))
    item = whole(report)
    assert item["verification"]["result"] == "match" and item["verdict"] == "warn"
    wrong = [f for f in report["findings"] if f["rule"] == "SDP-MEDIA"]
    assert wrong and "m= has the proto TCP/MSRP: expected TCP/WS/MSRP" in wrong[0]["text"]


@pytest.mark.parametrize("port, how", [
    (2855, {}), (8888, {}), (2855, {"offer_proto": "tcp/ws/msrp"}), (8888, {"host": "relay.example.com"}),
    # A request in pieces is HTTP to stock on ports of its own only; 2855 is ours to give.
    (2855, {"pieces": (1,)}), (2855, {"pieces": (2, 3, 30)}), (8080, {"pieces": (2, 3, 30)})])
def test_web_sockets_as_the_rfc_has_them(tshark_json, tmp_path, port, how):
    item = whole(tshark_json(browser(tmp_path / "a.pcap", port, **{"offer_proto": "TCP/WS/MSRP", **how})))
    assert (item["verification"]["result"], item["verdict"]) == ("match", "pass")


@pytest.mark.parametrize("port", [2855, 8888])
def test_http_stays_http(tshark, stock_tshark, tmp_path, port):
    """On MSRP's port, and on one that SDP announced: as stock shows it on port 80."""
    path, plain = tmp_path / "a.pcap", tmp_path / "b.pcap"
    request = b"GET /push HTTP/1.1\r\nHost: a.example\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\nMSRP a SEND"
    for file, at in ((path, port), (plain, 80)):
        with Writer(file) as writer:
            if file == path:
                Session(writer, OBJECT).begin()
            for cport, cuts in ((40001, ()), (40002, (1,)), (40003, (5, 20))):
                connection = Connection(writer, PSA, cport, PRA, at)
                Stream(connection, 0).put(cut(request, cuts))
                Stream(connection, 1).put(cut(answer, cuts))
                connection.close()

    def shown(program, file):
        return program("-r", file, "-Y", "tcp.len > 0", "-T", "fields", "-e", "tcp.srcport", "-e", "http.request.uri",
                       "-e", "http.response.code", "-e", "http.file_data", "-e", "frame.protocols").out
    want = shown(stock_tshark, plain).replace("\n80\t", f"\n{port}\t")
    assert shown(tshark, path) == want and want.count("/push") == 3 and want.count("200") == 3
    assert tshark.json(path)["objects"] == []


# --- exported PDUs ---

@pytest.mark.parametrize("name", ["live-sipp-msrp.pcap", "appendix-b-corrected.pcap", "five-in-one.pcap",
                                  "variety/relay-two-legs.pcap"])
def test_exported_pdus_say_the_same(tshark_json, captures, tmp_path, name):
    """Stock's export of layer 4: of what it exports, each object is what it was."""
    source = captures / name
    if not source.exists():
        pytest.skip(f"there is no {name}")
    path = tmp_path / "pdus.pcapng"
    subprocess.run(["tshark", "-r", source, "-U", "OSI layer 4", "-w", path], check=True, capture_output=True)
    path.chmod(0o644)
    exported = path.read_bytes()

    def told(report, of):
        return {(o["carrier"], o["message_id"], o["state"], o["size"], o["verification"]["result"], o["delivery"])
                for o in report["objects"] if o["message_id"] in of}
    report = tshark_json(source)
    of = {o["message_id"] for o in report["objects"]
          if all(chunk["transaction"].encode() + b" SEND" in exported for chunk in o["chunks"])}
    assert of and told(tshark_json(path), of) == told(report, of)
