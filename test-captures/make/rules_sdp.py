# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs for the SDP rules."""
import sdp
from flow import Flow
from rule_pair import bad, good
from sip import fix_length


def append(flow, step, lines):
    """More SDP lines at the end of a body."""
    more = ''.join(line + '\r\n' for line in lines).encode()
    return flow.set(step, fix_length(flow[step].data + more))


def without_media(flow):
    """Only the signalling: the MSRP connection is not in the capture."""
    return flow.drop(*[s.name for s in flow.steps if s.link != 'sip'])


def general():
    rule = 'SDP-SYNTAX'
    bad(rule, Flow().edit('invite', 'a=setup:actpass', 'a=setup: actpass'), 'a space after a=setup:')
    good(rule, Flow().edit('invite', 's=-', 's= ').edit('invite', 't=0 0\r\n', 't=0 0\r\na=x-note: any text\r\n'),
         's= with one space (RFC 8866 section 5.3), and a space in an attribute whose grammar nobody knows')

    rule = 'SDP-MEDIA'
    bad(rule, Flow().edit('invite', 'TCP/MSRP *', 'TCP/MSRP message/cpim'), 'a format other than *')
    audio = 'm=audio 40000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n'
    flow = Flow().edit('invite', 't=0 0\r\n', 't=0 0\r\n' + audio)
    good(rule, flow.edit('ok', 't=0 0\r\n', 't=0 0\r\n' + audio.replace('40000', '0')),
         'an audio line before it, refused by the answer')

    rule = 'SDP-SETUP'
    bad(rule, Flow(setup=('active', 'active')), 'both active', may=['MSRP-CONNECT-SIDE'])
    good(rule, Flow(setup=(None, None)), 'no a=setup at all: the offerer connects (RFC 4975 section 5.4)')

    rule = 'SDP-DIRECTION'
    bad(rule, Flow().edit('invite', 'a=sendonly\r\n', ''), 'the offer has no direction, so it is sendrecv')
    flow = Flow().edit('invite', 'a=sendonly\r\n', '')
    good(rule, flow.edit('invite', 't=0 0\r\n', 't=0 0\r\na=sendonly\r\n'), 'sendonly at session level')

    rule = 'SDP-ACCEPT-TYPES'
    bad(rule, Flow().edit('invite', f'a=accept-types:{sdp.PUSH_TYPE}\r\n', ''), 'the offer has none')
    good(rule, Flow(accept_types='message/cpim *'), 'message/cpim *')


def paths():
    rule = 'SDP-PATH-MISSING'
    flow = Flow()
    bad(rule, flow.edit('invite', f'a=path:{flow.psa}\r\n', ''), 'an offer without a=path')
    flow = Flow()
    second = sdp.media(flow.psa.replace(';tcp', 'b;tcp'), port=7654, selectors=[sdp.selector(b'x', 'other')],
                       transfer_id='other')
    append(flow, 'invite', second)
    append(flow, 'ok', ['m=message 0 TCP/MSRP *'])
    good(rule, flow, 'a second m-line that the answer refuses with port 0 and no attributes', may=['SDP-REFUSED'])

    rule = 'SDP-PATH-SYNTAX'
    flow = Flow()
    bad(rule, flow.edit('invite', flow.psa, flow.psa.replace(';tcp', '')), 'a URI without ;tcp', may=['MSRP-PATH'])
    flow = Flow()
    good(rule, flow.everywhere(flow.psa, flow.psa.replace('//', '//psa@').replace(';tcp', ';tcp;x=1')),
         'a URI with user part and a further parameter')

    rule = 'SDP-PATH-ADDRESS'
    bad(rule, Flow().edit('invite', 'c=IN IP4 192.0.2.3', 'c=IN IP4 192.0.2.99'), 'c= is another host than the path')
    flow = Flow()
    for step in ('invite', 'ok'):
        append(flow, step, ['a=msrp-cema'])
    good(rule, flow.edit('invite', 'c=IN IP4 192.0.2.3', 'c=IN IP4 192.0.2.99'),
         'the same with a=msrp-cema on both sides (RFC 6714)')

    rule = 'SDP-MSRPS-PROTO'
    bad(rule, without_media(Flow()).everywhere('msrp://', 'msrps://'), 'msrps with TCP/MSRP', objects=[],
        session={'objects': 0})
    flow = without_media(Flow()).everywhere('msrp://', 'msrps://').everywhere('TCP/MSRP', 'TCP/TLS/MSRP')
    good(rule, flow, 'msrps with TCP/TLS/MSRP', objects=[], session={'objects': 0})


def files():
    rule = 'SDP-FILE-SELECTOR'
    bad(rule, Flow().everywhere('name:"pushid-1-1"', 'name:pushid-1-1'), 'the name is not quoted',
        object={'result': 'any', 'covers': 'any', 'verdict': ['pass', 'warn', 'fail']})
    good(rule, Flow().everywhere('name:"pushid-1-1"', 'name:"push%22id%22 1%0D.bin"'),
         'a name with percent-encoded quotes, and a CR that is not printed', object={'name': 'push"id" 1\\x0d.bin'})

    rule = 'SDP-FILE-HASH'
    flow = Flow()
    digest = sdp.hash_value(flow.objects[0])
    bad(rule, flow.everywhere(digest, digest.lower()), 'lower-case hex',
        object={'result': 'any', 'covers': 'any', 'verdict': ['pass', 'warn', 'fail']})
    flow = Flow()
    flow.selectors = [sdp.selector(flow.objects[0], 'pushid-1-1', algorithms=('sha-1', 'sha-256'))]
    good(rule, flow.everywhere(sdp.selector(flow.objects[0], 'pushid-1-1'), flow.selectors[0]),
         'two hashes, sha-1 and sha-256')

    rule = 'SDP-FILE-INCOMPLETE'
    flow = Flow()
    bad(rule, flow.everywhere(f' hash:sha-1:{sdp.hash_value(flow.objects[0])}', ''), 'no hash',
        object={'result': 'any', 'covers': 'any'})
    good(rule, Flow().everywhere('name:"pushid-1-1" ', ''), 'no name, but type, size and hash', object={'name': 'any'})

    rule = 'SDP-TRANSFER-ID'
    bad(rule, Flow().edit('ok', 'a=file-transfer-id:a3cd20b8ae7f\r\n', ''), 'not echoed in the answer')
    good(rule, Flow(selectors=[]), 'neither selector nor transfer id in the session')

    rule = 'SDP-ANSWER-SELECTOR'
    bad(rule, Flow().edit('ok', 'size:600', 'size:601'), 'another size in the answer')
    flow = Flow()
    size, rest = f'size:{len(flow.objects[0])}', f'hash:sha-1:{sdp.hash_value(flow.objects[0])}'
    good(rule, flow.edit('ok', f'{size} {rest}', f'{rest} {size}'), 'the same selectors in another order')


def make():
    general()
    paths()
    files()
