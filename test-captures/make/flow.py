# SPDX-License-Identifier: GPL-2.0-or-later
"""The clean base flow: one push session (offer, answer, ACK, chunks with responses, REPORT, BYE) as named
steps that a capture changes in one place.

Steps: invite, ok, ack, then for each object n (from 1) and chunk m: send-n-m, resp-n-m, and report-n, then bye,
bye-ok. With one object the names are also found without the object's number: send-1, resp-1, report.
"""
import msrp
import push
import sdp
from expect import obj
from sip import ICSI_TAG, ICSI_URN, app_tag, message, response
from steps import Steps


class Flow(Steps):
    def __init__(self, objects=None, *, chunk=300, app='mms.ua', number=1, psa='192.0.2.3', pra='192.0.2.4',
                 psa_name=None, pra_name=None, setup=('actpass', 'passive'), selectors=None, offer=None, answer=None,
                 accept_types=sdp.PUSH_TYPE, transport='udp', success='yes', report=True, connects='psa',
                 content_type=sdp.PUSH_TYPE, port=7654, end='fixed', total=None, bind=False):
        self.objects = [push.mms_push_sized(600, seed=number)] if objects is None else objects
        super().__init__(number, psa, pra, transport, connects)
        self.app = app
        self.ports = {'psa': port, 'pra': 8888 + number - 1}
        self.call_id = f'{390458126334870 + number}@998sdasdh09'
        names = {'psa': psa_name or self.hosts['psa'].literal(), 'pra': pra_name or self.hosts['pra'].literal()}
        self.names = names
        self.psa = f'msrp://{names["psa"]}:{port}/a3cd20b8ae7{number};tcp'
        self.pra = f'msrp://{names["pra"]}:{self.ports["pra"]}/9di4ea{number};tcp'
        self.selectors = [sdp.selector(data, f'pushid-{number}-{i}') for i, data in enumerate(self.objects, 1)] \
            if selectors is None else selectors
        self.offer = offer or sdp.session(names['psa'], sdp.media(
            self.psa, port=port, setup=setup[0], selectors=self.selectors, accept_types=accept_types))
        self.answer = answer or sdp.session(names['pra'], sdp.media(
            self.pra, port=self.ports['pra'], setup=setup[1], direction='recvonly', selectors=self.selectors,
            accept_types=accept_types), user='bob')
        self.signalling()
        if bind:
            self.add('bind', 0.02, 'psa', 'msrp', msrp.bind('bind0001', self.pra, self.psa))
            self.add('bind-resp', 0.01, 'pra', 'msrp', msrp.response('bind0001', self.psa, self.pra))
        for number, data in enumerate(self.objects, 1):
            self.transfer(number, data, chunk, content_type, success, report, end, total)
        self.release()

    # --- the steps of the base flow ---

    def tags(self):
        return f'{ICSI_TAG};{app_tag(self.app)}'

    def via(self, branch):
        return f'Via: SIP/2.0/{self.transport.upper()} {self.names["psa"]}:5060;branch=z9hG4bK{branch}{self.number}'

    def signalling(self):
        self.common = ['From: <sip:psa@domain.com>;tag=49583', 'To: "Bob" <sip:user@domain.com>',
                       f'Call-ID: {self.call_id}']
        target = f'sip:user@{self.names["pra"]}'
        invite = message(f'INVITE {target} SIP/2.0', [
            self.via('776inv'), 'Max-Forwards: 70', *self.common, 'CSeq: 1 INVITE',
            f'Contact: <sip:psa@{self.names["psa"]}>;{self.tags()}', f'Accept-Contact: *;{self.tags()}',
            f'P-Asserted-Service: {ICSI_URN}', 'Content-Type: application/sdp'], self.offer)
        ok = response(invite, '200 OK', extra=[f'Contact: <{target}>;{self.tags()}',
                                               'Content-Type: application/sdp'], body=self.answer)
        self.add('invite', 0.1, 'psa', 'sip', invite)
        self.add('ok', 0.1, 'pra', 'sip', ok)
        self.add('ack', 0.01, 'psa', 'sip', self.in_dialog('ACK', 1, 'ack'))

    def in_dialog(self, method, cseq, branch, headers=(), body=b''):
        """A request of the PSA within the dialog."""
        return message(f'{method} sip:user@{self.names["pra"]} SIP/2.0', [
            self.via('776' + branch), 'Max-Forwards: 70', self.common[0], self.common[1] + ';tag=r7x2',
            self.common[2], f'CSeq: {cseq} {method}', *headers], body)

    def message_id(self, number=1):
        return f'12339sdqw{self.number}{number}'

    def tid(self, number, m):
        return f't{self.number}x{number}c{m}'

    def chunk(self, number, m, start, body, total, last, **how):
        """One SEND of object `number`; last: `$`, else `+`."""
        return msrp.send(self.tid(number, m), self.pra, self.psa, self.message_id(number), body, start, total,
                         flag='$' if last else '+', **how)

    def transfer(self, number, data, chunk, content_type, success, report, end, total):
        pieces = msrp.cut(data, chunk)
        for m, (start, body) in enumerate(pieces, 1):
            self.add(f'send-{number}-{m}', 0.03, 'psa', 'msrp', self.chunk(
                number, m, start, body, total or len(data), m == len(pieces), content_type=content_type,
                success=success, end=end))
            self.add(f'resp-{number}-{m}', 0.01, 'pra', 'msrp', msrp.response(self.tid(number, m), self.psa, self.pra))
        if report and success == 'yes':
            self.add(f'report-{number}', 0.02, 'pra', 'msrp', self.report(number, 1, len(data), len(data)))

    def report(self, number, start, end, total, status='000 200 OK', suffix=''):
        return msrp.report(f'r{self.number}x{number}{suffix or "rep"}', self.psa, self.pra, self.message_id(number),
                           start, end, total, status)

    def release(self):
        bye = self.in_dialog('BYE', 2, 'bye')
        self.add('bye', 0.3, 'psa', 'sip', bye)
        self.add('bye-ok', 0.02, 'pra', 'sip', response(bye, '200 OK'))

    def session(self, **known):
        return {'call_id': self.call_id, 'status': 200, 'event_apps': self.app.split(','), 'icsis': [ICSI_URN],
                'objects': len(self.objects), 'renegotiations': 0, **known}

    def expected_object(self, number=1, **known):
        data = self.objects[number - 1]
        chunks = sum(s.name.startswith(f'send-{number}-') for s in self.steps)
        reports = sum(s.name.startswith(f'report-{number}') for s in self.steps)
        return obj(data, **{'carrier': 'MSRP', 'session': 1, 'message_id': self.message_id(number),
                            'chunks': chunks, 'reports': reports,
                            'result': 'match' if self.selectors else 'not-offered',
                            'covers': 'object' if self.selectors else None, **known})

    # --- what must be found ---

    def expected(self, *, session=None, object=None, **known):
        """Keywords for save(): the base flow's, changed by the given ones."""
        objects = [self.expected_object(n, **(object or {})) for n in range(1, len(self.objects) + 1)]
        return {'sessions': [self.session(**(session or {}))], 'objects': objects, **known}
