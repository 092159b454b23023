# SPDX-License-Identifier: GPL-2.0-or-later
"""Transfers in the manner of three independent MSRP stacks, their habits and their faults."""
import msrp
import push
import sdp
from flow import Flow

OPEN = {'result': 'any', 'covers': 'any'}
ANYHOW = {**OPEN, 'state': 'any', 'gaps': 'any', 'size': 'any', 'total': 'any', 'sha1': 'any', 'chunks': 'any'}


def bare(flow):
    """Status lines without a phrase."""
    for step in flow.steps:
        if step.link == 'msrp' and b' 200 OK\r\nTo-Path' in step.data:
            step.data = step.data.replace(b' 200 OK\r\nTo-Path', b' 200\r\nTo-Path')
    return flow


def java():
    data = push.opaque_push(7000, 21)
    flow = bare(Flow([data], chunk=[1000, 2048], end='*', bind=True))
    for m in range(4, 1, -1):                   # pipelined: all SENDs, then all responses
        flow.move(f'send-{m}', 'send-1')
    parts = [(f'report-1-{n}', 0.01, 'pra', 'msrp', flow.report(1, start, end, 7000, suffix=f'p{n}'))
             for n, (start, end) in enumerate([(5097, 7000), (1, 3048), (3049, 5096)], 1)]
    flow.after('report', *parts).drop('report')
    flow.save('variety/java-pipelined.pcap',
              'Java: 1-0/0 to bind, pipelined start-*/total, first SEND cut short, bare 200, REPORTs out of order')

    data = push.opaque_push(5000, 22)
    after = push.mms_push_sized(600, 2)
    flow = bare(Flow([data, after], chunk=2048, end='*', success=None))
    flow.edit('send-1-2', b'\r\n-------t1x1c2+\r\n', b'\r\n-----\0\0t1x1c2+\r\n')
    flow.save('variety/java-corrupted-end-line.pcap',
              'Java: an end-line corrupted where it straddles the buffer; framing finds the next message and object',
              rules=['MSRP-END-LINE'], may=['MSRP-GAP', 'OBJ-HASH', 'OBJ-SIZE', 'MSRP-RANGE-LENGTH', 'MSRP-CONFLICT',
                                            'MSRP-UNFINISHED'],
              objects=[flow.expected_object(1, verdict=['warn', 'fail'], **ANYHOW),
                       flow.expected_object(2, result='any', covers='any', verdict='any')])

    flow = bare(Flow([data, data], chunk=2048, end='*', success=None, selectors=[sdp.selector(data)]))
    flow.edit('send-1-2', '-------t1x1c2+', '-------t1x1c2#').drop('send-1-3', 'resp-1-3')
    flow.after('resp-1-2', ('orphan', 0.01, 'psa', 'msrp', b'-------t1x1c2$\r\n'))
    flow.save('variety/java-orphan-end-line.pcap',
              'Java: an orphan end-line behind an abort; the object comes again as another message',
              rules=['MSRP-ABORTED'], may=['MSRP-END-LINE', 'MSRP-START-LINE'],
              objects=[flow.expected_object(1, state='aborted', gaps=[[4097, 5000]], size=4096, sha1='any',
                                            verdict='fail', **OPEN), flow.expected_object(2)])

    flow = bare(Flow([data], chunk=2048, end='*', success=None))
    flow.edit('resp-2', '200', '413 Stop').drop('send-3', 'resp-3')
    flow.after('resp-2', ('again', 0.01, 'pra', 'msrp', msrp.response('t1x1c2', flow.psa, flow.pra, '200')))
    flow.save('variety/java-413-then-200.pcap', 'Java: a 200 after a 413 for the same transaction',
              rules=['MSRP-RESPONSE-ERROR'], may=['MSRP-GAP', 'MSRP-UNFINISHED', 'MSRP-RESPONSE-UNWANTED'],
              object={'state': 'incomplete', 'gaps': [[4097, 5000]], 'size': 4096, 'sha1': 'any', 'verdict': 'fail',
                      'result': 'not-verifiable', 'covers': None})


def node():
    data = push.opaque_push(5000, 23)
    flow = Flow([data], chunk=2048)
    flow.after('ack', ('bind', 0.02, 'psa', 'msrp', msrp.bind('bind0001', flow.pra, flow.psa, byte_range=None)),
               ('bind-resp', 0.01, 'pra', 'msrp', msrp.response('bind0001', flow.psa, flow.pra)))
    for n, (start, end) in enumerate([(1, 2048), (2049, 4096), (4097, 5000)], 1):
        report = flow.report(1, start, end, 5000, suffix=f'p{n}')
        flow.after(f'resp-{n}', (f'report-1-{n}', 0.001, 'pra', 'msrp', report),
                   (f'refusal-{n}', 0.001, 'psa', 'msrp', msrp.response(f'r1x1p{n}', flow.pra, flow.psa, '403 Forbidden')))
    flow.drop('report')
    flow.save('variety/node-chunks.pcap',
              'Node: bodiless SEND without Byte-Range, chunks of 2048 with fixed ends, one REPORT each, answered 403',
              rules=['MSRP-RESPONSE-UNWANTED'], not_rules=['MSRP-RESPONSE-ERROR', 'MSRP-RESPONSE-UNKNOWN'],
              object={'verdict': ['pass', 'warn']})

    text = push.SI.replace(b'4 new e-mails', 'vier neue Nachrichten f\u00fcr J\u00fcrgen M\u00fcller: \u20ac 5'.encode())
    data = push.envelope('text/vnd.wap.si', text, 'wml.ua')
    short = len(data) - len(data.decode())
    flow = Flow([data], chunk=len(data), app='wml.ua', success=None)
    flow.edit('send-1', f'1-{len(data)}/{len(data)}', f'1-{len(data) - short}/{len(data) - short}')
    flow.save('variety/node-characters.pcap', f'Node: a range that counts characters, {short} fewer than the bytes',
              rules=['MSRP-RANGE-LENGTH'], may=['OBJ-SIZE', 'OBJ-HASH', 'MSRP-GAP'],
              object={**ANYHOW, 'chunks': 1, 'verdict': ['warn', 'fail']})


def python():
    flow = Flow(port=2855)
    for n, (start, _) in enumerate([(1, 300), (301, 600)], 1):
        flow.after(f'resp-{n}', (f'report-1-{n}', 0.005, 'pra', 'msrp', flow.report(1, start, '*', 600, suffix=f'p{n}')))
    flow.drop('report')
    flow.save('variety/python-reports.pcap',
              'Python: port 2855 in the path but another source port, one REPORT per chunk with range-end *',
              may=['MSRP-REPORT-SYNTAX', 'MSRP-REPORT-MISSING'], not_rules=['MSRP-REPORT-RANGE'],
              object={'verdict': ['pass', 'warn']})


def make():
    java()
    node()
    python()
