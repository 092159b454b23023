# SPDX-License-Identifier: GPL-2.0-or-later
"""Flows that the scenes share: sessions whose answerer connects, two m-lines, pushes by MESSAGE that are sent again."""
import msrp
import push
import sdp
import websocket
from flow import Flow
from sip import message, response

DATA = push.mms_push_sized(600)
CORE = '192.0.2.1'


def mid(size, seed=1):
    """A push of that size whose content is text."""
    head = push.envelope('application/octet-stream', b'', 'mms.ua')
    return head + push.words(size - len(head), seed)


def strip(flow, *more):
    """Without any transfer: the offer, the answer, the release, and what is named."""
    stay = ('invite', 'ok', 'ack', 'bye', 'bye-ok', *more)
    flow.drop(*[s.name for s in flow.steps if s.name not in stay])
    return flow


def answerer_connects(data=None, **how):
    """The PRA is active: it opens the connection and must bind it with a SEND (RFC 4975 section 5.4)."""
    flow = Flow(data, setup=('passive', 'active'), connects='pra', **how)
    flow.after('ack', ('bind', 0.03, 'pra', 'msrp', msrp.bind('bind0001', flow.psa, flow.pra)),
               ('bind-resp', 0.01, 'psa', 'msrp', msrp.response('bind0001', flow.pra, flow.psa)))
    return flow


def over_ws(data=None, **how):
    """MSRP over WebSocket; call websocket.over() when all steps are as they shall be."""
    return websocket.Flow(data, **how)


def cut_every(flow, size):
    for step in flow.steps:
        if step.link == 'msrp' and len(step.data) > size:
            step.how['cuts'] = range(size, len(step.data), size)
    return flow


def two_media(data, answered=(True, True), same_path=False, **how):
    """One m-line for each of two files, each with a path and a connection of its own (or one for both).
    answered: whether the answer takes the m-line; a refused one has port 0."""
    base = Flow(data)
    psa = [base.psa, base.psa if same_path else base.psa.replace(';tcp', 'b;tcp')]
    pra = [base.pra, base.pra if same_path else base.pra.replace(':8888/', ':8889/').replace(';tcp', 'b;tcp')]
    ports = [8888, 8888 if same_path else 8889]
    selectors = [sdp.selector(d, f'pushid-1-{n}') for n, d in enumerate(data, 1)]
    host = [base.hosts[n].literal() for n in ('psa', 'pra')]
    offer = sdp.session(host[0], *[sdp.media(psa[n], port=7654, selectors=[selectors[n]], transfer_id=f'id{n}')
                                   for n in (0, 1)])
    answer = sdp.session(host[1], *[sdp.media(pra[n], port=ports[n] if answered[n] else 0, setup='passive',
                                              direction='recvonly', selectors=[selectors[n]], transfer_id=f'id{n}')
                                    for n in (0, 1)], user='bob')
    flow = Flow(data, offer=offer, answer=answer, **how)
    flow.server_ports = {'msrp': 8888, 'msrp2': 8889}
    for step in flow.steps:
        if step.link == 'msrp' and step.name.split('-')[1] == '2' and not same_path:
            step.link = 'msrp2'
            step.data = step.data.replace(psa[0].encode(), psa[1].encode()).replace(pra[0].encode(), pra[1].encode())
    return flow


def drop_object(flow, number):
    return flow.drop(*[s.name for s in flow.steps if f'-{number}' in s.name[:9]
                       and s.name.split('-')[1] == str(number)])


def from_receiver(bye):
    """The BYE as the receiver would send it."""
    lines = bye.partition(b'\r\n\r\n')[0].decode().split('\r\n')
    out = []
    for line in lines:
        if line.startswith('BYE'):
            line = 'BYE sip:psa@192.0.2.3 SIP/2.0'
        elif line.startswith('Via'):
            line = line.replace('192.0.2.3', '192.0.2.4').replace('776bye', '881bye')
        elif line.startswith('From'):
            line = 'From: "Bob" <sip:user@domain.com>;tag=r7x2'
        elif line.startswith('To'):
            line = 'To: <sip:psa@domain.com>;tag=49583'
        elif line.startswith('CSeq'):
            line = 'CSeq: 1 BYE'
        out.append(line)
    return '\r\n'.join(out).encode() + b'\r\n\r\n'


def ack_of(flow, tag='r7x2', cseq=1, branch='776inv'):
    """The ACK of a final answer other than 2xx: the INVITE's branch (RFC 3261 section 17.1.1.3)."""
    return message(f'ACK sip:user@{flow.names["pra"]} SIP/2.0', [
        flow.via(branch), 'Max-Forwards: 70', flow.common[0], flow.common[1] + f';tag={tag}', flow.common[2],
        f'CSeq: {cseq} ACK'])


def answered(flow, status, tag='r7x2', extra=(), who='pra', gap=0.5):
    """The INVITE is answered with this status and no session comes of it."""
    invite = flow['invite'].data
    flow.drop(*[s.name for s in flow.steps if s.name != 'invite'])
    return flow.after('invite', ('trying', 0.01, who, 'sip', response(invite, '100 Trying', to_tag=None)),
                      ('final', gap, who, 'sip', response(invite, status, tag, extra)),
                      ('ack', 0.01, 'psa', 'sip', ack_of(flow, tag)))


def repeated(flow, name, times):
    """The request is sent again at these seconds after its first time."""
    step = flow[name]
    before, last = 0, name
    for n, time in enumerate(times, 1):
        flow.after(last, (f'{name}-again-{n}', time - before, step.who, 'sip', step.data))
        before, last = time, f'{name}-again-{n}'
    return flow


TIMER_A = (0.5, 1.5, 3.5, 7.5, 15.5, 31.5)                                  # INVITE: RFC 3261 section 17.1.1.2
TIMER_E = (0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5)         # others: section 17.1.2.2, T2 is 4 s
