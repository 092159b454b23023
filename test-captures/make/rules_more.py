# SPDX-License-Identifier: GPL-2.0-or-later
"""Further ways to break the rules that name several: rules/RULE-ID.WHAT.bad.pcap."""
import msrp
import push
import sdp
import websocket
from flow import Flow
from message_flow import MessageFlow
from rule_pair import verdict
from rules_sdp import without_media

OPEN = {'result': 'any', 'covers': 'any'}
LOOSE = {**OPEN, 'state': 'any', 'gaps': 'any', 'size': 'any', 'total': 'any', 'sha1': 'any',
         'verdict': ['pass', 'warn', 'fail']}
RANGE_EFFECTS = ['MSRP-RANGE-LENGTH', 'MSRP-GAP', 'MSRP-REPORT-RANGE', 'MSRP-REPORT-MISSING', 'MSRP-OVERLAP',
                 'MSRP-CONFLICT', 'MSRP-TOTAL-CHANGES', 'OBJ-HASH', 'OBJ-SIZE']


def bad(rule, what, flow, about, *, object=None, rules=(), **known):
    if 'objects' not in known:
        known['object'] = {'verdict': verdict(rule), **(object or {})}
    flow.save(f'rules/{rule}.{what}.bad.pcap', f'breaks {rule}: {about}', rules=[rule, *rules], **known)


def sip():
    both = ('invite', '"mms.ua"')
    bad('SIP-TAG-QUOTES', 'none', Flow().edit(*both, 'mms.ua', 2), 'no quotes')
    bad('SIP-TAG-QUOTES', 'unbalanced', Flow().edit(*both, '"mms.ua', 2), 'the closing quote is missing')
    bad('SIP-ICSI-ENCODING', 'plain', Flow().edit('invite', 'urn%3Aurn-7%3A', 'urn:urn-7:', 2), 'nothing is encoded')
    flow = MessageFlow()
    head, body = flow['message'].data.split(b'\r\n\r\n', 1)
    bad('SIP-SYNTAX', 'line-feed', flow.set('message', head.replace(b'\r\n', b'\n') + b'\n\n' + body),
        'lines that end with LF alone')
    flow = MessageFlow()
    size = len(flow.body)
    bad('SIP-CONTENT-LENGTH', 'short', flow.edit('message', f'Content-Length: {size}', f'Content-Length: {size + 9}'),
        '9 more than the datagram holds')
    bad('SIP-URI-SYNTAX', 'quote', Flow().edit('invite', 'INVITE sip:user@192.0.2.4 ', 'INVITE sip:user@192.0.2.4" '),
        'a stray quote in the Request-URI')
    bad('SIP-URI-SYNTAX', 'parameter', Flow().edit('bye', 'BYE sip:user@192.0.2.4', 'BYE sip:user@192.0.2.4 gr=1'),
        'a parameter without ; in the Request-URI', may=['SIP-SYNTAX'])
    bad('SIP-CSEQ-RESPONSE', 'method', Flow().edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 2 INVITE'),
        'the method of another request')


def description():
    bad('SDP-SYNTAX', 'blank-line', Flow().edit('invite', 'a=sendonly\r\n', '\r\na=sendonly\r\n'), 'a blank line')
    flow = Flow()
    bad('SDP-SYNTAX', 'folded', flow.edit('invite', ' size:600', '\r\n size:600'), 'a folded file-selector',
        may=['SDP-FILE-SELECTOR'])
    bad('SDP-SYNTAX', 'no-session-name', Flow().edit('invite', 's=-\r\n', ''), 'no s= line')
    bad('SDP-PATH-SYNTAX', 'port', Flow().edit('invite', '192.0.2.3:7654/', '192.0.2.3/'), 'no port',
        may=['MSRP-PATH', 'SDP-PATH-ADDRESS'])
    bad('SDP-PATH-SYNTAX', 'session-id', Flow().edit('invite', '7654/a3cd20b8ae71;', '7654;'), 'no session-id',
        may=['MSRP-PATH'], object={'session': 'any', **OPEN}, session={'objects': 'any'})
    tls = without_media(Flow()).everywhere('TCP/MSRP', 'TCP/TLS/MSRP')
    bad('SDP-MSRPS-PROTO', 'reverse', tls, 'msrp with TCP/TLS/MSRP', objects=[], session={'objects': 0})
    bad('SDP-SETUP', 'passive', Flow(setup=('passive', 'passive')), 'both passive', may=['MSRP-CONNECT-SIDE'])
    bad('SDP-SETUP', 'holdconn', Flow(setup=('holdconn', 'holdconn')), 'holdconn')
    bad('SDP-DIRECTION', 'answer', Flow().edit('ok', 'a=recvonly', 'a=sendrecv'), 'the answer is sendrecv')
    file_open = {**OPEN, 'verdict': ['pass', 'warn', 'fail']}
    bad('SDP-FILE-SELECTOR', 'size', Flow().everywhere('size:600', 'size:6OO'), 'letters O in the size',
        object=file_open, may=['OBJ-SIZE'])
    bad('SDP-FILE-SELECTOR', 'type', Flow().everywhere('type:application/vnd.oma.push', 'type:push'),
        'a type without a slash', object=file_open, may=['OBJ-TYPE'])
    flow = Flow()
    bad('SDP-FILE-SELECTOR', 'empty', flow.everywhere(flow.selectors[0], ''), 'nothing in it', object=file_open)
    digest = sdp.hash_value(flow.objects[0])
    bad('SDP-FILE-HASH', 'length', Flow().everywhere(digest, digest[:-3]), '19 bytes for sha-1', object=file_open,
        may=['OBJ-HASH'])
    bad('SDP-FILE-HASH', 'algorithm', Flow().everywhere('hash:sha-1', 'hash:sha1'), 'sha1', object=file_open)
    flow = Flow()
    flow.edit('invite', 'a=file-transfer-id:a3cd20b8ae7f\r\n', '')
    bad('SDP-TRANSFER-ID', 'missing', flow.edit('ok', 'a=file-transfer-id:a3cd20b8ae7f\r\n', ''),
        'a selector without one')
    bad('SDP-ANSWER-SELECTOR', 'missing', Flow().edit('ok', f'a=file-selector:{flow.selectors[0]}\r\n', ''),
        'the answer has none', may=['SDP-TRANSFER-ID'])


def chunks():
    long = 'x' * 33
    bad('MSRP-START-LINE', 'long', Flow().edit('send-1', 't1x1c1', long, 2).edit('resp-1', 't1x1c1', long, 2),
        'a transaction id of 33 characters')
    bad('MSRP-START-LINE', 'character', Flow().edit('send-1', 't1x1c1', 't1_x1', 2).edit('resp-1', 't1x1c1', 't1_x1', 2),
        'an underscore in the transaction id')
    bad('MSRP-END-LINE', 'response-flag', Flow().edit('resp-2', 't1x1c2$', 't1x1c2+'), 'a response that ends in +')
    bad('MSRP-END-LINE', 'flag', Flow().edit('send-1', 't1x1c1+', 't1x1c1*'), 'the flag *', object=LOOSE,
        may=RANGE_EFFECTS)
    bad('MSRP-END-LINE', 'other-id', Flow().edit('send-1', '-------t1x1c1+', '-------t1x1c7+'), 'another id',
        object=LOOSE, may=RANGE_EFFECTS)
    last = 'Content-Type: application/vnd.oma.push\r\n'
    bad('MSRP-HEADER-ORDER', 'content-type', Flow().edit('send-2', last, last + 'X-Other: 1\r\n'),
        'a header behind Content-Type')
    for what, value, about in (('malformed', '1-300', 'no total'), ('backwards', '300-1/600', 'the start after the end'),
                               ('beyond', '1-300/200', 'the end beyond the total')):
        bad('MSRP-RANGE-SYNTAX', what, Flow().edit('send-1', '1-300/600', value), about, object=LOOSE,
            may=RANGE_EFFECTS)
    data = push.mms_push_sized(600)
    flow = Flow([data], chunk=200, success=None).drop('send-3', 'resp-3', 'bye', 'bye-ok')
    bad('MSRP-UNFINISHED', 'closed', flow, 'the connection is closed after a + chunk, no BYE', may=['MSRP-GAP'],
        object={'state': 'incomplete', 'gaps': [[401, 600]], 'size': 400, 'sha1': 'any', 'result': 'not-verifiable',
                'covers': None})
    flow = Flow([data], chunk=200, success=None).edit('resp-2', '200 OK', '413 Stop sending')
    bad('MSRP-AFTER-ABORT', '413', flow, 'a chunk after a 413', rules=['MSRP-RESPONSE-ERROR'],
        object={**LOOSE, 'verdict': 'fail'})


def peers():
    flow = Flow()
    bad('MSRP-PATH', 'report', flow.edit('report', f'To-Path: {flow.psa}', 'To-Path: msrp://192.0.2.3:7654/other;tcp'),
        'a REPORT to a path that the sender does not have', object={'reports': 'any'}, may=['MSRP-REPORT-MISSING'])
    flow = Flow()
    for n in (1, 2):
        flow.edit(f'send-{n}', 'Success-Report: yes', 'Success-Report: yes\r\nFailure-Report: partial')
    bad('MSRP-RESPONSE-UNWANTED', 'partial', flow, '200 although Failure-Report is partial')
    flow = Flow()
    flow.after('report', ('answer', 0.01, 'psa', 'msrp', msrp.response('r1x1rep', flow.pra, flow.psa)))
    bad('MSRP-RESPONSE-UNWANTED', 'report', flow, 'a response to a REPORT')
    flow = Flow()
    bad('MSRP-REPORT-SYNTAX', 'message-id', flow.edit('report', f'Message-ID: {flow.message_id()}\r\n', ''),
        'no Message-ID', object={'reports': 'any'}, may=['MSRP-REPORT-MISSING'])
    bad('MSRP-REPORT-SYNTAX', 'byte-range', Flow().edit('report', 'Byte-Range: 1-600/600\r\n', ''), 'no Byte-Range',
        object={'reports': 'any'}, may=['MSRP-REPORT-MISSING'])
    bad('MSRP-REPORT-RANGE', 'total', Flow().edit('report', '1-600/600', '1-600/700'), 'another total')
    bad('MSRP-WS-FRAMING', 'sub-protocol', websocket.over(websocket.Flow(), protocol=None), 'no sub-protocol')


def make():
    sip()
    description()
    chunks()
    peers()
