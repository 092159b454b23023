# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP over WebSocket: RFC 6455 frames and handshake, RFC 7977."""
import base64
import hashlib
import struct

import flow as base

KEY = base64.b64encode(b'the sample nonce').decode()
GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'      # RFC 6455 section 1.3


def frame(data, masked, opcode=2, fin=True):
    size = len(data)
    length = (bytes([size]) if size < 126 else b'\x7e' + struct.pack('!H', size) if size < 65536
              else b'\x7f' + struct.pack('!Q', size))
    head = bytes([opcode | (0x80 if fin else 0), length[0] | (0x80 if masked else 0)]) + length[1:]
    if not masked:
        return head + data
    mask = hashlib.md5(data).digest()[:4]           # any four bytes; these are the same each time
    return head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data))


def fragments(data, masked):
    third = len(data) // 3
    return (frame(data[:third], masked, 2, False) + frame(data[third:2 * third], masked, 0, False)
            + frame(data[2 * third:], masked, 0, True))


def handshake(host, protocol='msrp'):
    accept = base64.b64encode(hashlib.sha1((KEY + GUID).encode()).digest()).decode()
    sub = f'Sec-WebSocket-Protocol: {protocol}\r\n' if protocol else ''
    ask = (f'GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
           f'Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{sub}\r\n')
    answer = (f'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
              f'Sec-WebSocket-Accept: {accept}\r\n{sub}\r\n')
    return ask.encode(), answer.encode()


def Flow(*args, **kw):
    """The base flow with the SDP of a WebSocket session."""
    flow = base.Flow(*args, **kw)
    return flow.everywhere(';tcp', ';ws').everywhere('TCP/MSRP', 'TCP/WS/MSRP')


def over(flow, joined=False, fragmented=False, protocol='msrp'):
    """Each MSRP message in a WebSocket message of its own; joined: both chunks in one."""
    if joined:
        flow['send-1'].data += flow['send-2'].data
        flow.drop('send-2')
    for step in flow.steps:
        if step.link == 'msrp':
            masked = step.who == 'psa'
            wrap = fragments if fragmented and step.name.startswith('send') else frame
            step.data = wrap(step.data, masked)
    ask, answer = handshake(flow.hosts['pra'].literal(), protocol)
    return flow.after('ack', ('ws-get', 0.03, 'psa', 'msrp', ask), ('ws-101', 0.01, 'pra', 'msrp', answer))
