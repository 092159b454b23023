# SPDX-License-Identifier: GPL-2.0-or-later
"""The stage for the scenes: plays flows into a capture, knows the frame of every step, and keeps what must be said of it.

Nothing here is learnt from a program: frame numbers are counted from what was played, the rest is what the maker knows.
"""
import re
import struct

from pcaplib import START, Capture, Host
from sip import Link
from tcp import SYN, ACK, RST, Connection

SCENES = {}                 # name -> (bytes of the capture, expectation)
WORST = ['refused', 'failed', 'unknown', 'unconfirmed', 'accepted', 'confirmed']
EXIT = {'fail': 1, 'unknown': 2, 'warn': 0, 'pass': 0}
NAMES = {'psa': b'User-Agent: ExamplePSA/2.1', 'pra': b'Server: ExampleUA/1.2'}


class Stage:
    """Plays flows. through: the address of a core (SIP proxy, both of its legs are captured)."""

    def __init__(self, flow=None, through=None, **how):
        self.capture = Capture()
        self.core = Host(through) if through else None
        self.firsts, self.lasts, self.second = {}, {}, {}      # step -> index of its first, last frame; on leg 2
        self.connections, self.closed = {}, set()
        self.snap, self.early = None, {}
        self.end = 0.0
        if flow:
            self.play(flow, **how)

    # --- playing ---

    def play(self, flow, when=0.0, close=True, prefix=''):
        """All steps from `when` on. A step whose link is 'do' is a function of (stage, flow, time)."""
        legs = self.legs(flow)
        for step in flow.steps:
            when += step.gap
            if step.link == 'do':
                begin = len(self.capture.frames)
                step.data(self, flow, when)
                self.mark(prefix + step.name, begin)
            elif step.link == 'sip':
                self.signal(legs, flow, step, when, prefix)
            else:
                connection = self.connection(flow, step.link, when - 0.01)
                begin = len(self.capture.frames)
                connection.send(flow.hosts[step.who], step.data, when, **step.how)
                self.mark(prefix + step.name, begin, flow.hosts[step.who])
        if close:
            for link in sorted({s.link for s in flow.steps} - {'do', 'sip'} | self.own(flow)):
                key = (flow.number, link)
                if key in self.connections and key not in self.closed:
                    self.connections[key].close(flow.hosts['psa'], when + 0.01)
            for leg in legs:
                leg.close(when + 0.02)
        self.end = max(self.end, when)
        return self

    def own(self, flow):
        return {link for number, link in self.connections if number == flow.number}

    def legs(self, flow):
        psa, pra = flow.hosts['psa'], flow.hosts['pra']
        tcp = flow.transport == 'tcp'
        port = 41000 + flow.number if tcp else 5060
        if not self.core:
            return [Link(self.capture, psa, pra, flow.transport, port)]
        return [Link(self.capture, psa, self.core, flow.transport, port),
                Link(self.capture, self.core, pra, flow.transport, port + 100 if tcp else 5060)]

    def signal(self, legs, flow, step, when, prefix):
        data = named(step.data, step.who)
        first, *then = legs if step.who in ('psa', 'core') else legs[::-1]
        host = flow.hosts.get(step.who, self.core)
        how = dict(step.how)
        only = how.pop('leg', None)                 # 'near' or 'far' of the core: a message of one leg alone
        texts = self.texts(data, step.who) if self.core and step.who != 'core' else [data]
        if self.core and data.startswith(b'SIP/2.0 100'):
            only = 'far'                            # RFC 3261 section 16.7: not forwarded
        if only:
            leg = legs[0] if only == 'near' else legs[1]
            begin = self.opened(leg, host, when)
            leg.send(host, texts[0] if step.who != 'core' else data, when, **how)
            self.mark(prefix + step.name, begin, host)
            return
        begin = self.opened(first, host, when)
        first.send(host, texts[0], when, **how)
        self.mark(prefix + step.name, begin, host)
        for leg in then:
            begin = self.opened(leg, self.core, when + 0.003)
            leg.send(self.core, texts[1], when + 0.003, **how)
            self.second[prefix + step.name] = self.last_of(begin, self.core)

    def opened(self, leg, host, when):
        """Opens a TCP leg before the first message, so that the handshake is none of its frames."""
        if leg.transport == 'tcp' and leg.connection is None:
            to = leg.other(host)
            leg.connection = Connection(self.capture, host, leg.ports[host], to, leg.ports[to]).open(when - 0.01)
        return len(self.capture.frames)

    def texts(self, data, who):
        """What the first and what the second leg carry: RFC 3261 section 16.6 and 16.7."""
        core = f'{self.core.ip}'.encode()
        via = b'Via: SIP/2.0/%s %s:5060;branch=z9hG4bKcore%s\r\n'
        route = b'Record-Route: <sip:%s;lr>\r\n' % core
        head = data.partition(b'\r\n\r\n')[0]
        kind = re.search(rb'(?m)^Via: SIP/2.0/(\w+)', data)[1]
        via = via % (kind, core, re.search(rb'branch=z9hG4bK([\w]+)', head)[1])
        dialog = b'CSeq: 1 INVITE' in head or b'CSeq: 2 INVITE' in head
        if b' CANCEL' in head or head.startswith(b'ACK') and b'branch=z9hG4bK776inv' in head:
            # Hop by hop: what the core sends and gets for its own transaction has its own Via alone.
            return [data, re.sub(rb'Via: [^\r]*\r\n', lambda m: via, data, count=1)][::1 if who == 'psa' else -1]
        if who == 'psa':
            far = data.replace(b'Max-Forwards: 70', b'Max-Forwards: 69').replace(
                b'Via:', via + b'Via:', 1)
            near = data
            if dialog:
                far = far.replace(b'Max-Forwards', route + b'Max-Forwards', 1)
            elif not head.startswith(b'MESSAGE') and b'tag=r7x2' in head:
                near = near.replace(b'Max-Forwards', route.replace(b'Record-', b'') + b'Max-Forwards', 1)
            return [near, far]
        near = data.replace(b'From:', route + b'From:', 1) if dialog else data
        return [near.replace(b'Via:', via + b'Via:', 1), near]

    def connection(self, flow, link='msrp', when=None):
        """The connection of that name; opened at `when` if it is new (None: no handshake)."""
        key = (flow.number, link)
        if key not in self.connections:
            other = 'pra' if flow.connects == 'psa' else 'psa'
            port = flow.client_port or 50000 + 10 * flow.number + len(self.own(flow))
            server = getattr(flow, 'server_ports', {}).get(link, flow.ports[other])
            self.connections[key] = Connection(self.capture, flow.hosts[flow.connects], port, flow.hosts[other], server)
            if when is not None:
                self.connections[key].open(when)
        return self.connections[key]

    def mark(self, name, begin, host=None):
        made = [f for f in self.capture.frames[begin:] if host is None or f[2][6:12] == host.mac]
        if made:
            self.firsts[name], self.lasts[name] = min(made)[1], max(made)[1]

    def last_of(self, begin, host):
        return max(f for f in self.capture.frames[begin:] if f[2][6:12] == host.mac)[1]

    # --- what the capture misses ---

    def keep(self, test):
        """Only the frames for which test(seconds, frame) holds."""
        self.capture.frames = [f for f in self.capture.frames if test(f[0] / 1e6, f[2])]
        return self

    def until(self, name, after=0.0):
        """The capture ends `after` seconds behind that step."""
        end = next(f[0] for f in self.capture.frames if f[1] == self.lasts[name]) + round(after * 1e6)
        self.capture.frames = [f for f in self.capture.frames if f[0] <= end]
        return self

    def run_on(self, seconds):
        """Somebody else's traffic shows that the capture went on: a proxy is asked whether it lives."""
        a, b = Host('192.0.2.50'), Host('192.0.2.51')
        ask = (b'OPTIONS sip:192.0.2.51 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.50:5060;branch=z9hG4bKping1\r\n'
               b'Max-Forwards: 70\r\nFrom: <sip:monitor@192.0.2.50>;tag=m1\r\nTo: <sip:192.0.2.51>\r\n'
               b'Call-ID: ping1@192.0.2.50\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n')
        self.capture.udp(seconds, a, 5060, b, 5060, ask)
        answer = ask.replace(b'OPTIONS sip:192.0.2.51 SIP/2.0', b'SIP/2.0 200 OK', 1).replace(
            b'Max-Forwards: 70\r\n', b'').replace(b'To: <sip:192.0.2.51>', b'To: <sip:192.0.2.51>;tag=p1')
        self.capture.udp(seconds + 0.002, b, 5060, a, 5060, answer)
        return self

    # --- the file ---

    def order(self):
        return sorted(self.capture.frames, key=lambda f: (self.early.get(f[1], f[0]), f[1]))

    def number(self, name):
        """The frame in which a step ends (name), begins (name:first), or ends on the second leg (name:far)."""
        name, _, part = name.partition(':')
        table = {'': self.lasts, 'first': self.firsts, 'far': self.second}[part]
        kind, *rest = name.split('-')
        index = table[name] if name in table else table['-'.join([kind, '1', *rest])]     # as Steps.at
        return [f[1] for f in self.order()].index(index) + 1

    def cut_of(self, frame):
        snap = self.snap.get(frame[1], 262144) if isinstance(self.snap, dict) else self.snap or 262144
        return min(snap, len(frame[2]))

    def pcap(self):
        out = struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, self.snap if isinstance(self.snap, int) else 262144, 1)
        for frame in self.order():
            size = self.cut_of(frame)
            out += struct.pack('<IIII', START + frame[0] // 1000000, frame[0] % 1000000, size, len(frame[2]))
            out += frame[2][:size]
        return out


def named(data, who):
    """With the name of the program that sends it, as peers have one."""
    line = NAMES.get(who)
    if not line or b'\r\nMax-Forwards' not in data and not data.startswith(b'SIP/2.0'):
        return data
    return data.replace(b'\r\nCSeq:', b'\r\n' + line + b'\r\nCSeq:', 1)


# --- what happens to a connection ---

def ends(connection):
    return connection.client, connection.server


def syn(tries=(0, 1, 3, 7, 15), reset=False, link='msrp'):
    """A connection that nobody answers, or that is refused."""
    def do(stage, flow, when):
        client, server = ends(stage.connection(flow, link))
        stage.closed.add((flow.number, link))
        option = struct.pack('!BBH', 2, 4, 1460)
        for gap in tries:
            connection = stage.connections[flow.number, link]
            connection.segment(when + gap, client, server, SYN, options=option)
            if reset:
                client.seq += 1
                connection.segment(when + gap + 0.002, server, client, RST | ACK, seq=0)
                client.seq, client.port = client.seq + 7919, client.port + 1        # the next try is another one
    return do


def connect(link='msrp'):
    def do(stage, flow, when):
        stage.connection(flow, link, when)
    return do


def fin(who='psa', link='msrp'):
    def do(stage, flow, when):
        stage.connection(flow, link).close(flow.hosts[who], when)
        stage.closed.add((flow.number, link))
    return do


def reset(who='pra', link='msrp'):
    def do(stage, flow, when):
        stage.connection(flow, link).reset(flow.hosts[who], when)
        stage.closed.add((flow.number, link))
    return do


def keep_alive(times, who='psa', link='msrp'):
    """TCP keep-alives, each acknowledged: the peer's host lives."""
    def do(stage, flow, when):
        connection = stage.connection(flow, link)
        src, dst = connection.ends(flow.hosts[who])
        for gap in times:
            connection.segment(when + gap, src, dst, ACK, seq=src.seq - 1)
            connection.segment(when + gap + 0.002, dst, src, ACK)
    return do


# --- what must be said ---

def why(frames, side, *words, where=None, also=()):
    """What a good first sentence holds: one of the frames (names of steps, or numbers), one of the sides, of each of
    `words` one spelling; `also`: what the rest must hold. where: of which objects and sessions it is told."""
    listed = [frames] if isinstance(frames, (str, int)) else list(frames)
    return {'frames': listed, 'side': [side] if isinstance(side, str) else list(side),
            'words': [[w] if isinstance(w, str) else list(w) for w in words],
            'also': [[w] if isinstance(w, str) else list(w) for w in also], 'where': where}


def obj(delivery, verdict, **more):
    return {'delivery': delivery, 'verdict': verdict, **more}


def scene(name, stage, about, verdict, *, objects=(), files=None, sessions=None, rules=None, one_of=(), may=(),
          not_rules=(), diagnosis=None, status=200, **more):
    """Registers a scene. files: (object or None, delivery) in order of offer; rules: id -> severity;
    one_of: lists of rules of which one must be there; may: rules of severity error or warn that a careful reader may
    find, too. sessions: when left out, one session that holds the files and has the capture's verdict."""
    assert name not in SCENES, name
    if sessions == 'any':
        sessions = None
    elif sessions is None:
        sessions = [] if files is None else [{
            'verdict': verdict, 'delivery': min((d for _, d in files), key=WORST.index), 'status': status,
            'files': [{'object': o, 'delivery': d} for o, d in files]}]
    entry = {'about': about, 'verdict': verdict, 'exit': EXIT[verdict], 'sessions': sessions,
             'objects': None if objects is None else list(objects), 'rules': rules or {},
             'one_of': [list(group) for group in one_of], 'may': sorted(may), 'not_rules': sorted(not_rules), **more}
    if diagnosis is not None:
        told = dict(diagnosis)
        told['frames'] = sorted({f if isinstance(f, int) else stage.number(f) for f in told['frames']})
        if told['where'] is None:
            told['where'] = [f'object {n}' for n, o in enumerate(objects or (), 1) if o['verdict'] == verdict]
            told['where'] += [f'session {n}' for n, s in enumerate(sessions or (), 1) if s['verdict'] == verdict]
            told['where'] += ['capture']
        entry['diagnosis'] = told
    else:
        assert verdict == 'pass', name
        entry['diagnosis'] = None
    SCENES[name] = stage.pcap(), entry
