# SPDX-License-Identifier: GPL-2.0-or-later
"""Framing under stress: bodies that look like MSRP, chunks that share and straddle segments."""
import random

import msrp
import push
from expect import save
from flow import Flow
from pcaplib import Capture
from sip import Link
from tcp import Connection


def hostile_object(size=24000, seed=7):
    """Random bytes in which every look-alike of an end-line, a start line and a header stands many times."""
    rng = random.Random(seed)
    baits = [b'\r\n-------x$\r\n', b'MSRP ', b'\r\nMSRP abcd SEND\r\n', b'\r\n-------', b'-------', b'\r\n\r\n', b'\r',
             b'\r\n-------t1x1c1$', b'\r\n-------T1X1C4+\r\n', b'\r\n-------xt1x1c5$\r\n', b'\0' * 9,
             b'\r\nMSRP t1x1c3 200 OK\r\n', b'\r\n-------t1x1c6 $\r\n', b'\r\n--------t1x1c7$\r\n',
             b'\r\nTo-Path: msrp://192.0.2.4:8888/9di4ea1;tcp\r\n', b'\r\n-------t1x1c8*\r\n', b'\r\n-------t1x1c88+\r\n']
    head = push.envelope('application/octet-stream', b'', 'mms.ua')
    out = bytearray(head)
    while len(out) < size - 20:
        out += rng.randbytes(rng.randrange(0, 90)) + rng.choice(baits)
    out += b'\r\n-------x$\r\n'.rjust(size - len(out), b'-')
    return bytes(out[:size])


def choose(m, body):
    """A transaction id whose end-line does not stand in the body: RFC 4975 section 7.1 asks that of the sender."""
    return next(tid for tid in (f't1x1c{m}', f't1y1c{m}') if f'-------{tid}'.encode() not in body)


def hostile_body():
    data = hostile_object()
    pieces = msrp.cut(data, [37, 2500, 1, 3000, 2048, 777, 4096, 2047, 1460, 2, 5000, 99999])
    assert len(pieces) == 12
    tids = [choose(m, body) for m, (_, body) in enumerate(pieces, 1)]
    flow = Flow([data])
    stream = [msrp.send(tid, flow.pra, flow.psa, flow.message_id(), body, start, len(data),
                        end='*' if len(body) > 2048 else 'fixed', flag='$' if m == 12 else '+')
              for m, (tid, (start, body)) in enumerate(zip(tids, pieces), 1)]
    capture = Capture()
    psa, pra = flow.hosts['psa'], flow.hosts['pra']
    sip = Link(capture, psa, pra)
    sip.send(psa, flow['invite'].data, 0.1)
    sip.send(pra, flow['ok'].data, 0.2)
    sip.send(psa, flow['ack'].data, 0.21)
    media = Connection(capture, psa, 50001, pra, 8888).open(0.25)
    whole = b''.join(stream)
    # Cuts within a start line, within end-lines (after the CR, in the dashes, in the id, before the flag), and
    # nowhere else: several chunks share a segment, and most straddle two.
    ends, at = [], 0
    for part in stream:
        at += len(part)
        ends.append(at)
    cuts = [3, ends[0] - 3, ends[1] - 15, ends[1] + 7, ends[3] - 9, ends[4] - 1, ends[6] - 2, ends[6] + 1, ends[8] - 4,
            ends[10] - 14, ends[11] - 1]
    media.send(psa, whole, 0.3, cuts=cuts)
    answers = b''.join(msrp.response(tid, flow.psa, flow.pra) for tid in tids)
    answers += flow.report(1, 1, len(data), len(data))
    media.send(pra, answers, 0.35)
    sip.send(psa, flow['bye'].data, 0.6)
    sip.send(pra, flow['bye-ok'].data, 0.62)
    media.close(psa, 0.63)
    save(capture, 'hostile-body.pcap',
         'One object of 24000 bytes full of look-alikes of end-lines and start lines, in 12 chunks that share and'
         ' straddle segments, cut within start lines and end-lines too',
         **flow.expected(object={'chunks': 12, 'reports': 1, 'body_encoding': 'text'}))


def five_in_one():
    """Five complete messages in one segment: the empty SEND that binds, and two objects of two chunks."""
    objects = [push.opaque_push(150, 1), push.opaque_push(160, 2)]
    flow = Flow(objects, chunk=80)
    names = ['send-1-1', 'send-1-2', 'send-2-1', 'send-2-2']
    bind = msrp.bind('bind0001', flow.pra, flow.psa)
    joined = bind + b''.join(flow[n].data for n in names)
    answers = msrp.response('bind0001', flow.psa, flow.pra)
    answers += b''.join(flow[n.replace('send', 'resp')].data for n in names)
    reports = flow['report-1'].data + flow['report-2'].data
    expected = flow.expected(object={'chunks': 2, 'reports': 1})
    flow.drop(*names, *(n.replace('send', 'resp') for n in names), 'report-1', 'report-2')
    flow.after('ack', ('five', 0.05, 'psa', 'msrp', joined), ('answers', 0.02, 'pra', 'msrp', answers),
               ('reports', 0.01, 'pra', 'msrp', reports))
    save(flow.capture(), 'five-in-one.pcap',
         'One segment with five complete SENDs (an empty one that binds, two objects of two chunks), one with their'
         ' five responses, one with both REPORTs', **expected)


def make():
    hostile_body()
    five_in_one()
