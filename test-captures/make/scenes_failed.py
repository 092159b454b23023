# SPDX-License-Identifier: GPL-2.0-or-later
"""Transfers that broke, and the capture proves it: aborted, cut off, left unfinished, never answered."""
import push
import websocket
from flow import Flow
from message_flow import MessageFlow
from scene import Stage, fin, keep_alive, obj, reset, scene, why
from scene_flows import CORE, DATA, TIMER_A, TIMER_E, cut_every, from_receiver, mid, over_ws, repeated
from sip import response
from variety_chunks import ranged

SIP = ('invite', 'ok', 'ack', 'bye', 'bye-ok')
NO_ANSWER_DUE = ['MSRP-RESPONSE-MISSING', 'MSRP-RESPONSE-TIMEOUT', 'MSRP-REPORT-MISSING']
GAPS = ['MSRP-GAP', 'MSRP-UNFINISHED']


def failed(name, stage, about, diagnosis, *, session=True, state='incomplete', more=None, **known):
    scene(f'failed-{name}', stage, about, 'fail', files=[(1, 'failed')] if session else None,
          objects=[obj('failed', 'fail', **({'state': state} if state else {}), **(more or {}))],
          diagnosis=diagnosis, **known)


def aborted():
    word = ['abort', '#']

    def flow_of(flow, last=2):
        return flow.edit(f'send-1-{last}', f't1x1c{last}$', f't1x1c{last}#')
    rule = {'rules': {'MSRP-ABORTED': 'error'}, 'may': GAPS, 'not_rules': NO_ANSWER_DUE, 'state': 'aborted'}
    flow = flow_of(ranged([(1, 300, '+'), (301, 450, '$')], end='*', success=None))
    failed('aborted', Stage(flow), 'The second SEND ends in # after 150 bytes', why('send-2', 'sender', word), **rule)
    data = mid(5000)
    flow = flow_of(ranged([(1, 2048, '+'), (2049, 4096, '+'), (4097, 4300, '$')], data, end='*', success=None,
                          transport='tcp'), 3)
    failed('aborted-large', Stage(cut_every(flow, 536)), 'The third SEND ends in # before the end; segments of 536 bytes, SIP '
           'over TCP', why('send-3', 'sender', word), **rule)
    flow = ranged([(1, 300, '+'), (301, 450, '$')], end='*', success=None)
    flow = flow_of(flow.everywhere(';tcp', ';ws').everywhere('TCP/MSRP', 'TCP/WS/MSRP'))
    failed('aborted-websocket', Stage(websocket.over(flow)), 'The second SEND ends in #, over WebSocket',
           why('send-2', 'sender', word), **rule)
    flow = flow_of(ranged([(1, 300, '+'), (301, 450, '$')], end='*', success=None).drop(*SIP))
    failed('aborted-no-sip', Stage(flow), 'The second SEND ends in #, no SIP', why('send-2', 'sender', word),
           session=False, **rule)


def released():
    """BYE, and bytes are missing."""
    def flow_of(**how):
        return Flow([DATA], chunk=200, success=None, **how)
    flow = flow_of().drop('send-2', 'resp-2')
    failed('gap-then-bye', Stage(flow), 'The chunk in the middle is never sent, the last one says $, BYE',
           why(['send-3', 'bye'], 'sender', ['201-400', '201 to 400', 'missing']), rules={'MSRP-GAP': 'error'},
           not_rules=NO_ANSWER_DUE, more={'gaps': [[201, 400]]})
    flow = flow_of(transport='tcp').drop('send-3', 'resp-3')
    failed('bye-before-last-chunk', Stage(flow, through=CORE), 'The last chunk seen says +, BYE; SIP over TCP through a '
           'core', why(['send-2', 'bye'], 'sender', ['401-600', '401 to 600', 'missing', 'BYE', 'released']),
           one_of=[GAPS], may=GAPS, not_rules=NO_ANSWER_DUE, more={'gaps': [[401, 600]]})
    flow = flow_of().drop('send-3', 'resp-3')
    flow['bye'].who, flow['bye-ok'].who = 'pra', 'psa'
    bye = from_receiver(flow['bye'].data)
    flow.set('bye', bye).set('bye-ok', response(bye, '200 OK', None))
    failed('bye-from-receiver', Stage(flow), 'The receiver releases the session after two of three chunks',
           why('bye', 'receiver', ['BYE', 'release']), one_of=[GAPS], may=GAPS, not_rules=NO_ANSWER_DUE,
           more={'gaps': [[401, 600]]})


def cut_off():
    """FIN or RST in the middle of a SEND."""
    def half(bye=True, **how):
        flow = Flow([mid(5000)], chunk=2048, end='*', success=None, **how).drop('send-3', 'resp-3', 'resp-2')
        if not bye:
            flow.drop(*SIP)
        return flow.set('send-2', flow['send-2'].data[:1460])
    fin_word, rst_word = ['FIN', 'closed', 'closes'], ['RST', 'reset']
    known = {'one_of': [GAPS], 'may': GAPS, 'not_rules': NO_ANSWER_DUE}
    flow = half().after('send-2', ('fin', 0.01, 'psa', 'do', fin('psa')))
    failed('fin-in-send', Stage(flow), 'The sender closes the connection within the second SEND, BYE',
           why(['fin:first', 'fin', 'send-2'], 'sender', fin_word), **known)
    flow = half(False).after('send-2', ('fin', 0.01, 'pra', 'do', fin('pra')))
    failed('fin-by-receiver', Stage(flow), 'No SIP: the receiver closes the connection within the second SEND',
           why(['fin:first', 'fin'], 'receiver', fin_word), session=False, **known)
    flow = half().after('send-2', ('rst', 0.01, 'pra', 'do', reset('pra')))
    failed('rst-in-send', Stage(flow), 'The receiver resets the connection within the second SEND, BYE',
           why('rst', 'receiver', rst_word), **known)
    flow = half(transport='tcp').after('send-2', ('rst', 0.01, 'psa', 'do', reset('psa')))
    failed('rst-by-sender', Stage(flow), 'The sender resets the connection within the second SEND, BYE; SIP over TCP',
           why('rst', 'sender', rst_word), **known)


def no_end_line():
    word = ['end-line']
    for name, flow in (('no-end-line', Flow(chunk=300, success=None)),
                       ('no-end-line-star', Flow([mid(5000)], chunk=4096, end='*', success=None, transport='tcp')),
                       ('no-end-line-no-sip', Flow(chunk=600, success=None).drop(*SIP))):
        last = [s.name for s in flow.steps if s.name.startswith('send-1')][-1]
        answer = last.replace('send', 'resp')
        tid = flow.tid(1, int(last.rpartition('-')[2]))
        flow.set(last, flow[last].data.removesuffix(f'\r\n-------{tid}$\r\n'.encode())).drop(answer)
        if 'bye' in [s.name for s in flow.steps]:
            flow.wait('bye', 3)
        session = not name.endswith('no-sip')
        stage = Stage(flow)
        frames = [f'{last}:first', last, *(['bye'] if session else [stage.number(last) + n for n in (1, 2, 3, 4)])]
        failed(name, stage, 'The last SEND has all its bytes but no end-line, then '
               + ('BYE and FIN' if session else 'FIN; no SIP'), why(frames, 'sender', word), session=session,
               state=None, rules={'MSRP-UNFINISHED': 'error'}, not_rules=['MSRP-RESPONSE-MISSING',
                                                                         'MSRP-RESPONSE-TIMEOUT'])


def hung():
    """TCP of the receiver acknowledges, nobody answers."""
    word = ['answer', 'no response', 'unanswered', '30 s']

    def silent(flow):
        return flow.drop(*[s.name for s in flow.steps if s.name.startswith(('resp', 'report'))])

    def one(name, flow, about, count, finish=lambda f: f, session=True, through=None):
        flow = silent(flow)
        if session:
            flow.wait('bye', 95)
        else:
            flow.drop(*SIP)
            last = flow.steps[-1].name
            flow.after(last, ('alive', 45, 'psa', 'do', keep_alive((0, 50))))
        failed(name, Stage(finish(flow), through=through), about, why('send-1', 'receiver', word), session=session,
               state='complete', rules={'MSRP-RESPONSE-TIMEOUT': 'error'}, not_rules=['MSRP-RESPONSE-MISSING', *GAPS],
               counts={'MSRP-RESPONSE-TIMEOUT': count})
    one('hung-receiver', Flow(chunk=300, success=None), 'Both SENDs are acknowledged by TCP and never answered, BYE '
        'after 95 s', 2)
    one('hung-receiver-large', Flow([mid(60000)], chunk=2048, success=None, transport='tcp'),
        '30 SENDs at once, TCP acknowledges all, no answer in 95 s, BYE; SIP over TCP through a core', 30, through=CORE)
    one('hung-receiver-websocket', over_ws(chunk=200, success=None), 'Three SENDs over WebSocket, no answer in 95 s, BYE',
        3, finish=websocket.over)
    one('hung-receiver-no-sip', Flow(chunk=300, success=None), 'No SIP: no answer in 95 s, only TCP keep-alives', 2,
        session=False)


def timers():
    """Requests that nobody answers."""
    word = ['answer', 'unanswered']
    rule = {'rules': {'SIP-TIMEOUT': 'error'}, 'not_rules': ['SIP-NO-ANSWER', 'SIP-REJECTED', 'FILE-NOT-SENT']}

    def silent(flow, name, times=()):
        return repeated(flow.drop(*[s.name for s in flow.steps if s.name != name]), name, times)
    big = push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua')
    for name, flow, about in (
            ('message-timeout', silent(MessageFlow(), 'message', TIMER_A), 'The MESSAGE is sent seven times in 31.5 s'),
            ('message-timeout-t2', silent(MessageFlow(), 'message', TIMER_E), 'The MESSAGE is sent eleven times in 31.5 s, '
             'from 4 s on at that interval'),
            ('message-timeout-tcp', silent(MessageFlow(big, app='wml.ua', transport='tcp'), 'message'), 'The MESSAGE of '
             'three segments is acknowledged by TCP')):
        stage = Stage(flow, close=False).run_on(100)
        failed(name, stage, f'{about}, never answered; the capture runs on to 100 s', why(
            'message', ['receiver', 'core'], 'MESSAGE', word), session=False, state=None, more={'status': None}, **rule)
    for name, flow, about in (
            ('invite-timeout', silent(Flow(), 'invite', TIMER_A), 'The INVITE is sent seven times in 31.5 s'),
            ('invite-timeout-tcp', silent(Flow(transport='tcp'), 'invite'), 'The INVITE is acknowledged by TCP')):
        stage = Stage(flow, close=False).run_on(100)
        scene(f'failed-{name}', stage, f'{about}, never answered; the capture runs on to 100 s', 'fail', status=None,
              files=[(None, 'failed')], diagnosis=why('invite', ['receiver', 'core'], 'INVITE', word), **rule)


def no_place():
    """A Byte-Range from which nobody can tell where the bytes belong: the last chunk has it, and comes before the second,
    so that it does not even belong behind what came before."""
    for name, said, how in (('malformed', '-600/600', {}), ('not-a-number', 'x-y/600', {'transport': 'tcp'}),
                            ('overflow', '99999999999999999999401-99999999999999999999600/600', {})):
        flow = ranged([(1, 200, '+'), (401, 600, '$'), (201, 400, '+')], success=None, **how)
        flow.edit('send-2', 'Byte-Range: 401-600/600', f'Byte-Range: {said}')
        if name == 'overflow':
            flow.drop(*SIP)
        failed(f'no-place-{name}', Stage(flow), f'A chunk that comes out of order says Byte-Range: {said}: its bytes have '
               'no place', why('send-2', 'sender', ['Byte-Range', 'range'], ['place', 'malformed', 'syntax', 'not a']),
               session=name != 'overflow', rules={'MSRP-RANGE-PLACE': 'error'}, more={'gaps': [[401, 600]]},
               may=['MSRP-RANGE-SYNTAX', 'MSRP-RANGE-MISSING', 'MSRP-RANGE-LENGTH', *GAPS])


def make():
    aborted()
    released()
    cut_off()
    no_end_line()
    hung()
    timers()
    no_place()
