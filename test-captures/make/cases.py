# SPDX-License-Identifier: GPL-2.0-or-later
"""What the captures of cases/ must show. They are kept as they came; cases/README.md says what each is for."""
from expect import obj, register


def make():
    register('cases/review-uaf-total-too-low.pcap',
             'Three chunks in one WebSocket message, their total lower than what comes',
             objects=[obj(carrier='MSRP', state='complete', verdict='unknown', size=4200, total=4000, chunks=3)], sessions=[],
             registrations=[], rules=['MSRP-RANGE-SYNTAX'])
    register('cases/review-uaf-ws-default-prefs.pcap',
             'Two chunks in one WebSocket message, the total that of half the first',
             objects=[obj(carrier='MSRP', state='incomplete', gaps=[], verdict='unknown', size=30020, chunks=2)], sessions=[],
             registrations=[], rules=['MSRP-RANGE-LENGTH', 'MSRP-RANGE-SYNTAX'])
    register('cases/review-time-overflow.pcapng', 'Times beyond 64 bits of nanoseconds',
             objects=[obj(carrier='MSRP', state='complete', verdict='unknown', size=20, chunks=1)], sessions=[],
             registrations=[], rules=[])
    message = {'carrier': 'MESSAGE', 'result': 'not-offered', 'session': None}
    nobody = {'sessions': [], 'registrations': []}
    register('cases/field-noanswer.pcap', 'A MESSAGE sent seven times in 31.5 s, no answer, the capture runs on to 100 s',
             objects=[obj(**message, state='complete', verdict='fail', delivery='failed', status=None)], **nobody,
             rules=['SIP-TIMEOUT'], not_rules=['SIP-NO-ANSWER'])
    register('cases/field-supl-message-notag.pcap', 'A MESSAGE with SUPL INIT and no Accept-Contact',
             objects=[obj(**message, state='complete', verdict='pass', delivery='confirmed', event_apps=[])], **nobody,
             rules=['SIP-NO-APP'])
    register('cases/field-voicemail-lf.pcap', 'SIP lines that end with LF alone',
             objects=[obj(**message, state='complete', verdict='warn', delivery='confirmed')], **nobody,
             rules=['SIP-SYNTAX'])
    register('cases/shape-sip-tcp-first-copy-cut.pcap', 'Each segment twice, the first copy cut to 96 bytes',
             objects=[obj(**message, state='complete', verdict='pass', delivery='confirmed', size=3090, status=200,
                          event_apps=['wml.ua'])], **nobody, not_rules=['MSRP-CAPTURE-LOSS', 'SIP-NO-ANSWER'])
    register('cases/shape-snaplen-cuts-event-app.pcap', 'The capture cuts the MESSAGE within the value of its tag',
             objects=[obj(**message, state='incomplete', verdict='any', event_apps=[], content_type=None, status=200)],
             **nobody, rules=['MSRP-CAPTURE-LOSS'])
    register('cases/shape-200-before-invite.pcap', 'The 200 is filed before its INVITE, SIP over TCP',
             objects=[obj(carrier='MSRP', state='complete', verdict='pass', result='match', session=1)],
             sessions=[{'status': 200, 'offer_frame': 5, 'answer_frame': 4, 'objects': 1}], registrations=[],
             not_rules=['SIP-NO-ANSWER', 'SIP-CSEQ-RESPONSE', 'OBJ-EXTRA'])
    register('cases/review-enc-tcp3.pcap', 'Three MESSAGEs over TCP, two of them in one segment, their bodies encoded',
             objects=[obj(carrier='MESSAGE', state='complete', verdict='pass', size=15, status=200)] * 3, sessions=[],
             registrations=[], rules=['BODY-SHAPE', 'SIP-APP-UNKNOWN'])
