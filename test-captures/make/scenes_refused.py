# SPDX-License-Identifier: GPL-2.0-or-later
"""Pushes that the receiver, or a hop on the way, refused; and some that look like it and were not."""
import msrp
import push
import sdp
import websocket
from flow import Flow
from message_flow import MessageFlow
from scene import Stage, obj, scene, why
from scene_flows import CORE, DATA, ack_of, answered, drop_object, mid, over_ws, strip, two_media
from sip import message, response
from variety_chunks import ranged

NOT_SENT = ['FILE-NOT-SENT', 'FILE-NOT-SEEN', 'MSRP-UNFINISHED', 'MSRP-GAP', 'MSRP-REPORT-MISSING']


def offers():
    """The answer refuses the file."""
    refused = {'SDP-REFUSED': 'error'}
    word = ['port 0', 'port zero', 'refuse', 'rejected']
    # RFC 3264 section 6: nothing but the m-line counts in a stream that is refused.
    bare = sdp.session('192.0.2.4', ['m=message 0 TCP/MSRP *'], user='bob')
    flow = strip(Flow(answer=bare)).wait('bye', 1)
    scene('refused-port-0', Stage(flow), 'The 200 refuses the file with port 0, the m-line has no attributes; BYE', 'fail',
          files=[(None, 'refused')], rules=refused, not_rules=[*NOT_SENT, 'SDP-PATH-MISSING', 'SDP-TRANSFER-ID'],
          diagnosis=why('ok', 'receiver', word))
    flow = strip(Flow(transport='tcp')).wait('bye', 1)
    flow.edit('ok', 'm=message 8888', 'm=message 0')
    scene('refused-port-0-core', Stage(flow, through=CORE), 'The same with all attributes, SIP over TCP, both legs of '
          'the core', 'fail', files=[(None, 'refused')], rules=refused, not_rules=NOT_SENT,
          diagnosis=why('ok', 'receiver', word))

    for name, how, through in (('', {}, None), ('-core', {'transport': 'tcp'}, CORE)):
        flow = strip(Flow(**how)).wait('bye', 1)
        flow.set('ok', response(flow['invite'].data, '200 OK', extra=['Contact: <sip:user@192.0.2.4>']))
        scene(f'refused-200-without-sdp{name}', Stage(flow, through=through), 'The 200 has no SDP, BYE', 'fail',
              files=[(None, 'refused')], rules=refused, not_rules=NOT_SENT,
              diagnosis=why('ok', 'receiver', ['no answer', 'no SDP', 'without']))

    two = [DATA, push.mms_push_sized(500, 2)]
    for taken in (1, 2):
        left = 3 - taken
        flow = two_media(two, answered=(taken == 1, taken == 2), **({} if taken == 1 else {'transport': 'tcp'}))
        flow = drop_object(flow, left)
        files = [(1, 'confirmed'), (None, 'refused')]
        scene(f'refused-m-line-{left}-of-two', Stage(flow), f'Two m-lines, m-line {left} is answered with port 0; the file '
              'of the other is sent and reported', 'fail', files=files if taken == 1 else files[::-1],
              objects=[obj('confirmed', 'pass', result='match')], rules=refused, not_rules=NOT_SENT,
              diagnosis=why('ok', 'receiver', word, where=['session 1', 'capture'], also=[f'pushid-1-{left}']))


def finals():
    """Other final answers to the INVITE and to the MESSAGE."""
    contact = ['Contact: <sip:user@192.0.2.9>']
    flow = answered(Flow(), '302 Moved Temporarily', extra=contact)
    scene('refused-302-invite', Stage(flow), 'The INVITE is answered 302, nobody follows it', 'fail', status=302,
          files=[(None, 'refused')], may=['SIP-REJECTED', 'SDP-REFUSED'], not_rules=NOT_SENT,
          diagnosis=why('final', ['receiver', 'core'], '302'))
    flow = MessageFlow(transport='tcp')
    flow.set('ok', response(flow['message'].data, '302 Moved Temporarily', extra=contact))
    scene('refused-302-message', Stage(flow), 'The MESSAGE is answered 302, nobody follows it; TCP', 'fail',
          objects=[obj('refused', 'fail', status=302)], may=['SIP-REJECTED'],
          diagnosis=why('ok', ['receiver', 'core'], '302'))

    for name, how, through, status in (
            ('486-invite', {}, None, '486 Busy Here'), ('603-invite', {'transport': 'tcp'}, None, '603 Decline'),
            ('415-invite-core', {}, CORE, '415 Unsupported Media Type')):
        flow = answered(Flow(**how), status)
        scene(f'refused-{name}', Stage(flow, through=through), f'The INVITE is answered {status}'
              + (', both legs of the core' if through else ''), 'fail', status=int(status[:3]),
              files=[(None, 'refused')], rules={'SIP-REJECTED': 'error'}, not_rules=NOT_SENT,
              diagnosis=why('final', 'receiver', status[:3]))

    big = push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua')
    for name, how, through, status in (
            ('404-message', {}, None, '404 Not Found'), ('480-message-core', {}, CORE, '480 Temporarily Unavailable'),
            ('413-message-tcp', {'transport': 'tcp', 'body': big, 'app': 'wml.ua'}, None, '413 Request Entity Too Large')):
        flow = MessageFlow(**how)
        flow.set('ok', response(flow['message'].data, status))
        scene(f'refused-{name}', Stage(flow, through=through), f'The MESSAGE is answered {status}'
              + (', both legs of the core' if through else ''), 'fail',
              objects=[obj('refused', 'fail', status=int(status[:3]))], rules={'SIP-REJECTED': 'error'},
              diagnosis=why('ok', 'receiver', status[:3]))


CHALLENGE = 'Digest realm="domain.com", nonce="8fj3kd93", algorithm=MD5, qop="auth"'
CREDENTIALS = ('Authorization: Digest username="psa", realm="domain.com", nonce="8fj3kd93", uri="sip:user@192.0.2.4",'
               ' response="d41d8cd98f00b204e9800998ecf8427e", cnonce="1", nc=00000001, qop=auth, algorithm=MD5')


def challenges():
    def message_401(**how):
        flow = MessageFlow(**how)
        flow.set('ok', response(flow['message'].data, '401 Unauthorized', 'core', [f'WWW-Authenticate: {CHALLENGE}']))
        return flow
    for name, how in (('udp', {}), ('tcp', {'transport': 'tcp'})):
        flow = message_401(**how)
        again = flow.request(sdp.PUSH_TYPE, cseq=2, branch='msgb', extra=[CREDENTIALS])
        flow.after('ok', ('message-2', 0.02, 'psa', 'sip', again),
                   ('ok-2', 0.05, 'pra', 'sip', response(again, '200 OK')))
        scene(f'confirmed-message-401-met-{name}', Stage(flow), f'The MESSAGE is challenged with 401 and comes again with '
              f'credentials, 200 ({name})', 'pass', objects=[obj('confirmed', 'pass', status=200)],
              not_rules=['SIP-REJECTED'])
    flow = message_401()
    scene('refused-message-401-not-met', Stage(flow).run_on(60), 'The MESSAGE is challenged with 401 and never comes '
          'again', 'fail', objects=[obj('refused', 'fail', status=401)], rules={'SIP-REJECTED': 'error'},
          diagnosis=why('ok', ['receiver', 'core', 'sender'], '401'))

    flow = Flow()
    invite = flow['invite'].data
    challenge = response(invite, '407 Proxy Authentication Required', 'core', [f'Proxy-Authenticate: {CHALLENGE}'])
    second = invite.replace(b'776inv', b'776inw').replace(b'CSeq: 1 INVITE', b'CSeq: 2 INVITE').replace(
        b'Accept-Contact:', f'Proxy-{CREDENTIALS}\r\nAccept-Contact:'.encode())
    flow.after('invite', ('challenge', 0.02, 'pra', 'sip', challenge), ('ack-1', 0.01, 'psa', 'sip', ack_of(flow, 'core')),
               ('invite-2', 0.02, 'psa', 'sip', second))
    for step, method, old, new in (('ok', 'INVITE', 1, 2), ('ack', 'ACK', 1, 2), ('bye', 'BYE', 2, 3), ('bye-ok', 'BYE', 2, 3)):
        flow.edit(step, f'CSeq: {old} {method}', f'CSeq: {new} {method}')
    flow.set('ok', flow['ok'].data.replace(b'776inv', b'776inw'))
    scene('confirmed-invite-407-met', Stage(flow), 'The INVITE is challenged with 407 and comes again with credentials; '
          'file sent and reported', 'pass', files=[(1, 'confirmed')], objects=[obj('confirmed', 'pass', result='match')],
          not_rules=['SIP-REJECTED'])


def sends():
    """MSRP answers other than 200."""
    error = {'MSRP-RESPONSE-ERROR': 'error'}
    gone = ['MSRP-GAP', 'MSRP-UNFINISHED']

    def one(name, flow, about, code, frame, *, session=True, finish=lambda f: f, more=gone, **how):
        stage = Stage(finish(flow), **how)
        scene(f'refused-{name}', stage, about, 'fail', files=[(1, 'refused')] if session else None,
              objects=[obj('refused', 'fail')], rules=error, may=more,
              not_rules=['MSRP-RESPONSE-MISSING', 'MSRP-RESPONSE-TIMEOUT', 'MSRP-REPORT-MISSING', 'FILE-NOT-SENT'],
              diagnosis=why(frame, 'receiver', code))

    flow = ranged([(1, 600, '$')], success=None).edit('resp-1', '200 OK', '403 Forbidden')
    flow.drop('invite', 'ok', 'ack', 'bye', 'bye-ok')
    one('403-send-no-sip', flow, 'No SIP: the whole object in one SEND is answered 403', '403', 'resp-1', session=False)
    flow = ranged([(1, 200, '+'), (201, 400, '+')], success=None).edit('resp-2', '200 OK', '413 Stop sending')
    one('413-send', flow, 'The second of three chunks is answered 413, the sender stops, BYE', '413', 'resp-2')
    flow = ranged([(1, 200, '+'), (201, 400, '+'), (401, 400, '#')], success=None, transport='tcp').edit(
        'resp-2', '200 OK', '413 Stop sending')
    one('413-send-abort', flow, 'The second chunk is answered 413, the sender aborts the message with an empty #, BYE; '
        'SIP over TCP', '413', 'resp-2', more=[*gone, 'MSRP-ABORTED', 'MSRP-BODY-TYPE', 'MSRP-RANGE-SYNTAX',
                                              'MSRP-AFTER-ABORT', 'MSRP-RANGE-LENGTH'])
    flow = Flow([DATA], chunk=600, success=None).edit('resp-1', '200 OK', '415 Unsupported media type')
    one('415-send', flow, 'The whole object in one SEND is answered 415, BYE', '415', 'resp-1')
    flow = over_ws([DATA], chunk=600, success=None).edit('resp-1', '200 OK', '415 Unsupported media type')
    one('415-send-websocket', flow, 'The same over WebSocket', '415', 'resp-1', finish=websocket.over)
    flow = Flow([mid(5000)], chunk=2048, success=None, transport='tcp').edit(
        'resp-1', '200 OK', '481 Session does not exist').drop('send-2', 'resp-2', 'send-3', 'resp-3')
    one('481-send', flow, 'The first of three chunks is answered 481, the sender gives up, BYE; SIP over TCP through a '
        'core', '481', 'resp-1', through=CORE)


def reports():
    error = {'MSRP-REPORT-FAILED': 'error'}
    for name, flow, code, finish in (
            ('413', Flow([DATA]), '413', lambda f: f),
            ('403-websocket', over_ws([DATA], chunk=200), '403', websocket.over),
            ('408-tcp', Flow([mid(5000)], chunk=2048, transport='tcp'), '408', lambda f: f)):
        flow.edit('report', 'Status: 000 200 OK', f'Status: 000 {code}')
        scene(f'refused-report-{name}', Stage(finish(flow)), f'Every SEND is answered 200, then a REPORT says {code}', 'fail',
              files=[(1, 'refused')], objects=[obj('refused', 'fail', result='match')], rules=error,
              may=['MSRP-REPORT-MISSING'], diagnosis=why('report', 'receiver', code))


def cancelled():
    """The sender gives up before there is an answer: nobody refused."""
    for name, how, through in (('', {}, None), ('-core', {'transport': 'tcp'}, CORE)):
        flow = Flow(**how)
        invite = flow['invite'].data
        cancel = message(f'CANCEL sip:user@{flow.names["pra"]} SIP/2.0', [
            flow.via('776inv'), 'Max-Forwards: 70', *flow.common, 'CSeq: 1 CANCEL'])
        flow.drop(*[s.name for s in flow.steps if s.name != 'invite'])
        flow.after('invite', ('trying', 0.01, 'pra', 'sip', response(invite, '100 Trying', to_tag=None)),
                   ('ringing', 0.05, 'pra', 'sip', response(invite, '180 Ringing')),
                   ('cancel', 5, 'psa', 'sip', cancel), ('cancel-ok', 0.01, 'pra', 'sip', response(cancel, '200 OK')),
                   ('487', 0.01, 'pra', 'sip', response(invite, '487 Request Terminated')),
                   ('ack', 0.01, 'psa', 'sip', ack_of(flow)))
        scene(f'cancelled{name}', Stage(flow, through=through), 'The sender cancels its INVITE after 5 s, 487'
              + (', both legs of the core' if through else ''), 'fail', status=487, files=[(None, 'failed')],
              rules={'SIP-CANCELLED': 'note'}, not_rules=['SIP-REJECTED', *NOT_SENT],
              diagnosis=why(['cancel', '487'], 'sender', 'cancel'))


def make():
    offers()
    finals()
    challenges()
    sends()
    reports()
    cancelled()
