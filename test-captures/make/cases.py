# SPDX-License-Identifier: GPL-2.0-or-later
"""What the captures of cases/ must show. They are kept as they came; cases/README.md says what each is for."""
from expect import obj, register


def make():
    register('cases/review-uaf-total-too-low.pcap',
             'Three chunks in one WebSocket message, their total lower than what comes',
             objects=[obj(carrier='MSRP', state='complete', verdict='warn', size=4200, total=4000, chunks=3)], sessions=[],
             registrations=[], rules=['MSRP-RANGE-SYNTAX'])
    register('cases/review-uaf-ws-default-prefs.pcap',
             'Two chunks in one WebSocket message, the total that of half the first',
             objects=[obj(carrier='MSRP', state='incomplete', gaps=[], verdict='fail', size=30020, chunks=2)], sessions=[],
             registrations=[], rules=['MSRP-RANGE-LENGTH', 'MSRP-RANGE-SYNTAX'])
    register('cases/review-time-overflow.pcapng', 'Times beyond 64 bits of nanoseconds',
             objects=[obj(carrier='MSRP', state='complete', verdict='pass', size=20, chunks=1)], sessions=[],
             registrations=[], rules=[])
    register('cases/review-enc-tcp3.pcap', 'Three MESSAGEs over TCP, two of them in one segment, their bodies encoded',
             objects=[obj(carrier='MESSAGE', state='complete', verdict='pass', size=15, status=200)] * 3, sessions=[],
             registrations=[], rules=['BODY-SHAPE', 'SIP-APP-UNKNOWN'])
