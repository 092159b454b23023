# SPDX-License-Identifier: GPL-2.0-or-later
"""The other two base flows: a push by MESSAGE, and a registration."""
import push
import sdp
from expect import message_obj
from sip import ICSI_TAG, ICSI_URN, INSTANCE, app_tag, message, response
from steps import Steps


class MessageFlow(Steps):
    """Steps: message, ok."""

    def __init__(self, body=None, content_type=sdp.PUSH_TYPE, app='mms.ua', icsi=True, **where):
        super().__init__(**where)
        self.body = push.mms_push() if body is None else body
        self.app = app
        self.call_id = f'{723459815768900 + self.number}@998sdasdh09'
        self.add('message', 0.1, 'psa', 'sip', self.request(content_type, icsi))
        self.add('ok', 0.1, 'pra', 'sip', response(self['message'].data, '200 OK'))

    def request(self, content_type, icsi=True, cseq=1, branch='msg', extra=()):
        tags = f'{ICSI_TAG};' if icsi else ''
        host = self.hosts['psa'].literal()
        return message(f'MESSAGE sip:user@{self.hosts["pra"].literal()} SIP/2.0', [
            f'Via: SIP/2.0/{self.transport.upper()} {host}:5060;branch=z9hG4bK776{branch}{self.number}',
            'Max-Forwards: 70',
            'From: <sip:psa@domain.com>;tag=49583', 'To: "Bob" <sip:user@domain.com>', f'Call-ID: {self.call_id}',
            f'CSeq: {cseq} MESSAGE', f'Accept-Contact: *;{tags}{app_tag(self.app)}',
            f'P-Asserted-Service: {ICSI_URN}' if icsi else None, *extra, f'Content-Type: {content_type}'], self.body)

    def expected_object(self, **known):
        return message_obj(self.body, **{'call_id': self.call_id, 'event_apps': self.app.split(','),
                                         'result': 'not-offered', 'covers': None, **known})

    def expected(self, *, object=None, **known):
        return {'objects': [self.expected_object(**(object or {}))], **known}


class RegisterFlow(Steps):
    """Steps: register, ok. The registrar answers at the PSA's place; the names say which host is which."""

    def __init__(self, app='mms.ua', expires=7200, **where):
        super().__init__(**{'psa': '192.0.2.1', **where})
        self.app = app
        self.call_id = f'{843817637684200 + self.number}@998sdasdh09'
        self.contact = f'<sip:user@{self.hosts["pra"].literal()}>;+sip.instance="<{INSTANCE}>";{ICSI_TAG};{app_tag(app)}'
        register = self.request(1826, expires)
        self.add('register', 0.1, 'pra', 'sip', register)
        self.add('ok', 0.03, 'psa', 'sip', self.granted(register, expires))

    def request(self, cseq, expires, contact=None, branch='', extra=()):
        host = self.hosts['pra'].literal()
        return message('REGISTER sip:registrar.domain.com SIP/2.0', [
            f'Via: SIP/2.0/UDP {host}:5060;branch=z9hG4bKnashds{self.number}x{cseq}{branch}', 'Max-Forwards: 70',
            'To: "Bob" <sip:user@domain.com>', 'From: "Bob" <sip:user@domain.com>;tag=456248', 'Supported: gruu',
            f'Call-ID: {self.call_id}', f'CSeq: {cseq} REGISTER', f'Contact: {contact or self.contact}',
            None if expires is None else f'Expires: {expires}', *extra])

    def granted(self, register, expires):
        gruu = (f';pub-gruu="sip:user@domain.com;gr={INSTANCE}"'
                ';temp-gruu="sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@domain.com;gr"')
        return response(register, '200 OK', '2493k59kd', [f'Contact: {self.contact}{gruu};expires={expires}'])

    def registration(self, **known):
        return {'kind': 'first-party', 'deregistration': False, 'status': 200, 'event_apps': self.app.split(','),
                'icsis': [ICSI_URN], 'aor': 'sip:user@domain.com', 'instance': INSTANCE, 'expires': 7200,
                'call_id': self.call_id, **known}

    def expected(self, *, registration=None, **known):
        return {'registrations': [self.registration(**(registration or {}))], **known}
