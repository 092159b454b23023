# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line: arguments in; reports, files and an exit code out."""

import argparse
import json
import os
import sys

from . import captures, check, html_page, junit, progress, rules, text, words
from .tshark import CannotRun, Tshark
from .visible import visible

DESCRIPTION = "Checks that every OMA push object of a capture was delivered right."
EPILOG = """exit codes: 0 every object passes; 1 something fails; 2 cannot check (no such file, not a
capture, cut short, plugin not loaded, bad filter, no push in it where --require-push)"""


def main(arguments=None):
    options = _parser().parse_args(arguments)
    # A terminal that cannot show a character gets an escape, not a Python traceback.
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.stderr.reconfigure(errors="backslashreplace")
    try:
        return _run(options)
    except CannotRun as error:
        _complain(str(error))
        return check.CANNOT
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + 13
    except KeyboardInterrupt:
        return 128 + 2


def _parser():
    parser = argparse.ArgumentParser(prog="omapush-check", description=DESCRIPTION, epilog=EPILOG)
    add = parser.add_argument
    add("captures", nargs="+", metavar="CAPTURE", help="capture file, or folder to search")
    add("--json", action="store_true",
        help="the plugin's report instead of the readable one; a list of {capture, document, exit} "
             "for several captures or a folder")
    add("--junit", metavar="FILE", help="write a JUnit report, a test case per object")
    add("--html", metavar="FILE", help="write one self-contained page")
    add("--require", metavar="FILTER", action="append", default=[],
        help="some frame of each capture must match (repeatable)")
    add("--fail-on", metavar="FILTER", action="append", default=[],
        help="no frame of any capture may match (repeatable)")
    add("--require-push", action="store_true", help="a capture without a push cannot be checked")
    add("-v", "--verbose", action="store_true", help="tell passing objects and all notes too")
    add("-j", "--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N",
        help="captures checked at the same time (default: one per processor)")
    add("--tshark", metavar="PATH", default=os.environ.get("TSHARK") or "tshark",
        help="the tshark to run (default: $TSHARK, else the one in PATH)")
    add("-o", dest="preferences", metavar="NAME:VALUE", action="append", default=[],
        help="a Wireshark preference for tshark, such as tls.keylog_file:FILE (repeatable)")
    add("-d", dest="decode_as", metavar="RULE", action="append", default=[],
        help="a Decode As rule for tshark, such as tcp.port==9000,msrp (repeatable)")
    return parser


def _jobs(value):
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _run(options):
    tshark = Tshark(options.tshark, _passed_on(options))
    for display_filter in options.require + options.fail_on:
        tshark.check_filter(display_filter)
    found, empty = _find(options.captures)

    def one(capture):
        return check.run(tshark, capture, options.require, options.fail_on, options.require_push)

    table = rules.sections()
    checks = []
    for done in progress.check_all(found, one, options.jobs):
        if not options.json:
            _print_report(done, table, options.verbose, first=not checks)
        if done.trouble:
            sys.stdout.flush()
            _complain(f"{visible(done.capture)}: {visible(done.trouble)}")
        checks.append(done)
    if options.json:
        _print_json(checks, single=len(options.captures) == 1
                    and not os.path.isdir(options.captures[0]))
    elif len(checks) > 1:
        _print_totals(checks)
    sys.stdout.flush()
    _write(options.junit, junit.document, checks)
    _write(options.html, html_page.document, checks, table)
    return max([c.exit for c in checks] + [check.CANNOT] * empty)


def _passed_on(options):
    passed = []
    for preference in options.preferences:
        passed += ["-o", preference]
    for rule in options.decode_as:
        passed += ["-d", rule]
    return passed


def _find(arguments):
    """The captures to check, and how many folders had none."""
    found = []
    empty = 0
    for argument in arguments:
        inside = captures.find(argument)
        if not inside:
            _complain(f"{visible(argument)}: no capture in this folder")
            empty += 1
        found += inside
    return found, empty


def _print_report(done, table, verbose, first):
    if not first:
        print()
    if done.document is None:
        # Standard error says why in a line of its own.
        print(text.final_line(done))
        return
    for line in text.report(done, table, verbose):
        print(line)


def _print_totals(checks):
    print()
    for verdict in ("PASS", "FAIL", "CANNOT CHECK"):
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
    documents = [{"capture": c.capture, "document": c.document, "exit": c.exit} for c in checks]
    print(json.dumps(documents, indent=2))


def _write(path, make, *arguments):
    if path is None:
        return
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(make(*arguments))
    except OSError as error:
        raise CannotRun(f"{visible(path)}: {error.strerror}") from None


def _complain(line):
    print(f"omapush-check: {line}", file=sys.stderr)
