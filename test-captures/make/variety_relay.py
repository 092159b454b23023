# SPDX-License-Identifier: GPL-2.0-or-later
"""Relays (RFC 4976): paths of two URIs, the same object on two hops, AUTH and Use-Path."""
import msrp
import push
from expect import save
from flow import Flow
from pcaplib import Capture, Host
from sip import Link
from tcp import Connection

RELAY = 'msrp://relay.domain.com:2855/kjh6f3;tcp'


class Relayed:
    """PSA - relay - PRA. The PSA offers the relay's path before its own (RFC 4976 section 5.1)."""

    def __init__(self, data, chunk=300):
        self.data, self.chunk = data, chunk
        plain = Flow([data])
        self.psa, self.pra = plain.psa, plain.pra
        self.flow = Flow([data], offer=plain.offer.replace(
            f'a=path:{self.psa}'.encode(), f'a=path:{RELAY} {self.psa}'.encode()).replace(
            b'c=IN IP4 192.0.2.3', b'c=IN IP4 relay.domain.com').replace(b'm=message 7654', b'm=message 2855'))
        self.capture = Capture()
        self.hosts = {**self.flow.hosts, 'relay': Host('192.0.2.7')}
        psa, pra, relay = (self.hosts[n] for n in ('psa', 'pra', 'relay'))
        self.sip = Link(self.capture, psa, pra)
        self.first = Connection(self.capture, psa, 50001, relay, 2855)
        self.second = Connection(self.capture, relay, 50002, pra, 8888)

    def signal(self, name, when):
        step = self.flow[name]
        self.sip.send(self.hosts[step.who], step.data, when)

    def auth(self, when):
        """RFC 4976 section 5.1: AUTH, 401, AUTH with credentials, 200 with Use-Path."""
        relay = 'msrp://relay.domain.com:2855;tcp'
        psa, host = self.hosts['psa'], self.hosts['relay']
        digest = 'Digest realm="relay.domain.com", nonce="a1b2c3", qop="auth"'
        say = self.first.open(when - 0.02).send
        say(psa, msrp.request('auth0001', 'AUTH', relay, self.psa), when)
        say(host, msrp.response('auth0001', self.psa, relay, '401 Unauthorized').replace(
            b'-------', f'WWW-Authenticate: {digest}\r\n-------'.encode()), when + 0.01)
        say(psa, msrp.request('auth0002', 'AUTH', relay, self.psa, [
            'Authorization: Digest username="psa", realm="relay.domain.com", nonce="a1b2c3", qop=auth, nc=00000001,'
            ' cnonce="1", response="d41d8cd98f00b204e9800998ecf8427e"']), when + 0.02)
        say(host, msrp.response('auth0002', self.psa, relay, '200 OK').replace(
            b'-------', f'Use-Path: {RELAY}\r\nExpires: 900\r\n-------'.encode()), when + 0.03)

    def transfer(self, when, second_chunk):
        """First hop: To-Path relay, PRA. Second hop: the relay moved to From-Path. Responses are hop by hop,
        the REPORT goes back over both (RFC 4976 section 6)."""
        psa, pra, relay = (self.hosts[n] for n in ('psa', 'pra', 'relay'))
        mid, total = self.flow.message_id(), len(self.data)
        self.second.open(when)
        when += 0.01
        pieces = msrp.cut(self.data, self.chunk)
        for m, (start, body) in enumerate(pieces, 1):
            when += 0.02
            self.first.send(psa, msrp.send(f'one{m:04d}', f'{RELAY} {self.pra}', self.psa, mid, body, start, total,
                                           flag='$' if m == len(pieces) else '+'), when)
            self.first.send(relay, msrp.response(f'one{m:04d}', self.psa, RELAY), when + 0.005)
        pieces = msrp.cut(self.data, second_chunk)
        for m, (start, body) in enumerate(pieces, 1):
            when += 0.02
            self.second.send(relay, msrp.send(f'two{m:04d}', self.pra, f'{RELAY} {self.psa}', mid, body, start, total,
                                              flag='$' if m == len(pieces) else '+'), when)
            self.second.send(pra, msrp.response(f'two{m:04d}', RELAY, self.pra), when + 0.005)
        when += 0.03
        self.second.send(pra, msrp.report('rep00001', f'{RELAY} {self.psa}', self.pra, mid, 1, total, total), when)
        self.first.send(relay, msrp.report('rep00001', self.psa, f'{RELAY} {self.pra}', mid, 1, total, total),
                        when + 0.005)
        return when + 0.1

    def run(self, name, about, second_chunk, auth=False, **known):
        if auth:
            self.auth(0.1)
        else:
            self.first.open(0.4)
        for step, when in (('invite', 0.2), ('ok', 0.3), ('ack', 0.31)):
            self.signal(step, when)
        when = self.transfer(0.45, second_chunk)
        self.signal('bye', when)
        self.signal('bye-ok', when + 0.02)
        self.first.close(self.hosts['psa'], when + 0.03)
        self.second.close(self.hosts['relay'], when + 0.03)
        save(self.capture, name, about, **self.flow.expected(object={
            'hops': 2, 'reports': 1, 'chunks': 2, **known}))


def make():
    data = push.mms_push_sized(600)
    Relayed(data).run('variety/relay.pcap', 'One object over a relay: both hops in the capture, paths of two URIs', 300)
    Relayed(data).run('variety/relay-auth.pcap', 'The same after AUTH, 401, AUTH, 200 with Use-Path', 300, auth=True)
    Relayed(data).run('variety/relay-rechunked.pcap', 'A relay that cuts two chunks into five', 120, chunks='any')
