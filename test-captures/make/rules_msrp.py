# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs for the MSRP rules that concern one message: framing, headers, ranges."""
import msrp
import push
import sdp
from flow import Flow
from pcaplib import Capture
from rule_pair import bad, good

OPEN = {'result': 'any', 'covers': 'any'}
BAIT = b'\r\n-------%s\r\n'


def with_text(text, size=600):
    """A push whose content holds that text."""
    content = push.seeded(40, 5) + text
    head = push.envelope('application/octet-stream', b'', 'mms.ua')
    return head + content + push.seeded(size - len(head) - len(content), 6)


def framing():
    rule = 'MSRP-START-LINE'
    flow = Flow()
    bad(rule, flow.edit('send-1', 't1x1c1', 'd9k', 2).edit('resp-1', 't1x1c1', 'd9k', 2),
        'a transaction id of three characters')
    flow, long = Flow(), 'a.b-c+d%e=f0123456789abcdefghijk'
    assert len(long) == 32
    good(rule, flow.edit('send-1', 't1x1c1', long, 2).edit('resp-1', 't1x1c1', long, 2),
         '32 characters with each of . - + % =')

    rule = 'MSRP-END-LINE'
    bad(rule, Flow().edit('send-2', '-------t1x1c2$', '------- t1x1c2$'), 'a space in the end-line')
    good(rule, Flow([with_text(BAIT % b't1x1c9$' + BAIT % b' t1x1c2$' + BAIT % b't1x1c2!')]),
         'a body with lines that look like end-lines of this and other messages')

    rule = 'MSRP-HEADER-ORDER'
    flow = Flow()
    to, frm = f'To-Path: {flow.pra}\r\n', f'From-Path: {flow.psa}\r\n'
    bad(rule, flow.edit('send-2', to + frm, frm + to), 'From-Path before To-Path')
    flow = Flow()
    mid = f'Message-ID: {flow.message_id()}\r\n'
    flow.edit('send-2', mid, 'X-Other: 1\r\n')
    good(rule, flow.edit('send-2', 'Content-Type', mid + 'Content-Disposition: attachment\r\nContent-Type'),
         'Message-ID behind Byte-Range, an unknown header, a MIME header before Content-Type')

    rule = 'MSRP-BODY-TYPE'
    bad(rule, Flow().edit('send-2', 'Content-Type: application/vnd.oma.push\r\n', ''), 'a chunk without Content-Type')
    good(rule, Flow(bind=True), 'a SEND with neither Content-Type nor body, to bind the session')

    rule = 'MSRP-TRANSACTION-REUSE'
    flow = Flow()
    bad(rule, flow.edit('send-2', 't1x1c2', 't1x1c1', 2).edit('resp-2', 't1x1c2', 't1x1c1', 2)
        .move('resp-1', 'send-2'), 'the same id twice before the first is answered')
    one, two = Flow(), Flow(number=2, port=7655)
    for n in (1, 2):
        two.edit(f'send-{n}', f't2x1c{n}', f't1x1c{n}', 2).edit(f'resp-{n}', f't2x1c{n}', f't1x1c{n}', 2)
    capture = Capture()
    one.into(capture)
    two.into(capture, 0.005)
    one.capture = lambda: capture
    good(rule, one, 'the same ids on another connection', sessions=[one.session(), two.session()],
         objects=[one.expected_object(), two.expected_object(session=2)])


def ranges():
    rule = 'MSRP-RANGE-SYNTAX'
    bad(rule, Flow().edit('send-1', '1-300/600', '0-299/600').edit('send-2', '301-600/600', '300-599/600'),
        'counted from zero', may=['MSRP-RANGE-LENGTH', 'MSRP-GAP', 'MSRP-REPORT-RANGE', 'OBJ-HASH', 'OBJ-SIZE'],
        object={**OPEN, 'state': 'any', 'gaps': 'any', 'size': 'any', 'total': 'any', 'sha1': 'any',
                'verdict': ['warn', 'fail']})
    good(rule, Flow().edit('send-1', '1-300/600', '1-*/*').edit('send-2', '301-600/600', '301-*/*'), '1-*/*')

    rule = 'MSRP-RANGE-LENGTH'
    bad(rule, Flow().edit('send-1', '1-300/600', '1-301/600'), 'the end is one more than the body')
    good(rule, Flow(end='*'), 'range end *')

    rule = 'MSRP-RANGE-MISSING'
    bad(rule, Flow().edit('send-2', 'Byte-Range: 301-600/600\r\n', ''), 'the second chunk has none',
        may=['MSRP-GAP', 'OBJ-HASH', 'OBJ-SIZE', 'MSRP-CONFLICT', 'MSRP-REPORT-RANGE', 'MSRP-TOTAL-CHANGES',
             'MSRP-REPORT-MISSING', 'MSRP-RANGE-LENGTH'],
        object={**OPEN, 'state': 'any', 'gaps': 'any', 'size': 'any', 'total': 'any', 'sha1': 'any',
                'verdict': ['warn', 'fail']})
    good(rule, Flow(chunk=600).edit('send-1', 'Byte-Range: 1-600/600\r\n', ''), 'a whole message needs none')

    rule = 'MSRP-RANGE-FIRST'
    bad(rule, Flow().edit('send-1', 'Byte-Range: 1-300/600\r\n', ''), 'the first of two chunks has none')
    good(rule, Flow(chunk=600).edit('send-1', 'Byte-Range: 1-600/600\r\n', ''), 'the whole message in one SEND')

    rule = 'MSRP-TOTAL-CHANGES'
    bad(rule, Flow().edit('send-1', '1-300/600', '1-300/601'), '601, then 600', may=['MSRP-GAP', 'MSRP-REPORT-RANGE', 'MSRP-REPORT-MISSING'],
        object={'total': 'any', 'verdict': ['warn', 'fail'], 'state': 'any', **OPEN, 'sha1': 'any', 'gaps': 'any'})
    good(rule, Flow().edit('send-1', '1-300/600', '1-300/*'), 'unknown (*), then 600')

    big = push.mms_push_sized(3000)
    rule = 'MSRP-UNINTERRUPTIBLE'
    bad(rule, Flow([big], chunk=[2049, 9999]), 'a body of 2049 octets with a fixed range-end')
    good(rule, Flow([big], chunk=[2048, 9999]), 'exactly 2048 octets')

    rule = 'MSRP-TYPE-CHANGES'
    types = 'application/vnd.oma.push application/octet-stream'
    bad(rule, Flow(accept_types=types).edit('send-2', 'Content-Type: application/vnd.oma.push',
                                            'Content-Type: application/octet-stream'), 'another type in chunk 2')
    good(rule, Flow(accept_types=types).edit('send-2', 'Content-Type: application/vnd.oma.push',
                                             'Content-Type: Application/Vnd.OMA.Push'), 'the same type in capitals')


def overlaps():
    data = push.mms_push_sized(600)
    rule = 'MSRP-OVERLAP'
    flow = Flow([data])
    bad(rule, flow.set('send-2', flow.chunk(1, 2, 251, data[250:], 600, True)), '50 bytes twice, equal')
    good(rule, Flow([data], chunk=200).move('send-2', 'resp-1').move('send-3', 'ack'), 'chunks out of order that abut')

    rule = 'MSRP-CONFLICT'
    flow = Flow([data])
    other = bytes(50) + data[300:]
    bad(rule, flow.set('send-2', flow.chunk(1, 2, 251, other, 600, True)), '50 bytes twice, different',
        object={**OPEN, 'sha1': 'any', 'state': 'any'}, may=['OBJ-HASH'])
    flow = Flow([data])
    good(rule, flow.set('send-2', flow.chunk(1, 2, 251, data[250:], 600, True)), 'the same range, equal bytes',
         rules=['MSRP-OVERLAP'])

    rule = 'MSRP-GAP'
    missing = {'state': 'incomplete', 'gaps': [[201, 400]], 'size': 400, 'sha1': 'any', 'result': 'not-verifiable',
               'covers': None}
    flow = Flow([data], chunk=200, success=None)
    bad(rule, flow.drop('send-2', 'resp-2'), 'the chunk in the middle is never sent', object=missing)
    flow = Flow([data], chunk=200)
    third = flow.steps.pop(flow.at('send-3'))
    flow.steps.insert(flow.at('send-2'), third)
    good(rule, flow, 'the last chunk ($) comes before the one in the middle')

    rule = 'MSRP-UNFINISHED'
    flow = Flow([data], success=None)
    part = {'state': 'incomplete', 'gaps': [[301, 600]], 'size': 300, 'sha1': 'any', 'result': 'not-verifiable',
            'covers': None}
    bad(rule, flow.drop('send-2', 'resp-2'), 'the last chunk seen is +, then BYE', object=part, may=['MSRP-GAP'])
    good(rule, Flow([data]).wait('send-2', 20), 'continued after 20 s')

    rule = 'MSRP-ABORTED'
    flow = Flow([data], success=None)
    flow.set('send-2', flow.chunk(1, 2, 301, data[300:400], 600, True, success=None, end='*'))
    bad(rule, flow.edit('send-2', 't1x1c2$', 't1x1c2#'), 'chunk 2 ends early, in #',
        object={'state': 'aborted', 'gaps': [[401, 600]], 'size': 400, 'sha1': 'any', 'result': 'not-verifiable',
                'covers': None})
    good(rule, Flow([with_text(BAIT % b't1x1c7#' + b'-------t1x1c1#')]), 'a body with the text of such an end-line')

    rule = 'MSRP-AFTER-ABORT'
    flow = Flow([data], chunk=200, success=None)
    flow.edit('send-2', 't1x1c2+', 't1x1c2#')
    bad(rule, flow, 'a chunk of the message after #', rules=['MSRP-ABORTED'],
        object={'state': 'any', 'verdict': 'fail', 'result': 'any', 'covers': 'any', 'size': 'any', 'gaps': 'any',
                'sha1': 'any', 'total': 'any'})
    flow = Flow([data, data], success=None, selectors=[sdp.selector(data, 'pushid-1-1')])
    flow.edit('send-1-2', 't1x1c2$', 't1x1c2#')
    objects = [flow.expected_object(1, state='aborted', verdict='fail', gaps='any', sha1='any', **OPEN),
               flow.expected_object(2)]
    good(rule, flow, 'the object again as another message after #', rules=['MSRP-ABORTED'], objects=objects)


def make():
    framing()
    ranges()
    overlaps()
