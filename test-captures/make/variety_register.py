# SPDX-License-Identifier: GPL-2.0-or-later
"""Registrations: first and third party, challenge, refresh, de-registration in three forms, two hops."""
from expect import save
from message_flow import RegisterFlow
from pcaplib import Capture, Host
from sip import Link, message, response

BOB = '"Bob" <sip:user@domain.com>'


def first_party():
    RegisterFlow().save('variety/register.pcap', 'A first-party registration')
    flow = RegisterFlow(app='mms.ua,wml.ua,ulp.ua')
    flow.save('variety/register-several-apps.pcap', 'A registration of three event applications')

    flow = RegisterFlow()
    plain = flow['register'].data
    challenge = response(plain, '401 Unauthorized', '2493k59kd', [
        'WWW-Authenticate: Digest realm="domain.com", nonce="8fj3kd93", algorithm=MD5, qop="auth"'])
    again = flow.request(1827, 7200, extra=[
        'Authorization: Digest username="user", realm="domain.com", nonce="8fj3kd93", uri="sip:registrar.domain.com",'
        ' response="d41d8cd98f00b204e9800998ecf8427e", cnonce="1", nc=00000001, qop=auth, algorithm=MD5'])
    flow.set('ok', flow.granted(again, 7200))
    flow.after('register', ('challenge', 0.02, 'psa', 'sip', challenge), ('again', 0.01, 'pra', 'sip', again))
    # Whether the challenged request is an entry of its own is not said; the last entry is the granted one.
    flow.save('variety/register-challenge.pcap', 'REGISTER, 401, REGISTER with credentials, 200',
              registrations='any', not_rules=['SIP-REJECTED'])

    flow = RegisterFlow()
    again = flow.request(1827, 7200, branch='r')
    flow.after('ok', ('refresh', 60, 'pra', 'sip', again), ('refresh-ok', 0.03, 'psa', 'sip', flow.granted(again, 7200)))
    flow.save('variety/register-refresh.pcap', 'A registration and its refresh after a minute',
              registrations=[flow.registration(), flow.registration()])


def two_contacts():
    """The capability is the second Contact's: that one is registered for push, with its own expiry."""
    flow = RegisterFlow()
    both = f'<sip:user@192.0.2.7>;expires=60, {flow.contact};expires=900'
    register = flow.request(1826, 7200, both)
    flow.set('register', register)
    flow.set('ok', response(register, '200 OK', '2493k59kd', [f'Contact: {both}']))
    flow.save('variety/register-two-contacts.pcap', 'A REGISTER with two Contacts, the second of them for push',
              registrations=[{**flow.registration(), 'expires': 900, 'contact': 'sip:user@192.0.2.4'}])


def deregistration():
    forms = {'header': (0, None, 'Expires: 0'), 'parameter': (None, ';expires=0', 'expires=0 in Contact'),
             'star': (0, '*', 'Contact: * with Expires: 0')}
    for name, (expires, contact, about) in forms.items():
        flow = RegisterFlow()
        if contact and contact != '*':
            contact = flow.contact + contact
        last = flow.request(1827, expires, contact, branch='d')
        flow.after('ok', ('leave', 5, 'pra', 'sip', last),
                   ('leave-ok', 0.03, 'psa', 'sip', response(last, '200 OK', '2493k59kd')))
        leaving = {'kind': 'first-party', 'deregistration': True, 'status': 200, 'aor': 'sip:user@domain.com',
                   'expires': 0}
        flow.save(f'variety/deregister-{name}.pcap', f'A registration, then a de-registration by {about}',
                  registrations=[flow.registration(), leaving])


def third_party():
    flow = RegisterFlow()
    capture = Capture()
    end = flow.into(capture)
    core, psa = Host('192.0.2.1'), Host('192.0.2.3')
    link = Link(capture, core, psa, 'tcp', 40002)
    body = flow['register'].data
    third = message('REGISTER sip:psa.domain.com SIP/2.0', [
        'Via: SIP/2.0/TCP registrar.domain.com:5060;branch=z9hG4bKnashds9', 'Max-Forwards: 70', f'To: {BOB}',
        'From: <sip:registrar.domain.com>;tag=456249', 'Call-ID: third@registrar.domain.com', 'CSeq: 1 REGISTER',
        'Contact: <sip:registrar.domain.com>', 'Expires: 7200', 'Content-Type: message/sip'], body)
    link.send(core, third, end + 0.05)
    link.send(psa, response(third, '200 OK', '6789h87bc', ['Contact: <sip:registrar.domain.com>;expires=7200']),
              end + 0.1)
    link.close(end + 1)
    known = {'kind': 'third-party', 'deregistration': False, 'status': 200, 'aor': 'sip:user@domain.com'}
    save(capture, 'variety/register-third-party.pcap',
         'A registration, then the third-party REGISTER that carries it as message/sip',
         registrations=[flow.registration(), known])

    # The third-party REGISTER alone: only its body tells that it is about push.
    capture = Capture()
    link = Link(capture, core, psa, 'tcp', 40002)
    link.send(core, third, 0.1)
    link.send(psa, response(third, '200 OK', '6789h87bc', ['Contact: <sip:registrar.domain.com>;expires=7200']), 0.15)
    save(capture, 'variety/register-third-party-body.pcap', 'Only the third-party REGISTER, the registration in its body',
         registrations=[known])


def two_hops():
    flow = RegisterFlow()
    capture = Capture()
    pra, edge, core = Host('192.0.2.4'), Host('192.0.2.8'), Host('192.0.2.1')
    near, far = Link(capture, pra, edge), Link(capture, edge, core)
    register, ok = flow['register'].data, flow['ok'].data
    via = b'Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKedge1\r\n'
    near.send(pra, register, 0.1)
    far.send(edge, register.replace(b'Via:', via + b'Via:', 1).replace(b'Max-Forwards: 70', b'Max-Forwards: 69'), 0.11)
    far.send(core, ok.replace(b'Via:', via + b'Via:', 1), 0.15)
    near.send(edge, ok, 0.16)
    save(capture, 'variety/register-two-hops.pcap', 'One registration on two hops', **flow.expected())


def make():
    first_party()
    two_contacts()
    deregistration()
    third_party()
    two_hops()
