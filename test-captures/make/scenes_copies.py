# SPDX-License-Identifier: GPL-2.0-or-later
"""One thing seen twice, cut and whole, out of order, or under rewritten addresses; and pushes without the usual marks."""
import struct

import push
import sdp
import websocket
from flow import Flow
from message_flow import MessageFlow
from pcaplib import checksum
from scene import Stage, obj, scene, why
from scene_flows import answerer_connects, mid, over_ws

SIP = ('invite', 'ok', 'ack', 'bye', 'bye-ok')
NOTHING = {'no_findings': True}


def beyond(stage, delay, shift=0x1A2B3C4D):
    """Each frame again as it is behind a firewall: other MACs, a TTL less, sequence numbers of its own for the client."""
    clients = {}
    for micro, _, frame in list(stage.capture.frames):
        head, payload = bytearray(frame[14:34]), frame[34:14 + int.from_bytes(frame[16:18], 'big')]
        head[8] -= 1
        head[10:12] = b'\0\0'
        head[10:12] = struct.pack('!H', checksum(bytes(head)))
        if head[9] == 6:
            payload = renumbered(head, bytearray(payload), clients, shift)
        out = b'\x02\xfe' + frame[2:6] + b'\x02\xfd' + frame[8:12] + frame[12:14] + bytes(head) + bytes(payload)
        stage.capture.frames.append((micro + round(delay * 1e6), len(stage.capture.frames) + 100000, out.ljust(60, b'\0')))
    return stage


def renumbered(head, tcp, clients, shift):
    ports = bytes(tcp[:4])
    if tcp[13] & 0x12 == 2:
        clients[bytes(head[12:20]) + ports] = True
    place = slice(4, 8) if bytes(head[12:20]) + ports in clients else slice(8, 12)
    number = int.from_bytes(tcp[place], 'big') + shift & 0xFFFFFFFF
    tcp[place] = number.to_bytes(4, 'big')
    tcp[16:18] = b'\0\0'
    pseudo = bytes(head[12:20]) + struct.pack('!BBH', 0, 6, len(tcp))
    tcp[16:18] = struct.pack('!H', checksum(pseudo + bytes(tcp)))
    return tcp


def firewall():
    for name, delay, how in (('8-ms', 0.008, {}), ('150-ms', 0.15, {}), ('1-s', 1, {'transport': 'tcp'})):
        flow = Flow([mid(3000)], chunk=1024, **how)
        scene(f'copies-firewall-{name}', beyond(Stage(flow), delay), f'Everything is seen on both sides of a firewall that '
              f'randomises sequence numbers, the copies {name.replace("-", " ")} later'
              + ('; SIP over TCP' if how else ''), 'pass', files=[(1, 'confirmed')], objects=[
                  obj('confirmed', 'pass', result='match', chunks=3, reports=1)], **NOTHING)
    flow = Flow([mid(3000)], chunk=3000, end='*', success=None).drop(*SIP)
    scene('copies-firewall-no-sip', beyond(Stage(flow), 0.03), 'The same without SIP, one SEND of three segments, 30 ms later',
          'pass', objects=[obj('accepted', 'pass', chunks=1)], **NOTHING)
    flow = websocket.over(over_ws(chunk=200, success=None))
    scene('copies-firewall-websocket', beyond(Stage(flow), 0.15), 'The same over WebSocket, 150 ms later', 'pass',
          files=[(1, 'accepted')], objects=[obj('accepted', 'pass', result='match', chunks=3)], **NOTHING)


def cut_and_whole():
    """Two queues of the tap, one of which cuts."""
    big = push.envelope('text/vnd.wap.connectivity-xml', push.connectivity(900), 'wml.ua')
    for transport in ('udp', 'tcp'):
        for first in ('cut', 'whole'):
            stage = Stage(MessageFlow(big, app='wml.ua', transport=transport))
            twins = []
            for micro, index, frame in list(stage.capture.frames):
                twins.append((micro + 300, len(stage.capture.frames) + len(twins), frame))
                short = index if first == 'cut' else twins[-1][1]
                stage.snap = {**(stage.snap or {}), short: 400}
            stage.capture.frames += twins
            scene(f'copies-{first}-first-{transport}', stage, f'Every frame is there twice, once cut at 400 bytes; the {first} '
                  f'one comes first; SIP over {transport.upper()}', 'pass', objects=[
                      obj('confirmed', 'pass', state='complete', size=len(big), status=200, event_apps=['wml.ua'])],
                  not_rules=['SIP-NO-ANSWER', 'SIP-TIMEOUT'])


def misfiled():
    """The frames of the two directions come from two queues: the 200 is filed before its INVITE."""
    for name, how, about in (('', {}, 'SIP over UDP'), ('-tcp', {'transport': 'tcp'}, 'SIP over TCP, accepted, no report')):
        stage = Stage(Flow(**how, success=None if how else 'yes'))
        invite, ok = stage.firsts['invite'], stage.lasts['ok']
        when = {f[1]: f[0] for f in stage.capture.frames}
        stage.early[ok] = when[invite] - 1
        delivery = 'accepted' if how else 'confirmed'
        scene(f'copies-200-before-invite{name}', stage, f'The 200 is filed before its INVITE, with its true time; {about}',
              'pass', files=[(1, delivery)], objects=[obj(delivery, 'pass', result='match')],
              not_rules=['SIP-CSEQ-RESPONSE', 'SIP-NO-ANSWER', 'FILE-NOT-SEEN', 'OBJ-EXTRA'])


def untagged():
    """A media type that is never anything but a push, and no feature tag."""
    for name, body, kind, how in (
            ('supl', push.supl_init(), 'application/vnd.omaloc-supl-init', {}),
            ('si-tcp', push.SI, 'text/vnd.wap.si', {'transport': 'tcp'}),
            ('mms-ipv6', push.mms_notification(), 'application/vnd.wap.mms-message',
             {'psa': '2001:db8::3', 'pra': '2001:db8::4'})):
        flow = MessageFlow(body, kind, **how)
        head, blank, rest = flow['message'].data.partition(b'\r\n\r\n')
        lines = [line for line in head.split(b'\r\n') if not line.startswith((b'Accept-Contact', b'P-Asserted-Service'))]
        flow.set('message', b'\r\n'.join(lines) + blank + rest)
        scene(f'copies-no-tag-{name}', Stage(flow), f'A MESSAGE with {kind} and no feature tag', 'pass',
              objects=[obj('confirmed', 'pass', status=200, size=len(body))], rules={'SIP-NO-APP': 'note'})


def two_parts():
    first, second = push.mms_push(1), push.mms_push(2)
    for name, parts, how in (
            ('', [(sdp.PUSH_TYPE, first), (sdp.PUSH_TYPE, second)], {}),
            ('-tcp', [('text/plain', b'Two for you.'), (sdp.PUSH_TYPE, first),
                      ('application/vnd.wap.mms-message', push.mms_notification('T00002'))], {'transport': 'tcp'})):
        flow = MessageFlow(push.multipart(parts), 'multipart/mixed;boundary=b0undary', **how)
        objects = [obj('confirmed', 'pass', status=200, size=len(data)) for kind, data in parts if kind != 'text/plain']
        scene(f'copies-two-push-parts{name}', Stage(flow), 'A MESSAGE of multipart/mixed with two push parts', 'pass',
              objects=objects)


def rewritten():
    """A box between puts its own address into a=path on both sides; the session-ids stay."""
    for name, flow, real, seen in (
            ('', Flow(psa='192.0.2.7'), '10.0.0.5:7654', '192.0.2.7:20002'),
            ('-answerer-connects', answerer_connects([mid(5000)], psa='192.0.2.7', chunk=2048, success=None, transport='tcp'),
             '10.0.0.5:7654', '192.0.2.7:20002')):
        for step in flow.steps:
            if step.link == 'msrp':
                step.data = step.data.replace(b'192.0.2.7:7654', real.encode())
                if step.who == 'psa' and not step.name.startswith('bind'):
                    step.data = step.data.replace(b'192.0.2.4:8888', seen.encode())
        stage = Stage(flow)
        delivery = 'accepted' if name else 'confirmed'
        msrp = [s.name for s in flow.steps if s.link == 'msrp']
        scene(f'copies-rewritten-path{name}', stage, 'A box rewrote the authority in a=path on both sides, the session-ids '
              'stay', 'warn', files=[(1, delivery)], objects=[obj(delivery, 'warn', result='match', session=1)],
              rules={'MSRP-PATH': 'warn'}, not_rules=['OBJ-EXTRA', 'FILE-NOT-SENT', 'FILE-NOT-SEEN'],
              diagnosis=why(msrp[:3], ['sender', 'receiver', 'core', 'relay'], ['path'], ['rewr', 'authority', 'address']))


def make():
    firewall()
    cut_and_whole()
    misfiled()
    untagged()
    two_parts()
    rewritten()
