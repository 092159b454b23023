# SPDX-License-Identifier: GPL-2.0-or-later
"""What the captures of cases/ must show. They are kept as they came; cases/README.md says what each is for."""
from expect import obj, register


def make():
    register('cases/review-uaf-total-too-low.pcap',
             'Three chunks in one WebSocket message, their total lower than what comes',
             objects=[obj(carrier='MSRP', state='any', verdict='any', size=4200, chunks=3)], sessions=[], registrations=[],
             rules=['MSRP-RANGE-SYNTAX'])
    register('cases/review-uaf-ws-default-prefs.pcap',
             'Two chunks in one WebSocket message, the total that of half the first',
             objects=[obj(carrier='MSRP', state='any', gaps='any', verdict='any', size=30020, chunks=2)], sessions=[],
             registrations=[], rules=['MSRP-RANGE-LENGTH', 'MSRP-RANGE-SYNTAX'])
