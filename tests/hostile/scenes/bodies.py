# SPDX-License-Identifier: GPL-2.0-or-later
"""What a body may hold."""
from .stage import Talk, message, new_dialogs, push_object, scene


def nested(depth):
    body = 'Content-Type: text/plain\r\n\r\nx'
    for k in range(depth):
        body = f'Content-Type: multipart/mixed; boundary=b{k}\r\n\r\n--b{k}\r\n{body}\r\n--b{k}--\r\n'
    kind, _, body = body.partition('\r\n\r\n')
    return kind.removeprefix('Content-Type: '), body


@new_dialogs(60)
def deep_multiparts(session):
    kind, body = nested(600)
    return message(session, 1, body, kind)


@new_dialogs(60)
def many_parts(session):
    body = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n' * 1200 + '--b--\r\n'
    return message(session, 1, body, 'multipart/mixed; boundary=b')


@new_dialogs(60)
def boundaries_that_nearly_fit(session):
    body = '--b-\r\n--bb\r\n--b' + '\r\n--' * 12000
    return message(session, 1, body, 'multipart/mixed; boundary=' + 'b' * 60)


@new_dialogs(60)
def cpim_in_cpim(session):
    body = 'From: <im:a@b>\r\n\r\nContent-Type: message/cpim\r\n\r\n' * 800
    return message(session, 1, body, 'message/cpim')


@new_dialogs(60)
def push_headers(session):
    body = ''.join(f'X-Wap-{k}: {k}\r\n' for k in range(490)) + 'Content-Type: text/plain\r\n\r\nx'
    return message(session, 1, body)


@scene(16)
def one_large_object(writer, n):
    """n quarters of a megabyte in one SEND."""
    data = push_object(n << 18)
    talk = Talk(writer, data)
    talk.connection.send(0, talk.session.chunk('t', 1, data, '$'))
