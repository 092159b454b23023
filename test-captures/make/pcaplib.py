# SPDX-License-Identifier: GPL-2.0-or-later
"""Frames and captures: Ethernet, IPv4, IPv6, UDP with right checksums, in a classic pcap file.

Times are seconds after the start of the capture; every capture starts at the same moment, so that a
rebuilt file is the same file.
"""
import ipaddress
import struct

START = 1700000000          # 2023-11-14T22:13:20Z
MTU = 1500
TCP, UDP = 6, 17


class Host:
    """One interface: an address and the MAC made from it."""

    def __init__(self, address):
        self.ip = ipaddress.ip_address(address)
        self.mac = b'\x02\x00' + self.ip.packed[-4:]
        self.next_id = 1

    @property
    def v6(self):
        return self.ip.version == 6

    def literal(self):
        """The address as it stands in a URI."""
        return f'[{self.ip}]' if self.v6 else str(self.ip)


def checksum(data):
    """The Internet checksum, RFC 1071."""
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def pseudo_header(src, dst, protocol, length):
    if src.v6:
        return src.ip.packed + dst.ip.packed + struct.pack('!IxxxB', length, protocol)
    return src.ip.packed + dst.ip.packed + struct.pack('!BBH', 0, protocol, length)


def with_checksum(src, dst, protocol, segment, offset):
    """The segment with the transport checksum put in at offset (where it must hold zeros)."""
    value = checksum(pseudo_header(src, dst, protocol, len(segment)) + segment)
    if protocol == UDP and value == 0:
        value = 0xFFFF
    return segment[:offset] + struct.pack('!H', value) + segment[offset + 2:]


def ip_packets(src, dst, protocol, payload):
    """The payload in one packet, or in fragments where it exceeds the MTU (IPv4 only)."""
    if src.v6:
        assert len(payload) + 40 <= MTU, 'IPv6 fragments are not needed here'
        head = struct.pack('!IHBB', 0x60000000, len(payload), protocol, 64)
        return [head + src.ip.packed + dst.ip.packed + payload]
    room = (MTU - 20) // 8 * 8
    pieces = [payload[i:i + room] for i in range(0, len(payload), room)] or [b'']
    packets = []
    for number, piece in enumerate(pieces):
        more = number < len(pieces) - 1
        flags = number * room // 8 | (0x2000 if more else 0)
        if len(pieces) == 1:
            flags = 0x4000                                      # don't fragment
        head = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(piece), src.next_id, flags, 64, protocol, 0)
        head += src.ip.packed + dst.ip.packed
        head = head[:10] + struct.pack('!H', checksum(head)) + head[12:]
        packets.append(head + piece)
    src.next_id = src.next_id % 0xFFFF + 1
    return packets


class Capture:
    """Frames in any order of making, written in order of time."""

    def __init__(self):
        self.frames = []

    def add(self, when, frame):
        self.frames.append((round(when * 1000000), len(self.frames), frame))

    def ip(self, when, src, dst, protocol, payload):
        kind = b'\x86\xdd' if src.v6 else b'\x08\x00'
        for number, packet in enumerate(ip_packets(src, dst, protocol, payload)):
            frame = dst.mac + src.mac + kind + packet
            self.add(when + number * 0.000002, frame.ljust(60, b'\0'))

    def udp(self, when, src, sport, dst, dport, data):
        segment = struct.pack('!HHHH', sport, dport, 8 + len(data), 0) + data
        self.ip(when, src, dst, UDP, with_checksum(src, dst, UDP, segment, 6))

    def write(self, path):
        with open(path, 'wb') as out:
            out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
            for micro, _, frame in sorted(self.frames):
                out.write(struct.pack('<IIII', START + micro // 1000000, micro % 1000000, len(frame), len(frame)))
                out.write(frame)
