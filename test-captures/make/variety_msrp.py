# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reader of MSRP easily judges wrongly: whose selector, which request, what is late, what is lost."""
import msrp
import push
from flow import Flow
from variety_chunks import DATA, OPEN, partial, ranged

CAUSE = ['SDP-DIRECTION']               # sendrecv in offer and answer: not what a push offers


def answers():
    """What a response answers, and when it is late."""
    flow = Flow().edit('send-2', 't1x1c2', 't1x1c1', 2).edit('resp-2', 't1x1c2', 't1x1c1', 2).move('send-2', 'send-1')
    flow.save('variety/msrp-same-id-waiting.pcap',
              'Two SENDs with one transaction id wait at once: the first response is the first one\'s',
              rules=['MSRP-TRANSACTION-REUSE'], not_rules=['MSRP-RESPONSE-MISSING', 'MSRP-RESPONSE-UNWANTED'],
              object={'verdict': 'warn', 'chunk_statuses': [200, 200]})

    flow = Flow()
    for n, method in enumerate(('NICKNAME', 'FOOBAR'), 1):
        flow.after('ack', (f'other-{n}', 0.02, 'psa', 'msrp', msrp.request(f'oth{n}xxxx', method, flow.pra, flow.psa)),
                   (f'other-{n}-resp', 0.01, 'pra', 'msrp', msrp.response(
                       f'oth{n}xxxx', flow.psa, flow.pra, '501 Unknown method')))
    flow.save('variety/msrp-other-methods.pcap', 'NICKNAME and a method nobody knows, answered 501',
              not_rules=['MSRP-RESPONSE-UNKNOWN', 'MSRP-RESPONSE-ERROR'])

    flow = Flow(chunk=600).wait('resp-1', 31)
    flow.save('variety/msrp-response-late.pcap', 'A response after 31 s: the transaction timed out before',
              rules=['MSRP-RESPONSE-MISSING'], object={'verdict': 'warn', 'chunk_statuses': [200]})
    flow = Flow(bind=True).drop('bind-resp').wait('bye', 40)
    flow.save('variety/msrp-bind-unanswered.pcap', 'The SEND that binds the session is not answered in 40 s',
              rules=['MSRP-RESPONSE-TIMEOUT'])


def ends():
    """Where a message, and what of it, ends."""
    flow = ranged([(1, 600, '+'), (601, 600, '$')], end='*', total='*').edit('send-2', '601-*/*', '601-*/600')
    flow.save('variety/msrp-empty-last-chunk.pcap', 'The total is known late: a last chunk without bytes tells it',
              not_rules=['MSRP-RANGE-SYNTAX'])

    flow = Flow().edit('send-1', '1-300/600', '1-300/700')
    flow.save('variety/msrp-total-corrected.pcap', 'Total 700, then 600, and the message ends there',
              rules=['MSRP-TOTAL-CHANGES'], not_rules=['MSRP-GAP'], object={'verdict': 'warn'})

    text = push.SI.replace(b'4 new e-mails', 'für Jürgen Müller '.encode() * 20)
    data = push.envelope('text/vnd.wap.si', text, 'wml.ua')
    count = len(data.decode())
    flow = Flow([data], chunk=len(data), app='wml.ua', success=None)
    flow.edit('send-1', f'1-{len(data)}/{len(data)}', f'1-{count}/{count}')
    flow['send-1'].how['cuts'] = list(range(200, len(flow['send-1'].data), 50))
    flow.save('variety/msrp-characters-in-pieces.pcap',
              f'A range that counts characters, {len(data) - count} fewer than the bytes, in segments of 50 bytes',
              rules=['MSRP-RANGE-LENGTH'], object={'total': count, 'verdict': 'warn', 'chunks': 1})

    flow = Flow(chunk=600, end='*', success=None)
    flow.edit('send-1', '-------t1x1c1$', '-------t1x1c9$')
    flow.save('variety/msrp-damaged-at-the-end.pcap',
              'The last end-line of the connection has another id; range-end *, total 600',
              rules=['MSRP-END-LINE'], object={'verdict': 'warn'})

    flow = Flow(end='*', success=None)
    flow.set('send-2', flow['send-2'].data[:-150]).drop('resp-2', 'bye', 'bye-ok')
    held = flow['send-2'].data.partition(b'\r\n\r\n')[2]
    flow.save('variety/msrp-cut-by-fin.pcap', 'The sender closes the connection within the second SEND',
              rules=['MSRP-GAP'], object=partial([[301 + len(held), 600]], chunk_statuses=[200, None]))

    flow = ranged([(1, 300, '#'), (301, 600, '$')], end='*', success=None)
    both = flow['send-1'].data + flow['send-2'].data
    flow.set('send-1', both).drop('send-2').move('resp-2', 'resp-1')
    flow.save('variety/msrp-abort-and-on-at-once.pcap', 'A chunk of the message behind "#", in the same segment',
              rules=['MSRP-ABORTED', 'MSRP-AFTER-ABORT'], object={'verdict': 'fail', 'chunks': 2})


def reports():
    flow = Flow()
    flow.edit('send-1', '1-300/600', '0-299/600').edit('send-2', '301-600/600', '300-599/600')
    flow.edit('report', '1-600/600', '0-599/600')
    flow.save('variety/msrp-counts-from-zero.pcap', 'Both sides count from 0, the REPORT too: it covers the whole',
              rules=['MSRP-RANGE-SYNTAX'], not_rules=['MSRP-REPORT-MISSING'], object={'verdict': 'warn'})

    flow = Flow(chunk=600).edit('report', 'Status: 000 200 OK', 'Status: 200 OK')
    flow.save('variety/msrp-status-without-namespace.pcap', 'Status: 200 OK', rules=['MSRP-REPORT-SYNTAX'],
              not_rules=['MSRP-REPORT-NAMESPACE'], object={'verdict': 'warn', 'report_statuses': [200]})

    flow = Flow(chunk=600)
    again = flow['send-1'].data.replace(b't1x1c1', b't1x1c7')
    flow.after('report', ('again-1', 1, 'psa', 'msrp', again),
               ('again-resp', 0.01, 'pra', 'msrp', msrp.response('t1x1c7', flow.psa, flow.pra)))
    flow.save('variety/msrp-again-after-report.pcap', 'The whole message is sent again after the REPORT on it',
              rules=['MSRP-OVERLAP'], object={'chunks': 2, 'frames': {'first': 7, 'last': 7, 'report': 11}})


def losses():
    """What the capture lost is one thing, what the sender left out another."""
    data = [push.mms_push_sized(6000, 1), DATA]
    flow = Flow(data, chunk=6000, end='*', success=None)
    flow['send-1-1'].how['lose'] = [2]
    flow.set('send-2-1', flow.chunk(2, 1, 1, DATA[:200], 600, False, success=None))
    flow.after('resp-2-1', ('send-2-2', 0.03, 'psa', 'msrp', flow.chunk(2, 2, 301, DATA[300:], 600, True, success=None)),
               ('resp-2-2', 0.01, 'pra', 'msrp', msrp.response(flow.tid(2, 2), flow.psa, flow.pra)))
    head = flow['send-1-1'].data.index(b'\r\n\r\n') + 4
    lost = [2 * 1460 - head + 1, 3 * 1460 - head]
    flow.save('variety/msrp-lost-and-left-out.pcap',
              'The capture lost a segment of one object; of the next one the sender left a chunk out',
              rules=['MSRP-CAPTURE-LOSS', 'MSRP-GAP'], objects=[
                  flow.expected_object(1, **{**partial([lost]), 'size': 6000 - 1460, 'verdict': 'unknown'}),
                  flow.expected_object(2, **partial([[201, 300]]))])

    flow = Flow(chunk=600)
    flow['report'].how['lose'] = [0]
    flow.after('report', ('bind', 0.1, 'psa', 'msrp', msrp.bind('bind0002', flow.pra, flow.psa)),
               ('bind-resp', 0.1, 'pra', 'msrp', msrp.response('bind0002', flow.psa, flow.pra)))
    flow.save('variety/msrp-lost-report.pcap', 'The capture lost the REPORT: nobody can say that none was sent',
              not_rules=['MSRP-REPORT-MISSING'], object={'reports': 0, 'verdict': 'unknown'})


def both_ways():
    """The answer names the offered file again: what its side sends is another."""
    flow = Flow(chunk=600, success=None).edit('invite', 'a=sendonly', 'a=sendrecv').edit('ok', 'a=recvonly', 'a=sendrecv')
    back = push.mms_push_sized(500, 3)
    flow.after('resp-1', ('back-1', 0.01, 'pra', 'msrp', msrp.send(
        'back0001', flow.psa, flow.pra, 'backmid1', back, success=None)),
               ('back-resp', 0.01, 'psa', 'msrp', msrp.response('back0001', flow.pra, flow.psa)))
    first = flow.expected_object(1, verdict=['pass', 'warn'])
    second = {**first, 'message_id': 'backmid1', **OPEN, 'size': 500, 'total': 500, 'result': 'not-offered', 'covers': None}
    del second['sha1']
    flow.save('variety/msrp-both-send.pcap', 'sendrecv on both sides, and the answerer sends an object, too',
              rules=CAUSE, not_rules=['OBJ-HASH', 'OBJ-SIZE', 'MSRP-DIRECTION'], objects=[first, second],
              session={'objects': 2})


def make():
    answers()
    ends()
    reports()
    losses()
    both_ways()
