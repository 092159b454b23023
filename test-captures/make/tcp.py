# SPDX-License-Identifier: GPL-2.0-or-later
"""One TCP connection with handshake, real sequence numbers, segmentation, loss, retransmission, close."""
import struct

from pcaplib import TCP, with_checksum

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
MSS = 1460
TICK = 0.00005              # between two segments of one write
WRITE = 0.009               # a write takes no longer, so that the answer to it comes after it
RETRANSMIT = 0.25           # after what time a segment is sent again


class End:
    def __init__(self, host, port, isn):
        self.host, self.port, self.seq = host, port, isn


class Connection:
    """Opened by `client`; data goes with send(client_or_server_host, bytes, time)."""

    def __init__(self, capture, client, cport, server, sport, mss=MSS):
        self.capture, self.mss = capture, mss - (20 if client.v6 else 0)
        self.client = End(client, cport, (cport * 65537 + sport) & 0x7FFFFFFF)
        self.server = End(server, sport, (sport * 65539 + cport * 3) & 0x7FFFFFFF)

    def ends(self, host, port=None):
        """(sender, receiver) by the sending host; a port settles it where both are one host."""
        if host is self.client.host and port in (None, self.client.port):
            return self.client, self.server
        return self.server, self.client

    def segment(self, when, src, dst, flags, data=b'', seq=None, options=b''):
        seq = src.seq if seq is None else seq
        head = struct.pack('!HHIIBBHHH', src.port, dst.port, seq & 0xFFFFFFFF,
                           dst.seq & 0xFFFFFFFF if flags & ACK else 0,
                           (20 + len(options)) // 4 << 4, flags, 64240, 0, 0)
        packet = with_checksum(src.host, dst.host, TCP, head + options + data, 16)
        self.capture.ip(when, src.host, dst.host, TCP, packet)

    def open(self, when, rtt=0.004):
        mss = struct.pack('!BBH', 2, 4, self.mss)
        self.segment(when, self.client, self.server, SYN, options=mss)
        self.client.seq += 1
        self.segment(when + rtt / 2, self.server, self.client, SYN | ACK, options=mss)
        self.server.seq += 1
        self.segment(when + rtt, self.client, self.server, ACK)
        return self

    def pieces(self, data, cuts=None):
        """Cut at the MSS, or at the given offsets (and at the MSS between them)."""
        edges = sorted({0, len(data), *(cuts or [])})
        out = []
        for start, end in zip(edges, edges[1:]):
            out += [(i, data[i:min(i + self.mss, end)]) for i in range(start, end, self.mss)]
        return out

    def send(self, host, data, when, cuts=None, lose=(), twice=(), order=None, ack=True, tick=TICK):
        """One write. `lose`: segments that the capture misses; `twice`: segments that are sent again at
        the end; `order`: the order in which the segments arrive. Returns the pieces as (offset, bytes)."""
        src, dst = self.ends(host)
        pieces = self.pieces(data, cuts)
        base = src.seq
        arrivals = [i for i in (order or range(len(pieces))) if i not in lose] + list(twice)
        tick = min(tick, WRITE / max(len(arrivals), 1))
        for place, i in enumerate(arrivals):
            offset, piece = pieces[i]
            last = i == len(pieces) - 1
            again = RETRANSMIT if place >= len(arrivals) - len(twice) else 0
            self.segment(when + place * tick + again, src, dst, ACK | (PSH if last else 0), piece, seq=base + offset)
            if place % 32 == 31 and not order:
                src.seq = base + offset + len(piece)
                self.segment(when + place * tick + tick / 2, dst, src, ACK)
        src.seq = base + len(data)
        if ack:
            self.segment(when + len(arrivals) * tick + 0.0004 + (RETRANSMIT if twice else 0), dst, src, ACK)
        return pieces

    def close(self, host, when, rtt=0.004):
        src, dst = self.ends(host)
        self.segment(when, src, dst, FIN | ACK)
        src.seq += 1
        self.segment(when + rtt / 2, dst, src, FIN | ACK)
        dst.seq += 1
        self.segment(when + rtt, src, dst, ACK)

    def reset(self, host, when):
        src, dst = self.ends(host)
        self.segment(when, src, dst, RST | ACK)
