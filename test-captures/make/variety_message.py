# SPDX-License-Identifier: GPL-2.0-or-later
"""Pushes by MESSAGE: every encoding and content type, wrappers, spellings of headers and tags."""
import base64
import re

import push
import websocket
from expect import message_obj, save
from message_flow import MessageFlow
from pcaplib import Capture, Host
from sip import ICSI_TAG, Link, app_tag, fix_length
from tcp import Connection

MMS = 'application/vnd.wap.mms-message'
SYNCML = bytes.fromhex('d41d8cd98f00b204e9800998ecf8427e') + b'\x02\xc8\0\0\0\0\x07\x06domain'
EMN = b'\x03\x0d\x6a\x00\x85\x07\x0e\x03user@domain.com\0\x05\xc3\x07\x20\x23\x11\x14\x22\x13\x20\x01'


def contents():
    """Text push headers around each usual content."""
    for name, kind, app, content in [
            ('mms', MMS, 'mms.ua', push.mms_notification()), ('si', 'text/vnd.wap.si', 'wml.ua', push.SI),
            ('sl', 'text/vnd.wap.sl', 'wml.ua', push.SL), ('sic', 'application/vnd.wap.sic', 'wml.ua', push.SIC),
            ('connectivity', 'text/vnd.wap.connectivity-xml', 'wml.ua', push.connectivity(700)),
            ('emn', 'application/vnd.wap.emn+wbxml', 'emn.ua', EMN),
            ('syncml', 'application/vnd.syncml.notification', 'syncml.dm', SYNCML),
            ('supl', 'application/vnd.omaloc-supl-init', 'ulp.ua', push.supl_init())]:
        MessageFlow(push.envelope(kind, content, app), app=app).save(
            f'variety/message-{name}.pcap', f'Text push headers around {kind}',
            object={'body_encoding': 'text', 'body_content_type': kind, 'body_content_size': len(content),
                    'content_type': 'application/vnd.oma.push'})


def encodings():
    MessageFlow(push.wsp_push(push.mms_notification())).save(
        'variety/message-wsp.pcap', 'A connectionless WSP Push PDU (TID, type 06) with an MMS notification',
        object={'body_encoding': 'wsp', 'body_content_type': MMS, 'body_content_size': len(push.mms_notification())})
    MessageFlow(push.NOTICE, app='vms.ua').save('variety/message-xml.pcap', 'Bare XML as application/vnd.oma.push',
                                                object={'body_encoding': 'xml'})
    MessageFlow(push.seeded(200, 31)).save('variety/message-opaque.pcap', 'Random bytes as application/vnd.oma.push',
                                           rules=['BODY-SHAPE'], object={'body_encoding': 'opaque'})
    headers = push.envelope('text/vnd.wap.si; charset=utf-8', push.SI, 'wml.ua', [
        'X-Wap-Content-URI: http://push.domain.com/1', 'X-Wap-Initiator-URI: http://psa.domain.com/', 'Push-Flag: 3',
        'X-Wap-Tod: 2023-11-14T22:13:20Z', 'Content-Location: news.si', 'X-Oma-SDO-Note: hello',
        'X-Folded: one,\r\n  two'])
    MessageFlow(headers, app='wml.ua').save('variety/message-many-headers.pcap',
                                            'All push headers: URIs, Push-Flag, X-Wap-Tod, an extension, a folded one',
                                            object={'body_encoding': 'text', 'body_content_size': len(push.SI)})
    MessageFlow(push.envelope(MMS, push.mms_notification(), 'mms.ua', eol='\n')).save(
        'variety/message-lf-headers.pcap', 'Push headers with bare LF line ends',
        object={'body_encoding': 'text', 'body_content_type': MMS})


def wrappers():
    inner = push.mms_push()
    body = push.multipart([('text/plain', b'You have a message.'), ('application/vnd.oma.push', inner)])
    flow = MessageFlow(body, 'multipart/mixed;boundary=b0undary')
    flow.save('variety/message-multipart.pcap', 'multipart/mixed: a text and the push; the object is the push part',
              objects=[message_obj(inner, call_id=flow.call_id, event_apps=['mms.ua'], body_encoding='text',
                                   body_content_type=MMS)])
    MessageFlow(push.cpim(inner), 'message/cpim').save(
        'variety/message-cpim.pcap', 'message/cpim around a push', object={
            'body_encoding': 'cpim', 'inner_encoding': 'text', 'body_content_type': 'application/vnd.oma.push',
            'body_content_size': len(inner)})
    supl = push.supl_init()
    MessageFlow(supl, 'application/vnd.omaloc-supl-init', app='ulp.ua').save(
        'variety/message-direct-supl.pcap', 'The application\'s own type (SUPL INIT to ulp.ua) without an envelope',
        object={'content_type': 'application/vnd.omaloc-supl-init', 'body_encoding': 'any'})


def coded():
    """Encodings between what is sent and its media type: undone before anybody looks inside."""
    inner = push.mms_push()
    opened = {'body_encoding': 'text', 'body_content_type': MMS, 'body_content_size': len(push.mms_notification())}
    flow = MessageFlow(push.gzipped(inner))
    flow.edit('message', '\r\nContent-Length:', '\r\nContent-Encoding: gzip\r\nContent-Length:')
    flow.save('variety/message-gzip.pcap', 'A MESSAGE with Content-Encoding: gzip; the object is what was compressed',
              objects=[message_obj(inner, call_id=flow.call_id, event_apps=['mms.ua'], **opened)])
    part = base64.encodebytes(inner).replace(b'\n', b'\r\n')
    body = push.multipart([('text/plain', b'You have a message.'),
                           ('application/vnd.oma.push\r\nContent-Transfer-Encoding: base64', part)])
    flow = MessageFlow(body, 'multipart/mixed;boundary=b0undary')
    flow.save('variety/message-multipart-base64.pcap', 'multipart/mixed with the push part in base64',
              objects=[message_obj(inner, call_id=flow.call_id, event_apps=['mms.ua'], **opened)])
    body = push.multipart([('message/cpim', push.cpim(inner))])
    flow = MessageFlow(body, 'multipart/mixed;boundary=b0undary')
    flow.save('variety/message-multipart-cpim.pcap', 'multipart/mixed with a CPIM part around the push',
              objects=[message_obj(push.cpim(inner), call_id=flow.call_id, event_apps=['mms.ua'],
                                   body_encoding='cpim', inner_encoding='text')])
    notice = push.NOTICE.decode()
    MessageFlow(push.envelope('text/xml', push.gzipped(push.NOTICE), 'vms.ua', ['Content-Encoding: gzip']),
                app='vms.ua').save(
        'variety/message-envelope-gzip.pcap', 'Push headers that say Content-Encoding: gzip',
        object={'body_encoding': 'text', 'body_content_type': 'text/xml', 'body_content_size': len(push.NOTICE)})
    MessageFlow(b'\xff\xfe' + notice.encode('utf-16-le'), app='vms.ua').save(
        'variety/message-xml-utf16.pcap', 'Bare XML in UTF-16', object={'body_encoding': 'xml'})
    MessageFlow(b'\x25\x07' + push.wsp_push(push.mms_notification())[2:]).save(
        'variety/message-wsp-confirmed.pcap', 'A WSP ConfirmedPush PDU (type 07)', object={
            'body_encoding': 'wsp', 'body_content_type': MMS, 'body_content_size': len(push.mms_notification())})


def spellings():
    flow = MessageFlow()
    request = flow['message'].data
    for long, short in (('Via', 'v'), ('From', 'f'), ('To', 't'), ('Call-ID', 'i'), ('Content-Type', 'c'),
                        ('Content-Length', 'l'), ('Accept-Contact', 'a')):
        request = re.sub(rb'(?m)^%s:' % long.encode(), short.encode() + b':', request, count=1)
    request = request.replace(f'a: *;{ICSI_TAG};'.encode(), f'a: *\r\n ;{ICSI_TAG}\r\n\t;'.encode())
    flow.set('message', request)
    flow.save('variety/message-compact.pcap', 'Compact header names, Accept-Contact folded over three lines')

    def tagged(name, about, old, new, **known):
        MessageFlow().edit('message', old, new).save(f'variety/message-{name}.pcap', about, **known)
    tags = f'*;{ICSI_TAG};{app_tag("mms.ua")}'
    tagged('tag-string', 'The tag value in <> form', app_tag('mms.ua'), '+g.oma.pusheventapp="<mms.ua>"')
    tagged('tag-list', 'A list in one tag, one of them encoded', app_tag('mms.ua'),
           '+g.oma.pusheventapp="mms%2Eua,wml.ua"', object={'event_apps': ['mms.ua', 'wml.ua']})
    tagged('tag-repeated', 'Accept-Contact twice, a tag in each', tags,
           f'*;{ICSI_TAG};require\r\nACCEPT-CONTACT: *;{app_tag("mms.ua")};explicit')
    tagged('tag-not', 'A negated application beside the wanted one', app_tag('mms.ua'),
           '+g.oma.pusheventapp="mms.ua,!wml.ua"', object={'event_apps': 'any'})
    flow = MessageFlow(b'Hello', 'text/plain', icsi=False)
    flow.edit('message', f'Accept-Contact: *;{app_tag("mms.ua")}', f'Reject-Contact: *;{app_tag("mms.ua")}')
    flow.save('variety/message-reject-contact.pcap', 'A text/plain MESSAGE that push receivers must not get: no push',
              objects=[])
    flow = MessageFlow(b'Hello', 'text/plain', icsi=False)
    flow.edit('message', f'Accept-Contact: *;{app_tag("mms.ua")}\r\n', '')
    flow.save('variety/message-plain.pcap', 'An instant message, no push mark at all', objects=[], no_findings=True)


def transports():
    flow = MessageFlow(push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua'), app='wml.ua',
                       transport='tcp')
    flow.save('variety/message-tcp.pcap', 'A MESSAGE of three segments over TCP')
    flow = MessageFlow(push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(3000), 'wml.ua'), app='wml.ua')
    flow.save('variety/message-ip-fragments.pcap', 'A MESSAGE in three IP fragments')
    flow = MessageFlow(psa='2001:db8::3', pra='2001:db8::4')
    flow.save('variety/message-ipv6.pcap', 'A MESSAGE over IPv6')

    # SIP over WebSocket, RFC 7118: sub-protocol sip, the client masks.
    flow = MessageFlow(transport='ws')
    capture, server, client = Capture(), Host('192.0.2.3'), Host('192.0.2.4')
    link = Connection(capture, client, 50020, server, 80).open(0.1)
    ask, accept = websocket.handshake('192.0.2.3', 'sip')
    link.send(client, ask, 0.12)
    link.send(server, accept, 0.14)
    link.send(server, websocket.frame(flow['message'].data, False, 1), 0.2)
    link.send(client, websocket.frame(flow['ok'].data, True, 1), 0.25)
    save(capture, 'variety/message-websocket.pcap', 'A MESSAGE over WebSocket (RFC 7118)', **flow.expected())

    # The same type in HTTP: shown by the body dissector, no object.
    capture, a, b = Capture(), Host('192.0.2.9'), Host('192.0.2.4')
    http = Connection(capture, b, 50009, a, 80).open(0.1)
    body = push.mms_push()
    http.send(b, b'GET /push/1 HTTP/1.1\r\nHost: push.domain.com\r\n\r\n', 0.12)
    http.send(a, b'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.oma.push\r\nContent-Length: %d\r\n\r\n' % len(body)
              + body, 0.14)
    http.close(b, 0.2)
    save(capture, 'variety/http-push.pcap', 'application/vnd.oma.push as an HTTP response: a body, no object')


def make():
    contents()
    encodings()
    wrappers()
    coded()
    spellings()
    transports()
