# SPDX-License-Identifier: GPL-2.0-or-later
"""What arrived against what was offered: wrong hashes and what they are of; objects in another order than offered."""
import base64
import hashlib
import quopri

import msrp
import push
import sdp
import websocket
from flow import Flow
from scene import Stage, obj, scene, why
from scene_flows import CORE, DATA, cut_every, mid, over_ws, two_media
from sip import response
from variety_session import SDP_TYPE

SELECTORS = ['OBJ-HASH', 'OBJ-SIZE', 'OBJ-EXTRA']


def selector(data, size=None, hashed=None, name='pushid-1-1', kind=sdp.PUSH_TYPE):
    """One that says something else than the object's own size and hash."""
    return (f'name:"{name}" type:{kind} size:{len(data) if size is None else size} '
            f'hash:{sdp.hash_text(data if hashed is None else hashed)}')


def mismatch(name, flow, about, rule, words, *, finish=lambda f: f, through=None, also=(), may=(), delivery='confirmed',
             more=None):
    sends = [s.name for s in flow.steps if s.name.startswith('send')]
    stage = Stage(finish(flow), through=through)
    frames = ['invite', *sends, *([] if 'report-1' not in stage.lasts else ['report'])]
    scene(f'content-{name}', stage, about, 'fail', files=[(1, delivery)],
          objects=[obj(delivery, 'fail', result='mismatch', **(more or {}))], rules={rule: 'error'}, may=may,
          diagnosis=why(frames, ['sender'], *words, also=also))


def wrong():
    other = hashlib.sha1(b'something else').digest()
    data = mid(5000)
    for name, how, body in (('hash', {}, DATA), ('hash-large', {'chunk': 2048, 'transport': 'tcp'}, data)):
        flow = Flow([body], selectors=[selector(body, hashed=other)], **how)
        mismatch(name, flow, 'The size is the offered one, the hash is not; the REPORT says 200', 'OBJ-HASH', ['hash'])
    flow = over_ws([DATA], selectors=[selector(DATA, hashed=other)], success=None)
    mismatch('hash-websocket', flow, 'The same over WebSocket, no report', 'OBJ-HASH', ['hash'], finish=websocket.over,
             delivery='accepted')
    for name, how, body in (('size', {}, DATA), ('size-large', {'chunk': 2048}, data)):
        flow = Flow([body], selectors=[selector(body, size=len(body) + 12)], **how)
        mismatch(name, flow, 'The hash is the offered one, the size is 12 bytes less', 'OBJ-SIZE', ['size'],
                 through=CORE if name == 'size' else None)


def hints():
    """The offered hash is that of something, and the text says of what."""
    for name, hashed, words, how in (
            ('hash-of-zeros', bytes(600), [['zero']], {}), ('hash-of-nothing', b'', [['nothing', 'empty', 'no byte']], {}),
            ('hash-of-zeros-large', bytes(5000), [['zero']], {'chunk': 2048, 'transport': 'tcp'})):
        data = DATA if not how else mid(5000)
        flow = Flow([data], selectors=[selector(data, hashed=hashed)], **how)
        about = f'The offered hash is that of {"no bytes" if not hashed else "as many zeros"}, the size is right'
        mismatch(name, flow, about, 'OBJ-HASH', ['hash'], also=words)

    inner = push.mms_push()
    for name, encoding, code, how in (
            ('base64', 'base64', lambda data: base64.encodebytes(data).replace(b'\n', b'\r\n'), {}),
            ('quoted-printable', 'quoted-printable', lambda data: quopri.encodestring(data, quotetabs=True), {'chunk': 100})):
        part = code(inner)
        body = push.multipart([('text/plain', b'You have a message.'),
                               (f'{sdp.PUSH_TYPE}\r\nContent-Transfer-Encoding: {encoding}', part)])
        flow = Flow([body], selectors=[selector(part)], accept_types=f'multipart/mixed {sdp.PUSH_TYPE} text/plain',
                    content_type='multipart/mixed;boundary=b0undary', **how)
        mismatch(f'hash-of-{name}', flow, f'multipart/mixed whose push part is in {encoding}: size and hash of the offer are '
                 'those of the encoded text', 'OBJ-HASH', ['hash'], also=[['Content-Transfer-Encoding', encoding, 'encoded']],
                 may=['OBJ-SIZE', 'OBJ-TYPE'])


def as_messages():
    """Each piece is a message of its own: what FreeSWITCH does."""
    whole = mid(5097)
    pieces = [body for _, body in msrp.cut(whole, 1024)]
    for name, how in (('', {'success': None}), ('-reported', {'transport': 'tcp'})):
        flow = cut_every(Flow(pieces, chunk=1024, selectors=[selector(whole)], **how), 700)
        delivery = 'confirmed' if name else 'accepted'
        stage = Stage(flow)
        scene(f'content-file-as-messages{name}', stage, 'A file of 5,097 bytes is sent as five messages, each complete by '
              'itself; joined they have the offered size and hash', 'fail', files=[(1, delivery)],
              objects=[obj(delivery, 'fail', result='mismatch', size=1024), *[{'delivery': delivery} for _ in pieces[1:]]],
              one_of=[['OBJ-HASH', 'OBJ-SIZE']], may=['OBJ-HASH', 'OBJ-SIZE', 'OBJ-TYPE', 'BODY-NO-TYPE'],
              diagnosis=why([stage.number(s.name) for s in flow.steps if s.name.startswith('send')] + ['invite'], 'sender',
                            ['joined', 'together'], where=['object 1', 'session 1', 'capture']))


def order():
    """Nothing is wrong but the order."""
    note = {'rules': {'FILE-ORDER': 'note'}, 'not_rules': SELECTORS}
    two = [push.mms_push_sized(600, 1), push.mms_push_sized(600, 2)]
    for name, how in (('', {}), ('-tcp', {'transport': 'tcp', 'chunk': 130})):
        offered = [sdp.selector(two[1], 'pushid-1-1'), sdp.selector(two[0], 'pushid-1-2')]
        flow = Flow(two, selectors=offered, **how)
        scene(f'content-swapped{name}', Stage(flow), 'The file offered second is sent first; both have one size', 'pass',
              files=[(2, 'confirmed'), (1, 'confirmed')], objects=[
                  obj('confirmed', 'pass', result='match', name='pushid-1-2'),
                  obj('confirmed', 'pass', result='match', name='pushid-1-1')], **note)

    three = [push.mms_push_sized(n, i) for i, n in enumerate((600, 590, 400), 1)]
    for name, how in (('', {}), ('-websocket', {})):
        flow = (over_ws if name else Flow)(three, chunk=200, success=None, **how)
        # 1a 2a 3a 2b 3b$ 1b 2c$ 1c$: the third file is whole first.
        last = 'send-1-1'
        for step in ('send-2-1', 'send-3-1', 'send-2-2', 'send-3-2', 'send-1-2', 'send-2-3', 'send-1-3'):
            flow.move(step, last)
            last = step
        answers = [s for s in flow.steps if s.name.startswith('resp')]
        flow.drop(*[s.name for s in answers])
        by_name = {s.name: s for s in answers}
        for step in [s.name for s in flow.steps if s.name.startswith('send')]:
            flow.after(step, by_name[step.replace('send', 'resp')])
        scene(f'content-interleaved{name}', Stage(websocket.over(flow) if name else flow), 'One m-line, three selectors, the '
              'chunks of three files interleaved: the third is whole first', 'pass',
              files=[(n, 'accepted') for n in (1, 2, 3)],
              objects=[obj('accepted', 'pass', result='match', name=f'pushid-1-{n}') for n in (1, 2, 3)], **note)

    pair = [DATA, push.mms_push_sized(500, 2)]
    for name, how in (('', {}), ('-tcp', {'transport': 'tcp', 'chunk': 100})):
        flow = two_media(pair, same_path=True, **how)
        scene(f'content-two-m-lines-one-path{name}', Stage(flow), 'Two m-lines with one path, a file in each, sent in order',
              'pass', files=[(1, 'confirmed'), (2, 'confirmed')],
              objects=[obj('confirmed', 'pass', result='match', name=f'pushid-1-{n}') for n in (1, 2)],
              not_rules=[*SELECTORS, 'FILE-ORDER'])


def first_missing():
    """The tap did not see the first object, or saw it late."""
    pair = [DATA, push.mms_push_sized(500, 2)]
    for name, how in (('', {}), ('-answers-too', {'transport': 'tcp'})):
        flow = Flow(pair, chunk=600, **how)
        flow['send-1-1'].how['lose'] = [0]
        if name:
            flow['send-1-1'].how['ack'] = False
            for step in ('resp-1-1', 'report-1'):
                flow[step].how.update(lose=[0], ack=False)
        stage = Stage(flow)
        at = stage.number('send-2-1')
        scene(f'content-first-lost{name}', stage, 'The tap lost the only segment of the first object'
              + (', its response and its REPORT' if name else '') + '; the second is whole', 'unknown',
              files=[(None, 'unknown'), (1, 'confirmed')],
              objects=[obj('confirmed', 'pass', result='match', name='pushid-1-2')], rules={'FILE-NOT-SEEN': 'note'},
              not_rules=[*SELECTORS, 'FILE-NOT-SENT', 'MSRP-GAP', 'MSRP-RESPONSE-MISSING'],
              diagnosis=why(['invite', 'ok', *range(at - 6, at + 1)], 'capture', ['lost', 'not in the capture',
                            'not in this capture', 'missing'], where=['session 1', 'capture'], also=['pushid-1-1']))

    for name, how in (('', {}), ('-tcp', {'transport': 'tcp', 'success': None})):
        flow = Flow(pair, chunk=600, **how)
        one, two = flow['send-1-1'], flow['send-2-1']
        cut = len(one.data)
        one.data += two.data
        one.how.update(cuts=[cut], lose=[0], twice=[0])
        flow.drop('send-2-1').move('resp-1-1', 'send-1-1').move('resp-2-1', 'resp-1-1').wait('resp-1-1', 0.3)
        delivery = 'accepted' if name else 'confirmed'
        scene(f'content-first-retransmitted{name}', Stage(flow), 'The only segment of the first object was lost before the '
              'tap and comes again behind the second object', 'pass', files=None, sessions=[{
                  'verdict': 'pass', 'delivery': delivery, 'files': [{'delivery': delivery}] * 2}], objects=[
                  obj(delivery, 'pass', result='match', name=f'pushid-1-{n}') for n in (1, 2)],
              any_order=True, not_rules=[*SELECTORS, 'FILE-ORDER', 'FILE-NOT-SEEN', 'FILE-NOT-SENT', 'MSRP-CAPTURE-LOSS'])


def early():
    """A 183 tells the path, and the sender does not wait for the 200."""
    def flow_of(**how):
        flow = Flow(chunk=600, **how)
        flow.after('invite', ('183', 0.05, 'pra', 'sip', response(flow['invite'].data, '183 Session Progress', extra=[
            f'Contact: <sip:user@192.0.2.4>;{flow.tags()}', SDP_TYPE], body=flow.answer)))
        return flow.move('send-1', '183').move('resp-1', 'send-1').wait('ok', 0.4)
    for name, how in (('', {}), ('-tcp', {'transport': 'tcp'})):
        flow = flow_of(success=None, **how).edit('resp-1', '200 OK', '481 Session does not exist')
        scene(f'content-send-before-200{name}', Stage(flow.wait('bye', 2)), 'The sender knows the path from a 183 and sends '
              'before the 200; the receiver has no session yet: 481, BYE', 'fail', files=[(1, 'refused')],
              objects=[obj('refused', 'fail')], rules={'MSRP-RESPONSE-ERROR': 'error'},
              diagnosis=why(['send-1', 'resp-1'], ['sender', 'receiver'], '481', also=[['before the 200', 'before the answer',
                                                                                     'before its 200', 'before']]))
        flow = flow_of(**how).move('report', 'ack')
        scene(f'content-send-before-200-taken{name}', Stage(flow), 'The same, but the receiver takes it: 200, and a REPORT '
              'after the ACK', 'pass', files=[(1, 'confirmed')], objects=[obj('confirmed', 'pass', result='match')],
              not_rules=SELECTORS)


def make():
    wrong()
    hints()
    as_messages()
    order()
    first_missing()
    early()
