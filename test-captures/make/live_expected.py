# SPDX-License-Identifier: GPL-2.0-or-later
"""What the recordings of live/ must show: live/plan.py says what was sent."""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'live'))

from expect import obj, register
from sip import ICSI_URN
import plan
import sip_tls

ABOUT = {
    'tcp': 'SIPp and MSRP over TCP sockets: objects of 1, 5000 and 300000 bytes, pipelined, success reports',
    'tls12': 'MSRP over TLS 1.2 (msrps), key log inside: 5000 and 60000 bytes',
    'tls13': 'MSRP over TLS 1.3 (msrps), key log inside: 5000 and 60000 bytes',
    'ws': 'MSRP over WebSocket, client masked, every third message fragmented: 5000 and 60000 bytes',
    'wss': 'MSRP over secure WebSocket (TLS 1.3, key log inside), masked, fragmented: 5000 and 60000 bytes',
}


def make():
    for mode, (name, _, _, _, sizes) in plan.MODES.items():
        objects = [obj(data, carrier='MSRP', session=number, message_id=message_id, from_path=here, to_path=there,
                       chunks=(len(data) + 2047) // 2048, reports=1, result='match', covers='object',
                       name=f'pushid-{tid}', body_encoding='opaque' if len(data) < 10 else 'text')
                   for number, (tid, here, there, message_id, data) in enumerate(plan.sessions(mode), 1)]
        register(name, 'Recorded live: ' + ABOUT[mode], objects=objects,
                 sessions=[{'status': 200, 'event_apps': ['mms.ua'], 'icsis': [ICSI_URN], 'objects': 1,
                            'setup': ['actpass', 'passive'], 'direction': ['sendonly', 'recvonly']} for _ in sizes],
                 not_rules=['MSRP-WS-FRAMING', 'SDP-MSRPS-PROTO', 'MSRP-RESPONSE-UNKNOWN', 'MSRP-UNINTERRUPTIBLE'])
    flow = sip_tls.flow()
    register('live-sip-tls.pcapng', 'Recorded live: a push by MESSAGE over TLS, in two records, key log inside',
             **flow.expected())
