# SPDX-License-Identifier: GPL-2.0-or-later
"""Words in a display filter that a field of ours never has: such a filter matches nothing, and --fail-on is always met."""

import difflib
import re

from .tshark import CannotRun

VERDICTS = ("pass", "warn", "fail", "unknown")
WORDS = {
    "omapush.object.verdict": VERDICTS,
    "omapush.session.verdict": VERDICTS,
    "omapush.object.delivery": ("confirmed", "accepted", "unconfirmed", "refused", "failed", "unknown"),
    "omapush.object.state": ("complete", "incomplete", "aborted"),
    "omapush.object.verification": ("match", "mismatch", "not-offered", "not-verifiable"),
    "omapush.object.covers": ("object", "content"),
    "omapush.chunk.flag": ("$", "+", "#"),
    "omapush.body.encoding": ("text", "wsp", "xml", "cpim", "opaque"),
    "omapush.finding.severity": ("error", "warn", "note"),
}
RULE = "omapush.finding.rule"
# A text as a filter may write it: in quotes, raw, or bare (a bare name with a dot or a bracket is a field or a function).
TEXT = r'(?:r?"([^"]*)"|([A-Za-z][\w-]*)(?![\w.:(\[-]))'
COMPARED = re.compile(r"\b(omapush\.[a-z_.]+)\s*(?:==|!=|===|!==|~=|\b(?:eq|ne|any_eq|all_eq|any_ne|all_ne)\b)\s*" + TEXT)
MEMBERS = re.compile(r"\b(omapush\.[a-z_.]+)\s+(?:not\s+)?in\s*\{([^}]*)\}")


def check_words(display_filter, rules):
    """Raises CannotRun, with what may have been meant."""
    named = [(field, quoted or bare) for field, quoted, bare in COMPARED.findall(display_filter)]
    for field, members in MEMBERS.findall(display_filter):
        named += [(field, quoted or bare) for quoted, bare in re.findall(TEXT, members)]
    for field, word in named:
        known = WORDS.get(field) or (tuple(rules) if field == RULE and rules else None)
        if known and word not in known:
            near = difflib.get_close_matches(word.upper() if field == RULE else word.lower(), known, 1, 0.5)
            meant = f'did you mean "{near[0]}"?' if near else f"it has {', '.join(known[:8])}"
            raise CannotRun(f'bad filter: {display_filter}: {field} is never "{word}"; {meant}')
