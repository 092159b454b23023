# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that were offered and accepted, and of which nothing was sent, or nothing is in the capture."""
import msrp
import push
from flow import Flow
from scene import Stage, connect, keep_alive, obj, scene, syn, why
from scene_flows import CORE, DATA, answerer_connects, drop_object, mid, over_ws, strip, two_media
import websocket

NOT_SENT = {'FILE-NOT-SENT': 'error'}
NOT_SEEN = {'FILE-NOT-SEEN': 'note'}
# Of a session without any transfer nobody may be accused of what belongs to transfers.
CLEAN = ['FILE-NOT-SEEN', 'MSRP-GAP', 'MSRP-UNFINISHED', 'MSRP-REPORT-MISSING', 'OBJ-HASH', 'OBJ-SIZE']


def not_sent(name, flow, about, diagnosis, *, through=None, may=(), delivery='failed'):
    scene(f'not-sent-{name}', *staged(flow, about, through), 'fail', files=[(None, delivery)], rules=NOT_SENT,
          not_rules=CLEAN, may=may, diagnosis=diagnosis)


def staged(flow, about, through=None):
    return Stage(flow, through=through), about


def no_syn():
    """Another file of the session goes over its own connection; to this one's path nobody connects."""
    two = [DATA, push.mms_push_sized(500, 2)]
    for name, sent, how in (('no-syn', 1, {}), ('no-syn-first-file', 2, {'transport': 'tcp', 'chunk': 120})):
        other = 3 - sent
        flow = drop_object(two_media(two, **how), other).wait('bye', 20)
        files = [(1, 'confirmed'), (None, 'failed')]
        scene(f'not-sent-{name}', Stage(flow), f'Two m-lines, two paths: file {sent} is sent, to the path of file {other} '
              'nobody connects, BYE after 20 s', 'fail', files=files if sent == 1 else files[::-1],
              objects=[obj('confirmed', 'pass', result='match')], rules=NOT_SENT, not_rules=CLEAN,
              diagnosis=why(['ok', 'ack', 'bye'], 'sender', ['SYN', 'connect'], where=['session 1', 'capture'],
                            also=[f'pushid-1-{other}']))


def syn_unanswered():
    flow = strip(Flow()).after('ack', ('syn', 0.02, 'psa', 'do', syn())).wait('bye', 32)
    not_sent('syn-unanswered', flow, 'The SYN to the negotiated path is sent five times in 15 s and never answered, BYE '
             'after 32 s', why(['syn', 'syn:first'], 'receiver', 'SYN', ['answer', 'unanswered']))
    flow = strip(answerer_connects(transport='tcp')).after(
        'ack', ('syn', 0.02, 'pra', 'do', syn((0, 1, 3, 7)))).wait('bye', 20)
    not_sent('syn-unanswered-answerer-connects', flow, 'The answer says active: the receiver\'s four SYNs to the '
             'sender\'s path are never answered, BYE', why(['syn', 'syn:first'], 'sender', 'SYN',
                                                          ['answer', 'unanswered']))
    flow = strip(Flow(psa='2001:db8::3', pra='2001:db8::4')).after(
        'ack', ('syn', 0.02, 'psa', 'do', syn((0, 1, 3)))).wait('bye', 8)
    not_sent('syn-unanswered-ipv6', flow, 'IPv6: three SYNs in 3 s, no answer, BYE after 8 s',
             why(['syn', 'syn:first'], 'receiver', 'SYN', ['answer', 'unanswered']))


def refused():
    word = ['RST', 'reset', 'refused']
    flow = strip(Flow()).after('ack', ('syn', 0.02, 'psa', 'do', syn((0,), True))).wait('bye', 2)
    not_sent('rst', flow, 'The SYN to the negotiated path is answered by RST, BYE',
             why('syn', 'receiver', word))
    flow = strip(Flow(transport='tcp', psa='2001:db8::3', pra='2001:db8::4')).after(
        'ack', ('syn', 0.02, 'psa', 'do', syn((0,), True))).wait('bye', 32)
    not_sent('rst-ipv6', flow, 'The same over IPv6 with SIP over TCP, BYE after 32 s', why('syn', 'receiver', word))
    flow = strip(Flow()).after('ack', ('syn', 0.02, 'psa', 'do', syn((0,), True)),
                               ('syn-2', 1, 'psa', 'do', syn((0,), True)), ('syn-3', 1, 'psa', 'do', syn((0,), True)))
    not_sent('rst-three-times', flow.wait('bye', 1), 'Three tries to connect, three RSTs, BYE; SIP through a core',
             why('syn', 'receiver', word), through=CORE)


def idle():
    word = ['idle', 'nothing', 'no SEND']
    flow = strip(Flow()).after('ack', ('connect', 0.02, 'psa', 'do', connect())).wait('bye', 20)
    not_sent('idle', flow, 'Connected, then nothing in 20 s, BYE', why(
        ['connect', 'connect:first', 'ack', 'bye'], 'sender', word))
    flow = strip(Flow(transport='tcp')).after('ack', ('connect', 0.02, 'psa', 'do', connect()), (
        'alive', 5, 'psa', 'do', keep_alive((0, 5, 10, 15)))).wait('bye', 20)
    not_sent('idle-keep-alive', flow, 'Connected, only TCP keep-alives in 25 s, BYE; SIP over TCP', why(
        ['connect', 'connect:first', 'ack', 'alive', 'bye'], 'sender', word))
    # RFC 4975 section 5.4: the active side must send at once, so that the passive one may.
    flow = strip(answerer_connects()).after('ack', ('connect', 0.02, 'pra', 'do', connect())).wait('bye', 20)
    not_sent('idle-answerer-connects', flow, 'The receiver is active, connects, but does not bind with a SEND: the '
             'passive sender may not begin; BYE', why(['connect', 'connect:first', 'ack', 'bye'], ['receiver'],
                                                      ['idle', 'nothing', 'no SEND', 'bind', 'bound']))
    flow = strip(over_ws())
    flow = websocket.over(flow).wait('bye', 15)
    not_sent('idle-websocket', flow, 'The WebSocket is opened (sub-protocol msrp), no message in it, BYE', why(
        ['ws-get', 'ws-101', 'ack', 'bye'], 'sender', word))


def bind_only():
    word = ['bind', 'empty']
    keep = ('bind', 'bind-resp')
    flow = strip(Flow(bind=True), *keep).wait('bye', 10)
    not_sent('bind-only', flow, 'The empty SEND binds the session and is answered 200; nothing else, BYE after 10 s',
             why(['bind', 'bind-resp', 'bye'], 'sender', word))
    flow = strip(answerer_connects(transport='tcp'), *keep).wait('bye', 15)
    not_sent('bind-only-answerer-connects', flow, 'The receiver connects and binds, the sender answers 200 and sends '
             'nothing, BYE', why(['bind', 'bind-resp', 'bye'], 'sender', word))
    flow = websocket.over(strip(over_ws(bind=True), *keep)).wait('bye', 10)
    not_sent('bind-only-websocket', flow, 'The same over WebSocket', why(['bind', 'bind-resp', 'bye'], 'sender', word))


def bind_unanswered():
    word, unanswered = ['bind', 'empty'], ['answer', 'unanswered', 'no response']
    consequence = ['MSRP-RESPONSE-TIMEOUT']
    flow = strip(Flow(bind=True), 'bind').wait('bye', 40)
    not_sent('bind-unanswered', flow, 'The empty SEND that binds is acknowledged by TCP, not answered in 40 s, BYE',
             why('bind', 'receiver', word, unanswered), may=consequence)
    flow = strip(Flow(bind=True, transport='tcp'), 'bind').after('bind', (
        'alive', 10, 'psa', 'do', keep_alive((0, 10, 20)))).wait('bye', 35)
    not_sent('bind-unanswered-keep-alive', flow, 'The same with TCP keep-alives that the receiver\'s host answers, '
             'BYE after 45 s; SIP over TCP through a core', why('bind', 'receiver', word, unanswered), may=consequence,
             through=CORE)
    flow = strip(answerer_connects(), 'bind').wait('bye', 40)
    not_sent('bind-unanswered-by-sender', flow, 'The receiver connects and binds; the sender does not answer in 40 s, '
             'BYE', why('bind', 'sender', word, unanswered), may=consequence)


def not_seen():
    word = ['no MSRP', 'not in the capture', 'not in this capture', 'holds nothing']
    for name, how, through in (('udp', {}, None), ('tcp', {'transport': 'tcp'}, None), ('core', {}, CORE)):
        flow = strip(Flow([mid(4000)], **how)).wait('bye', 3)
        stage = Stage(flow, through=through)
        scene(f'not-seen-{name}', stage, 'A file is offered and accepted, BYE; the capture holds no MSRP of the session '
              f'(SIP: {name})', 'unknown', files=[(None, 'unknown')], rules=NOT_SEEN, not_rules=['FILE-NOT-SENT'],
              diagnosis=why(['invite', 'ok', 'ack', 'bye', 'bye-ok'], 'capture', word))
    # The capture ends before anybody is late.
    flow = strip(Flow()).after('ack', ('connect', 0.02, 'psa', 'do', connect()))
    stage = Stage(flow.drop('bye', 'bye-ok'), close=False).run_on(3)
    scene('not-seen-capture-ends-connected', stage, 'Connected; the capture ends 3 s later, without BYE', 'unknown',
          files=[(None, 'unknown')], rules=NOT_SEEN, not_rules=['FILE-NOT-SENT'],
          diagnosis=why(['ok', 'ack', 'connect', 'connect:first', len(stage.order())], 'capture', ['ends', 'ended']))
    flow = strip(Flow(transport='tcp')).after('ack', ('syn', 0.02, 'psa', 'do', syn((0, 1))))
    stage = Stage(flow.drop('bye', 'bye-ok'), close=False).run_on(2)
    scene('not-seen-capture-ends-syn', stage, 'Two SYNs to the path; the capture ends 2 s after the first', 'unknown',
          files=[(None, 'unknown')], rules=NOT_SEEN, not_rules=['FILE-NOT-SENT'],
          diagnosis=why(['ok', 'ack', 'syn', 'syn:first', len(stage.order())], 'capture', ['ends', 'ended']))


def one_of_two():
    two = [DATA, push.mms_push_sized(500, 2)]
    for name, sent, how in (('second', 1, {}), ('first', 2, {'transport': 'tcp', 'chunk': 200})):
        left = 3 - sent
        flow = drop_object(Flow(two, **how), left).wait('bye', 5)
        files = [(1, 'confirmed'), (None, 'failed')]
        scene(f'not-sent-{name}-of-two', Stage(flow), f'One m-line with two selectors: file {sent} is sent and reported, '
              f'file {left} never is, BYE after 5 s', 'fail', files=files if sent == 1 else files[::-1],
              objects=[obj('confirmed', 'pass', result='match', name=f'pushid-1-{sent}')], rules=NOT_SENT,
              not_rules=CLEAN, diagnosis=why(
                  ['invite', 'ok', 'ack', 'bye', 'report', f'send-{sent}-1'] if sent == 1 else
                  ['invite', 'ok', 'ack', 'bye', 'report-2', 'send-2-1'], 'sender', f'pushid-1-{left}',
                  where=['session 1', 'capture']))


def make():
    no_syn()
    syn_unanswered()
    refused()
    idle()
    bind_only()
    bind_unanswered()
    not_seen()
    one_of_two()
