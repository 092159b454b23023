# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample flows of OMA SIP Push, Appendix B: as printed, and with every rule obeyed (two variants)."""
import appendix_b_text
import msrp
import push
import sdp
from expect import message_obj, obj, save
from pcaplib import Capture, Host
from sip import ICSI_TAG, ICSI_URN, INSTANCE, Link, app_tag, message
from tcp import Connection

PATH_PSA = 'msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp'
PATH_PRA = 'msrp://userpc.domain.com:8888/9di4ea;tcp'
CONTENT_TYPE = 'text/vnd.wap.connectivity-xml'
CONTENT = push.connectivity(4092, seed=1)


def big_object():
    """4385 bytes as in the flow: 293 of push message headers and 4092 of content."""
    def make(pad):
        uri = 'http://push.domain.com/' + push.words(pad, 3).decode().replace(' ', '-')
        return push.envelope(CONTENT_TYPE, CONTENT, 'wml.ua', [
            f'X-Wap-Content-URI: {uri}', 'X-Wap-Initiator-URI: http://psa.domain.com/'])
    out = make(293 - (len(make(0)) - 4092))
    assert len(out) == 4385
    return out


OBJECT = big_object()
SMALL = push.mms_push()


def frames(texts):
    """The 23 messages as frames: (who sends, which link, seconds after the one before)."""
    capture = Capture()
    pra, core, psa = Host('192.0.2.4'), Host('192.0.2.1'), Host('192.0.2.3')
    register = Link(capture, pra, core)
    third = Link(capture, core, psa, 'tcp', 40002)
    psa_core = Link(capture, psa, core, 'tcp', 40003)
    udp = register
    core_pra = Link(capture, core, pra, 'tcp', 40004)
    media = Connection(capture, psa, 7654, pra, 8888)
    script = [
        (pra, register, 0), (core, register, 0.03), (core, third, 0.02), (psa, third, 0.01),            # B.1
        (psa, psa_core, 1), (core, udp, 0.01), (pra, udp, 0.05), (core, psa_core, 0.01),                # B.2
        (psa, psa_core, 1), (core, core_pra, 0.01), (pra, core_pra, 0.2), (core, psa_core, 0.01),       # B.3
        (psa, psa_core, 0.01), (core, core_pra, 0.01),
        (psa, media, 0.05), (pra, media, 0.02), (psa, media, 0.02), (pra, media, 0.02), (pra, media, 0.03),
        (psa, psa_core, 0.5), (core, core_pra, 0.01), (pra, core_pra, 0.02), (core, psa_core, 0.01)]
    when = 0.1
    for data, (host, link, gap) in zip(texts, script, strict=True):
        when += gap
        if link is media and data.startswith(b'MSRP d93kswow SEND'):
            media.open(when - 0.02)
        link.send(host, data, when)
    media.close(psa, when + 0.02)
    for link in (third, psa_core, core_pra):
        link.close(when + 1)
    return capture


def as_printed():
    texts = appendix_b_text.messages({'Push': SMALL, 'first': OBJECT[:2048], 'last': OBJECT[2048:]})
    icsi = 'urn:urn-xxx:3gpp-service.ims.icsi.omapush'
    save(frames(texts), 'appendix-b-as-printed.pcap',
         'Appendix B, all 23 messages of B.1, B.2 and B.3 exactly as printed, typing errors included; the object is'
         ' 4385 bytes, its content 4092, the printed hash fits neither',
         registrations=[
             {'kind': 'first-party', 'deregistration': False, 'status': 200, 'event_apps': ['mms.ua'],
              'aor': 'sip:user@domain.com', 'expires': 3600},
             {'kind': 'third-party', 'deregistration': False, 'status': 200, 'aor': 'sip:user@domain.com',
              'expires': 7200}],
         sessions=[{'call_id': '390458126334871@998sdasdh09', 'status': 200, 'event_apps': ['wml.ua'],
                    'icsis': [icsi], 'objects': 1, 'setup': ['passive', 'active'],
                    'direction': ['sendonly', 'recvonly'], 'renegotiations': 0}],
         objects=[
             message_obj(SMALL, call_id='723459815768908@998sdasdh09', hops=2, verdict='warn',
                         event_apps=['mms.ua'], result='not-offered', body_encoding='text',
                         body_content_type='application/vnd.wap.mms-message'),
             obj(OBJECT, carrier='MSRP', session=1, message_id='12339sdqwer', verdict='fail', chunks=2, reports=1,
                 result='mismatch', body_encoding='text', body_content_type=CONTENT_TYPE, body_content_size=4092)],
         rules=['SIP-SYNTAX', 'SIP-TAG-NAME', 'SIP-TAG-QUOTES', 'SIP-TAG-SEPARATOR', 'SIP-ICSI-NAMESPACE', 'SIP-URI-SYNTAX',
                'SIP-VIA-SENT-BY', 'SIP-CONTENT-LENGTH', 'SIP-CSEQ-RESPONSE', 'SIP-GRUU-SYNTAX', 'SDP-SYNTAX',
                'MSRP-END-LINE', 'MSRP-UNINTERRUPTIBLE', 'MSRP-CONNECT-SIDE', 'OBJ-HASH'],
         # A tag behind a missing `>`, a folded selector: readers may count these under either rule. The
         # selector's size is the content's, but the hash that would say so fits nothing.
         may=['SIP-TO-TAG', 'SDP-FILE-SELECTOR', 'OBJ-SIZE'],
         not_rules=['SIP-NO-ANSWER', 'SIP-APP-MISMATCH', 'SIP-ICSI-ENCODING', 'SDP-SETUP', 'SDP-DIRECTION',
                    'SDP-PATH-MISSING', 'SDP-TRANSFER-ID', 'SDP-ANSWER-SELECTOR', 'MSRP-RESPONSE-MISSING',
                    'MSRP-REPORT-MISSING', 'MSRP-REPORT-RANGE', 'MSRP-PATH', 'MSRP-GAP', 'OBJ-TYPE', 'OBJ-EXTRA'])


def tags(app):
    return f'{ICSI_TAG};{app_tag(app)}'


def registration():
    branch = 'Via: SIP/2.0/UDP pra1.domain.com:5060;branch=z9hG4bKnashds7'
    bob = '"Bob" <sip:user@domain.com>'
    call = 'Call-ID: 843817637684230@998sdasdh09'
    contact = (f'Contact: <sip:user@192.0.2.4>;+sip.instance="<{INSTANCE}>";{tags("mms.ua,wml.ua")}')
    yield message('REGISTER sip:registrar.domain.com SIP/2.0', [
        branch, 'Max-Forwards: 70', f'To: {bob}', f'From: {bob};tag=456248', 'Supported: gruu,path', call,
        'CSeq: 1826 REGISTER', contact, 'Expires: 7200'])
    yield message('SIP/2.0 200 OK', [
        branch + ';received=192.0.2.4', f'To: {bob};tag=2493k59kd', f'From: {bob};tag=456248', call,
        'CSeq: 1826 REGISTER',
        contact + f';pub-gruu="sip:user@domain.com;gr={INSTANCE}"'
        ';temp-gruu="sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@domain.com;gr";expires=3600'])
    branch = 'Via: SIP/2.0/TCP registrar.domain.com:5060;branch=z9hG4bKnashds8'
    rest = ['From: <sip:registrar.domain.com>;tag=456249', 'Call-ID: 843817637684230@998sdasdh0a',
            'CSeq: 1827 REGISTER', 'Contact: <sip:registrar.domain.com>', 'Expires: 3600']
    yield message('REGISTER sip:psa.domain.com SIP/2.0', [branch, 'Max-Forwards: 70', f'To: {bob}', *rest])
    yield message('SIP/2.0 200 OK', [branch + ';received=192.0.2.1', f'To: {bob};tag=6789h87bc', *rest])


VIA_PSA = 'Via: SIP/2.0/TCP psa.domain.com;branch='
VIA_TCP = 'Via: SIP/2.0/TCP proxy.domain.com;branch='
VIA_UDP = 'Via: SIP/2.0/UDP proxy.domain.com;branch='
RECEIVED_PSA, RECEIVED_PROXY = ';received=192.0.2.3', ';received=192.0.2.1'
GRUU = f'sip:user@domain.com;gr={INSTANCE}'
FROM = 'From: <sip:psa@domain.com>;tag=49583'
TO = 'To: "Bob" <sip:user@domain.com>'
IDENTITY = 'P-Asserted-Identity: <sip:psa@domain.com>'


def push_by_message():
    call = ['Call-ID: 723459815768908@998sdasdh09', 'CSeq: 1 MESSAGE']
    common = [FROM, TO, f'P-Asserted-Service: {ICSI_URN}', 'Supported: gruu',
              f'Accept-Contact: *;{tags("mms.ua")}', *call, 'Content-Type: application/vnd.oma.push']
    yield message(f'MESSAGE {GRUU} SIP/2.0', [
        VIA_PSA + 'z9hG4bK776sgdkse', 'Max-Forwards: 70', IDENTITY, *common], SMALL)
    via = [VIA_UDP + 'z9hG4bK123dsghds', VIA_PSA + 'z9hG4bK776sgdkse' + RECEIVED_PSA]
    yield message('MESSAGE sip:user@192.0.2.4 SIP/2.0', [
        *via, 'Max-Forwards: 69', IDENTITY, f'P-Called-Party-ID: <{GRUU}>', *common], SMALL)
    answer = [FROM, TO + ';tag=83k2nd', 'Supported: gruu', *call]
    yield message('SIP/2.0 200 OK', [via[0] + RECEIVED_PROXY, via[1], *answer])
    yield message('SIP/2.0 200 OK', [via[1], 'P-Asserted-Identity: <sip:user@domain.com>', *answer])


def session(selector):
    """SIP of B.3: offer, answer, ACK, and (after the MSRP messages) BYE."""
    call = 'Call-ID: 390458126334871@998sdasdh09'
    to = TO + ';tag=a6c85cf'
    record = 'Record-Route: <sip:proxy.domain.com;transport=tcp;lr>'
    route = 'Route: <sip:proxy.domain.com;transport=tcp;lr>'
    offer = sdp.session('psa.domain.com', sdp.media(PATH_PSA, port=7654, selectors=[selector]))
    answer = sdp.session('userpc.domain.com', sdp.media(
        PATH_PRA, port=8888, setup='passive', direction='recvonly', selectors=[selector]), user='bob')
    sdp_type = 'Content-Type: application/sdp'
    invite = [FROM, TO, f'P-Asserted-Service: {ICSI_URN}', 'Supported: gruu',
              f'Contact: <sip:psa.domain.com;transport=tcp>;{tags("wml.ua")}', f'Accept-Contact: *;{tags("wml.ua")}',
              call, 'CSeq: 198456 INVITE', sdp_type]

    def forwarded(branch):
        return [VIA_TCP + branch[0], VIA_PSA + branch[1] + RECEIVED_PSA]

    via = forwarded(('z9hG4bK123dsgh01', 'z9hG4bK776sgdk01'))
    yield message(f'INVITE {GRUU} SIP/2.0', [VIA_PSA + 'z9hG4bK776sgdk01', 'Max-Forwards: 70', IDENTITY, *invite],
                  offer)
    yield message('INVITE sip:user@192.0.2.4 SIP/2.0', [
        *via, record, 'Max-Forwards: 69', IDENTITY, f'P-Called-Party-ID: <{GRUU}>', *invite], offer)
    ok = [record, FROM, to, 'Supported: gruu', f'Contact: <{GRUU}>;{tags("wml.ua")}', call, 'CSeq: 198456 INVITE',
          sdp_type]
    yield message('SIP/2.0 200 OK', [via[0] + RECEIVED_PROXY, via[1], *ok], answer)
    yield message('SIP/2.0 200 OK', [via[1], 'P-Asserted-Identity: <sip:user@domain.com>', *ok], answer)
    via = forwarded(('z9hG4bK123dsgh02', 'z9hG4bK776sgdk02'))
    ack = [FROM, to, call, 'CSeq: 198456 ACK']
    yield message(f'ACK {GRUU} SIP/2.0', [VIA_PSA + 'z9hG4bK776sgdk02', route, 'Max-Forwards: 70', *ack])
    yield message('ACK sip:user@192.0.2.4 SIP/2.0', [*via, 'Max-Forwards: 69', *ack])
    yield from transfer()
    via = forwarded(('z9hG4bK123dsgh03', 'z9hG4bK776sgdk03'))
    bye = [FROM, to, call, 'CSeq: 198457 BYE']
    yield message(f'BYE {GRUU} SIP/2.0', [VIA_PSA + 'z9hG4bK776sgdk03', route, 'Max-Forwards: 70', *bye])
    yield message('BYE sip:user@192.0.2.4 SIP/2.0', [*via, 'Max-Forwards: 69', *bye])
    yield message('SIP/2.0 200 OK', [via[0] + RECEIVED_PROXY, via[1], *bye])
    yield message('SIP/2.0 200 OK', [via[1], *bye])


def transfer():
    one = {'to_path': PATH_PRA, 'from_path': PATH_PSA, 'message_id': '12339sdqwer', 'total': 4385}
    yield msrp.send('d93kswow', body=OBJECT[:2048], flag='+', **one)
    yield msrp.response('d93kswow', PATH_PSA, PATH_PRA)
    # The second body is longer than 2048 octets, so it must be interruptible: RFC 4975 section 7.1.1.
    yield msrp.send('op2nc9a', body=OBJECT[2048:], start=2049, end='*', **one)
    yield msrp.response('op2nc9a', PATH_PSA, PATH_PRA)
    yield msrp.report('dkei38sd', PATH_PSA, PATH_PRA, '12339sdqwer', 1, 4385, 4385)


def corrected(name, about, hashed, covers):
    texts = [*registration(), *push_by_message(), *session(sdp.selector(hashed))]
    save(frames(texts), name, about,
         registrations=[
             {'kind': 'first-party', 'deregistration': False, 'status': 200, 'event_apps': ['mms.ua', 'wml.ua'],
              'icsis': [ICSI_URN], 'aor': 'sip:user@domain.com', 'expires': 3600, 'instance': INSTANCE},
             {'kind': 'third-party', 'deregistration': False, 'status': 200, 'aor': 'sip:user@domain.com',
              'expires': 3600}],
         sessions=[{'call_id': '390458126334871@998sdasdh09', 'status': 200, 'event_apps': ['wml.ua'],
                    'icsis': [ICSI_URN], 'objects': 1, 'setup': ['actpass', 'passive'],
                    'direction': ['sendonly', 'recvonly'], 'renegotiations': 0}],
         objects=[
             message_obj(SMALL, call_id='723459815768908@998sdasdh09', hops=2, event_apps=['mms.ua'],
                         result='not-offered', body_encoding='text',
                         body_content_type='application/vnd.wap.mms-message'),
             obj(OBJECT, carrier='MSRP', session=1, message_id='12339sdqwer', chunks=2, reports=1, result='match',
                 covers=covers, name='pushid-a3cd20b8ae7f', body_encoding='text', body_content_type=CONTENT_TYPE,
                 body_content_size=4092)],
         not_rules=['MSRP-UNINTERRUPTIBLE', 'SDP-FILE-INCOMPLETE', 'SIP-NO-ANSWER', 'MSRP-CONNECT-SIDE'])


def make():
    as_printed()
    corrected('appendix-b-corrected.pcap',
              'The same flows with every rule obeyed; selector size and hash are those of the whole object (4385)',
              OBJECT, 'object')
    corrected('appendix-b-corrected-content.pcap',
              'The same, with selector size and hash of the content inside the push envelope (4092)',
              CONTENT, 'content')
