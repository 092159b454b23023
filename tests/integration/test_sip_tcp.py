# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP over TCP says what the same SIP over UDP says: with keep-alives between messages (RFC 5626), compact header names,
several messages in a segment and messages in several, which stock does not always put together."""
import random
import re
import socket

import pytest

from bench.traffic import ACK, PRA, PSA, PSH, PUSH, Connection, Session, Writer, address, push_object

COMPACT = {"Via": "v", "From": "f", "To": "t", "Call-ID": "i", "Contact": "m", "Content-Type": "c", "Content-Length": "l"}


class OverTcp:
    """Takes a writer's datagrams and sends them as one TCP connection; what is sent waits until it is flushed."""

    def __init__(self, writer, seed, compact, keep_alive, sizes=(200, 500, 1460)):
        self.random, self.compact, self.keep_alive, self.sizes = random.Random(seed), compact, keep_alive, sizes
        self.connection, self.waiting = Connection(writer, PSA, 41000, PRA, 5060), [b"", b""]
        writer.udp = self.take

    def take(self, source, _sport, _destination, _dport, data):
        direction = int(socket.inet_ntoa(source) != PSA)
        self.flush(1 - direction)
        head, end, body = data.replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP").partition(b"\r\n\r\n")
        if self.compact:
            head = re.sub(rb"(?m)^([A-Za-z-]+):", lambda m: COMPACT.get(m[1].decode(), m[1].decode()).encode() + b":", head)
        self.waiting[direction] += head + end + body + (b"\r\n\r\n" if self.keep_alive else b"")
        if self.random.random() < 0.5:
            self.flush(direction)

    def flush(self, direction):
        data, self.waiting[direction] = self.waiting[direction], b""
        while data:
            size = self.random.choice(self.sizes)
            self.connection.segment(direction, ACK | PSH, data[:size])
            data = data[size:]

    def close(self):
        self.flush(0)
        self.flush(1)
        self.connection.close()


def message(session):
    body = push_object(400).decode("latin-1")
    head = session.head("MESSAGE sip:user@example.com SIP/2.0", "1 MESSAGE", "", f"Accept-Contact: *;{session.TAGS}",
                        f"Content-Type: {PUSH}", "")
    return head.replace(b"Content-Length: 0", b"Content-Length: %d" % len(body)) + body.encode("latin-1")


def play(writer, over=None):
    """Three MESSAGEs at once and their answers, then two sessions."""
    psa, pra = address(PSA), address(PRA)
    asked = [Session(writer, b"", 50 + number) for number in range(3)]
    for session in asked:
        writer.udp(psa, 5060, pra, 5060, message(session))
    for session in asked:
        writer.udp(pra, 5060, psa, 5060, session.head("SIP/2.0 200 OK", "1 MESSAGE", ";tag=u", ""))
    for number in (1, 2):
        session = Session(writer, push_object(3000, number), number)
        connection = session.begin()
        if over:
            over.flush(0)
        session.transfer(connection, 600)
        session.end(connection)


def told(report):
    """What must not depend on the transport."""
    return ([(s["call_id"], s["status"], *(bool(s[at]) for at in ("ack_frame", "bye_frame", "bye_answer_frame")),
              s["objects"]) for s in report["sessions"]],
            [(o["call_id"], o["status"], o["state"], o["verdict"], o["digests"], o["verification"]["result"])
             for o in report["objects"]],
            sorted(finding["rule"] for finding in report["findings"]))


@pytest.mark.parametrize("keep_alive", [False, True], ids=["no keep-alives", "keep-alives"])
@pytest.mark.parametrize("compact", [False, True], ids=["long names", "compact names"])
@pytest.mark.parametrize("seed", range(2))
def test_the_same_as_over_udp(tshark, tmp_path, seed, compact, keep_alive):
    paths = tmp_path / "udp.pcap", tmp_path / "tcp.pcap"
    with Writer(paths[0]) as writer:
        play(writer)
    with Writer(paths[1]) as writer:
        over = OverTcp(writer, 4 * seed + 2 * compact + keep_alive, compact, keep_alive)
        play(writer, over)
        over.close()
    report = tshark.json(paths[1])
    assert told(report) == told(tshark.json(paths[0]))
    assert tshark.json(paths[1], "-2") == report
    # Every message that is part of a push has its tree, also where it is put together here.
    frames = {o["frames"]["first"] for o in report["objects"]} | {s["offer_frame"] for s in report["sessions"]}
    assert frames <= set(tshark.frames(paths[1], "omapush"))
    assert "Dissector bug" not in tshark("-2", "-V", "-r", paths[1]).out


PREFERENCES = [(), ("tcp.desegment_tcp_streams:FALSE",), ("tcp.reassemble_out_of_order:TRUE",),
               ("tcp.relative_sequence_numbers:FALSE",), ("tcp.analyze_sequence_numbers:FALSE",),
               ("sip.desegment_headers:FALSE", "sip.desegment_body:FALSE")]


@pytest.mark.parametrize("seed", range(2))
def test_small_segments_whatever_is_preferred(tshark, tmp_path, seed):
    """Start lines in two segments, heads in forty; what stock makes of them is nothing to us. The numbers that TCP hands
    to MSRP are not what these messages are put together by: they begin to be known in mid-capture."""
    paths = tmp_path / "udp.pcap", tmp_path / "tcp.pcap"
    with Writer(paths[0]) as writer:
        play(writer)
    with Writer(paths[1]) as writer:
        over = OverTcp(writer, seed, True, seed == 1, (1, 3, 20, 30, 60))
        play(writer, over)
        over.close()
    expected = told(tshark.json(paths[0]))
    for preferences in PREFERENCES:
        options = [argument for preference in preferences for argument in ("-o", preference)]
        assert told(tshark.json(paths[1], *options)) == expected, preferences


class Disorder(OverTcp):
    """Segments in pairs, the later one first, then both again; but what begins a message is never ahead."""

    def flush(self, direction):
        data, self.waiting[direction] = self.waiting[direction], b""
        first = self.connection.seq[direction]
        pieces = [(first + at, data[at:at + 200]) for at in range(0, len(data), 200)]
        for number in range(1, len(pieces) - 1, 2):
            pair = pieces[number:number + 2]
            if not re.match(rb"[A-Z]+ sip:|SIP/2", pair[1][1]):
                pieces[number:number + 2] = pair[::-1]
        for seq, piece in pieces + pieces[:2]:
            self.connection.seq[direction] = seq
            self.connection.segment(direction, ACK | PSH, piece)
        self.connection.seq[direction] = first + len(data)


def test_disorder(tshark, tmp_path):
    """The message is whole with the segment that was missing, whether TCP sorts them (a preference of it) or not."""
    paths = tmp_path / "udp.pcap", tmp_path / "tcp.pcap"
    with Writer(paths[0]) as writer:
        play(writer)
    with Writer(paths[1]) as writer:
        over = Disorder(writer, 1, True, False)
        play(writer, over)
        over.close()
    expected = told(tshark.json(paths[0]))
    assert told(tshark.json(paths[1])) == expected
    assert told(tshark.json(paths[1], "-o", "tcp.reassemble_out_of_order:TRUE")) == expected
