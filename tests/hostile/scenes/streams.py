# SPDX-License-Identifier: GPL-2.0-or-later
"""What a TCP stream may look like: losses, late segments, bodies that look like MSRP."""
from .stage import Talk, open_send, scene, segments, send


@scene(4000)
def every_second_segment(writer, n):
    """One SEND, half of whose segments are lost."""
    talk = Talk(writer)
    talk.ab(open_send())
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'x' * 100)


@scene(3000)
def every_second_message(writer, n):
    talk = Talk(writer)
    for i in range(n):
        talk.ab(send(f't{i}', b'x' * 50, 100 * i + 1, 100 * n))
        talk.lose(300)


@scene(2000)
def late_segments(writer, n):
    """Pairs of segments, the second one first."""
    talk = Talk(writer)
    talk.ab(open_send())
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'y' * 100)
        talk.lose(-200)
        talk.ab(b'x' * 100)
        talk.lose(100)


@scene(2000)
def all_late(writer, n):
    """All holes are filled, from the last one on, at the end."""
    talk = Talk(writer)
    talk.ab(open_send())
    for _ in range(n):
        talk.lose(100)
        talk.ab(b'y' * 100)
    for _ in range(n):
        talk.lose(-200)
        talk.ab(b'x' * 100)
        talk.lose(-100)


@scene(2000)
def messages_late(writer, n):
    """Whole messages, each pair the second one first."""
    talk = Talk(writer)
    for i in range(0, n, 2):
        first, second = (send(f't{i + k}', b'x' * 40, 40 * (i + k) + 1, 40 * n) for k in range(2))
        talk.lose(len(first))
        talk.ab(second)
        talk.lose(-len(first) - len(second))
        talk.ab(first)
        talk.lose(len(second))


@scene(6000)
def retransmissions(writer, n):
    talk = Talk(writer)
    message = send('t', b'x' * 40, 1, 80)
    for _ in range(n):
        talk.ab(message)
        talk.lose(-len(message))


@scene(6000)
def byte_by_byte(writer, n):
    talk = Talk(writer)
    message = send('t', b'x' * n, 1, n, '$')
    for i in range(n):
        talk.ab(message[i:i + 1])


@segments(3000, first=open_send())
def dashes(i, n):
    return b'-' * 700


@segments(3000, first=open_send())
def end_lines_of_others(i, n):
    return b''.join(b'x\r\n-------u%d$\r\n' % (10 * i + k) for k in range(10))


@segments(2000, first=open_send())
def quoted_messages(i, n):
    """A body full of whole messages with the stream's own paths."""
    return b'\r\n' + send(f'u{i}', b'x', 1, 2)


@segments(2000, first=open_send())
def starts_of_messages(i, n):
    return b''.join(b'\r\nMSRP u%d SEND\r\n' % (10 * i + k) for k in range(10))


@segments(3000, first=b'MSRP t SEND\r\n')
def head_without_end(i, n):
    return b''.join(b'To-Path: %d\r\n' % (20 * i + k) for k in range(20))


@segments(800)
def heads_of_many_lines(i, n):
    return send(f't{i}', b'x', i + 1, n, more=''.join(f'X-{k}: {k}\r\n' for k in range(80)))


@segments(3000, first=send('t', b'x', 1, 2))
def garbage(i, n):
    return b'MSRP-ish %d\r\n' % i * 40


@segments(5000, first=send('t', b'x', 1, 2))
def blank_lines(i, n):
    return b'\r\n' * 50
