# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs for the MSRP rules that concern both sides: responses, REPORTs, what was negotiated."""
import msrp
import push
import sdp
import websocket
from expect import obj
from flow import Flow
from rule_pair import bad, good
from rules_sdp import append

OPEN = {'result': 'any', 'covers': 'any'}


def responses():
    rule = 'MSRP-RESPONSE-ERROR'
    flow = Flow(success=None)
    bad(rule, flow.edit('resp-2', '200 OK', '415 Unsupported media type'), '415')
    good(rule, Flow().edit('resp-2', '200 OK', '200'), 'a bare 200 without a phrase')

    rule = 'MSRP-RESPONSE-MISSING'
    bad(rule, Flow().drop('resp-2').wait('bye', 20), 'no response before the session ends after 20 s')
    good(rule, Flow().wait('resp-2', 29).wait('bye', 20), 'a response after 29 s')

    rule = 'MSRP-RESPONSE-TIMEOUT'
    bad(rule, Flow().drop('resp-2').wait('bye', 40), 'no response in 40 s')
    good(rule, Flow().wait('resp-2', 28).wait('bye', 20), 'a response after 28 s')

    rule = 'MSRP-RESPONSE-UNWANTED'
    flow = Flow()
    for n in (1, 2):
        flow.edit(f'send-{n}', 'Success-Report: yes', 'Success-Report: yes\r\nFailure-Report: no')
    bad(rule, flow, 'responses although Failure-Report is no')
    flow = Flow()
    for n in (1, 2):
        flow.edit(f'send-{n}', 'Success-Report: yes', 'Success-Report: yes\r\nFailure-Report: partial').drop(f'resp-{n}')
    good(rule, flow.wait('bye', 40), 'Failure-Report: partial and no 200', not_rules=['MSRP-RESPONSE-MISSING'])

    rule = 'MSRP-RESPONSE-UNKNOWN'
    flow = Flow()
    flow.after('resp-2', ('other', 0.01, 'pra', 'msrp', msrp.response('nosuch01', flow.psa, flow.pra)))
    bad(rule, flow, 'a response to no request')
    good(rule, Flow().move('resp-1', 'resp-2'), 'responses out of order')

    rule = 'MSRP-PATH'
    flow = Flow()
    bad(rule, flow.edit('resp-2', f'To-Path: {flow.psa}', f'To-Path: {flow.psa.replace("/a3cd", "/b3cd")}'),
        'a response to a path that the sender does not have')
    flow = Flow()
    good(rule, flow.edit('send-2', f'To-Path: {flow.pra}', f'To-Path: {flow.pra.replace("msrp:", "MSRP:").replace(";tcp", ";TCP")}'),
         'scheme and transport in capitals (RFC 4975 section 6.1)')


def reports():
    rule = 'MSRP-REPORT-FAILED'
    bad(rule, Flow().edit('report', '000 200 OK', '000 413 Too large'), '413')
    good(rule, Flow().edit('report', '000 200 OK', '000 200'), '200 without a comment')

    rule = 'MSRP-REPORT-MISSING'
    bad(rule, Flow().drop('report'), 'asked for, BYE without one')
    flow = Flow()
    parts = [('report-1-b', 0.01, 'pra', 'msrp', flow.report(1, 301, 600, 600, suffix='b')),
             ('report-1-a', 0.01, 'pra', 'msrp', flow.report(1, 1, 300, 600, suffix='a'))]
    good(rule, flow.after('report', *parts).drop('report'), 'in two parts, the second first')

    rule = 'MSRP-REPORT-UNWANTED'
    flow = Flow(success=None)
    flow.after('resp-2', ('report-1', 0.02, 'pra', 'msrp', flow.report(1, 1, 600, 600)))
    bad(rule, flow, 'a success report that nobody asked for')
    good(rule, Flow(success='no'), 'Success-Report: no, and none comes', not_rules=['MSRP-REPORT-MISSING'])

    rule = 'MSRP-REPORT-RANGE'
    bad(rule, Flow().edit('report', '1-600/600', '1-700/700'), '700 of 600 bytes')
    flow = Flow()
    parts = [('report-1-a', 0.01, 'pra', 'msrp', flow.report(1, 1, 450, 600, suffix='a')),
             ('report-1-b', 0.01, 'pra', 'msrp', flow.report(1, 301, 600, 600, suffix='b'))]
    good(rule, flow.after('report', *parts).drop('report'), 'parts that overlap and are unlike the chunks')

    rule = 'MSRP-REPORT-SYNTAX'
    bad(rule, Flow().edit('report', 'Status: 000 200 OK\r\n', ''), 'no Status', may=['MSRP-REPORT-MISSING'],
        object={'reports': 'any'})
    good(rule, Flow().edit('report', '000 200 OK', '000 200 Everything is fine: 100%'), 'a comment of several words')


    rule = 'MSRP-REPORT-NAMESPACE'
    bad(rule, Flow().edit('report', '000 200 OK', '001 200 OK'), 'namespace 001', may=['MSRP-REPORT-MISSING'],
        object={'verdict': ['pass', 'warn']})
    good(rule, Flow().edit('report', '000 200 OK', '000 200 001'), '001 stands in the comment only')


def negotiated():
    rule = 'MSRP-TYPE-REFUSED'
    text = push.words(600, 9)
    selector = [sdp.selector(text, 'pushid-1-1', 'text/plain')]
    bad(rule, Flow([text], selectors=selector, content_type='text/plain'), 'text/plain, accept-types names only pushes')
    good(rule, Flow([text], selectors=selector, content_type='text/plain',
                    accept_types='application/vnd.oma.push *'), 'text/plain, accept-types ends in *')

    rule = 'MSRP-CONNECT-SIDE'
    bad(rule, Flow(setup=('passive', 'active')), 'the passive PSA connects')
    good(rule, Flow(setup=('passive', 'active'), connects='pra'), 'the active PRA connects to the passive PSA')

    rule = 'MSRP-DIRECTION'
    flow = Flow()
    data = push.mms_push(7)
    flow.after('report', ('back', 0.05, 'pra', 'msrp', msrp.send(
        'back0001', flow.psa, flow.pra, 'backmid1', data, success=None)),
        ('back-resp', 0.01, 'psa', 'msrp', msrp.response('back0001', flow.pra, flow.psa)))
    bad(rule, flow, 'content from the recvonly side', session={'objects': 2}, objects=[
        flow.expected_object(), obj(data, message_id='backmid1', session=1, chunks=1, reports=0, verdict='warn')])
    flow = Flow()
    flow.after('ack', ('bind', 0.05, 'pra', 'msrp', msrp.bind('bind0009', flow.psa, flow.pra, byte_range=None)),
               ('bind-resp', 0.01, 'psa', 'msrp', msrp.response('bind0009', flow.pra, flow.psa)))
    good(rule, flow, 'an empty SEND from the recvonly side')

    rule = 'MSRP-MAX-SIZE'
    bad(rule, append(Flow(), 'ok', ['a=max-size:599']), '600 bytes to a peer that takes 599')
    good(rule, append(Flow(), 'ok', ['a=max-size:600']), 'exactly the size allowed')

    rule = 'MSRP-WS-FRAMING'
    bad(rule, websocket.over(websocket.Flow(), joined=True), 'two chunks in one WebSocket message',
        object={'chunks': 2})
    good(rule, websocket.over(websocket.Flow(), fragmented=True), 'one chunk in three WebSocket frames')


def capture_loss():
    rule = 'MSRP-CAPTURE-LOSS'
    data = push.opaque_push(6000, 41)
    flow = Flow([data], chunk=6000, end='*')
    head = flow['send-1'].data.index(b'\r\n\r\n') + 4
    flow['send-1'].how = {'lose': [2]}
    gap = [2920 - head + 1, 4380 - head]
    bad(rule, flow, 'the capture lost one segment of a SEND', object={
        'state': 'incomplete', 'gaps': [gap], 'size': 6000 - 1460, 'sha1': 'any', 'result': 'not-verifiable',
        'covers': None, 'verdict': 'unknown'}, not_rules=['OBJ-HASH'])
    flow = Flow([data], chunk=6000, end='*')
    flow['send-1'].how = {'twice': [2]}
    good(rule, flow.wait('resp-1', 0.3), 'a segment is there twice')


def make():
    capture_loss()
    responses()
    reports()
    negotiated()
