# SPDX-License-Identifier: GPL-2.0-or-later
"""Seeds for the fuzz targets out of the test captures: what went over the wire, in each target's own form."""
import hashlib
import re
import struct

from capture_fuzz import default_captures, read_blocks

SIP_START = re.compile(rb'(?:[A-Z]+ [a-z]+:[^\r\n]* SIP/2\.0|SIP/2\.0 [1-6]\d\d)[^\r\n]*\r\n')
FEATURE_HEADER = re.compile(rb'^(?:Contact|m|Accept-Contact|a|Reject-Contact|j) *:(.*(?:\r\n[ \t].*)*)\r$', re.M | re.I)
LONGEST = 16384


def packets(path):
    """(source, destination, TCP flags or None, sequence number, payload) of each UDP datagram and TCP segment."""
    data = path.read_bytes()
    _, frames = read_blocks(data)
    skip = 28 if data[:4] == b'\x0a\x0d\x0d\x0a' else 16
    for frame in frames:
        packet = packet_of(frame[skip:])
        if packet:
            yield packet


def packet_of(frame):
    kind = frame[12:14]
    if kind == b'\x08\x00' and len(frame) > 34:
        size = (frame[14] & 15) * 4
        addresses, protocol = (frame[26:30], frame[30:34]), frame[23]
        rest = frame[14 + size:14 + struct.unpack('!H', frame[16:18])[0]]
    elif kind == b'\x86\xdd' and len(frame) > 54:
        addresses, protocol, rest = (frame[22:38], frame[38:54]), frame[20], frame[54:]
    else:
        return None
    if len(rest) < 20 and protocol == 6 or len(rest) < 8:
        return None
    ports = struct.unpack('!HH', rest[:4])
    ends = ((addresses[0], ports[0]), (addresses[1], ports[1]))
    if protocol == 17:
        return (*ends, None, 0, rest[8:])
    if protocol == 6:
        return (*ends, rest[13], struct.unpack('!I', rest[4:8])[0], rest[(rest[12] >> 4) * 4:])
    return None


def msrp_connections(seen):
    """The pairs of ends of each TCP connection that carries a line of MSRP."""
    return {frozenset((src, dst)) for src, dst, flags, _, payload in seen if flags is not None and b'MSRP ' in payload}


def events(seen):
    """The capture as a script of fuzz_model.c."""
    msrp = msrp_connections(seen)
    places, expected, out = {}, {}, []
    for src, dst, flags, seq, payload in seen:
        ends = frozenset((src, dst))
        if flags is None or ends not in msrp:
            if SIP_START.match(payload):
                out.append(bytes([0, 0]) + payload)
            continue
        if ends not in places:
            places[ends] = (len(places) % 2, src)
            out.append(bytes([10 | places[ends][0] << 4, 0]))
        place, first = places[ends]
        direction = int(src != first)
        head = place << 4 | direction << 6
        if flags & 2:
            continue
        gap = seq - expected.get((ends, direction), seq)
        if payload and gap > 0:
            out.append(bytes([2 | head, 0]) + b'?' * min(gap, 5000))
        if payload:
            out.append(bytes([1 if gap >= 0 else 3, min(-gap, 255) if gap < 0 else 0]) + payload)
            out[-1] = bytes([out[-1][0] | head]) + out[-1][1:]
            expected[ends, direction] = max(seq + len(payload), expected.get((ends, direction), 0))
        if flags & 5:
            out.append(bytes([7 | head, 0]))
    return b'\x1e'.join(event.replace(b'\x1e', b' ') for event in out)


def of_sip(message):
    """(target, seed) of one SIP message."""
    yield 'sip', message
    for value in FEATURE_HEADER.findall(message):
        yield 'feature_tag', value.strip()
    head, _, body = message.partition(b'\r\n\r\n')
    kind = re.search(rb'^(?:Content-Type|c) *:[ \t]*(.*?)\r?$', head + b'\r', re.M | re.I)
    if not body or not kind:
        return
    yield 'mime', kind.group(1) + b'\r\n' + body
    if b'sdp' in kind.group(1):
        yield 'sdp', body
    yield 'body', bytes([0]) + body
    yield 'wsp', body


def of_stream(stream):
    yield 'msrp_head', stream[:4000]
    yield 'stream', b'\0\0' + stream[:8000]
    for part in re.split(rb'\r\n-------[^\r\n]*[$+#]\r\n', stream)[:3]:
        _, _, body = part.partition(b'\r\n\r\n')
        if body:
            yield 'body', bytes([0]) + body
            yield 'wsp', body


def of_capture(path):
    """(target, seed) of one capture."""
    seen = list(packets(path))
    msrp = msrp_connections(seen)
    streams, sip = {}, []
    for src, dst, flags, _, payload in seen:
        if flags is not None and frozenset((src, dst)) in msrp:
            streams[src, dst] = streams.get((src, dst), b'') + payload
        elif SIP_START.match(payload):
            sip.append(payload)
            yield from of_sip(payload)
    for stream in streams.values():
        yield from of_stream(stream)
    yield 'model', events(seen)
    yield 'sip_model', b'\0'.join(b'1' + message.replace(b'\0', b' ') for message in sip)


def write_seeds(folder):
    """Writes folder/TARGET/HASH, each seed once."""
    for path in default_captures():
        for target, seed in of_capture(path):
            if not seed or len(seed) > LONGEST:
                continue
            place = folder / target
            place.mkdir(parents=True, exist_ok=True)
            (place / hashlib.sha1(seed).hexdigest()[:16]).write_bytes(seed)
