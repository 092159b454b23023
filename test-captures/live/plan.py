#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What each recording holds: its transport and its push objects, and the injection file for SIPp."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'make'))
import push                 # noqa: E402
import sdp                  # noqa: E402

PSA, PRA, PORT_PSA, PORT_PRA = '127.0.0.3', '127.0.0.4', 27654, 28888

# mode: (file, SDP proto, URI scheme, URI transport, object sizes)
MODES = {
    'tcp': ('live-sipp-msrp.pcap', 'TCP/MSRP', 'msrp', 'tcp', (1, 5000, 300000)),
    'tls12': ('live-tls12.pcapng', 'TCP/TLS/MSRP', 'msrps', 'tcp', (5000, 60000)),
    'tls13': ('live-tls13.pcapng', 'TCP/TLS/MSRP', 'msrps', 'tcp', (5000, 60000)),
    'ws': ('live-ws.pcap', 'TCP/WS/MSRP', 'msrp', 'ws', (5000, 60000)),
    'wss': ('live-wss.pcapng', 'TCP/WSS/MSRP', 'msrps', 'ws', (5000, 60000)),
}


def push_object(size):
    return push.seeded(size, size) if size < 100 else push.opaque_push(size, size)


def sessions(mode):
    """(transfer id, PSA path, PRA path, message id, object) of each session."""
    _, _, scheme, transport, sizes = MODES[mode]
    for number, size in enumerate(sizes, 1):
        tid = f'{mode}{number}x{size}'
        yield (tid, f'{scheme}://{PSA}:{PORT_PSA}/{tid};{transport}', f'{scheme}://{PRA}:{PORT_PRA}/r{tid};{transport}',
               f'm{tid}', push_object(size))


def injection(mode):
    _, proto, scheme, transport, _ = MODES[mode]
    lines = ['SEQUENTIAL']
    for tid, _, _, _, data in sessions(mode):
        lines.append(';'.join([tid, sdp.selector(data, f'pushid-{tid}'), 'mms.ua', proto, scheme, transport]))
    return '\n'.join(lines) + '\n'


if __name__ == '__main__':
    print(injection(sys.argv[1]), end='')
