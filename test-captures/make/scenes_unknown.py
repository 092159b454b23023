# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures that cannot tell: bytes, heads, directions or the end are missing, frames are cut, keys are not there."""
import push
from flow import Flow
from message_flow import MessageFlow
from scene import Stage, obj, scene, why
from scene_flows import CORE, TIMER_E, cut_every, mid, repeated
from scene_tls import opening, sealed

SIP = ('invite', 'ok', 'ack', 'bye', 'bye-ok')
BLAME = ['MSRP-GAP', 'MSRP-UNFINISHED', 'MSRP-RESPONSE-MISSING', 'MSRP-RESPONSE-TIMEOUT', 'MSRP-REPORT-MISSING', 'OBJ-HASH',
         'OBJ-SIZE', 'FILE-NOT-SENT', 'MSRP-ABORTED', 'SIP-TIMEOUT']


def unknown(name, stage, about, diagnosis, *, session=True, state='incomplete', more=None, not_rules=(), **known):
    scene(f'unknown-{name}', stage, about, 'unknown', files=[(1, 'unknown')] if session else None,
          objects=[obj('unknown', 'unknown', **({'state': state} if state else {}), **(more or {}))],
          not_rules=[*BLAME, *not_rules], diagnosis=diagnosis, **known)


def ends():
    """The capture ends too early."""
    word = ['ends', 'ended']
    rule = {'rules': {'MSRP-CAPTURE-ENDS': 'note'}}
    flow = Flow([mid(5000)], chunk=2048, end='*', success=None)
    stage = Stage(flow.drop('send-3', 'resp-3', 'resp-2', 'bye', 'bye-ok'), close=False)
    last = [f for f in stage.order() if f[1] <= stage.lasts['send-1-2']]
    stage.keep(lambda when, frame: round(when * 1e6) < last[-1][0])
    stage.lasts['send-1-2'] = stage.order()[-1][1]
    unknown('ends-in-send', stage, 'The capture ends within the second of three SENDs',
            why([len(stage.order())], 'capture', word), more={'size': 2048 + 1460 - head(flow, 'send-2')}, **rule)
    flow = Flow([mid(5000)], chunk=2048, transport='tcp', success=None)
    stage = Stage(flow.drop('send-3', 'resp-3', 'bye', 'bye-ok'), close=False)
    unknown('ends-between-chunks', stage, 'The capture ends when two of three chunks are sent and answered; SIP over TCP',
            why([len(stage.order()), 'send-2', 'resp-2'], 'capture', word), more={'gaps': [[4097, 5000]]}, **rule)
    flow = Flow(chunk=300, success=None).drop(*SIP, 'resp-2')
    stage = Stage(flow, close=False).until('send-1-2', 0.01)
    unknown('ends-before-response', stage, 'No SIP: the whole object is sent, the capture ends 10 ms later, before the last '
            'response', why([len(stage.order()), 'send-2'], 'capture', word), session=False, state='complete')


def head(flow, name):
    return flow[name].data.index(b'\r\n\r\n') + 4


def no_answer():
    word = ['ends', 'ended']
    rule = {'rules': {'SIP-NO-ANSWER': 'note'}, 'not_rules': ['SIP-TIMEOUT']}
    flow = repeated(MessageFlow().drop('ok'), 'message', [t for t in TIMER_E if t < 5])
    stage = Stage(flow, close=False).run_on(5)
    unknown('message-5-s', stage, 'The MESSAGE is sent four times in 3.5 s; the capture ends at 5 s', why(
        ['message', len(stage.order())], 'capture', word), session=False, state=None, **rule)
    big = push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua')
    stage = Stage(MessageFlow(big, app='wml.ua', transport='tcp').drop('ok'), close=False).run_on(5)
    unknown('message-5-s-tcp', stage, 'The MESSAGE goes over TCP; the capture ends at 5 s', why(
        ['message', len(stage.order())], 'capture', word), session=False, state=None, **rule)
    stage = Stage(Flow().drop(*[s.name for s in Flow().steps if s.name != 'invite'])).run_on(4)
    scene('unknown-invite-4-s', stage, 'The INVITE is not answered; the capture ends at 4 s', 'unknown',
          files=[(None, 'unknown')], status=None, rules=rule['rules'], not_rules=['SIP-TIMEOUT', *BLAME],
          diagnosis=why(['invite', len(stage.order())], 'capture', word))


def lost():
    """The receiver acknowledged what the capture does not hold."""
    word = ['lost', 'loss', 'missing from the capture', 'not in the capture']
    rule = {'rules': {'MSRP-CAPTURE-LOSS': 'note'}}
    flow = Flow([mid(6000)], chunk=6000, end='*', success=None)
    flow['send-1'].how['lose'] = [2]
    begin = 2 * 1460 - head(flow, 'send-1')
    stage = Stage(flow)
    unknown('lost-segment', stage, 'The capture lost one segment of the only SEND, all the rest is there and answered',
            why([stage.number('send-1') + d for d in (-1, 0, -2)], 'capture', word),
            more={'gaps': [[begin + 1, begin + 1460]]}, **rule)
    flow = Flow([mid(20000)], chunk=4096, end='*', success=None, transport='tcp')
    flow['send-2'].how['lose'] = [1]
    flow['send-4'].how['lose'] = [1]
    stage = Stage(flow)
    unknown('lost-in-two-chunks', stage, 'The capture lost a segment in each of two chunks; SIP over TCP', why(
        [stage.number('send-2'), stage.number('send-2') - 1], 'capture', word), **rule)
    flow = Flow([mid(6000)], chunk=2048, end='*', success=None).drop(*SIP)
    flow['send-2'].how['lose'] = [0]
    stage = Stage(flow)
    unknown('lost-head', stage, 'No SIP: the capture lost the segment with the head of the second SEND', why(
        [stage.number('send-2'), stage.number('send-2') - 1, stage.number('send-2') + 1], 'capture', word),
        session=False, **rule)


def tag_first(flow):
    """Accept-Contact stands first, so that the cut leaves it."""
    accept = next(line for line in flow['invite'].data.split(b'\r\n') if line.startswith(b'Accept-Contact'))
    return flow.edit('invite', accept + b'\r\n', b'').edit('invite', b'\r\nVia', b'\r\n' + accept + b'\r\nVia')


def cut_frames():
    word = ['cut', 'snaplen', 'snapshot']
    flow = tag_first(cut_every(Flow([mid(6000)], chunk=2048, end='*', success=None), 1400))
    stage = Stage(flow)
    stage.snap = 512
    first = next(n for n, f in enumerate(stage.order(), 1) if len(f[2]) > 512)
    advice = ['tcp.reassemble_out_of_order', 'retransmi']
    about = 'Every frame is cut at {} bytes: {}'
    scene('unknown-cut-512', stage, about.format(512, 'the offer lacks its selector, each SEND most of its body'), 'unknown',
          objects=None, sessions='any', not_rules=BLAME, not_texts=advice,
          capture={'cut_frames': sum(len(f[2]) > 512 for f in stage.order())},
          diagnosis=why([first, 'send-1:first', 'send-1'], 'capture', word, where=['capture']))
    stage = Stage(Flow(chunk=600, success=None).drop(*SIP))
    stage.snap = 512
    unknown('cut-512-no-sip', stage, about.format(512, 'no SIP, the only SEND lacks the end of its body'), why(
        'send-1', 'capture', word), session=False, not_texts=advice, capture={'cut_frames': 1})
    for name, how, through in (('cut-256', {}, None), ('cut-256-tcp', {'transport': 'tcp'}, CORE)):
        flow = tag_first(Flow(chunk=300, success=None, **how))
        stage = Stage(flow, through=through)
        stage.snap = 256
        first = stage.number('invite')
        scene(f'unknown-{name}', stage, about.format(256, 'of the offer only the first headers, of each SEND not its '
              'Content-Type'), 'unknown', objects=None, sessions='any', not_rules=BLAME, not_texts=advice,
              capture={'cut_frames': sum(len(f[2]) > 256 for f in stage.order())},
              diagnosis=why([n for n, f in enumerate(stage.order(), 1) if len(f[2]) > 256 and n <= first + 12], 'capture',
                            word, where=['capture']))


def tls():
    """msrps on the negotiated path, and no keys."""
    for name, v13, count, how in (('1.3', True, 2, {}), ('1.2', False, 1, {'transport': 'tcp'})):
        data = [mid(1500 * n, n) for n in range(1, count + 1)]
        flow = Flow(data, chunk=2048, **how)
        for step in ('invite', 'ok'):
            flow.edit(step, 'msrp://', 'msrps://').edit(step, 'TCP/MSRP', 'TCP/TLS/MSRP')
        for n, step in enumerate(s for s in flow.steps if s.link == 'msrp'):
            step.data = sealed(step.data.replace(b'msrp://', b'msrps://'), 100 + n)
        last = 'ack'
        for n, (who, text) in enumerate(opening(v13), 1):
            flow.after(last, (f'tls-{n}', 0.01, 'psa' if who == 'client' else 'pra', 'msrp', text))
            last = f'tls-{n}'
        stage = Stage(flow)
        span = range(stage.number('tls-1'), stage.number('bye'))
        scene(f'unknown-tls-{name}', stage, f'msrps over TLS {name}, no keys: {count} file(s) go over, or not', 'unknown',
              files=[(None, 'unknown')] * count, rules={'FILE-NOT-SEEN': 'note'}, not_rules=[*BLAME, 'MSRP-START-LINE'],
              diagnosis=why(span, 'capture', ['encrypted', 'TLS'], ['key']))


def one_direction():
    word = ['direction', 'one side', 'only what']

    def only(flow, who, whole=False):
        stage = Stage(flow)
        source = flow.hosts[who].ip.packed
        return stage.keep(lambda when, frame: frame[26:30] == source or not whole and frame[23] == 17)
    flow = Flow([mid(3000)], chunk=1024).wait('bye', 40)
    unknown('sender-only', only(flow, 'psa'), 'Of the MSRP connection only the sender\'s direction is captured; the SIP is '
            'whole', why(list(range(3, 10)), 'capture', word), state='complete', more={'result': 'match'})
    flow = Flow(chunk=200, success=None).wait('bye', 2)
    unknown('sender-only-no-sip', only(flow.drop(*SIP), 'psa'), 'No SIP: only the sender\'s direction, no report asked for',
            why(list(range(1, 9)), 'capture', word), session=False, state='complete')
    flow = Flow(chunk=300, success=None).wait('bye', 2)
    stage = only(flow, 'pra')
    scene('unknown-receiver-only', stage, 'Of the MSRP connection only the receiver\'s direction is captured: responses to '
          'SENDs that nobody sees', 'unknown', files=[(None, 'unknown')], rules={'FILE-NOT-SEEN': 'note'}, not_rules=BLAME,
          diagnosis=why(range(1, len(stage.order()) + 1), 'capture', word + ['not in the capture', 'not in this capture']))


def late():
    """A ring file that begins when all has begun."""
    word = ['begins', 'began', 'starts', 'start of the capture', 'before']
    flow = Flow([mid(6000)], chunk=2048, success=None)
    stage = Stage(flow)
    begin = next(f[0] for f in stage.order() if f[1] == stage.firsts['send-1-2'])
    stage.keep(lambda when, frame: round(when * 1e6) > begin)
    unknown('begins-late', stage, 'The ring file begins within the second of three SENDs; the rest, its answers and BYE are '
            'there', why(list(range(1, 5)), 'capture', word), session=False, sessions='any')
    flow = Flow(chunk=200, success=None, transport='tcp')
    stage = Stage(flow)
    begin = next(f[0] for f in stage.order() if f[1] == stage.lasts['resp-1-1'])
    stage.keep(lambda when, frame: round(when * 1e6) > begin)
    unknown('begins-late-second-chunk', stage, 'The ring file begins between the first and the second of three SENDs; SIP '
            'over TCP', why(list(range(1, 5)), 'capture', word), session=False, sessions='any', more={'gaps': [[1, 200]]})


def make():
    ends()
    no_answer()
    lost()
    cut_frames()
    tls()
    one_direction()
    late()
