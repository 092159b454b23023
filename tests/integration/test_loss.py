# SPDX-License-Identifier: GPL-2.0-or-later
"""A 300 KB object in pipelined SENDs: segments that the capture lost are its gaps to the byte, wherever
they cut; segments that only came late are no loss."""

import hashlib
import random
import struct

import pytest

from flow import Flow

SIZE = 300 * 1024
CHUNK = 2048
MSS = 1460
A, B = bytes([192, 0, 2, 3]), bytes([192, 0, 2, 4])
HEAD = ("MSRP {tid} SEND\r\nTo-Path: msrp://b.example:8888/bbb;tcp\r\nFrom-Path: msrp://a.example:7654/aaa;tcp\r\n"
        "Message-ID: {mid}\r\nByte-Range: {range}\r\nContent-Type: application/vnd.oma.push\r\n\r\n")


def packet(time, forth, seq, flags, data=b""):
    """One Ethernet frame with its pcap header; the other side only opens the connection."""
    ports, hosts = ((7654, 8888), (A, B)) if forth else ((8888, 7654), (B, A))
    tcp = struct.pack("!HHIIBBHHH", *ports, seq, 500 if forth else 1000, 0x50, flags, 65535, 0, 0) + data
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0, *hosts)
    frame = bytes(12) + b"\x08\x00" + ip + tcp
    return struct.pack("<IIII", 1, time, len(frame), len(frame)) + frame


def send(tid, mid, byte_range, body, flag):
    head = HEAD.format(tid=tid, mid=mid, range=byte_range).encode()
    return head, head + body + f"\r\n-------{tid}{flag}\r\n".encode()


class Transfer:
    """The stream of one object in chunks, a small object behind it, and where each body byte stands."""

    def __init__(self, seed, open_end=False):
        self.random = random.Random(seed)
        self.object = self.random.randbytes(SIZE)
        self.stream, self.bodies = b"", []
        for start in range(0, SIZE, CHUNK):
            body = self.object[start:start + CHUNK]
            end = "*" if open_end else start + len(body)
            head, message = send(f"t{start:07d}", "m1", f"{start + 1}-{end}/{SIZE}", body,
                                 "$" if start + len(body) == SIZE else "+")
            self.bodies.append((len(self.stream) + len(head), len(body), start))
            self.stream += message
        self.stream += send("smalltid", "m2", "1-600/600", b"X" * 600, "$")[1]
        self.segments = [(at, self.stream[at:at + MSS]) for at in range(0, len(self.stream), MSS)]

    def pick(self, count):
        return sorted(self.random.sample(range(5, len(self.segments) - 5), count))

    def gaps(self, lost):
        missing = set()
        for at, data in (self.segments[i] for i in lost):
            for where, length, start in self.bodies:
                first, last = max(at, where), min(at + len(data), where + length)
                missing.update(range(start + first - where, start + last - where))
        gaps = []
        for byte in sorted(missing):
            if gaps and gaps[-1][1] == byte:
                gaps[-1][1] = byte + 1
            else:
                gaps.append([byte + 1, byte + 1])
        return gaps

    def capture(self, path, order):
        out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        out += packet(0, True, 999, 0x02) + packet(1, False, 499, 0x12) + packet(2, True, 1000, 0x10)
        for number, i in enumerate(order):
            at, data = self.segments[i]
            out += packet(100 + 50 * number, True, 1000 + at, 0x10, data)
        out += packet(900000, True, 1000 + len(self.stream), 0x11)
        path.write_bytes(out)
        path.chmod(0o644)
        return path


@pytest.fixture(name="readable")
def _readable(tshark, request):
    """A path that the user who runs tshark can read."""
    return tshark.dir / "out" / f"{request.node.name.replace('[', '-').replace(']', '')}.pcap"


@pytest.mark.parametrize("seed", range(6))
def test_lost_segments(tshark_json, readable, seed):
    transfer = Transfer(seed)
    lost = transfer.pick(3)
    order = [i for i in range(len(transfer.segments)) if i not in lost]
    big, small = tshark_json(transfer.capture(readable, order))["objects"]
    assert (big["state"], big["gaps"]) == ("incomplete", transfer.gaps(lost))
    assert (small["state"], small["size"]) == ("complete", 600)


@pytest.mark.parametrize("seed", range(6))
def test_late_segments(tshark_json, readable, seed):
    transfer = Transfer(seed)
    order = list(range(len(transfer.segments)))
    for i in transfer.pick(8):
        order.remove(i)
        order.insert(i + transfer.random.randint(1, 6), i)
    report = tshark_json(transfer.capture(readable, order))
    digest = hashlib.sha1(transfer.object).hexdigest().upper()
    assert [o["state"] for o in report["objects"]] == ["complete", "complete"]
    assert report["objects"][0]["digests"]["sha-1"].replace(":", "") == digest
    assert not [f for f in report["findings"] if f["rule"].startswith("MSRP")]


def test_first_bytes_never_sent(tshark_json, readable):
    """Where the SYN was seen, what is missing before the first chunk was not sent, though SDP told of the connection."""
    Flow(chunk=200, success=None).drop("send-1", "resp-1").capture().write(readable)
    report = tshark_json(readable)
    assert [o["gaps"] for o in report["objects"]] == [[[1, 200]]]
    assert {f["rule"] for f in report["findings"]} & {"MSRP-GAP", "MSRP-CAPTURE-LOSS"} == {"MSRP-GAP"}


def test_first_messages_lost(tshark_json, readable):
    """Numbers that begin low: more is lost behind the SYN than the number that it has, in both directions."""
    sent = [send(f"t{n:03d}", "m1", f"{700 * n + 1}-*/2100", b"x" * 700, "$" if n == 2 else "+")[1] for n in range(3)]
    answers = [f"MSRP t{n:03d} 200 OK\r\nTo-Path: msrp://a.example:7654/aaa;tcp\r\n"
               f"From-Path: msrp://b.example:8888/bbb;tcp\r\n-------t{n:03d}$\r\n".encode() for n in range(3)]
    there, back = 1000 + len(sent[0] + sent[1]), 500 + len(answers[0] + answers[1])
    readable.write_bytes(b"".join([
        struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1),
        packet(0, True, 999, 0x02), packet(1, False, 499, 0x12), packet(2, True, 1000, 0x10),
        packet(1000, True, there, 0x18, sent[2]), packet(2000, False, back, 0x18, answers[2]),
        packet(9000, True, there + len(sent[2]), 0x11)]))
    readable.chmod(0o644)
    report = tshark_json(readable)
    assert [(chunk["start"], chunk["status"]) for chunk in report["objects"][0]["chunks"]] == [(1401, 200)]
    assert [f["rule"] for f in report["findings"]] == ["MSRP-CAPTURE-LOSS"]
    assert f"lost {there - 1000} bytes" in report["findings"][0]["text"]


@pytest.mark.parametrize("seed", range(4))
def test_disorder(tshark_json, readable, seed):
    """Range ends of "*": what was guessed behind a missing segment gives way to what comes for it later."""
    transfer = Transfer(seed, open_end=True)
    order = list(range(1, len(transfer.segments)))
    order.sort(key=lambda i: i + 3 * (seed + 1) * transfer.random.random())
    order.insert(0, 0)      # without SIP it is the start line that tells what the connection is
    report = tshark_json(transfer.capture(readable, order))
    digest = hashlib.sha1(transfer.object).hexdigest().upper()
    assert [o["state"] for o in report["objects"]] == ["complete", "complete"]
    assert report["objects"][0]["digests"]["sha-1"].replace(":", "") == digest
    assert not [f for f in report["findings"] if f["rule"].startswith("MSRP")]
