# SPDX-License-Identifier: GPL-2.0-or-later
"""What a network and a capture may do to frames without changing what was sent. Each variant takes the random numbers
and frames, and returns frames, or (frames, link type)."""

import struct

from .packets import ETHERNET, FIN, RST, SLL, SYN, Frame

TICK = 2e-6


def _pieces(rng, frame, places):
    """A segment cut at these places; the acknowledgement stands in each piece."""
    data, cuts = frame.bytes, [0, *places, len(frame.bytes)]
    return [frame.segment(data[start:end], frame.seq + start, frame.time + n * TICK)
            for n, (start, end) in enumerate(zip(cuts, cuts[1:]))]


def split(rng, frames):
    """Some segments in two to five pieces, cut between any two bytes."""
    out = []
    for frame in frames:
        size = len(frame.bytes) if frame.is_plain() else 0
        if size < 2 or rng.random() < 0.4:
            out.append(frame)
            continue
        places = sorted(rng.sample(range(1, size), min(rng.randint(1, 4), size - 1)))
        out += _pieces(rng, frame, places)
    return out


def tiny(rng, frames):
    """One segment in pieces of one to three bytes."""
    some = [n for n, frame in enumerate(frames) if frame.is_plain() and 2 <= len(frame.bytes) <= 3000]
    if not some:
        return frames
    n = rng.choice(some)
    places, at = [], rng.randint(1, 3)
    while at < min(len(frames[n].bytes), 250):
        places.append(at)
        at += rng.randint(1, 3)
    return frames[:n] + _pieces(rng, frames[n], places) + frames[n + 1:]


def join(rng, frames):
    """Segments that follow each other in one direction as one."""
    out = []
    for frame in frames:
        last = out[-1] if out else None
        if (last and frame.is_plain() and last.is_plain() and frame.bytes and last.bytes
                and frame.direction == last.direction and last.seq + len(last.bytes) == frame.seq
                and len(last.bytes) + len(frame.bytes) < 30000 and rng.random() < 0.8):
            out[-1] = last.segment(last.bytes + frame.bytes, last.seq)
        else:
            out.append(frame)
    return out


def again(rng, frames):
    """Segments that are sent again, at once or some frames later."""
    out = list(frames)
    for frame in frames:
        if frame.is_plain() and frame.bytes and rng.random() < 0.3:
            at = min(out.index(frame) + rng.randint(1, 6), len(out))
            time = out[at - 1].time + TICK
            copy = frame.segment(frame.bytes, frame.seq, time)
            out.insert(at, copy)
    return out


def doubled(rng, frames):
    """Two taps: each frame twice, the second with other addresses of the link, another TTL, perhaps a VLAN, a little or
    much later."""
    delay = rng.choice([0, 1e-5, 0.001, 0.03, 0.4])
    vlan = rng.random() < 0.3
    copies = []
    for frame in frames:
        data = bytearray(frame.data)
        data[5], data[11] = data[5] ^ 0x55, data[11] ^ 0x55
        if data[12:14] == b"\x08\x00":
            data[22] = max(data[22] - 1, 1)
        elif data[12:14] == b"\x86\xdd":
            data[21] = max(data[21] - 1, 1)
        if vlan:
            data[12:12] = b"\x81\0\0\x07"
        copies.append(Frame(frame.time + delay, bytes(data)))
    return sorted([*frames, *copies], key=lambda frame: frame.time)


def firewall(rng, frames):
    """The same behind a firewall that numbers each direction anew."""
    delay, new, copies = rng.choice([1e-5, 0.004, 0.05, 0.3]), {}, []
    for frame in frames:
        if frame.tcp is None:
            copies.append(frame.moved(delay))
            continue
        back = (*frame.direction[2:], *frame.direction[:2])
        for key in (frame.direction, back):
            new.setdefault(key, rng.getrandbits(32))
        ack = frame.ack + new[back] if frame.flags & 16 else 0
        copies.append(frame.segment(frame.bytes, frame.seq + new[frame.direction], frame.time + delay, ack))
    return sorted([*frames, *copies], key=lambda frame: frame.time)


def swapped(rng, frames):
    """Neighbours change places, as two queues of a capturing machine do; not those that open a connection."""
    out = list(frames)
    n = 0
    while n + 1 < len(out):
        a, b = out[n], out[n + 1]
        loose = a.is_plain() and b.is_plain() and (a.bytes or b.bytes)
        if loose and rng.random() < 0.15:
            out[n], out[n + 1] = Frame(a.time, b.data), Frame(b.time, a.data)
            n += 1
        n += 1
    return out


def gtp_u(rng, frames):
    """Everything that is IP inside a tunnel (TS 29.281)."""
    out = []
    for frame in frames:
        if frame.data[12:14] not in (b"\x08\x00", b"\x86\xdd"):
            out.append(frame)
            continue
        inner = frame.data[14:]
        gtp = struct.pack("!BBHI", 0x30, 255, len(inner), 77) + inner
        udp = struct.pack("!HHHH", 2152, 2152, 8 + len(gtp), 0) + gtp
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, b"\x0a\1\1\1", b"\x0a\1\1\2")
        out.append(frame.changed(frame.data[:12] + b"\x08\x00" + ip + udp))
    return out


def vlan(rng, frames):
    return [frame.changed(frame.data[:12] + b"\x81\0\0\x05" + frame.data[12:]) for frame in frames]


def cooked(rng, frames):
    """As `any` of Linux captures it."""
    return [frame.changed(b"\0\0\0\1\0\6" + frame.data[6:12] + b"\0\0" + frame.data[12:]) for frame in frames], SLL


def between(rng, frames):
    """Traffic that is nobody's: other hosts, other ports."""
    out = []
    for n, frame in enumerate(frames):
        out.append(frame)
        for _ in range(rng.choice([0, 0, 1, 3])):
            text = rng.choice([b"GET / HTTP/1.1\r\n\r\n", b"220 mail ready\r\n", rng.randbytes(40), b"M", b"HELP\r\n"])
            tcp = struct.pack("!HHIIBBHHH", 50000 + n % 1000, rng.choice([80, 25, 4444]), 5000, 1, 0x50, 24, 9000, 0, 0)
            body = tcp + text
            ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), 0, 0, 64, 6, 0, b"\xc6\x33\x64\1", b"\xc6\x33\x64\2")
            out.append(Frame(frame.time + TICK / 2, frame.data[:12] + b"\x08\x00" + ip + body))
    return out


def acks_dropped(rng, frames):
    """Acknowledgements without bytes that the capture has not."""
    return [frame for frame in frames if not (frame.is_plain() and not frame.bytes and rng.random() < 0.6)]


def two_pass(rng, frames):
    return frames


ALL = {made.__name__: made for made in (split, tiny, join, again, doubled, firewall, swapped, gtp_u, vlan, cooked, between,
                                        acks_dropped, two_pass)}


def lossy(rng, frames):
    """(frames without one that carries bytes, the one that was lost); None where there is none to lose."""
    some = [frame for frame in frames if frame.is_plain() and frame.bytes]
    if not some:
        return None
    lost = rng.choice(some)
    return [frame for frame in frames if frame is not lost], lost
