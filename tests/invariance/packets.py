# SPDX-License-Identifier: GPL-2.0-or-later
"""A capture as frames that can be taken apart: Ethernet, IPv4 or IPv6, TCP; read from and written as classic pcap."""

import struct

ETHERNET, SLL = 1, 113
SYN, FIN, RST, ACK = 2, 1, 4, 16


class Frame:
    """One frame: seconds since the epoch and its bytes. A TCP segment knows where its parts are."""

    def __init__(self, time, data):
        self.time, self.data = time, data
        self.tcp = None
        self._find_tcp()

    def _find_tcp(self):
        data, at = self.data, 14
        kind = struct.unpack_from("!H", data, 12)[0] if len(data) >= 14 else 0
        if kind == 0x0800 and len(data) >= at + 20:
            head = (data[at] & 15) * 4
            length = struct.unpack_from("!H", data, at + 2)[0]
            if data[at + 9] != 6 or struct.unpack_from("!H", data, at + 6)[0] & 0x3FFF or at + length > len(data):
                return
            self.hosts = data[at + 12:at + 16], data[at + 16:at + 20]
            self.ip, self.tcp, self.end = at, at + head, at + length
        elif kind == 0x86DD and len(data) >= at + 40 and data[at + 6] == 6:
            self.hosts = data[at + 8:at + 24], data[at + 24:at + 40]
            self.ip, self.tcp, self.end = at, at + 40, at + 40 + struct.unpack_from("!H", data, at + 4)[0]
        else:
            return
        if self.end > len(data) or self.end - self.tcp < 20:
            self.tcp = None
            return
        self.ports = struct.unpack_from("!HH", data, self.tcp)
        self.seq, self.ack = struct.unpack_from("!II", data, self.tcp + 4)
        self.flags = data[self.tcp + 13]
        self.payload = self.tcp + (data[self.tcp + 12] >> 4) * 4

    @property
    def direction(self):
        return (self.hosts[0], self.ports[0], self.hosts[1], self.ports[1])

    @property
    def bytes(self):
        return self.data[self.payload:self.end] if self.tcp else b""

    def is_plain(self):
        """Data, or nothing but an acknowledgement: what may be cut, doubled or dropped."""
        return self.tcp is not None and not self.flags & (SYN | FIN | RST)

    def segment(self, payload, seq, time=None, ack=None):
        """The same segment with other bytes at another place."""
        head = bytearray(self.data[:self.payload])
        struct.pack_into("!I", head, self.tcp + 4, seq & 0xFFFFFFFF)
        if ack is not None:
            struct.pack_into("!I", head, self.tcp + 8, ack & 0xFFFFFFFF)
        if head[self.ip] >> 4 == 4:
            struct.pack_into("!H", head, self.ip + 2, self.payload - self.ip + len(payload))
        else:
            struct.pack_into("!H", head, self.ip + 4, self.payload - self.tcp + len(payload))
        return Frame(self.time if time is None else time, bytes(head) + payload)

    def moved(self, seconds):
        return Frame(self.time + seconds, self.data)

    def changed(self, data):
        return Frame(self.time, data)


def read(path):
    """Frames of a classic pcap of Ethernet; None of anything else, or where frames are cut."""
    raw = path.read_bytes()
    if raw[:4] != b"\xd4\xc3\xb2\xa1" or struct.unpack_from("<I", raw, 20)[0] != ETHERNET:
        return None
    frames, at = [], 24
    while at + 16 <= len(raw):
        seconds, micro, size, whole = struct.unpack_from("<IIII", raw, at)
        if size != whole:
            return None
        frames.append(Frame(seconds + micro / 1e6, raw[at + 16:at + 16 + size]))
        at += 16 + size
    return frames


def write(path, frames, link=ETHERNET):
    """In order of time as the file has it: frames of one time stay in the order of the list."""
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link))
        for frame in frames:
            micro = round(frame.time * 1e6)
            out.write(struct.pack("<IIII", micro // 1000000, micro % 1000000, len(frame.data), len(frame.data))
                      + frame.data)
    path.chmod(0o644)
