# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP as it is: lost, repeated and reordered segments, any cut; IPv6, fragments; captures that miss a part."""
import push
from expect import save
from flow import Flow
from pcaplib import Capture
from sip import fix_length

BIG = 300 * 1024
OPEN = {'result': 'any', 'covers': 'any'}


def gaps_of(ranges):
    """Ranges (from, to; from 1, both ends) with neighbours joined."""
    out = []
    for start, end in sorted(ranges):
        if out and out[-1][1] + 1 == start:
            out[-1][1] = end
        else:
            out.append([start, end])
    return out


def lost(gaps, **known):
    """The object whose bytes the capture lost; the one after it is whole."""
    size = BIG - sum(b - a + 1 for a, b in gaps)
    return {'state': 'incomplete', 'gaps': gaps, 'size': size, 'total': BIG, 'sha1': 'any', 'covers': None,
            'result': 'not-verifiable', 'verdict': 'unknown', **known}


def lost_segments():
    big, small = push.opaque_push(BIG, 11), push.mms_push_sized(600, 2)
    # One SEND: the segments' places in the object follow from the length of the head.
    flow = Flow([big, small], chunk=[BIG], end='*')
    head = flow['send-1-1'].data.index(b'\r\n\r\n') + 4
    losses = [70, 71, 140]
    flow['send-1-1'].how = {'lose': losses}
    gaps = gaps_of([(i * 1460 - head + 1, (i + 1) * 1460 - head) for i in losses])
    flow.save('variety/lost-in-one-send.pcap',
              '300 KB in one SEND of which the capture lost three segments; a whole object after it',
              objects=[flow.expected_object(1, **lost(gaps)), flow.expected_object(2)],
              rules=['MSRP-CAPTURE-LOSS'], not_rules=['OBJ-HASH'])

    # SENDs of 4096: three segments each, the middle one is body only.
    flow = Flow([big, small], chunk=4096, end='*')
    losses = [20, 41, 60]
    ranges = []
    for m in losses:
        step = flow[f'send-1-{m}']
        head = step.data.index(b'\r\n\r\n') + 4
        first = (m - 1) * 4096 + 1460 - head
        ranges.append((first + 1, first + 1460))
        step.how = {'lose': [1]}
    flow.save('variety/lost-in-chunks.pcap',
              '300 KB in SENDs of 4096 bytes; the capture lost one segment in each of three bodies; a whole object'
              ' after it', objects=[flow.expected_object(1, **lost(gaps_of(ranges))), flow.expected_object(2)],
              rules=['MSRP-CAPTURE-LOSS'], not_rules=['OBJ-HASH'])

    flow = Flow([push.opaque_push(20480, 12), small], chunk=4096, end='*')
    flow['send-1-3'].how = {'lose': [0]}            # with the start line and the headers
    flow['send-1-4'].how = {'lose': [2]}            # with the end-line
    flow.save('variety/lost-start-and-end.pcap',
              'The capture lost the start line of one chunk and the end-line of the next; a whole object after it',
              objects=[flow.expected_object(1, state='incomplete', gaps='any', size='any', sha1='any', verdict='unknown',
                                            chunks='any', **OPEN), flow.expected_object(2)],
              rules=['MSRP-CAPTURE-LOSS'], may=['MSRP-END-LINE', 'MSRP-START-LINE'])


def segments():
    data = push.opaque_push(20000, 13)
    flow = Flow([data], chunk=8192, end='*')
    flow['send-2'].how = {'twice': [0, 2, 3]}
    flow.wait('resp-2', 0.3)
    flow.save('variety/retransmitted.pcap', 'Three segments of a chunk are retransmitted')
    flow = Flow([data], chunk=8192, end='*')
    flow['send-1'].how = {'order': [0, 2, 1, 3, 4, 5]}
    flow['send-2'].how = {'order': [0, 1, 3, 4, 2, 5]}
    flow.save('variety/reordered.pcap', 'Segments of two chunks arrive out of order',
              options=['-o', 'tcp.reassemble_out_of_order:TRUE'])
    flow = Flow()
    for step in flow.steps:
        if step.link == 'msrp':
            step.how = {'cuts': range(0, len(step.data), 5), 'tick': 0.00001}
    flow.save('variety/five-byte-segments.pcap', 'Every MSRP message in segments of five bytes')
    flow = Flow()
    joined = b''.join(flow[n].data for n in ('send-1', 'send-2'))
    answers = b''.join(flow[n].data for n in ('resp-1', 'resp-2', 'report'))
    expected = flow.expected()
    flow.drop('send-2', 'resp-2', 'report').set('send-1', joined).set('resp-1', answers)
    save(flow.capture(), 'variety/coalesced.pcap', 'Both chunks in one segment, both responses and the REPORT in one',
         **expected)


def addresses():
    Flow(psa='2001:db8::3', pra='2001:db8::4').save('variety/ipv6.pcap', 'SIP and MSRP over IPv6, literals in paths')
    Flow(psa_name='psa.domain.com', pra_name='userpc.domain.com').save('variety/host-names.pcap',
                                                                      'Host names in SDP and paths')
    flow = Flow()
    filler = ''.join(f'X-Filler-{n}: {"abcdefgh" * 12}\r\n' for n in range(14))
    flow.edit('invite', 'Max-Forwards: 70\r\n', 'Max-Forwards: 70\r\n' + filler)
    flow.save('variety/ip-fragments.pcap', 'The INVITE is a datagram in two IP fragments')
    flow = Flow(transport='tcp')
    flow['invite'].how = {'cuts': [5, 200, 777, len(flow['invite'].data) - 40]}
    ok, bye_ok = flow['ok'], flow['bye-ok']
    ringing = ok.data.partition(b'\r\n\r\n')[0].replace(b'200 OK', b'180 Ringing').replace(
        b'Content-Type: application/sdp\r\n', b'') + b'\r\n\r\n'
    ok.data = fix_length(ringing) + ok.data
    bye_ok.how = {'cuts': [1]}
    flow.save('variety/sip-over-tcp.pcap', 'SIP over TCP: the INVITE in five segments, 180 and 200 in one')


def keep(capture, test):
    """A copy with only the frames for which test(time in s, frame) holds."""
    out = Capture()
    out.frames = [f for f in capture.frames if test(f[0] / 1e6, f[2])]
    return out


def lost_behind():
    """Nothing follows what is lost: only the acknowledgements tell that it was sent."""
    gaps = [[401, 600]]
    flow = Flow(chunk=200)
    flow['send-3'].how = {'lose': [0]}
    flow.drop('resp-3', 'report')
    flow.save('variety/lost-at-end.pcap', 'The capture lost the last chunk, its response and the REPORT',
              objects=[flow.expected_object(state='incomplete', gaps=gaps, size=400, total=600, sha1='any',
                                            result='not-verifiable', covers=None, verdict='unknown', chunks=2)],
              rules=['MSRP-CAPTURE-LOSS'], not_rules=['MSRP-UNFINISHED', 'MSRP-GAP'])
    flow = Flow()
    flow['report'].how = {'lose': [0]}
    flow.save('variety/lost-report.pcap', 'The capture lost the REPORT: nobody is accused',
              object={'reports': 0, 'verdict': 'unknown'}, not_rules=['MSRP-REPORT-MISSING'])


def announced_ports():
    flow = Flow()
    flow.client_port = flow.ports['psa']
    flow.save('variety/announced-on-both-sides.pcap',
              'Addresses in both paths, and the connection goes from one announced port to the other',
              object={'chunk_statuses': [200, 200]})
    flow = Flow(psa_name='psa.domain.com', pra_name='userpc.domain.com', port=7000)
    flow.client_port = 7000
    flow['send-1'].how = {'cuts': [1, 4, 20]}
    flow.save('variety/host-names-taken-port.pcap',
              'Host names in SDP and paths, a port that another dissector has taken, the start line in three segments',
              object={'chunk_statuses': [200, 200]})


def partial_captures():
    known = {'session': None, 'result': 'not-offered', 'covers': None}
    flow = Flow().drop('invite', 'ok', 'ack', 'bye', 'bye-ok')
    flow.save('variety/no-sip.pcap', 'MSRP alone: the push is known by its media type', sessions=[],
              objects=[flow.expected_object(**known)])

    flow = Flow(chunk=200).drop('invite', 'ok', 'ack', 'bye', 'bye-ok')
    flow['send-1'].how = {'cuts': [150]}
    whole = flow.capture()
    starts = sorted(f[0] for f in whole.frames)
    late = keep(whole, lambda when, frame: round(when * 1e6) > starts[3])    # SYN, SYN-ACK, ACK, first piece
    save(late, 'variety/late-start.pcap', 'The capture starts in the middle of the first of three SENDs, no SIP',
         sessions=[], objects=[flow.expected_object(
             state='incomplete', gaps=[[1, 200]], size=400, sha1='any', chunks=2, verdict='unknown', session=None,
             result='not-offered', covers=None)])

    flow = Flow().wait('bye', 40)
    source = flow.hosts['psa'].ip.packed
    one = keep(flow.capture(), lambda when, frame: frame[26:30] == source)
    save(one, 'variety/one-sided.pcap', 'Only what the PSA sent: no answer, response or REPORT can be seen',
         sessions=[flow.session(status=None)], objects=[flow.expected_object(reports=0, chunk_statuses=[None, None], verdict='unknown')],
         not_rules=['MSRP-RESPONSE-MISSING'], may=['MSRP-REPORT-MISSING'])


def make():
    lost_segments()
    segments()
    addresses()
    announced_ports()
    lost_behind()
    partial_captures()
