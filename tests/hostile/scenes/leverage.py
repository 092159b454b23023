# SPDX-License-Identifier: GPL-2.0-or-later
"""One large thing, then many small ones that each refer to it: what is repeated for each must be short."""
from .stage import (ACK, PRA, PSA, PSH, PUSH, Connection, Session, address, back, message, new_session, offer, register, scene,
                    send, sha1, sip_send)

TAG = '+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush"'
LONG = 60000


def invite(session, tags=Session.TAGS, more_sdp='', host=PSA, forth=True, **names):
    """An INVITE, the session's first; names: header fields beside the usual ones."""
    direction, path, setup = 'sendonly', f'msrp://{host}:7654/s1;tcp', 'actpass'
    lines = [f'{name.replace("_", "-")}: {value}' for name, value in names.items()]
    sip_send(session.writer, session.head(
        'INVITE sip:user@example.com SIP/2.0', '1 INVITE', '', f'Contact: <sip:psa@{host}>;{tags}',
        f'Accept-Contact: *;{TAG}', *lines, 'Content-Type: application/sdp',
        session.sdp(host, path, direction, setup) + more_sdp), forth)


def answer(session, path=None, more_sdp='', tag='u'):
    sip_send(session.writer, session.head(
        'SIP/2.0 200 OK', '1 INVITE', f';tag={tag}', f'Contact: <sip:user@{PRA}>;{TAG}', 'Content-Type: application/sdp',
        session.sdp(PRA, path or session.to_path, 'recvonly', 'passive') + more_sdp), False)


def objects(connection, n, together=1, **fields):
    """n objects of one byte, so many in a segment."""
    for i in range(0, n, together):
        connection.segment(0, ACK | PSH, b''.join(send(f't{k}', b'x', 1, 1, '$', f'm{k}', **fields)
                                                  for k in range(i, min(n, i + together))))


def connect(writer):
    return Connection(writer, PSA, 20001, PRA, 8888)


@scene(2000)
def objects_in_a_segment(writer, n):
    """The shortest SENDs that there are, ten a segment."""
    session = new_session(writer)
    invite(session)
    answer(session)
    objects(connect(writer), n, 10)


@scene(2000)
def event_apps(writer, n):
    session = new_session(writer)
    apps = ','.join(f'{k:02}' + 'x' * 998 for k in range(60))
    invite(session, f'{TAG};+g.oma.pusheventapp="{apps}"')
    answer(session)
    objects(connect(writer), n)


@scene(2000)
def icsi_refs(writer, n):
    session = new_session(writer)
    refs = ','.join(f'urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush.{k:02}' + 'x' * 950 for k in range(60))
    invite(session, f'+g.3gpp.icsi-ref="{refs}"')
    answer(session)
    objects(connect(writer), n)


@scene(10)
def many_event_apps(writer, n):
    """4,000 short names in each REGISTER."""
    for i in range(n):
        apps = ','.join(f'{k:x}' for k in range(4000))
        sip_send(writer, register(new_session(writer, i + 1), 1, f'Contact: <sip:u@{PRA}>;{TAG};+g.oma.pusheventapp="{apps}"'))


@scene(2000)
def long_call_id(writer, n):
    session = new_session(writer)
    head = session.head
    session.head = lambda *arguments: head(*arguments).replace(b'Call-ID: bench', b'Call-ID: ' + b'x' * LONG)
    invite(session)
    answer(session)
    objects(connect(writer), n)


@scene(2000)
def long_paths_offered(writer, n):
    """Both sides' paths of 30 KB are negotiated, and every SEND has others."""
    session = new_session(writer)
    far = ' '.join(f'msrps://relay{k}.example.com:2855/s{k};tcp' for k in range(700))
    head = session.head
    session.head = lambda *arguments: head(*arguments).replace(b'a=path:', b'a=path:' + far.encode() + b' ')
    invite(session)
    answer(session)
    objects(connect(writer), n)


@scene(2000)
def long_name_offered(writer, n):
    session = new_session(writer)
    sip_send(writer, offer(session, 0, f'a=file-selector:name:"{"n" * LONG}" type:text/{"t" * 2000} size:1 '
                           f'hash:sha-1:{sha1(b"y")}\r\n'))
    answer(session)
    objects(connect(writer), n)


@scene(300)
def long_names_refused(writer, n):
    """One name of 60 KB, refused again and again in its dialog."""
    session = new_session(writer)
    sip_send(writer, offer(session, 0, f'a=file-selector:name:"{"n" * LONG}" size:1\r\n'))
    for i in range(n):
        sip_send(writer, session.head('SIP/2.0 488 No', '1 INVITE', f';tag=u{i}', ''), False)


@scene(2000)
def long_types_accepted(writer, n):
    """60 KB of accepted types, none of which comes."""
    session = new_session(writer)
    types = ' '.join(f'text/x{k}' for k in range(4500))
    sdp = session.sdp
    session.sdp = lambda *arguments: sdp(*arguments).replace(f'a=accept-types:{PUSH}', f'a=accept-types:{types}')
    invite(session)
    answer(session)
    objects(connect(writer), n)


@scene(2000)
def long_caller(writer, n):
    session = new_session(writer)
    invite(session, Supported='x', P_Asserted_Identity=f'<sip:{"a" * LONG}@example.com>')
    answer(session)
    objects(connect(writer), n)


@scene(2000)
def long_from_and_to(writer, n):
    """One session from and to URIs of 20 KB."""
    session = new_session(writer)
    head = session.head
    session.head = lambda *arguments: head(*arguments).replace(b'sip:psa@', b'sip:' + b'p' * 20000 + b'@').replace(
        b'<sip:user@', b'<sip:' + b'u' * 20000 + b'@')
    invite(session)
    answer(session)
    objects(connect(writer), n)


@scene(20)
def session_attributes(writer, n):
    """64 KB of session attributes in front of 200 m-lines."""
    for i in range(n):
        session = new_session(writer, i + 1)
        sdp = (f'v=0\r\no=- 1 1 IN IP4 {PSA}\r\ns=-\r\nc=IN IP4 {PSA}\r\nt=0 0\r\na=setup:{"x" * 50000}\r\n' +
               'm=message 7654 TCP/MSRP *\r\n' * 200)
        sip_send(writer, session.head('INVITE sip:user@example.com SIP/2.0', '1 INVITE', '',
                                      f'Contact: <sip:psa@{PSA}>;{session.TAGS}', 'Content-Type: application/sdp', sdp))


@scene(20)
def session_types(writer, n):
    """The same with paths, accepted types and a file's selector for all m-lines."""
    for i in range(n):
        session = new_session(writer, i + 1)
        types = ' '.join(f'text/{k}' for k in range(2000))
        sdp = (f'v=0\r\no=- 1 1 IN IP4 {PSA}\r\ns=-\r\nc=IN IP4 {PSA}\r\nt=0 0\r\na=accept-types:{types}\r\n'
               f'a=path:msrp://{PSA}:7654/{"x" * 20000};tcp\r\na=file-selector:name:"{"y" * 10000}"\r\n' +
               'm=message 7654 TCP/MSRP *\r\n' * 200)
        sip_send(writer, session.head('INVITE sip:user@example.com SIP/2.0', '1 INVITE', '',
                                      f'Contact: <sip:psa@{PSA}>;{session.TAGS}', 'Content-Type: application/sdp', sdp))


@scene(400)
def forks_of_a_large_offer(writer, n):
    """An offer of 300 m-lines and selectors, answered by many phones that take nothing of it."""
    session = new_session(writer)
    sip_send(writer, offer(session, 0, ''.join(
        f'm=message {7000 + k} TCP/MSRP *\r\na=path:msrp://{PSA}:{7000 + k}/k{k};tcp\r\na=sendonly\r\n'
        f'a=file-selector:name:"n{k}" size:1\r\na=file-transfer-id:f{k}\r\n' for k in range(255))))
    for i in range(n):
        answer(session, tag=f'u{i}')


@scene(400)
def forks_without_sdp(writer, n):
    session = new_session(writer)
    sip_send(writer, offer(session, 0, ''.join(
        f'm=message {7000 + k} TCP/MSRP *\r\na=path:msrp://{PSA}:{7000 + k}/k{k};tcp\r\na=sendonly\r\n'
        f'a=file-selector:name:"n{k}" size:1\r\na=file-transfer-id:f{k}\r\n' for k in range(255))))
    for i in range(n):
        sip_send(writer, session.head('SIP/2.0 200 OK', '1 INVITE', f';tag=u{i}', ''), False)


@scene(400)
def large_offer_again(writer, n):
    """A large offer, then small offers in the same dialog, each answered."""
    session = new_session(writer)
    sip_send(writer, offer(session, 0, ''.join(f'a=file-selector:name:"n{k}" size:1\r\n' for k in range(1500))))
    answer(session)
    for i in range(n):
        sip_send(writer, offer(session, i + 1))
        sip_send(writer, session.head('SIP/2.0 200 OK', f'{i + 2} INVITE', ';tag=u', f'Contact: <sip:user@{PRA}>;{TAG}',
                                      'Content-Type: application/sdp',
                                      session.sdp(PRA, session.to_path, 'recvonly', 'passive')), False)


@scene(20)
def hashes_in_a_selector(writer, n):
    """1,000 hashes in one selector, and objects that have none of them."""
    session = new_session(writer)
    hashes = ' '.join(f'hash:sha-1:{sha1(b"%d" % k)}' for k in range(700))
    sip_send(writer, offer(session, 0, f'a=file-selector:name:"n" size:1 {hashes}\r\n'))
    answer(session)
    objects(connect(writer), 50 * n)


@scene(20)
def selectors_in_an_attribute(writer, n):
    for i in range(n):
        session = new_session(writer, i + 1)
        sip_send(writer, offer(session, 0, 'a=file-selector:' + ' '.join(
            f'name:"n{k}" type:text/plain size:{k} hash:sha-1:{sha1(b"%d" % k)}' for k in range(500)) + '\r\n'))


@scene(30)
def user_agents(writer, n):
    """A name of 20 KB in each message, another one each time, from one address."""
    for i in range(n):
        session = new_session(writer, i + 1)
        invite(session, User_Agent=f'{i:06}' + 'x' * 20000)
        answer(session)


@scene(1000)
def short_user_agents(writer, n):
    session = new_session(writer)
    for i in range(n):
        sip_send(writer, session.head('MESSAGE sip:user@example.com SIP/2.0', f'{i + 1} MESSAGE', '', f'User-Agent: {i}',
                                      f'Accept-Contact: *;{session.TAGS}', f'Content-Type: {PUSH}', 'x'))


@scene(2000)
def long_message_id(writer, n):
    """An object with a Message-ID of 50 KB, and responses to its SEND that are short."""
    session = new_session(writer)
    invite(session)
    answer(session)
    connection = connect(writer)
    connection.send(0, send('t', b'x', 1, 2, message_id='m' * 50000))
    for _ in range(n):
        connection.segment(1, ACK | PSH, back('t', '200 OK'))


@scene(2000)
def long_location(writer, n):
    """An object whose headers give it a name of 50 KB, and its last chunk again and again."""
    session = new_session(writer)
    invite(session)
    answer(session)
    connection = connect(writer)
    body = b'Content-Location: ' + b'n' * 50000 + b'\r\nContent-Type: text/plain\r\n\r\nx'
    connection.send(0, send('t', body, 1, len(body), '$'))
    for i in range(n):
        connection.segment(0, ACK | PSH, send(f't{i}', b'x', len(body), len(body), '$'))


@scene(2000)
def long_type_first(writer, n):
    """A first chunk with a Content-Type of 50 KB, further ones with short ones, each of another type."""
    session = new_session(writer)
    invite(session)
    answer(session)
    connection = connect(writer)
    connection.send(0, send('t', b'x', 1, n + 1).replace(PUSH.encode(), PUSH.encode() + b';x=' + b'y' * 50000))
    for i in range(n):
        connection.segment(0, ACK | PSH, send(f't{i}', b'x', i + 2, n + 1).replace(PUSH.encode(), b'text/x%d' % i))


@scene(2000)
def long_session_ids(writer, n):
    """Session-ids of 30 KB in the paths of offer and answer, and SENDs with others, that hosts and ports lead there."""
    session = new_session(writer)
    far = b'x' * 30000
    head = session.head
    session.head = lambda *arguments: head(*arguments).replace(b'/r1;tcp', b'/' + far + b';tcp').replace(
        b'/s1;tcp', b'/' + far + b';tcp')
    invite(session)
    answer(session)
    objects(connect(writer), n)


@scene(500)
def sessions_on_one_path(writer, n):
    """Sessions that all offer the same paths, then an object for each."""
    for i in range(n):
        session = new_session(writer, i + 1)
        session.from_path, session.to_path = f'msrp://{PSA}:7654/s1;tcp', f'msrp://{PRA}:8888/r1;tcp'
        invite(session)
        answer(session)
    objects(connect(writer), n)


@scene(100)
def wrong_hashes(writer, n):
    """Objects of 8 KB in one session, each with another hash than the one offered."""
    session = new_session(writer)
    sip_send(writer, offer(session, 0, ''.join(f'a=file-selector:name:"o{i}" size:8000 hash:sha-1:{sha1(b"%d" % i)}\r\n'
                                               for i in range(400))))
    answer(session)
    connection = connect(writer)
    for i in range(n):
        connection.send(0, send(f't{i}', b'%08000d' % i, 1, 8000, '$', f'm{i}'))


@scene(50)
def wrong_hashes_of_sessions(writer, n):
    for i in range(n):
        session = Session(writer, b'%08000d' % i, i + 1)
        connection = session.begin()
        session.data = b'%08000d' % (i + 1)
        session.transfer(connection, 8000)
        session.end(connection)


@scene(20)
def long_to(writer, n):
    """Sessions whose To and From have 20 KB each."""
    for i in range(n):
        session = new_session(writer, i + 1)
        head = session.head
        session.head = lambda *arguments, head=head: head(*arguments).replace(
            b'sip:psa@', b'sip:' + b'p' * 20000 + b'@').replace(b'<sip:user@', b'<sip:' + b'u' * 20000 + b'@')
        invite(session)
        answer(session)


@scene(40)
def answers_of_early_ones(writer, n):
    """2,000 answers in front of their INVITE, again and again."""
    session = new_session(writer)
    for i in range(30 * n):
        sip_send(writer, session.head('SIP/2.0 200 OK', f'{i + 1} INVITE', ';tag=u', ''), False)
    for i in range(n):
        sip_send(writer, offer(session, i))


@scene(800)
def cseqs_of_one_dialog(writer, n):
    """Answers to requests of one dialog, in the reverse order."""
    session = new_session(writer)
    for i in range(n):
        sip_send(writer, message(session, i + 1, 'x'))
    for i in range(n, 0, -1):
        sip_send(writer, session.head('SIP/2.0 202 Accepted', f'{i} MESSAGE', ';tag=u', ''), False)


@scene(800)
def peers(writer, n):
    """Pushes between hosts of which none comes twice."""
    for i in range(n):
        session = new_session(writer, i + 1)
        hosts = [address(f'10.{k}.{i >> 8 & 255}.{i & 255}') for k in (1, 2)]
        writer.udp(hosts[0], 5060, hosts[1], 5060, message(session, 1, 'x'))
        writer.udp(hosts[1], 5060, hosts[0], 5060, session.head('SIP/2.0 200 OK', '1 MESSAGE', ';tag=u', ''))


@scene(400)
def sessions_cut_off(writer, n):
    """Sessions with their connection and half an object, then BYE."""
    for i in range(n):
        session = Session(writer, b'x' * 100, i + 1, f'10.{i >> 16}.{i >> 8 & 255}.{i & 255}')
        connection = session.begin()
        connection.send(0, session.chunk('tid1', 1, b'x', '+'))
        session.end(connection)
