# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages, transaction ids, responses, REPORTs, paths and connections."""
from .stage import ACK, FROM, HUGE, PRA, PSA, PSH, TO, Connection, Session, back, scene, segments, send


@segments(4000)
def message_ids(i, n):
    return send(f't{i}', b'x', 1, 1, '$', f'm{i}')


@segments(4000)
def message_ids_unfinished(i, n):
    return send(f't{i}', b'x', 2, 3, '+', f'm{i}')


@segments(4000)
def messages_take_turns(i, n):
    return send(f't{i}', b'x', i // 100 + 1, n, '+', f'm{i % 100}')


@segments(6000)
def one_transaction_id(i, n):
    return send('same', b'x', i + 1, n)


@segments(6000, back=True, first=send('t', b'x', 1, 2))
def answers_to_nobody(i, n):
    return back(f'u{i}', '200 OK')


@segments(6000, back=True, first=send('t', b'x', 1, 2))
def answers_again(i, n):
    return back('t', '200 OK' if i % 2 else '413')


@segments(4000, back=True, first=send('t', b'x' * 1000, 1, 1000, '$', more='Success-Report: yes\r\n'))
def reports(i, n):
    return back(f'r{i}', 'REPORT', f'Message-ID: m1\r\nByte-Range: {i % 500 * 2 + 1}-{i % 500 * 2 + 1}/1000\r\n'
            'Status: 000 200 OK\r\n')


@segments(4000, back=True, first=send('t', b'x', 1, more='Success-Report: yes\r\n'))
def reports_beyond(i, n):
    return back(f'r{i}', 'REPORT', f'Message-ID: m1\r\nByte-Range: {2 * i + 7}-{2 * i + 7}/{HUGE}\r\n'
            'Status: 000 413 no\r\n')


@segments(4000, back=True, first=send('t', b'x', 1, 2))
def reports_of_nothing(i, n):
    return back(f'r{i}', 'REPORT', f'Message-ID: x{i}\r\nByte-Range: 1-1/1\r\nStatus: 000 200 OK\r\n')


@segments(6000)
def unknown_methods(i, n):
    return f'MSRP t{i} HELLO\r\nTo-Path: {TO}\r\nFrom-Path: {FROM}\r\n-------t{i}$\r\n'.encode()


@segments(4000)
def paths(i, n):
    return send(f't{i}', b'x', 1, 1, '$', to=f'msrp://{PRA}:8888/r{i};tcp', sender=f'msrp://{PSA}:7654/s{i};tcp')


@segments(400)
def long_paths(i, n):
    relays = ''.join(f'msrps://relay{k}.example.com:2855/s{k};tcp ' for k in range(20))
    return send(f't{i}', b'x', i + 1, n, to=relays + TO, sender=FROM)


@scene(1500)
def connections(writer, n):
    Session(writer, b'').begin()
    for i in range(n):
        Connection(writer, PSA, 1024 + i % 60000, PRA, 8888).segment(0, ACK | PSH, send(f't{i}', b'x', i + 1, n))


@scene(1500)
def hops(writer, n):
    Session(writer, b'').begin()
    for i in range(n):
        Connection(writer, f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}', 1024, PRA, 8888).segment(
            0, ACK | PSH, send(f't{i}', b'x', i + 1, n))
