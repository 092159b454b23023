# SPDX-License-Identifier: GPL-2.0-or-later
"""For each conformance rule: the smallest flow that breaks it, and the nearest one that does not."""

ERRORS = {'SIP-REJECTED', 'SIP-TIMEOUT', 'MSRP-CONFLICT', 'MSRP-GAP', 'MSRP-UNFINISHED', 'MSRP-ABORTED', 'MSRP-RESPONSE-ERROR',
          'MSRP-RESPONSE-TIMEOUT', 'MSRP-REPORT-FAILED', 'OBJ-HASH', 'OBJ-SIZE'}
NOTES = {'SIP-TAG-PLUS', 'SIP-ICSI-NAMESPACE', 'SIP-APP-UNKNOWN', 'SIP-NO-ANSWER', 'SIP-NO-APP', 'SIP-TOO-LONG', 'SIP-CANCELLED',
         'SDP-PATH-ADDRESS', 'SDP-FILE-INCOMPLETE', 'MSRP-UNINTERRUPTIBLE', 'MSRP-OVERLAP', 'MSRP-RESPONSE-UNKNOWN', 'MSRP-CONNECT-SIDE',
         'MSRP-REPORT-NAMESPACE', 'MSRP-RANGE-FIRST', 'MSRP-CAPTURE-LOSS', 'OBJ-EXTRA', 'OBJ-TOO-LARGE', 'BODY-SHAPE'}


def verdict(rule):
    """What the breach makes of the object. Whether a warning of the session's SIP or SDP belongs to its object
    is left to the reader of the rule."""
    if rule in ERRORS:
        return 'fail'
    if rule in NOTES:
        return 'pass'
    return ['pass', 'warn'] if rule.startswith(('SIP', 'SDP')) else 'warn'


def bad(rule, flow, about, *, object=None, rules=(), **known):
    if 'objects' not in known:
        known['object'] = {'verdict': verdict(rule), **(object or {})}
    flow.save(f'rules/{rule}.bad.pcap', f'breaks {rule}: {about}', rules=[rule, *rules], **known)


def good(rule, flow, about, *, object=None, not_rules=(), **known):
    if 'objects' not in known and object:
        known['object'] = object
    flow.save(f'rules/{rule}.good.pcap', f'near {rule}: {about}', not_rules=[rule, *not_rules], **known)
