# SPDX-License-Identifier: GPL-2.0-or-later
"""What looks like somebody's fault and is none, and what looks well and is not: answers that cross, requests of which the
capture has one direction, dialogs that share paths, offers within a session."""
import re
import struct

import push
import sdp
import websocket
from flow import Flow
from message_flow import MessageFlow
from pcaplib import TCP, Host, with_checksum
from scene import Stage, obj, scene, why
from scene_flows import CORE, DATA, TIMER_E, ack_of, mid, over_ws
from sip import response
from tcp import ACK
from variety_chunks import ranged

GAPS = ['MSRP-GAP', 'MSRP-UNFINISHED']
BLAME = ['FILE-NOT-SENT', 'SDP-REFUSED', 'SIP-TIMEOUT', 'SIP-REJECTED', 'MSRP-RESPONSE-ERROR', 'MSRP-RESPONSE-TIMEOUT',
         'MSRP-RESPONSE-MISSING', 'MSRP-REPORT-MISSING', 'MSRP-AFTER-ABORT', *GAPS]
CONTACT = ['Contact: <sip:user@192.0.2.4>']
SDP_BODY = [*CONTACT, 'Content-Type: application/sdp']


def forget_acks(stage, flow, name, until):
    """Segments of the sender up to `until` were sent before it had this answer: they acknowledge what came before."""
    mac = flow.hosts['psa'].mac
    answer = next(f for f in stage.capture.frames if f[1] == stage.firsts[name])
    before = struct.unpack('!I', answer[2][38:42])[0]
    frames = []
    for when, index, frame in stage.capture.frames:
        mine = frame[23] == TCP and frame[6:12] == mac and answer[1] < index <= stage.lasts[until]
        if mine and struct.unpack('!I', frame[42:46])[0] == before + len(flow[name].data):
            length = struct.unpack('!H', frame[16:18])[0]
            segment = frame[34:14 + length]
            segment = segment[:8] + struct.pack('!I', before) + segment[12:16] + b'\0\0' + segment[18:]
            frame = (frame[:34] + with_checksum(flow.hosts['psa'], flow.hosts['pra'], TCP, segment, 16)).ljust(60, b'\0')
        frames.append((when, index, frame))
    stage.capture.frames = frames


def crossing():
    """A 413 while more is under way (RFC 4975 section 10.5): the sender cannot know of it yet."""
    data = mid(6000)
    flow = ranged([(1, 1000, '+'), (1001, 2000, '+'), (2001, 3000, '+'), (3001, 4000, '#')], data, success=None, end='*')
    flow.edit('resp-2', '200 OK', '413 Stop').drop('resp-3', 'resp-4')
    flow['resp-2'].how['ack'] = False
    flow.wait('send-3', 0.001)
    stage = Stage(flow)
    forget_acks(stage, flow, 'resp-1-2', 'send-1-3')
    scene('refused-413-in-flight', stage, 'The 413 to the second chunk crosses the third one, which does not acknowledge '
          'it yet; then # ', 'fail', files=[(1, 'refused')], objects=[obj('refused', 'fail')],
          rules={'MSRP-RESPONSE-ERROR': 'error'}, not_rules=['MSRP-AFTER-ABORT'],
          may=['MSRP-ABORTED', 'MSRP-RESPONSE-MISSING', *GAPS], diagnosis=why('resp-2', 'receiver', '413'))
    flow = ranged([(1, 300, '+'), (301, 600, '$'), (301, 600, '$')], success=None).edit('resp-2', '200 OK', '408 Timeout')
    scene('accepted-408-sent-again', Stage(flow), 'The second chunk is answered 408, comes again and is answered 200',
          'pass', files=[(1, 'accepted')], objects=[obj('accepted', 'pass', result='match')], not_rules=BLAME)


def again(stage, flow, when):
    connection = stage.connection(flow)
    src, dst = connection.ends(flow.hosts['psa'])
    data = flow['send-1'].data
    connection.segment(when, src, dst, ACK, data, seq=src.seq - len(data))


def never_acknowledged():
    """The receiver's host is gone: TCP sends the SEND again and again."""
    for name, failure, verdict, delivery in (('failed', None, 'fail', 'failed'), ('unknown', 'no', 'unknown', 'unknown')):
        flow = Flow(chunk=600, success=None).drop('resp-1')
        if failure:
            flow.edit('send-1', 'Byte-Range', f'Failure-Report: {failure}\r\nByte-Range')
        flow['send-1'].how['ack'] = False
        gaps = (0.25, 0.5, 1, 2, 4, 8, 16)
        flow.after('send-1', *[(f'again-{n}', gap, 'psa', 'do', again) for n, gap in enumerate(gaps)]).wait('bye', 5)
        scene(f'{name}-never-acknowledged', Stage(flow, close=False), 'The SEND is sent again seven times by TCP and never '
              'acknowledged' + (f'; Failure-Report: {failure}' if failure else ''), verdict, files=[(1, delivery)],
              objects=[obj(delivery, verdict)], rules={} if failure else {'MSRP-RESPONSE-TIMEOUT': 'error'},
              diagnosis=why('send-1', ['receiver', 'capture'], 'acknowledge'))


def messages():
    core, flow = Host(CORE), MessageFlow()
    psa, pra, data = flow.hosts['psa'], flow.hosts['pra'], flow['message'].data
    far = data.replace(b'Via:', b'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKcorex\r\nVia:', 1).replace(
        b'Max-Forwards: 70', b'Max-Forwards: 69')
    stage = Stage()
    stage.capture.udp(0.1, psa, 5060, core, 5060, data)
    for when in (0, *TIMER_E):
        stage.capture.udp(0.103 + when, core, 5060, pra, 5060, far)
    stage.capture.udp(0.13, core, 5060, psa, 5060, response(data, '200 OK'))
    scene('legs-message-200-then-silence', stage.run_on(60), 'The core answers 200 OK itself and tries the receiver eleven '
          'times, who never answers', 'fail', objects=[obj('failed', 'fail')], rules={'SIP-TIMEOUT': 'error'},
          diagnosis=why([2], 'receiver', 'answer'))
    flow = MessageFlow().drop('ok')
    scene('unknown-message-one-way', Stage(flow).run_on(60), 'Only the sender\'s direction of a MESSAGE over UDP: it is not '
          'sent again, so that an answer must have come', 'unknown', objects=[obj('unknown', 'unknown')],
          rules={'SIP-NO-ANSWER': 'note'}, not_rules=['SIP-TIMEOUT'], diagnosis=why('message', 'capture', 'nothing'))
    flow = Flow()
    stage = Stage(flow).keep(lambda when, frame: frame[26:30] == flow.hosts['pra'].ip.packed)
    scene('unknown-receiver-all', stage, 'Only what the receiver sent: its 200 accepts a push, the offer and the SENDs are not '
          'there', 'unknown', objects=[], sessions=[], not_rules=BLAME,
          diagnosis=why([1], 'capture', 'accepted', where=['capture']))


def two_dialogs():
    """A back-to-back user agent that passes the SDP on: two Call-IDs, one MSRP session."""
    for name, how in (('confirmed', {}), ('accepted', {'success': None})):
        flow, stage, when = Flow(**how), Stage(through=CORE), 0.0
        near, far = stage.legs(flow)
        for step in flow.steps:
            when += step.gap
            host, mine = flow.hosts[step.who], step.who == 'psa'
            if step.link != 'sip':
                stage.connection(flow, step.link, when - 0.01).send(host, step.data, when, **step.how)
                continue
            other = step.data.replace(flow.call_id.encode(), b'leg2@192.0.2.1').replace(b'tag=49583', b'tag=b2b1').replace(
                b'z9hG4bK776', b'z9hG4bKb2b')
            (near if mine else far).send(host, step.data if mine else other, when)
            (far if mine else near).send(stage.core, other if mine else step.data, when + 0.003)
        stage.connection(flow).close(flow.hosts['psa'], when + 0.01)
        session = {'verdict': 'pass', 'delivery': name, 'status': 200}
        scene(f'{name}-two-dialogs', stage, 'A back-to-back user agent passes the SDP on: two dialogs offer the file on the '
              'same paths, it goes over once', 'pass', objects=[obj(name, 'pass', result='match')], not_rules=BLAME,
              sessions=[{**session, 'files': [{'object': 1, 'delivery': name}]},
                        {**session, 'files': [{'object': None, 'delivery': name}]}][::1])


def within():
    """A re-INVITE offers another file."""
    selectors = [sdp.selector(push.mms_push_sized(500, 2), 'pushid-1-2')]
    for taken in (False, True):
        flow = Flow()
        offer = sdp.session('192.0.2.3', sdp.media(flow.psa, port=7654, selectors=selectors, transfer_id='two'), version=2)
        answer = sdp.session('192.0.2.4', sdp.media(flow.pra, port=8888, setup='passive', direction='recvonly',
                                                    selectors=selectors, transfer_id='two'), user='bob', version=2)
        ask = flow.in_dialog('INVITE', 2, 'reinv', ['Contact: <sip:psa@192.0.2.3>', 'Content-Type: application/sdp'], offer)
        final = (response(ask, '200 OK', None, SDP_BODY, answer) if taken
                 else response(ask, '488 Not Acceptable Here', None))
        ack = flow.in_dialog('ACK', 2, 'ack2') if taken else ack_of(flow, cseq=2, branch='776reinv')
        flow.after('report', ('again', 0.01, 'psa', 'sip', ask), ('final', 0.01, 'pra', 'sip', final),
                   ('ack-2', 0.01, 'psa', 'sip', ack))
        for name in ('bye', 'bye-ok'):
            flow.edit(name, 'CSeq: 2', 'CSeq: 3')
        stage = Stage(flow.wait('bye', 10))
        about = 'A file goes over; a re-INVITE offers another one, ' + ('accepted and never sent' if taken else 'answered 488')
        scene('not-sent-second-offer' if taken else 'refused-second-offer', stage, about, 'fail', objects=[
            obj('confirmed', 'pass', result='match')], sessions=[{
                'verdict': 'fail', 'delivery': 'failed' if taken else 'refused', 'status': 200,
                'files': [{'object': 1, 'delivery': 'confirmed'}]}],
              rules={'FILE-NOT-SENT' if taken else 'SIP-REJECTED': 'error'}, not_rules=GAPS,
              diagnosis=why(['bye', 'final'], 'sender' if taken else 'receiver', 'pushid-1-2', where=['session 1', 'capture']))


def reliable():
    """The answer is in a reliable 183 (RFC 3262 section 5): the 200 needs none."""
    flow = Flow()
    ask = flow['invite'].data
    early = response(ask, '183 Session Progress', extra=['Require: 100rel', 'RSeq: 776656', *SDP_BODY], body=flow.answer)
    prack = flow.in_dialog('PRACK', 2, 'prack', ['RAck: 776656 1 INVITE'])
    flow.set('ok', response(ask, '200 OK', extra=CONTACT))
    flow.after('invite', ('183', 0.02, 'pra', 'sip', early), ('prack', 0.01, 'psa', 'sip', prack),
               ('prack-ok', 0.01, 'pra', 'sip', response(prack, '200 OK')))
    for name in ('bye', 'bye-ok'):
        flow.edit(name, 'CSeq: 2', 'CSeq: 3')
    scene('confirmed-answer-in-183', Stage(flow), 'The answer is in a reliable 183, the 200 has no SDP', 'pass',
          files=[(1, 'confirmed')], objects=[obj('confirmed', 'pass', result='match')], not_rules=BLAME)


def pulled():
    """The receiver asks for two files (RFC 5547 section 8.2.2); the answer lists them the other way round."""
    data = [DATA, push.mms_push_sized(500, 2)]
    base = Flow(data, psa='192.0.2.4', pra='192.0.2.3')
    offer = sdp.session('192.0.2.4', sdp.media(base.psa, port=7654, direction='recvonly', selectors=[
        re.sub(' type.*', '', selector) for selector in base.selectors]))
    answer = sdp.session('192.0.2.3', sdp.media(base.pra, port=8888, setup='passive', direction='sendonly',
                                                selectors=base.selectors[::-1]), user='bob')
    flow = Flow(data, psa='192.0.2.4', pra='192.0.2.3', offer=offer, answer=answer, bind=True)
    for step in flow.steps:
        if step.name.startswith(('send', 'resp', 'report')):
            step.data = step.data.replace(flow.pra.encode(), b'@@').replace(flow.psa.encode(), flow.pra.encode()).replace(
                b'@@', flow.psa.encode())
            step.who = {'psa': 'pra', 'pra': 'psa'}[step.who]
    flow.drop(*[s.name for s in flow.steps if s.name.startswith(('send-2', 'resp-2', 'report-2'))]).wait('bye', 20)
    scene('not-sent-pulled-second', Stage(flow), 'Two files are asked for; the answer lists them the other way round, the '
          'second one never comes', 'fail', files=[(1, 'confirmed'), (None, 'failed')],
          objects=[obj('confirmed', 'pass', result='match')], rules={'FILE-NOT-SENT': 'error'},
          may=['SDP-DIRECTION', 'SDP-ANSWER-SELECTOR', 'SDP-SETUP'],
          diagnosis=why('bye', 'sender', 'pushid-1-2', where=['session 1', 'capture']))


def lost_below():
    """The capture lost a segment that carries WebSocket."""
    for number in (1, 2):
        flow = over_ws(chunk=300, success=None)
        stage = Stage(websocket.over(flow))
        gone = next(f[0] for f in stage.capture.frames if f[1] == stage.lasts[f'send-1-{number}'])
        stage.keep(lambda when, frame: round(when * 1e6) != gone)
        scene(f'unknown-lost-websocket-{number}', stage, f'The capture lost the segment with the WebSocket frame of SEND '
              f'{number}', 'unknown', files=[(1, 'unknown')], objects=[obj('unknown', 'unknown')], not_rules=BLAME,
              diagnosis=why(range(1, len(stage.order()) + 1), 'capture', 'lost'))


def make():
    crossing()
    never_acknowledged()
    messages()
    two_dialogs()
    within()
    reliable()
    pulled()
    lost_below()
