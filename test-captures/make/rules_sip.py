# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs for the SIP rules."""
import push
from expect import message_obj
from flow import Flow
from message_flow import MessageFlow, RegisterFlow
from pcaplib import Capture
from rule_pair import bad, good
from sip import ICSI, ICSI_TAG, ICSI_URN, message, response

APP = '+g.oma.pusheventapp="mms.ua"'


def both_tags(flow, old, new):
    """Contact and Accept-Contact of the offer."""
    return flow.edit('invite', old, new, 2)


def no_app_push(seed=1):
    """A push whose headers name no application."""
    return push.envelope('application/vnd.wap.mms-message', push.mms_notification(), extra=[
        f'X-Wap-Content-URI: http://push.domain.com/{seed}'])


def tags():
    rule = 'SIP-TAG-NAME'
    bad(rule, both_tags(Flow(), 'g.3gpp.icsi-ref', 'g.3gpp.icsi_ref'), 'g.3gpp.icsi_ref in the offer')
    good(rule, both_tags(Flow(), '+g.3gpp.icsi-ref', '+G.3GPP.ICSI-Ref'), 'the same tag in another case')

    rule = 'SIP-TAG-PLUS'
    bad(rule, both_tags(Flow(), '+g.oma.pusheventapp', 'g.oma.pusheventapp'), 'g.oma.pusheventapp without the +')
    good(rule, both_tags(Flow(), APP, APP + ';automata;methods="INVITE,BYE"'),
         'base tags (automata, methods) have no + by right')

    rule = 'SIP-TAG-QUOTES'
    bad(rule, both_tags(Flow(), '"mms.ua"', '"mms.ua\u201d'), 'the closing quote is typographic')
    good(rule, both_tags(Flow(), APP, '+g.oma.pusheventapp = "mms.ua"'), 'white space around =')

    rule = 'SIP-TAG-SEPARATOR'
    bad(rule, Flow().edit('invite', f'*;{ICSI_TAG};{APP}', f'*;{ICSI_TAG}, {APP}'), 'a comma for the semicolon')
    good(rule, Flow().edit('invite', f'*;{ICSI_TAG};{APP}', f'*;{ICSI_TAG}, * ; {APP}'),
         'two values of Accept-Contact, each with its *')

    rule = 'SIP-ICSI-ENCODING'
    bad(rule, both_tags(Flow(), 'urn%3Aurn-7%3A', 'urn%3Aurn-7:'), 'only the first colon is encoded')
    good(rule, both_tags(Flow(), 'urn%3Aurn-7%3A', 'urn%3aurn-7%3a'), 'lower-case hex digits')

    rule = 'SIP-ICSI-ENCODED-HEADER'
    header = f'P-Asserted-Service: {ICSI_URN}'
    bad(rule, Flow().edit('invite', header, f'P-Asserted-Service: urn%3Aurn-7%3A{ICSI}'),
        'a percent-encoded URN in P-Asserted-Service')
    good(rule, Flow().edit('invite', header, f'P-Preferred-Service: {ICSI_URN}'), 'a plain URN in P-Preferred-Service')

    rule = 'SIP-ICSI-NAMESPACE'
    bad(rule, Flow().everywhere('urn-7', 'urn-xxx'), 'urn:urn-xxx:', session={'icsis': [f'urn:urn-xxx:{ICSI}']})
    good(rule, Flow().edit('invite', f'P-Asserted-Service: {ICSI_URN}', f'P-Asserted-Service: URN:URN-7:{ICSI}'),
         'scheme and namespace in capitals (RFC 8141 section 3.1)', session={'icsis': 'any'})

    rule = 'SIP-ICSI-AS-IARI'
    iari = ICSI_TAG.replace('icsi-ref', 'iari-ref')
    bad(rule, both_tags(Flow(), APP, f'{APP};{iari}'), 'an ICSI in iari-ref')
    good(rule, both_tags(Flow(), APP, f'{APP};+g.3gpp.iari-ref="urn%3Aurn-7%3A3gpp-application.ims.iari.acme.alert"'),
         'an IARI in iari-ref')


def applications():
    rule = 'SIP-APP-UNKNOWN'
    bad(rule, Flow([no_app_push()], app='nosuch.ua'), 'nosuch.ua')
    good(rule, Flow([no_app_push()], app='java-ams'), 'java-ams, a short name without .ua')

    rule = 'SIP-APP-MISMATCH'
    bad(rule, MessageFlow(app='wml.ua'), 'event app wml.ua, X-Wap-Application-Id mms.ua')
    good(rule, MessageFlow(app='wml.ua,mms.ua'), 'a list that holds the application of the body')

    rule = 'SIP-TOO-LONG'
    apps = ['mms.ua', *(f'application-{k}' for k in range(40))]
    bad(rule, MessageFlow(app=','.join(apps)), '41 applications, of which 17 find room', may=['SIP-APP-UNKNOWN'],
        object={'event_apps': apps[:17]})
    good(rule, MessageFlow(app='push.sia,wml.ua,wta.ua,mms.ua,push.syncml,loc.ua,syncml.dm,drm.ua,emn.ua,wv.ua,ulp.ua,'
                               'dlota.ua,java-ams,bcast.ua,dpe.ua,cpm:ua'), "OMNA's 16 names")


def syntax():
    rule = 'SIP-SYNTAX'
    flow = RegisterFlow()
    bad(rule, flow.edit('ok', ';pub-gruu=', '\r\n;pub-gruu='), 'a line that begins with ; among the headers', objects=[],
        registrations=[flow.registration(expires='any')])
    flow = RegisterFlow()
    good(rule, flow.edit('ok', ';pub-gruu=', '\r\n ;pub-gruu='), 'the same line folded as it should be', objects=[])

    rule = 'SIP-NO-APP'
    flow = MessageFlow()
    bad(rule, flow.edit('message', f';{APP}', ''), 'a push by its media type and the ICSI alone', object={'event_apps': []})
    good(rule, MessageFlow(b'\0\x1c\1\0\0', 'application/vnd.omaloc-supl-init', 'ulp.ua', icsi=False),
         'SUPL INIT with the tag of its application and without an ICSI')

    rule = 'SIP-URI-SYNTAX'
    to = 'To: "Bob" <sip:user@domain.com>'
    bad(rule, Flow().edit('invite', to, to[:-1]), 'To without >')
    good(rule, Flow().edit('invite', to, 'To: sip:user@domain.com'), 'To in addr-spec form')

    rule = 'SIP-VIA-SENT-BY'
    bad(rule, Flow().edit('invite', '192.0.2.3:5060;branch', 'psa@192.0.2.3:5060;branch'), 'psa@192.0.2.3')
    good(rule, Flow().edit('invite', '192.0.2.3:5060;branch=', 'psa.domain.com : 5060 ;branch= '),
         'white space around the colon and after branch=')

    rule = 'SIP-CONTENT-LENGTH'
    flow = MessageFlow()
    bad(rule, flow.edit('message', f'Content-Length: {len(flow.body)}', 'Content-Length: ..'), 'two dots')
    flow = MessageFlow()
    good(rule, flow.edit('message', f'Content-Length: {len(flow.body)}', f'l:   {len(flow.body)}'),
         'the compact name, and blanks before the number')

    rule = 'SIP-CSEQ-RESPONSE'
    bad(rule, Flow().edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE'), '200 to CSeq 2 BYE says 3 BYE')
    flow = Flow()
    flow.after('ok', ('ok-again', 0.005, 'pra', 'sip', flow['ok'].data))
    good(rule, flow, 'the same 200 twice (retransmission)')

    rule = 'SIP-TO-TAG'
    flow = MessageFlow()
    flow.edit('message', '<sip:user@domain.com>', '<sip:user@domain.com>;tag=456248')
    flow.edit('ok', ';tag=r7x2', ';tag=456248')
    before = RegisterFlow()
    capture = Capture()
    end = before.into(capture)
    flow.capture = lambda: (flow.into(capture, end + 1), capture)[1]
    bad(rule, flow, 'a MESSAGE outside any dialog; the registration before it shows that nothing came earlier',
        registrations=[before.registration()])
    flow = Flow()
    again = flow.in_dialog('INVITE', 2, 'again', [
        f'Contact: <sip:psa@192.0.2.3>;{flow.tags()}', 'Content-Type: application/sdp'], flow.offer)
    flow.edit('bye', 'CSeq: 2 BYE', 'CSeq: 3 BYE').edit('bye-ok', 'CSeq: 2 BYE', 'CSeq: 3 BYE')
    flow.after('report', ('reinvite', 0.1, 'psa', 'sip', again),
               ('reok', 0.05, 'pra', 'sip', response(again, '200 OK', extra=[
                   'Contact: <sip:user@192.0.2.4>', 'Content-Type: application/sdp'], body=flow.answer)),
               ('reack', 0.01, 'psa', 'sip', flow.in_dialog('ACK', 2, 'reack')))
    good(rule, flow, 'a re-INVITE within the dialog', session={'renegotiations': 1})

    rule = 'SIP-GRUU-SYNTAX'
    flow = RegisterFlow()
    bad(rule, flow.edit('ok', 'pub-gruu="sip:user@domain.com;gr=', 'pub-gruu="sip:user@domain.com; ;gr='),
        'an empty parameter in pub-gruu', objects=[])
    flow = RegisterFlow()
    good(rule, flow.edit('ok', ';gr"', ';gr;x-other=1"'), 'gr is not the last parameter of temp-gruu', objects=[])


def answers():
    rule = 'SIP-NO-ANSWER'
    bad(rule, unanswered(3), 'a MESSAGE retransmitted for 3.5 s without an answer, and the capture ends',
        object={'status': None, 'verdict': 'unknown'}, not_rules=['SIP-TIMEOUT'])
    flow = MessageFlow()
    flow.after('message', ('again-1', 0.5, 'psa', 'sip', flow['message'].data),
               ('again-2', 1, 'psa', 'sip', flow['message'].data)).wait('ok', 1.9)
    good(rule, flow, 'answered after two retransmissions')

    rule = 'SIP-TIMEOUT'
    options = message('OPTIONS sip:user@192.0.2.4 SIP/2.0', [
        'Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK776opt', 'Max-Forwards: 70', 'From: <sip:psa@domain.com>;tag=opt',
        'To: <sip:user@domain.com>', 'Call-ID: options@domain.com', 'CSeq: 1 OPTIONS'])
    flow = unanswered(10).after('again-10', ('options', 4, 'psa', 'sip', options),
                                ('options-ok', 0.1, 'pra', 'sip', response(options, '200 OK')))
    bad(rule, flow, 'a MESSAGE retransmitted for 32 s without an answer, and the capture goes on',
        object={'status': None}, not_rules=['SIP-NO-ANSWER'])
    flow = MessageFlow()
    flow.wait('ok', 31.9)
    good(rule, flow, 'answered in the last moment, and the capture goes on')

    rule = 'SIP-CANCELLED'
    flow, cancel = cancelled()
    bad(rule, flow, 'CANCEL, 487', objects=[], session={'status': 487, 'objects': 0}, not_rules=['SIP-REJECTED'])
    flow = Flow()
    cancel = cancel_of(flow)
    flow.after('ok', ('cancel', 0.001, 'psa', 'sip', cancel),
               ('cancel-ok', 0.01, 'pra', 'sip', response(cancel, '200 OK')))
    good(rule, flow, 'the CANCEL crosses the 200 and comes too late')

    rule = 'SIP-REJECTED'
    flow = MessageFlow()
    bad(rule, flow.set('ok', response(flow['message'].data, '603 Decline')), 'a MESSAGE declined',
        object={'status': 603})
    flow = challenged_message()
    good(rule, flow, '407, then the same MESSAGE with credentials, 200')


def unanswered(times):
    """A MESSAGE sent again so many times, as RFC 3261 section 17.1.2.2 has it: ten until timer F."""
    flow = MessageFlow()
    for n, gap in enumerate((0.5, 1, 2, 4, 4, 4, 4, 4, 4, 4)[:times], 1):
        flow.after('message' if n == 1 else f'again-{n - 1}', (f'again-{n}', gap, 'psa', 'sip', flow['message'].data))
    return flow.drop('ok')


def cancel_of(flow):
    """CANCEL of the INVITE: same branch, CSeq number, no To tag (RFC 3261 section 9.1)."""
    return message('CANCEL sip:user@192.0.2.4 SIP/2.0', [flow.via('776inv'), 'Max-Forwards: 70', *flow.common,
                                                         'CSeq: 1 CANCEL'])


def cancelled():
    flow = Flow()
    invite, cancel = flow['invite'].data, cancel_of(flow)
    ack = message('ACK sip:user@192.0.2.4 SIP/2.0', [
        flow.via('776inv'), 'Max-Forwards: 70', flow.common[0], flow.common[1] + ';tag=r7x2', flow.common[2],
        'CSeq: 1 ACK'])
    for step in list(flow.steps)[1:]:
        flow.drop(step.name)
    flow.after('invite', ('ringing', 0.05, 'pra', 'sip', response(invite, '180 Ringing')),
               ('cancel', 1, 'psa', 'sip', cancel), ('cancel-ok', 0.01, 'pra', 'sip', response(cancel, '200 OK')),
               ('487', 0.01, 'pra', 'sip', response(invite, '487 Request Terminated')),
               ('ack', 0.01, 'psa', 'sip', ack))
    return flow, cancel


def challenged_message():
    flow = MessageFlow()
    challenge = response(flow['message'].data, '407 Proxy Authentication Required', extra=[
        'Proxy-Authenticate: Digest realm="domain.com", nonce="8fj3kd93", algorithm=MD5, qop="auth"'])
    again = flow.request('application/vnd.oma.push', cseq=2, branch='msgb', extra=[
        'Proxy-Authorization: Digest username="psa", realm="domain.com", nonce="8fj3kd93", uri="sip:user@192.0.2.4",'
        ' response="d41d8cd98f00b204e9800998ecf8427e", cnonce="1", nc=00000001, qop=auth, algorithm=MD5'])
    flow.set('ok', response(again, '200 OK'))
    flow.after('message', ('challenge', 0.02, 'pra', 'sip', challenge), ('again', 0.02, 'psa', 'sip', again))
    return flow


def make():
    tags()
    applications()
    syntax()
    answers()
