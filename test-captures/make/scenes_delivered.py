# SPDX-License-Identifier: GPL-2.0-or-later
"""Pushes that arrived as far as their own answers say: confirmed, accepted, or an answer that was due did not come."""
import push
import websocket
from flow import Flow
from message_flow import MessageFlow
from scene import Stage, obj, scene, why
from scene_flows import CORE, DATA, answerer_connects, cut_every, from_receiver, mid, over_ws
from sip import response

SIP = ('invite', 'ok', 'ack', 'bye', 'bye-ok')
BLAME = ['MSRP-RESPONSE-TIMEOUT', 'MSRP-GAP', 'MSRP-UNFINISHED', 'FILE-NOT-SENT', 'FILE-NOT-SEEN', 'MSRP-CAPTURE-ENDS']


def arrived(name, stage, about, delivery, verdict, *, session=True, more=None, **known):
    """result: what the object is held against, where SIP offered it."""
    scene(name, stage, about, verdict, files=[(1, delivery)] if session else None, not_rules=BLAME,
          objects=[obj(delivery, verdict, state='complete', **({'result': 'match'} if session else {}), **(more or {}))],
          **known)


def no_report():
    word = ['REPORT', 'report']
    rule = {'rules': {'MSRP-REPORT-MISSING': 'warn'}}
    flow = Flow([DATA]).drop('report').wait('bye', 5)
    arrived('unconfirmed-no-report', Stage(flow), 'A success REPORT is asked for, every SEND answered 200, none comes before '
            'BYE', 'unconfirmed', 'warn', diagnosis=why(['send-1', 'send-2', 'bye'], 'receiver', word), **rule)
    flow = over_ws([mid(3000)], chunk=1024, transport='tcp').drop('report').wait('bye', 5)
    arrived('unconfirmed-no-report-websocket', Stage(websocket.over(flow)), 'The same over WebSocket, SIP over TCP',
            'unconfirmed', 'warn', diagnosis=why(['send-1', 'send-3', 'bye'], 'receiver', word), **rule)
    flow = Flow([DATA], chunk=200)
    flow.set('report', flow.report(1, 1, 400, 600)).wait('bye', 5)
    arrived('unconfirmed-report-in-part', Stage(flow, through=CORE), 'The success REPORT covers bytes 1-400 of 600, no other '
            'comes before BYE; SIP through a core', 'unconfirmed', 'warn',
            diagnosis=why(['report', 'send-1', 'send-3', 'bye'], 'receiver', word), **rule)


def no_last_response():
    word = ['answer', 'no response', 'unanswered']
    # The sender itself ended the session: the receiver had no 30 s, so the rule need not speak.
    flow = Flow(success=None).drop('resp-2').wait('bye', 2)
    arrived('unconfirmed-last-send', Stage(flow), 'The last SEND is not answered when the sender says BYE after 2 s',
            'unconfirmed', 'warn', may=['MSRP-RESPONSE-MISSING'], diagnosis=why('send-2', 'receiver', word))
    flow = Flow([mid(5000)], chunk=2048, success=None, transport='tcp').drop('resp-3').wait('bye', 2)
    flow['bye'].who, flow['bye-ok'].who = 'pra', 'psa'
    bye = from_receiver(flow['bye'].data).replace(b'SIP/2.0/UDP', b'SIP/2.0/TCP')
    flow.set('bye', bye).set('bye-ok', response(bye, '200 OK', None))
    arrived('unconfirmed-last-send-bye-from-receiver', Stage(flow), 'The receiver says BYE 2 s after the last SEND, which it '
            'did not answer; SIP over TCP', 'unconfirmed', 'warn', rules={'MSRP-RESPONSE-MISSING': 'warn'},
            diagnosis=why('send-3', 'receiver', word))
    flow = Flow(success=None, psa='2001:db8::3', pra='2001:db8::4').drop('resp-2').wait('bye', 2)
    arrived('unconfirmed-last-send-ipv6', Stage(flow), 'IPv6: the last SEND is not answered when the sender says BYE',
            'unconfirmed', 'warn', may=['MSRP-RESPONSE-MISSING'], diagnosis=why('send-2', 'receiver', word))


def accepted():
    arrived('accepted', Stage(Flow(success=None)), 'Every SEND is answered 200, no report was asked for', 'accepted', 'pass')
    flow = cut_every(Flow([mid(5000)], chunk=2048, success=None, transport='tcp', psa='2001:db8::3', pra='2001:db8::4'), 500)
    arrived('accepted-ipv6', Stage(flow), 'The same over IPv6 in segments of 500 bytes, SIP over TCP', 'accepted', 'pass')
    flow = websocket.over(over_ws(success=None))
    arrived('accepted-websocket', Stage(flow), 'The same over WebSocket', 'accepted', 'pass')
    arrived('accepted-no-sip', Stage(Flow(success=None).drop(*SIP)), 'The same without SIP', 'accepted', 'pass', session=False)
    arrived('accepted-answerer-connects', Stage(answerer_connects(success=None), through=CORE), 'The receiver connects and '
            'binds; SIP through a core', 'accepted', 'pass')


def confirmed():
    arrived('confirmed', Stage(Flow()), 'One success REPORT covers all bytes', 'confirmed', 'pass')
    flow = Flow([mid(6000)], chunk=2048, transport='tcp')
    for n, (start, end) in enumerate([(4097, 6000), (1, 3000), (3001, 4096)], 1):
        flow.after('resp-3', (f'report-1-{n}', 0.01, 'pra', 'msrp', flow.report(1, start, end, 6000, suffix=f'p{n}')))
    arrived('confirmed-reports-add-up', Stage(flow.drop('report')), 'Three success REPORTs, in another order and with other '
            'borders than the chunks, cover all bytes; SIP over TCP', 'confirmed', 'pass')
    arrived('confirmed-websocket', Stage(websocket.over(over_ws([mid(3000)], chunk=1024)), through=CORE), 'A REPORT over all '
            'bytes, WebSocket, SIP through a core', 'confirmed', 'pass')
    arrived('confirmed-no-sip', Stage(Flow().drop(*SIP)), 'A REPORT over all bytes, no SIP', 'confirmed', 'pass',
            session=False)


def messages():
    big = push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua')
    for name, how, through, status, delivery in (
            ('confirmed-message', {}, None, '200 OK', 'confirmed'),
            ('confirmed-message-tcp', {'body': big, 'app': 'wml.ua', 'transport': 'tcp'}, None, '200 OK', 'confirmed'),
            ('confirmed-message-core', {}, CORE, '200 OK', 'confirmed'),
            ('accepted-message-202', {}, None, '202 Accepted', 'accepted'),
            ('accepted-message-202-tcp', {'transport': 'tcp'}, None, '202 Accepted', 'accepted')):
        flow = MessageFlow(**how)
        flow.set('ok', response(flow['message'].data, status))
        arrived(name, Stage(flow, through=through), f'A MESSAGE is answered {status}' + (', both legs of the core'
                if through else ''), delivery, 'pass', session=False, more={'status': int(status[:3])})


def make():
    no_report()
    no_last_response()
    accepted()
    confirmed()
    messages()
