# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages that break as many rules as they can, compressed contents, objects that are complete and go on."""
import gzip
import zlib

from .stage import FROM, PUSH, TO, back, message, new_dialogs, new_session, offer, scene, segments, send, sip_send


@segments(1000)
def everything_wrong(i, n):
    """A SEND of its own message that breaks rules of its head, its range, its body and its end-line."""
    return (f'MSRP  t SEND\r\nFrom-Path: msrp://x:1/y;tcp\r\nTo-Path: msrp://z:1/y\r\nMessage-ID: m{i}\r\n'
            f'Byte-Range: 0-7/3\r\nFailure-Report: nope\r\nSuccess-Report: nope\r\nContent-Type: {PUSH}\r\nX: y\r\n\r\n'
            'ab\r\n-------t$ \r\n').encode()


@segments(1000)
def everything_wrong_of_one(i, n):
    return (f'MSRP t{i} SEND\r\nFrom-Path: msrp://x:1/y;tcp\r\nTo-Path: msrp://z:1/y;tcp\r\nMessage-ID: m1\r\n'
            f'Byte-Range: {i}-{i + 9}/{i}\r\nContent-Type: text/x{i}\r\nX: y\r\n\r\nab\r\n-------t{i}+\r\n').encode()


@segments(1000, back=True, first=send('t', b'x', 1, 2))
def failed_reports(i, n):
    return back(f'r{i}', 'REPORT', f'Message-ID: m1\r\nByte-Range: {i}-{i}/{i}\r\nStatus: 000 {400 + i % 200} no\r\n')


@segments(1000)
def refused(i, n):
    return send(f't{i}', b'x', 1, 1, '$', f'm{i}', more='Success-Report: yes\r\nFailure-Report: no\r\n')


@segments(2000)
def one_byte_of_each_in_turn(i, n):
    """1,000 messages, a byte of each in turn, none of them complete."""
    return send(f't{i}', b'x', 2 * (i // 1000) + 1, 2 * n, '+', f'm{i % 1000}')


@segments(1500, first=send('t', b'x' * 60000, 1, 60000, '$'))
def other_end_again(i, n):
    """The last bytes of a complete object again, other ones each time."""
    return send(f't{i}', b'%0100d' % i, 59901, 60000, '$')


@segments(1500, first=send('t', b'x' * 60000, 1, 60000, '$'))
def complete_and_on(i, n):
    """Behind the end of a complete object."""
    return send(f't{i}', b'y' * 100, 60001 + 100 * i, 60000, '$')


@segments(1000)
def complete_again_and_again(i, n):
    """One message that is complete, then begins anew with its first byte under the same Message-ID."""
    return send(f't{i}', b'some text\r\n' * 100, 1, 1100 + i, '$')


@segments(1000)
def open_total_grows(i, n):
    """Each chunk says that it is the last."""
    return send(f't{i}', b'some text\r\n' * 20, 220 * i + 1, '*', '$')


@segments(100)
def tiny_messages_in_segments(i, n):
    """Chunks as short as they can be, as many as a segment holds."""
    return b''.join(b'MSRP aaaa SEND\r\nTo-Path: %b\r\nFrom-Path: %b\r\nMessage-ID: %d\r\n\r\nx\r\n-------aaaa$\r\n'
                    % (TO.encode(), FROM.encode(), 10 * i + k) for k in range(10))


@segments(100)
def tiny_and_wrong(i, n):
    """Messages as short as they can be, each with as many faults as find room, ten a segment."""
    return b''.join(b'MSRP a SEND\r\nFrom-Path: %b\r\nTo-Path: %b\r\nMessage-ID: %d\r\nByte-Range: 1-9/3\r\n\r\nab\n'
                    b'-------a$ \r\n' % (FROM.encode(), TO.encode(), 10 * i + k) for k in range(10))


@segments(100)
def tiny_and_foreign(i, n):
    """The same with paths of nobody, a push by its type."""
    return b''.join(b'MSRP a SEND\r\nTo-Path: x\r\nFrom-Path: y\r\nMessage-ID: %d\r\nByte-Range: 1-9/3\r\nContent-Type: %b\r\n'
                    b'Failure-Report: x\r\n\r\nab\n-------a$ \r\n' % (10 * i + k, PUSH.encode()) for k in range(10))


@segments(300)
def bodies_without_type(i, n):
    return b''.join(b'MSRP aaaa SEND\r\nTo-Path: %b\r\nFrom-Path: %b\r\nMessage-ID: %d\r\nByte-Range: 1-*/*\r\n-------aaaa+\r\n'
                    % (TO.encode(), FROM.encode(), 10 * i + k) for k in range(10))


def compressed(writer, n, pack, name):
    session = new_session(writer)
    body = pack(bytes(1 << 21)).decode('latin-1')
    for i in range(n):
        data = session.head('MESSAGE sip:user@example.com SIP/2.0', f'{i + 1} MESSAGE', '',
                            f'Accept-Contact: *;{session.TAGS}', f'Content-Encoding: {name}', f'Content-Type: {PUSH}',
                            'BODY').replace(b'Content-Length: 4', b'Content-Length: %d' % len(body))
        sip_send(writer, data.replace(b'BODY', body.encode('latin-1')))


@scene(20)
def gzip_bombs(writer, n):
    compressed(writer, n, gzip.compress, 'gzip')


@scene(20)
def deflate_bombs(writer, n):
    compressed(writer, n, zlib.compress, 'deflate')


@new_dialogs(40)
def short_multiparts(session):
    """Parts as short as they can be."""
    return message(session, 1, '--b\r\n\r\n' * 3000 + '--b--\r\n', 'multipart/mixed; boundary=b')


@new_dialogs(40)
def parts_that_are_pushes(session):
    body = f'--b\r\nContent-Type: {PUSH}\r\n\r\nx\r\n' * 300 + '--b--\r\n'
    return message(session, 1, body, 'multipart/mixed; boundary=b')


@new_dialogs(60)
def wsp_headers(session):
    """Push message headers, coded, two bytes each."""
    return message(session, 1, '\x01\x06\x7f' + '\xaf\x04' * 60, 'application/vnd.wap.push')


@new_dialogs(20)
def feature_tags(session):
    """4,000 tags in an Accept-Contact."""
    return session.head('MESSAGE sip:user@example.com SIP/2.0', '1 MESSAGE', '',
                        f'Accept-Contact: *;{session.TAGS};' + ';'.join(f'g.3gpp.x{k}' for k in range(4000)),
                        f'Content-Type: {PUSH}', 'x')


@new_dialogs(20)
def services(session):
    """2,000 asserted services."""
    lines = ['P-Asserted-Service: urn%3aurn-7:3gpp-service.ims.icsi.omapush'] * 900
    return session.head('MESSAGE sip:user@example.com SIP/2.0', '1 MESSAGE', '', *lines,
                        f'Accept-Contact: *;{session.TAGS}', f'Content-Type: {PUSH}', 'x')


@new_dialogs(20)
def content_lengths(session):
    lines = [f'Content-Length: {k}x' for k in range(2000)]
    return session.head('MESSAGE sip:user@example.com SIP/2.0', '1 MESSAGE', '', *lines,
                        f'Accept-Contact: *;{session.TAGS}', f'Content-Type: {PUSH}', 'x')


@new_dialogs(20)
def wrong_selectors(session):
    """1,000 selectors with each part wrong."""
    return offer(session, 0, 'a=file-selector:name:x type:y size:z hash:q:w\r\n' * 1000)


@new_dialogs(30)
def wrong_media_lines(session):
    return offer(session, 0, 'm=audio x TCP/TLS/MSRP\r\na=path:msrp://x\r\na=setup:holdconn\r\n' * 250)


@new_dialogs(20)
def sdp_blank_lines(session):
    return offer(session, 0, ' \r\n\r\n' * 8000)
