# SPDX-License-Identifier: GPL-2.0-or-later
"""Several legs: what the one nearest to the receiver says decides."""
import msrp
from flow import Flow
from message_flow import MessageFlow
from pcaplib import Host
from scene import Stage, named, obj, scene, why
from scene_flows import CORE, DATA, ack_of, mid
from sip import Link, response
from tcp import Connection

RELAY_HOST = '192.0.2.7'
RELAY = f'msrp://{RELAY_HOST}:2855/kjh6f3;tcp'
BORDER = f'msrp://{RELAY_HOST}:2855;tcp'
GAPS = ['MSRP-GAP', 'MSRP-UNFINISHED']


def messages():
    """The core has answered before it knows."""
    for name, how, near, far, gap in (
            ('message-202-then-480', {}, '202 Accepted', '480 Temporarily Unavailable', 0.5),
            ('message-202-then-404-tcp', {'transport': 'tcp'}, '202 Accepted', '404 Not Found', 0.3),
            ('message-486-made-200', {}, '200 OK', '486 Busy Here', 0.01),
            ('message-486-made-200-tcp', {'transport': 'tcp'}, '200 OK', '486 Busy Here', 0.01)):
        flow = MessageFlow(**how)
        request = flow['message'].data
        flow.drop('ok')
        steps = [('far', gap, 'pra', 'sip', response(request, far), {'leg': 'far'}),
                 ('near', 0.02, 'core', 'sip', response(request, near, 'core1'), {'leg': 'near'})]
        flow.after('message', *(steps if '486' in name else steps[::-1]))
        scene(f'legs-{name}', Stage(flow, through=CORE), f'The core answers {near}, behind it the receiver says {far}', 'fail',
              objects=[obj('refused', 'fail', hops=2)], rules={'SIP-REJECTED': 'error'},
              diagnosis=why('far', 'receiver', far[:3]))


def invites():
    """A core that takes the call itself although the receiver is busy."""
    for name, how in (('invite-486-made-200', {}), ('invite-486-made-200-large', {'objects': [mid(5000)], 'chunk': 2048})):
        flow = Flow(pra=CORE, success=None, **how)
        invite = flow['invite'].data
        stage = Stage(flow)
        far = Link(stage.capture, Host(CORE), Host('192.0.2.4'))
        core, pra = far.hosts
        onward = named(invite, 'psa').replace(b'Max-Forwards: 70', b'Max-Forwards: 69').replace(
            b'sip:user@192.0.2.1 ', b'sip:user@192.0.2.4 ').replace(
            b'Via:', b'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKcore1\r\nVia:', 1)
        far.send(core, onward, 0.103)
        begin = len(stage.capture.frames)
        far.send(pra, named(response(onward, '486 Busy Here', 'busy1'), 'pra'), 0.15)
        stage.mark('far', begin)
        ack = ack_of(flow, 'busy1').replace(b'sip:user@192.0.2.1 ', b'sip:user@192.0.2.4 ').replace(
            b'192.0.2.3:5060;branch=z9hG4bK776inv1', b'192.0.2.1:5060;branch=z9hG4bKcore1')
        far.send(core, ack, 0.16)
        scene(f'legs-{name}', stage, 'The receiver answers the INVITE 486; the core makes a 200 of it for the sender and '
              'takes the file itself', 'fail', objects=[obj('refused', 'fail', state='complete')],
              sessions=[{'verdict': 'fail', 'delivery': 'refused', 'files': [{'object': 1, 'delivery': 'refused'}]}],
              rules={'SIP-REJECTED': 'error'}, may=['SIP-CSEQ-RESPONSE'], diagnosis=why('far', ['receiver'], '486'))


class Relay:
    """PSA - relay - PRA (RFC 4976); both connections are captured. pieces: what the relay sends on, as
    (start, bytes, flag); refuse: the answer of the PRA to the first of them."""

    def __init__(self, data, pieces=None, chunk=200, refuse=None, failure=None, report=False, **how):
        plain = Flow([data])
        self.flow = flow = Flow([data], offer=plain.offer.replace(
            f'a=path:{plain.psa}'.encode(), f'a=path:{RELAY} {plain.psa}'.encode()).replace(
            b'c=IN IP4 192.0.2.3', b'c=IN IP4 192.0.2.7').replace(b'm=message 7654', b'm=message 2855'), **how)
        flow.drop(*[s.name for s in flow.steps if s.link == 'msrp'])
        flow.hosts['relay'] = Host(RELAY_HOST)
        self.mid, self.total = flow.message_id(), len(data)
        self.success = 'yes' if report else None
        cut = msrp.cut(data, chunk)
        flags = ['+'] * (len(cut) - 1) + ['$']
        pieces = [(s, b, f) for (s, b), f in zip(cut, flags)] if pieces is None else pieces
        steps = [self.first(n, *piece, flag) for n, (piece, flag) in enumerate(zip(cut, flags), 1)]
        steps = [s for pair in steps for s in pair]
        for n, piece in enumerate(pieces, 1):
            steps += self.second(n, *piece, '200 OK' if refuse is None else refuse)
            if refuse:
                break
        if failure:
            steps.append(('failure', 0.02, 'relay', 'first', msrp.report(
                'rep00009', flow.psa, RELAY, self.mid, 1, len(cut[0][1]), self.total, failure)))
        if report:
            steps += [('report-far', 0.03, 'pra', 'second', self.report(f'{RELAY} {flow.psa}', flow.pra)),
                      ('report', 0.005, 'relay', 'first', self.report(flow.psa, f'{RELAY} {flow.pra}'))]
        flow.after('ack', *steps)
        flow.wait('bye', 1)
        self.stage = stage = Stage()
        hosts = flow.hosts
        stage.connections[flow.number, 'first'] = Connection(stage.capture, hosts['psa'], 50001, hosts['relay'], 2855)
        stage.connections[flow.number, 'second'] = Connection(stage.capture, hosts['relay'], 50002, hosts['pra'], 8888)
        self.auth()
        stage.connections[flow.number, 'second'].open(0.546)
        stage.play(flow, 0.3)

    def first(self, n, start, body, flag):
        flow, tid = self.flow, f'one{n:04d}'
        return [(f'send-1-{n}', 0.03, 'psa', 'first', msrp.send(tid, f'{RELAY} {flow.pra}', flow.psa, self.mid, body, start,
                                                            self.total, flag=flag, success=self.success)),
                (f'resp-1-{n}', 0.005, 'relay', 'first', msrp.response(tid, flow.psa, RELAY))]

    def second(self, n, start, body, flag, status):
        flow, tid = self.flow, f'two{n:04d}'
        return [(f'far-1-{n}', 0.01, 'relay', 'second', msrp.send(tid, flow.pra, f'{RELAY} {flow.psa}', self.mid, body, start,
                                                              self.total, flag=flag, success=self.success)),
                (f'answer-1-{n}', 0.005, 'pra', 'second', msrp.response(tid, RELAY, flow.pra, status))]

    def report(self, to, source):
        return msrp.report('rep00001', to, source, self.mid, 1, self.total, self.total)

    def auth(self):
        """RFC 4976 section 5.1, before the offer."""
        flow, digest = self.flow, 'Digest realm="example.com", nonce="a1b2c3", qop="auth"'
        psa, relay = flow.hosts['psa'], flow.hosts['relay']
        say = self.stage.connections[flow.number, 'first'].open(0.08).send
        say(psa, msrp.request('auth0001', 'AUTH', BORDER, flow.psa), 0.1)
        say(relay, msrp.response('auth0001', flow.psa, BORDER, '401 Unauthorized').replace(
            b'-------', f'WWW-Authenticate: {digest}\r\n-------'.encode()), 0.11)
        say(psa, msrp.request('auth0002', 'AUTH', BORDER, flow.psa, [
            'Authorization: Digest username="psa", realm="example.com", nonce="a1b2c3", qop=auth, nc=00000001,'
            ' cnonce="1", response="d41d8cd98f00b204e9800998ecf8427e"']), 0.12)
        say(relay, msrp.response('auth0002', flow.psa, BORDER, '200 OK').replace(
            b'-------', f'Use-Path: {RELAY}\r\nExpires: 900\r\n-------'.encode()), 0.13)


def relays():
    scene('legs-relay-481', Relay(DATA, refuse='481 Session does not exist').stage, 'The relay answers every SEND 200; behind '
          'it the receiver answers the first one 481', 'fail', files=[(1, 'refused')], objects=[obj('refused', 'fail', hops=2)],
          rules={'MSRP-RESPONSE-ERROR': 'error'}, may=GAPS, diagnosis=why('answer-1', 'receiver', '481'))
    scene('legs-relay-481-reported', Relay(mid(5000), chunk=2048, refuse='481 Session does not exist', transport='tcp',
          failure='000 481').stage, 'The same, and the relay tells the sender with a failure REPORT; SIP over TCP', 'fail',
          files=[(1, 'refused')], objects=[obj('refused', 'fail', hops=2)],
          rules={'MSRP-RESPONSE-ERROR': 'error', 'MSRP-REPORT-FAILED': 'error'}, may=GAPS,
          diagnosis=why('answer-1', 'receiver', '481'))
    scene('legs-relay-415-one-send', Relay(DATA, chunk=600, refuse='415 Unsupported media type').stage, 'The relay answers the '
          'only SEND 200, behind it the receiver says 415', 'fail', files=[(1, 'refused')],
          objects=[obj('refused', 'fail', hops=2)], rules={'MSRP-RESPONSE-ERROR': 'error'},
          diagnosis=why('answer-1', 'receiver', '415'))
    scene('legs-relay-confirmed', Relay(DATA, report=True).stage, 'All is well on both sides of a relay, the REPORT comes '
          'back over both', 'pass', files=[(1, 'confirmed')], objects=[obj('confirmed', 'pass', hops=2, result='match')])

    big = mid(5000)
    for name, data, kept, chunk in (('drops-tail', DATA, 2, 200), ('drops-tail-large', big, 2, 2048)):
        cut = [(s, b, '+') for s, b in msrp.cut(data, chunk)][:kept]
        stage = Relay(data, pieces=cut, chunk=chunk).stage
        scene(f'legs-relay-{name}', stage, 'The relay answers all three SENDs 200 and sends on only the first two', 'fail',
              files=[(1, 'failed')], objects=[obj('failed', 'fail', hops=2)], one_of=[GAPS], may=GAPS,
              diagnosis=why(['send-3', 'resp-3', f'far-{kept}', 'bye'], 'relay', ['forward', 'sent on', 'send on', 'passed',
                            'missing', 'drop', 'second leg', 'behind the relay']))


def changed():
    """A byte is another one behind the box."""
    word, hosts = ['changed', 'differ', 'altered'], [RELAY_HOST]
    for name, data, chunk in (('', DATA, 200), ('-large', mid(5000), 2048)):
        cut = msrp.cut(data, chunk)
        pieces = [(s, b, '$' if n == len(cut) else '+') for n, (s, b) in enumerate(cut, 1)]
        start, body, flag = pieces[1]
        pieces[1] = start, body[:50] + bytes([body[50] ^ 1]) + body[51:], flag
        stage = Relay(data, pieces=pieces, chunk=chunk).stage
        scene(f'legs-relay-changes-a-byte{name}', stage, 'The relay changes one byte of the second chunk', 'fail',
              files=[(1, 'accepted')], objects=[obj('accepted', 'fail', hops=2)], one_of=[['OBJ-HASH', 'MSRP-CONFLICT']],
              may=['OBJ-HASH', 'MSRP-CONFLICT'], diagnosis=why(['far-2', 'far-3', 'send-2'], 'relay', word, also=[hosts]))

    for name, how in (('', {}), ('-tcp', {'transport': 'tcp', 'objects': [mid(5000)], 'chunk': 2048})):
        near, far = Flow(pra=CORE, **how), Flow(psa=CORE, **how)
        far.number = 2
        far.everywhere('z9hG4bK776', 'z9hG4bK881').everywhere('/a3cd20b8ae71', '/kam0001a').everywhere('/9di4ea1', '/pra00009')
        last = [s.name for s in far.steps if s.name.startswith('send')][-1]
        at = far[last].data.index(b'\r\n\r\n') + 60
        far[last].data = far[last].data[:at] + bytes([far[last].data[at] ^ 1]) + far[last].data[at + 1:]
        stage = Stage(near)
        stage.play(far, 0.004, prefix='far-')
        scene(f'legs-anchor-changes-a-byte{name}', stage, 'A core that anchors MSRP (own paths on both legs, Call-ID and '
              'Message-ID stay) changes one byte', 'fail', sessions='any', objects=[
                  obj('confirmed', 'pass', result='match'), obj('confirmed', 'fail', result='mismatch')],
              rules={'OBJ-HASH': 'error'}, diagnosis=why([f'far-{last}', f'far-{last}:first', 'far-report-1'], ['core', 'relay'],
                                                         word, also=[[CORE]], where=['object 2', 'capture']))


def make():
    messages()
    invites()
    relays()
    changed()
