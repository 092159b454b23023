# SPDX-License-Identifier: GPL-2.0-or-later
"""Chunking as RFC 4975 section 7 allows it, and as it goes wrong."""
import msrp
import push
import sdp
from expect import obj, save
from flow import Flow
from pcaplib import Capture

DATA = push.mms_push_sized(600)
OPEN = {'result': 'any', 'covers': 'any'}


def ranged(ranges, data=DATA, total=None, end='fixed', success='yes', **kw):
    """The base flow with these chunks, in this order: (first, last, flag) counted from 1."""
    flow = Flow([data], success=success, **kw)
    flow.drop(*[s.name for s in flow.steps if s.name.startswith(('send', 'resp'))])
    last = 'ack'
    for m, (start, stop, flag) in enumerate(ranges, 1):
        tid = flow.tid(1, m)
        body = msrp.send(tid, flow.pra, flow.psa, flow.message_id(), data[start - 1:stop], start,
                         total or len(data), end, flag, success=success)
        flow.after(last, (f'send-1-{m}', 0.03, 'psa', 'msrp', body),
                   (f'resp-1-{m}', 0.01, 'pra', 'msrp', msrp.response(tid, flow.psa, flow.pra)))
        last = f'resp-1-{m}'
    return flow


def partial(gaps, **known):
    """An object of 600 with these gaps."""
    missing = sum(b - a + 1 for a, b in gaps)
    return {'state': 'incomplete', 'gaps': gaps, 'size': 600 - missing, 'sha1': 'any', 'result': 'not-verifiable',
            'covers': None, 'verdict': 'fail', **known}


def ranges():
    flow = ranged([(201, 300, '+'), (1, 100, '+'), (501, 600, '$'), (101, 200, '+'), (401, 500, '+'), (301, 400, '+')])
    flow.save('variety/chunks-out-of-order.pcap', 'Six chunks as 3 1 6 2 5 4, each answered')
    flow = ranged([(1, 200, '+'), (201, 400, '+'), (201, 400, '+'), (401, 600, '$')])
    flow.save('variety/chunks-duplicated.pcap', 'The second of three chunks comes twice', rules=['MSRP-OVERLAP'])
    flow = ranged([(1, 300, '+'), (151, 450, '+'), (401, 600, '$')])
    flow.save('variety/chunks-overlap-equal.pcap', 'Three chunks that overlap, bytes equal', rules=['MSRP-OVERLAP'],
              not_rules=['MSRP-CONFLICT'])
    flow = ranged([(1, 300, '+'), (301, 600, '$'), (251, 350, '+')])
    body = flow['send-3'].data
    flow.set('send-3', body.replace(DATA[250:350], bytes(b ^ 1 for b in DATA[250:350])))
    flow.save('variety/chunks-overlap-conflict.pcap', 'A late chunk over bytes 251-350 with other bytes',
              rules=['MSRP-CONFLICT'], may=['OBJ-HASH'],
              object={'verdict': 'fail', 'sha1': 'any', 'state': 'any', **OPEN})
    flow = ranged([(1, 100, '+'), (201, 300, '+'), (401, 600, '$')], success=None)
    flow.save('variety/chunks-gaps.pcap', 'Bytes 101-200 and 301-400 are never sent', rules=['MSRP-GAP'],
              object=partial([[101, 200], [301, 400]]))
    flow = ranged([(1, 250, '+'), (251, 300, '+'), (301, 600, '$')], total='*', end='*')
    flow.save('variety/chunks-stars.pcap', 'Range ends and totals are all *: the total is known from the last chunk')
    flow = Flow([DATA], chunk=600).edit('send-1', 'Byte-Range: 1-600/600\r\n', '')
    flow.save('variety/chunks-no-range.pcap', 'A whole message without Byte-Range')
    Flow([b'']).save('variety/chunks-size-0.pcap', 'An object of size 0: a SEND with Content-Type and no bytes',
               may=['SDP-FILE-SELECTOR', 'BODY-NO-TYPE'], object=OPEN)
    Flow([DATA], bind=True).save('variety/chunks-bind.pcap', 'An empty SEND binds the session, then the object')
    Flow([push.opaque_push(120, 4)], chunk=1).save(
        'variety/chunks-of-one-byte.pcap', 'One object in 120 SENDs of one byte')


def interrupted():
    flow = ranged([(1, 217, '+'), (218, 600, '$')], end='*').wait('send-2', 3)
    flow.after('resp-1', ('other', 0.1, 'psa', 'msrp', msrp.bind('slip0001', flow.pra, flow.psa, 'slipped01')),
               ('other-resp', 0.01, 'pra', 'msrp', msrp.response('slip0001', flow.psa, flow.pra)))
    flow.save('variety/interrupted-same-connection.pcap',
              'Interrupted after 217 bytes to slip an empty SEND in, then resumed')
    flow = ranged([(1, 217, '+'), (218, 600, '$')], end='*').wait('send-2', 3)
    for name in ('send-2', 'resp-2', 'report'):
        flow[name].link = 'msrp2'
    flow.save('variety/interrupted-new-connection.pcap', 'Interrupted after 217 bytes, resumed on a new connection')

    flow = Flow([DATA, DATA], success=None, selectors=[sdp.selector(DATA, 'pushid-1-1')])
    flow.set('send-1-2', flow.chunk(1, 2, 301, DATA[300:350], 600, True, success=None, end='*'))
    flow.edit('send-1-2', 't1x1c2$', 't1x1c2#')
    flow.save('variety/aborted-and-again.pcap', 'Aborted (#) after 350 bytes, then sent whole as another message',
              rules=['MSRP-ABORTED'], objects=[
                  flow.expected_object(1, **partial([[351, 600]], state='aborted')), flow.expected_object(2)])


def refused():
    known = {'rules': ['MSRP-RESPONSE-ERROR'], 'may': ['MSRP-GAP', 'MSRP-UNFINISHED']}
    flow = ranged([(1, 200, '+'), (201, 400, '+')], success=None).edit('resp-2', '200 OK', '413 Stop sending')
    flow.save('variety/refused-413.pcap', 'The second of three chunks is answered 413, the sender stops',
              object=partial([[401, 600]], chunk_statuses=[200, 413]), **known)
    flow = ranged([(1, 200, '+')], success=None).edit('resp-1', '200 OK', '481 Session does not exist')
    flow.save('variety/refused-481.pcap', 'The first chunk is answered 481', object=partial(
        [[201, 600]], chunk_statuses=[481]), **known)
    flow = ranged([(1, 600, '$')], success=None).edit('resp-1', '200 OK', '415 Unsupported media type')
    flow.save('variety/refused-415.pcap', 'The whole object is answered 415', object={
        'verdict': 'fail', 'chunk_statuses': [415]}, **known)


def several():
    two = [push.mms_push_sized(600, 1), push.mms_push_sized(500, 2)]
    flow = Flow(two, chunk=200)
    for m in (1, 2, 3):
        flow.move(f'send-2-{m}', f'send-1-{m}')
    flow.save('variety/interleaved.pcap', 'The chunks of two messages alternate')
    three = [push.mms_push_sized(n, i) for i, n in enumerate((600, 450, 500), 1)]
    Flow(three).save('variety/several-selectors.pcap', 'One m-line with three file-selectors, three objects in order',
                     session={'files': [3], 'media': 1})

    one, two = Flow([DATA]), Flow([push.mms_push_sized(700, 2)], number=2, port=7655)
    two.everywhere(two.message_id(), one.message_id())
    capture = Capture()
    one.into(capture)
    two.into(capture, 0.007)
    save(capture, 'variety/same-message-id.pcap', 'Two sessions at once whose messages have the same Message-ID',
         sessions=[one.session(), two.session()],
         objects=[one.expected_object(), two.expected_object(session=2, message_id=one.message_id())])
    several_media()
    both_ways()


def several_media():
    """Two m-lines, each with a path, a selector and a connection of its own."""
    data = [push.mms_push_sized(600, 1), push.mms_push_sized(500, 2)]
    base = Flow(data)
    paths = [(base.psa, base.pra), (base.psa.replace(';tcp', 'b;tcp'), base.pra.replace(';tcp', 'b;tcp'))]
    selectors = [sdp.selector(d, f'pushid-{n}') for n, d in enumerate(data)]
    offer = sdp.session('192.0.2.3', *[sdp.media(p[0], port=7654, selectors=[s], transfer_id=f'id{n}') for n, (p, s)
                                       in enumerate(zip(paths, selectors))])
    answer = sdp.session('192.0.2.4', *[sdp.media(
        p[1], port=8888, setup='passive', direction='recvonly', selectors=[s], transfer_id=f'id{n}') for n, (p, s)
        in enumerate(zip(paths, selectors))], user='bob')
    flow = Flow(data, offer=offer, answer=answer)
    for step in flow.steps:
        if '-2' in step.name and step.link == 'msrp':
            if step.name.split('-')[1] == '2':
                step.link = 'msrp2'
                step.data = step.data.replace(paths[0][0].encode(), paths[1][0].encode()).replace(
                    paths[0][1].encode(), paths[1][1].encode())
    # The second m-line's object goes first: the path must tell the selector, not the order.
    order = {'msrp2': 0, 'msrp': 1}
    media = sorted((s for s in flow.steps if s.link != 'sip'), key=lambda s: order[s.link])
    flow.steps = [s for s in flow.steps[:3]] + media + [s for s in flow.steps if s.name.startswith('bye')]
    flow.save('variety/several-m-lines.pcap',
              'Two m-lines, two connections; the object of the second m-line is sent first',
              session={'media': 2, 'files': [1, 1]},
              objects=[flow.expected_object(2, name='pushid-1'), flow.expected_object(1, name='pushid-0')])


def both_ways():
    """Without SIP: both peers send on one connection, chunk by chunk in turn."""
    flow = Flow([DATA])
    back = push.mms_push_sized(500, 3)
    flow.drop('invite', 'ok', 'ack', 'bye', 'bye-ok')
    pieces = msrp.cut(back, 250)
    for m, (start, body) in enumerate(pieces, 1):
        tid = f'back{m:04d}'
        flow.after(f'send-{m}', (f'back-{m}', 0.0002, 'pra', 'msrp', msrp.send(
            tid, flow.psa, flow.pra, 'backmid1', body, start, 500, flag='$' if m == 2 else '+', success=None)))
        flow.after(f'resp-{m}', (f'back-resp-{m}', 0.0002, 'psa', 'msrp', msrp.response(tid, flow.pra, flow.psa)))
    known = {'session': None, 'result': 'not-offered', 'covers': None}
    flow.save('variety/both-directions.pcap', 'Both peers send an object at the same time on one connection, no SIP',
              sessions=[], objects=[flow.expected_object(**known),
                                    obj(back, message_id='backmid1', chunks=2, reports=0, **known)])


def make():
    ranges()
    interrupted()
    refused()
    several()
