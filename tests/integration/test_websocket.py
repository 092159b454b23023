# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP over WebSocket in whatever frames and segments it comes: fragments with pings between them, lengths in any form,
several frames in a segment, a frame in many, compressed messages, which stock opens where they are one frame (RFC 6455,
RFC 7692, RFC 7977)."""
import hashlib
import random
import struct
import zlib

import pytest

from bench.traffic import ACK, PRA, PSA, PSH, PUSH, Connection, Writer
from websocket import handshake

TO, FROM = "msrp://r.example.com:2855/r1;ws", "msrp://a.invalid:2855/s1;ws"
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
PING, PONG, CLOSE = 9, 10, 8


class Link:
    """A WebSocket connection. Direction 0 is the client's; what is sent waits until it is flushed."""

    def __init__(self, writer, seed, compressed):
        self.random, self.compressed = random.Random(seed), compressed
        self.connection = Connection(writer, PRA, 30001, PSA, 8080)
        self.waiting = [b"", b""]
        for direction, text in enumerate(handshake(PSA)):
            more = DEFLATE.encode() if compressed else b""
            self.connection.segment(direction, ACK | PSH, text[:-2] + more + b"\r\n")

    def frame(self, direction, data, opcode=2, fin=True, compressed=False):
        size, key = len(data), self.random.randbytes(4)
        form = self.random.choice([126, 127] if size > 125 or not opcode & 8 and self.random.random() < 0.3 else [size])
        head = bytes([opcode | (0x80 if fin else 0) | (0x40 if compressed else 0), form | (0 if direction else 0x80)])
        head += struct.pack("!H", size) if form == 126 else struct.pack("!Q", size) if form == 127 else b""
        if not direction:
            head, data = head + key, bytes(b ^ key[i % 4] for i, b in enumerate(data))
        self.waiting[direction] += head + data
        if self.random.random() < 0.4:
            self.flush(direction)

    def flush(self, direction):
        data, self.waiting[direction] = self.waiting[direction], b""
        while data:
            size = self.random.choice([1, 1, 1, 7, 100, 1460])
            self.connection.segment(direction, ACK | PSH, data[:size])
            data = data[size:]

    def message(self, direction, data):
        """One MSRP message, in one to four frames; in one where it is compressed."""
        compressed = self.compressed and self.random.random() < 0.7
        if compressed:
            deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = (deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\0\0\xff\xff")
        more = 0 if compressed else self.random.randrange(4)
        cuts = [0, *sorted(self.random.sample(range(1, len(data)), more)), len(data)]
        for number, (start, end) in enumerate(zip(cuts, cuts[1:])):
            self.frame(direction, data[start:end], 0 if number else 2, end == len(data), compressed and not number)
            if self.random.random() < 0.3:
                self.frame(direction, b"hi", PING)
                self.frame(1 - direction, b"hi", PONG)


def transfer(link, direction, data, chunk):
    for start in range(0, len(data), chunk):
        body, tid = data[start:start + chunk], f"t{start:06}"
        link.message(direction, (
            f"MSRP {tid} SEND\r\nTo-Path: {TO}\r\nFrom-Path: {FROM}\r\nMessage-ID: m1\r\n"
            f"Byte-Range: {start + 1}-{start + len(body)}/{len(data)}\r\nContent-Type: {PUSH}\r\n\r\n").encode() +
            body + f"\r\n-------{tid}{'$' if start + chunk >= len(data) else '+'}\r\n".encode())
        link.flush(direction)
        link.message(1 - direction, (f"MSRP {tid} 200 OK\r\nTo-Path: {FROM}\r\nFrom-Path: {TO}\r\n"
                                     f"-------{tid}$\r\n").encode())
        link.flush(1 - direction)


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "compressed"])
@pytest.mark.parametrize("direction", [0, 1], ids=["masked", "unmasked"])
@pytest.mark.parametrize("chunk", [300, 2048])
def test_any_framing(tshark, tmp_path, chunk, direction, compressed):
    data = b"Content-Type: application/octet-stream\r\n\r\n" + random.Random(chunk).randbytes(100 * chunk)
    path = tmp_path / "ws.pcap"
    with Writer(path) as writer:
        link = Link(writer, 4 * chunk + 2 * direction + compressed, compressed)
        transfer(link, direction, data, chunk)
        link.frame(0, b"\x03\xe8", CLOSE)
        link.flush(0)
        link.connection.close()
    report = tshark.json(path)
    [item] = report["objects"]
    assert (item["state"], item["digests"]["sha-1"]) == ("complete", hashlib.sha1(data).digest().hex(":").upper())
    assert [c["status"] for c in item["chunks"]] == [200] * len(item["chunks"])
    assert {finding["rule"] for finding in report["findings"]} <= {"MSRP-UNINTERRUPTIBLE"}
    assert tshark.json(path, "-2") == report
