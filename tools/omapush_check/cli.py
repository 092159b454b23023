# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line: arguments in; reports, files and an exit code out."""

import json
import os
import signal
import sys

from . import (baseline, captures, check, colour, compare, documents, filters, html_page, junit, merge, options,
               progress, rules, system, text, waive, words)
from .tshark import CannotRun, Tshark
from .visible import visible


def main(arguments=None):
    # A terminal that cannot show a character gets an escape, not a Python traceback.
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.stderr.reconfigure(errors="backslashreplace")
    try:
        code = _run(options.parse(arguments))
        sys.stdout.flush()
        return code
    except CannotRun as error:
        _complain(visible(error))
        return check.CANNOT
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python would complain once more at exit.
        _discard_output()
        return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else check.CANNOT
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        _discard_output()
        _complain(f"{visible(error.filename)}: {error.strerror}" if error.filename else str(error.strerror))
        return check.CANNOT
    except Exception as error:  # pylint: disable=broad-except
        # Whatever it is, it is no result: a build must not take it for "something fails" (1).
        _complain(f"an error of its own: {type(error).__name__}: {visible(error)}")
        return check.CANNOT


def _run(asked):
    table = rules.table()
    if asked.list_rules:
        _list_rules(table, asked.json)
        return check.PASS
    known = [rule["id"] for rule in table]
    waiver = waive.Waiver(_ignored(asked.ignore, known), asked.baseline and baseline.read(asked.baseline))
    policy = check.Policy(asked, waiver)
    for target in (asked.junit, asked.html, asked.write_baseline):
        _must_be_writable(target)
    if asked.compare:
        return _compare(asked, policy)
    sections = {rule["id"]: rule["section"] for rule in table}
    checks, missed = [], False
    for done in _checks(asked, policy, known):
        if done is None:
            missed = True
            continue
        _tell(asked, done, sections, first=not checks)
        checks.append(done)
    _tell_all(asked, checks)
    sys.stdout.flush()
    written = [_write(asked.junit, junit.document, checks), _write(asked.html, html_page.document, checks, sections),
               _write(asked.write_baseline, lambda all_: baseline.of(all_).text(), checks)]
    if asked.write_baseline and all(written) and not missed and not any(done.trouble for done in checks):
        return check.PASS
    return check.exit_of(checks, trouble=missed or not all(written))


# --- what is checked ---


def _checks(asked, policy, known):
    """The checks of all that is named, in order; None for a folder or a file that cannot be looked at."""
    if asked.from_json:
        for path in asked.captures:
            for capture, reading, unmet in documents.read(path):
                yield check.of_report(capture, reading, unmet, policy)
        return
    tshark = _tshark(asked)
    for display_filter in policy.require + policy.require_each + policy.fail_on:
        filters.check_words(display_filter, known)
        tshark.check_filter(display_filter)
    found, missed = _find(asked.captures)
    yield from [None] * bool(missed)
    if asked.merge and found:
        with merge.merged(tshark, found) as path:
            yield check.run(tshark, path, policy, merge.label(found))
        return
    yield from progress.check_all(found, lambda capture: check.run(tshark, capture, policy), asked.jobs)


def _tshark(asked):
    passed = []
    for preference in asked.preferences:
        passed += ["-o", preference]
    for rule in asked.decode_as:
        passed += ["-d", rule]
    return Tshark(asked.tshark, passed)


def _ignored(given, known):
    """The rules of --ignore; one that there is not would be a word that does nothing."""
    ignored = [rule.strip() for text_ in given for rule in text_.split(",") if rule.strip()]
    for rule in ignored:
        if known and rule not in known:
            filters.check_words(f'{filters.RULE} == "{rule}"', known)
    return ignored


def _find(arguments):
    """The captures to check, and how many folders had none or cannot be read."""
    found = []
    missed = 0
    for argument in (path for name in arguments for path in system.expanded(name)):
        inside, closed = captures.find(argument)
        for error in closed:
            _complain(f"{visible(error.filename)}: {error.strerror}")
        if not inside and not closed:
            _complain(f"{visible(argument)}: no capture in this folder")
        missed += len(closed) or not inside
        found += inside
    return found, missed


def _compare(asked, policy):
    """What differs between two captures or reports; 1 where something got worse."""
    two = []
    for path in asked.captures:
        if asked.from_json or documents.is_report(path):
            found = documents.read(path)
            if len(found) != 1:
                raise CannotRun(f"{path}: --compare takes a report of one capture, this has {len(found)}")
            two.append(check.of_report(*found[0], policy))
        else:
            two.append(check.run(_tshark(asked), path, policy))
    for done in two:
        if done.trouble:
            raise CannotRun(f"{done.capture}: {done.trouble}")
    differences = compare.lines(*two)
    paint = colour.line if colour.wanted(sys.stdout) else str
    for worse, sentence in differences:
        print(paint(f"{'fail' if worse else 'note'}: {visible(sentence)}"))
    worse = sum(worse for worse, _ in differences)
    if not differences:
        print("nothing differs")
    elif not worse:
        print(f"{words.plural(len(differences), 'difference')}, nothing got worse")
    else:
        print(f"{words.plural(len(differences), 'difference')}, {worse} of them for the worse")
    return check.FAIL if worse else check.PASS


# --- what is told ---


def _tell(asked, done, sections, first):
    """One capture, as soon as it is checked."""
    if asked.jsonl:
        print(json.dumps(_entry(done)), flush=True)
    elif not asked.json:
        _print_report(asked, done, sections, first)
    if done.trouble or done.cannot_tell:
        sys.stdout.flush()
        why = done.trouble or "cannot tell: " + "; ".join(words.reasons(done))
        _complain(f"{visible(done.capture)}: {visible(why)}")


def _print_report(asked, done, sections, first):
    if asked.quiet:
        lines = [] if asked.quiet > 1 and done.exit == check.PASS else [text.final_line(done)]
    elif done.document is None:
        # Standard error says why in a line of its own.
        lines = [text.final_line(done)]
    else:
        lines = text.report(done, sections, asked.verbose)
    paint = colour.line if colour.wanted(sys.stdout) else str
    if not first and not asked.quiet:
        print()
    for line in lines:
        print(paint(line))


def _tell_all(asked, checks):
    if asked.json:
        single = len(checks) == 1 and (asked.merge or (len(asked.captures) == 1
                                                       and not os.path.isdir(asked.captures[0])))
        _print_json(checks, single)
    elif len(checks) > 1 and not asked.jsonl and asked.quiet < 2:
        _print_totals(checks, blank=not asked.quiet)


def _print_totals(checks, blank):
    if blank:
        print()
    for verdict in words.VERDICTS:
        count = sum(words.verdict(done) == verdict for done in checks)
        if count:
            print(f"{verdict}: {count} of {words.plural(len(checks), 'capture')}")


def _print_json(checks, single):
    for done in checks:
        for demand in done.unmet:
            _complain(f"{visible(done.capture)}: {visible(demand.text)}")
    if single:
        # The plugin's document byte for byte: what a peer sent in it is not interpreted here.
        sys.stdout.flush()
        sys.stdout.buffer.write(checks[0].raw)
        return
    print(json.dumps([_entry(done) for done in checks], indent=2))


def _entry(done):
    """One capture of several, with all that its exit code hangs on: --from-json makes the same of it."""
    return {"capture": done.capture, "exit": done.exit, "document": done.plain, "trouble": done.trouble,
            "unmet": [demand.text for demand in done.unmet]}


def _list_rules(table, as_json):
    if not table:
        raise CannotRun("the table of rules is not installed")
    if as_json:
        print(json.dumps(table, indent=1))
        return
    width = max(len(rule["id"]) for rule in table)
    for rule in table:
        print(f"{rule['id']:{width}}  {rule['severity']:5}  {rule['summary']} [{rule['section']}]")


# --- files ---


def _must_be_writable(path):
    """Before the work: a night's checks are not to be lost for a folder that is not there."""
    if path is None:
        return
    there = os.path.exists(path)
    try:
        with open(path, "a", encoding="utf-8"):
            pass
        if not there:
            os.unlink(path)
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from None


def _write(path, make, *arguments):
    """False where a file was asked for and cannot be written."""
    if path is None:
        return True
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(make(*arguments))
    except OSError as error:
        _complain(f"{visible(path)}: {error.strerror}")
        return False
    return True


def _discard_output():
    """What is still to be written cannot be: Python is not to try once more at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass


def _complain(line):
    print(f"omapush-check: {line}", file=sys.stderr)
