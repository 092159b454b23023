# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP sessions: re-INVITE, UPDATE, late offers, forks, challenges, refusals, and calls that are no push."""
import push
import sdp
from expect import save
from flow import Flow
from message_flow import MessageFlow
from pcaplib import Capture
from sip import message, response

SDP_TYPE = 'Content-Type: application/sdp'


def again(method):
    """A second file offered within the dialog; its object follows on the same connection."""
    two = [push.mms_push_sized(600, 1), push.mms_push_sized(500, 2)]
    flow = Flow(two, selectors=[sdp.selector(two[0], 'pushid-1-1')])
    selector = [sdp.selector(two[1], 'pushid-1-2')]
    offer = sdp.session('192.0.2.3', sdp.media(flow.psa, port=7654, selectors=selector, transfer_id='second'),
                        version=2)
    answer = sdp.session('192.0.2.4', sdp.media(flow.pra, port=8888, setup='passive', direction='recvonly',
                                                selectors=selector, transfer_id='second'), user='bob', version=2)
    request = flow.in_dialog(method, 2, 'again', [f'Contact: <sip:psa@192.0.2.3>;{flow.tags()}', SDP_TYPE], offer)
    steps = [('again', 0.2, 'psa', 'sip', request),
             ('again-ok', 0.05, 'pra', 'sip', response(request, '200 OK', extra=[
                 f'Contact: <sip:user@192.0.2.4>;{flow.tags()}', SDP_TYPE], body=answer))]
    if method == 'INVITE':
        steps.append(('again-ack', 0.01, 'psa', 'sip', flow.in_dialog('ACK', 2, 'ackb')))
    flow.after('report-1', *steps)
    flow.edit('bye', 'CSeq: 2 BYE', 'CSeq: 3 BYE').edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE')
    name = {'INVITE': 're-INVITE', 'UPDATE': 'UPDATE'}[method]
    flow.save(f'variety/{name.lower()}.pcap', f'A {name} offers a second file in the dialog, its object follows',
              session={'renegotiations': 1},
              objects=[flow.expected_object(1, name='pushid-1-1'), flow.expected_object(2, name='pushid-1-2')])


def late_offer():
    """INVITE without SDP, the offer in the 200, the answer in the ACK (RFC 3261 section 13.2.1)."""
    flow = Flow(selectors=[])
    offer = sdp.session('192.0.2.4', sdp.media(flow.pra, port=8888, setup='actpass', direction='recvonly'), user='bob')
    answer = sdp.session('192.0.2.3', sdp.media(flow.psa, port=7654, setup='active', direction='sendonly'))
    invite = flow['invite'].data.partition(b'Content-Type: application/sdp')[0] + b'Content-Length: 0\r\n\r\n'
    flow.set('invite', invite)
    flow.set('ok', response(invite, '200 OK', extra=[f'Contact: <sip:user@192.0.2.4>;{flow.tags()}', SDP_TYPE],
                            body=offer))
    flow.set('ack', flow.in_dialog('ACK', 1, 'ack', [SDP_TYPE], answer))
    flow.save('variety/offer-in-200.pcap', 'INVITE without SDP, offer in the 200, answer in the ACK',
              session={'setup': ['actpass', 'active'], 'direction': ['recvonly', 'sendonly']},
              # The rule speaks of an offer by the pushing side.
              may=['SDP-DIRECTION'])


def provisional():
    flow = Flow()
    invite = flow['invite'].data
    flow.after('invite', ('100', 0.001, 'pra', 'sip', response(invite, '100 Trying', to_tag=None)),
               ('180a', 0.02, 'pra', 'sip', response(invite, '180 Ringing', 'forkA')),
               ('180b', 0.02, 'pra', 'sip', response(invite, '180 Ringing')))
    flow.save('variety/forked.pcap', 'The INVITE forks: 180 with two To tags, 200 from one of them')

    body = b''.join([b'--b0undary\r\nContent-Type: text/plain\r\n\r\nA push for you\r\n--b0undary\r\n',
                     b'Content-Type: application/sdp\r\n\r\n', Flow().offer, b'\r\n--b0undary--\r\n'])
    flow = Flow()
    head = flow['invite'].data.partition(b'\r\n\r\n')[0].decode().split('\r\n')
    head = [line for line in head if not line.startswith('Content-')]
    flow.set('invite', message(head[0], [*head[1:], 'MIME-Version: 1.0',
                                         'Content-Type: multipart/mixed;boundary="b0undary"'], body))
    flow.save('variety/offer-in-multipart.pcap', 'The offer is a part of a multipart/mixed body')


def both_forks():
    """Two forks answer 200: the caller keeps the first and releases the other at once (RFC 3261 section 13.2.2.4)."""
    flow = Flow()
    invite = flow['invite'].data
    late = response(invite, '200 OK', 'fork9', extra=['Contact: <sip:user@192.0.2.9>', SDP_TYPE],
                    body=flow.answer.replace(b'/9di4', b'/fork').replace(b':8888/', b':8889/')
                    .replace(b'm=message 8888', b'm=message 8889'))
    ack, bye = (flow.in_dialog(*about).replace(b';tag=r7x2', b';tag=fork9')
                for about in (('ACK', 1, 'ackf'), ('BYE', 2, 'byef')))
    flow.after('ack', ('late', 0.01, 'pra', 'sip', late), ('late-ack', 0.01, 'psa', 'sip', ack),
               ('late-bye', 0.01, 'psa', 'sip', bye), ('late-bye-ok', 0.02, 'pra', 'sip', response(bye, '200 OK')))
    flow.edit('bye', 'CSeq: 2 BYE', 'CSeq: 3 BYE').edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE')
    flow.save('variety/forked-both-200.pcap', 'Two forks answer 200, one is released at once, the push goes to the other')


def redirected():
    """302 names another Contact; the same INVITE, the same MESSAGE goes there (RFC 3261 section 8.1.3.4)."""
    flow = Flow()
    moved = response(flow['invite'].data, '302 Moved Temporarily', 'core', ['Contact: <sip:user@192.0.2.4:5060>'])
    ack = message('ACK sip:user@192.0.2.4 SIP/2.0', [
        flow.via('776inv'), 'Max-Forwards: 70', flow.common[0], flow.common[1] + ';tag=core', flow.common[2],
        'CSeq: 1 ACK'])
    second = flow['invite'].data.replace(b'776inv', b'776inw').replace(b'CSeq: 1 INVITE', b'CSeq: 2 INVITE')
    flow.after('invite', ('moved', 0.02, 'pra', 'sip', moved), ('ack-1', 0.01, 'psa', 'sip', ack),
               ('invite-2', 0.02, 'psa', 'sip', second))
    for step, method in (('ok', 'INVITE'), ('ack', 'ACK')):
        flow.edit(step, f'CSeq: 1 {method}', f'CSeq: 2 {method}')
    flow.edit('bye', 'CSeq: 2 BYE', 'CSeq: 3 BYE').edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE')
    flow.save('variety/invite-302.pcap', 'INVITE, 302, the INVITE again to the new Contact, 200: one session',
              not_rules=['SIP-REJECTED'])

    flow = MessageFlow()
    flow.set('ok', response(flow['message'].data, '302 Moved Temporarily', extra=['Contact: <sip:user@192.0.2.9>']))
    flow.save('variety/message-302.pcap', 'A MESSAGE redirected, the way on is not in the capture',
              not_rules=['SIP-REJECTED'], object={'status': 302, 'verdict': 'fail'})


def blank_before():
    """Line ends before the start line, as keep-alives leave them."""
    flow = MessageFlow()
    flow.set('message', b'\r\n\r\n' + flow['message'].data)
    flow.save('variety/message-behind-line-ends.pcap', 'A MESSAGE behind two line ends in its datagram')


def refusals():
    flow = Flow()
    invite = flow['invite'].data
    decline = response(invite, '603 Decline')
    ack = message('ACK sip:user@192.0.2.4 SIP/2.0', [
        flow.via('776inv'), 'Max-Forwards: 70', flow.common[0], flow.common[1] + ';tag=r7x2', flow.common[2],
        'CSeq: 1 ACK'])
    flow.drop(*[s.name for s in flow.steps if s.name != 'invite'])
    flow.after('invite', ('decline', 0.5, 'pra', 'sip', decline), ('ack', 0.01, 'psa', 'sip', ack))
    flow.save('variety/invite-603.pcap', 'An INVITE declined', objects=[], rules=['SIP-REJECTED'],
              session={'status': 603, 'objects': 0})

    flow = Flow()
    invite = flow['invite'].data
    challenge = response(invite, '407 Proxy Authentication Required', 'core', [
        'Proxy-Authenticate: Digest realm="domain.com", nonce="8fj3kd93", algorithm=MD5, qop="auth"'])
    ack = message('ACK sip:user@192.0.2.4 SIP/2.0', [
        flow.via('776inv'), 'Max-Forwards: 70', flow.common[0], flow.common[1] + ';tag=core', flow.common[2],
        'CSeq: 1 ACK'])
    second = invite.replace(b'776inv', b'776inw').replace(b'CSeq: 1 INVITE', b'CSeq: 2 INVITE').replace(
        b'Accept-Contact:', b'Proxy-Authorization: Digest username="psa", realm="domain.com", nonce="8fj3kd93",'
        b' uri="sip:user@192.0.2.4", response="d41d8cd98f00b204e9800998ecf8427e", cnonce="1", nc=00000001, qop=auth,'
        b' algorithm=MD5\r\nAccept-Contact:')
    flow.after('invite', ('challenge', 0.02, 'pra', 'sip', challenge), ('ack-1', 0.01, 'psa', 'sip', ack),
               ('invite-2', 0.02, 'psa', 'sip', second))
    for step, method in (('ok', 'INVITE'), ('ack', 'ACK')):
        flow.edit(step, f'CSeq: 1 {method}', f'CSeq: 2 {method}')
    flow.edit('bye', 'CSeq: 2 BYE', 'CSeq: 3 BYE').edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE')
    flow.save('variety/invite-challenge.pcap', 'INVITE, 407, INVITE with credentials, 200: one session',
              not_rules=['SIP-REJECTED'])

    flow = MessageFlow()
    flow.set('ok', response(flow['message'].data, '603 Decline'))
    flow.save('variety/message-603.pcap', 'A MESSAGE declined', rules=['SIP-REJECTED'],
              object={'status': 603, 'verdict': 'fail'})


def no_push():
    """Calls without any push mark: no session, no object, no finding."""
    tag_lines = [b'Accept-Contact', b'P-Asserted-Service']

    def plain(flow):
        for name in ('invite', 'ok'):
            head, blank, body = flow[name].data.partition(b'\r\n\r\n')
            lines = [line.partition(b';+g.3gpp')[0] for line in head.split(b'\r\n')
                     if line.split(b':')[0] not in tag_lines]
            flow.set(name, b'\r\n'.join(lines) + blank + body)
        return flow

    audio = sdp.session('192.0.2.3', ['m=audio 40000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv'])
    answer = sdp.session('192.0.2.4', ['m=audio 40002 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv'], user='bob')
    flow = plain(Flow([], offer=audio, answer=answer))
    capture = Capture()
    psa, pra = flow.hosts['psa'], flow.hosts['pra']
    flow.wait('bye', 2)
    flow.into(capture)
    for n in range(50):
        rtp = bytes([0x80, 0x00]) + n.to_bytes(2, 'big') + (160 * n).to_bytes(4, 'big') + b'\x11\x22\x33\x44'
        capture.udp(0.3 + n * 0.02, psa, 40000, pra, 40002, rtp + b'\xff' * 160)
        capture.udp(0.31 + n * 0.02, pra, 40002, psa, 40000, rtp[:8] + b'\x55\x66\x77\x88' + b'\xff' * 160)
    save(capture, 'variety/audio-call.pcap', 'An audio call with RTP: no session, no object, no finding',
         no_findings=True)

    lines = [b'Hello Bob', push.cpim(b'How are you?', 'text/plain')]
    flow = plain(Flow(lines, selectors=[], accept_types='message/cpim text/plain', content_type='text/plain',
                      success=None))
    flow.edit('send-2-1', 'Content-Type: text/plain\r\n\r\nFrom', 'Content-Type: message/cpim\r\n\r\nFrom')
    for name in ('invite', 'ok'):
        flow.edit(name, 'a=sendonly' if name == 'invite' else 'a=recvonly', 'a=sendrecv')
    flow.save('variety/msrp-chat.pcap', 'An MSRP chat (text/plain, CPIM): no session, no object, no finding',
              objects=[], sessions=[], no_findings=True)


def make():
    again('INVITE')
    again('UPDATE')
    late_offer()
    provisional()
    both_forks()
    redirected()
    blank_before()
    refusals()
    no_push()
