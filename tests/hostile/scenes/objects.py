# SPDX-License-Identifier: GPL-2.0-or-later
"""Chunks of one object."""
from .stage import HUGE, Talk, open_send, scene, segments, send


@segments(6000)
def tiny_chunks(i, n):
    return send(f't{i}', b'x', i + 1, n, '$' if i == n - 1 else '+')


@segments(6000)
def tiny_chunks_backwards(i, n):
    return send(f't{i}', b'x', n - i, n)


@segments(6000)
def every_second_byte(i, n):
    return send(f't{i}', b'x', 2 * i + 1, 2 * n)


@scene(6000)
def holes_filled_backwards(writer, n):
    talk = Talk(writer)
    for i in range(n // 2):
        talk.ab(send(f't{i}', b'x', 2 * i + 1, n))
    for i in range(n // 2):
        talk.ab(send(f'u{i}', b'x', n - 2 * i, n, '$'))


@scene(6000)
def many_in_a_segment(writer, n):
    talk = Talk(writer)
    for i in range(0, n, 5):
        talk.ab(b''.join(send(f't{i + k}', b'x', i + k + 1, n) for k in range(5)))


@segments(6000)
def no_bytes_at_all(i, n):
    return send(f't{i}', b'', 1, 10)


@segments(6000)
def the_same_again(i, n):
    return send(f't{i}', b'x' * 300, 1, 300, '$')


@segments(6000)
def the_same_place_other_bytes(i, n):
    return send(f't{i}', b'%0300d' % i, 1, 600)


@segments(4000)
def overlaps_that_slide(i, n):
    return send(f't{i}', bytes([i % 251]) * 1000, i + 1, n + 1000)


@segments(6000)
def claims_of_everything(i, n):
    return send(f't{i}', b'x', HUGE - i, HUGE, '+#$'[i % 3], f'm{i % 3}')


@segments(6000)
def another_total_each_time(i, n):
    return send(f't{i}', b'x', i + 1, n + i)


@segments(6000)
def aborted_again_and_again(i, n):
    return send(f't{i}', b'x', i + 1, n + 1, '#')


@segments(6000, first=send('t', b'', 1, 1))
def beyond_the_total(i, n):
    return send(f't{i}', b'x', i + 2, 1)


@segments(2000)
def total_too_low(i, n):
    return send(f't{i}', b'x' * 1250, 1250 * i + 1, 10, '$' if i == n - 1 else '+')


@segments(2000)
def total_right(i, n):
    return send(f't{i}', b'x' * 1250, 1250 * i + 1, 1250 * n, '$' if i == n - 1 else '+')


@segments(2000)
def total_of_one_with_open_ends(i, n):
    return send(f't{i}', b'some text\r\n' * 110, 1210 * i + 1, 1)


@segments(2000)
def total_too_low_in_one_send(i, n):
    """The first byte, and the end of the message far behind it; between them one SEND in n segments."""
    if i == 0:
        return send('a', b'x', 1, 1) + send('b', b'x', 1250 * n + 1, 1, '$')
    begin = open_send()
    return (begin if i == 1 else b'') + b'x' * 1250


@segments(2000)
def ended_again_and_again(i, n):
    return send(f't{i}', b'x' * 1250, 1250 * i + 1, 10, '$')


@segments(2000, first=send('t', b'x' * 60000, 1, 60000, '$'))
def last_chunk_again(i, n):
    return send(f't{i}', b'x' * 100, 59901, 60000, '$')


# Two pairs of characters that the usual hash of strings (times 33, plus the next) takes for one.
TWINS = 'ar', 'c0'


@segments(10000)
def names_of_one_hash(i, n):
    message_id = ''.join(TWINS[i >> bit & 1] for bit in range(15))
    return send(f't{i}', b'x', 1, 1, '$', message_id)
