# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP in WebSocket frames."""
from .stage import ACK, PRA, PSA, PSH, Connection, scene, send


def ws_frame(data, opcode=2, fin=True):
    length = len(data)
    head = bytes([opcode | (0x80 if fin else 0)])
    head += bytes([length]) if length < 126 else b'\x7e' + length.to_bytes(2, 'big')
    return head + data


def ws_talk(writer):
    connection = Connection(writer, PRA, 30001, PSA, 80)
    connection.segment(0, ACK | PSH, (f'GET / HTTP/1.1\r\nHost: {PSA}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                                      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n'
                                      'Sec-WebSocket-Protocol: msrp\r\n\r\n').encode())
    connection.segment(1, ACK | PSH, b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                       b'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: msrp\r\n\r\n')
    return connection


@scene(3000)
def websocket_messages(writer, n):
    connection = ws_talk(writer)
    for i in range(n):
        connection.segment(1, ACK | PSH, ws_frame(send(f't{i}', b'x', i + 1, n)))


@scene(1500)
def websocket_fragments(writer, n):
    """One message in n fragments."""
    connection = ws_talk(writer)
    message = send('t', b'x' * 20 * n, 1, 20 * n, '$')
    for at in range(0, len(message), 20):
        connection.segment(1, ACK | PSH, ws_frame(message[at:at + 20], 2 if at == 0 else 0, at + 20 >= len(message)))
