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
EPILOG = """exit codes: 0 every push that was offered or sent arrived, as far as its own answers say; 1
something fails; 2 cannot check (no such file, not a capture, cut short, plugin not loaded, bad filter, no push
in it where --require-push), or nothing fails but of something the capture cannot tell whether it arrived"""


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
    add("--jsonl", action="store_true",
        help="one line of JSON, {capture, exit, document}, for each capture, however many")
    add("--junit", metavar="FILE", help="write a JUnit report, a test case per object")
    add("--html", metavar="FILE", help="write one self-contained page")
    add("--require", metavar="FILTER", action="append", default=[],
        help="some frame of each capture must match (repeatable)")
    add("--fail-on", metavar="FILTER", action="append", default=[],
        help="no frame of any capture may match (repeatable)")
    add("--require-push", action="store_true", help="a capture without a push cannot be checked")
    add("--fail-level", choices=("fail", "warn"), default="fail",
        help="warn: what is only warned about fails, too, and so do unconfirmed deliveries (default: fail)")
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
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on expected, not {value}")
    return int(value)


def _run(options):
    tshark = Tshark(options.tshark, _passed_on(options))
    for display_filter in options.require + options.fail_on:
        tshark.check_filter(display_filter)
    found, missed = _find(options.captures)

    def one(capture):
        return check.run(tshark, capture, options.require, options.fail_on, options.require_push,
                         with_page=options.html is not None, fail_level=options.fail_level)

    table = rules.sections()
    checks = []
    for done in progress.check_all(found, one, options.jobs):
        if options.jsonl:
            print(json.dumps({"capture": done.capture, "exit": done.exit, "document": done.document}), flush=True)
        elif not options.json:
            _print_report(done, table, options.verbose, first=not checks)
        if done.trouble:
            sys.stdout.flush()
            _complain(f"{visible(done.capture)}: {visible(done.trouble)}")
        elif done.cannot_tell:
            sys.stdout.flush()
            _complain(f"{visible(done.capture)}: cannot tell: {visible('; '.join(words.reasons(done)))}")
        checks.append(done)
    if options.json:
        _print_json(checks, single=len(options.captures) == 1
                    and not os.path.isdir(options.captures[0]))
    elif len(checks) > 1 and not options.jsonl:
        _print_totals(checks)
    sys.stdout.flush()
    written = [_write(options.junit, junit.document, checks),
               _write(options.html, html_page.document, checks, table)]
    return check.exit_of(checks, trouble=missed or not all(written))


def _passed_on(options):
    passed = []
    for preference in options.preferences:
        passed += ["-o", preference]
    for rule in options.decode_as:
        passed += ["-d", rule]
    return passed


def _find(arguments):
    """The captures to check, and how many folders had none or cannot be read."""
    found = []
    missed = 0
    for argument in arguments:
        inside, closed = captures.find(argument)
        for error in closed:
            _complain(f"{visible(error.filename)}: {error.strerror}")
        if not inside and not closed:
            _complain(f"{visible(argument)}: no capture in this folder")
        missed += len(closed) or not inside
        found += inside
    return found, missed


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
    documents = [{"capture": c.capture, "document": c.document, "exit": c.exit} for c in checks]
    print(json.dumps(documents, indent=2))


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


def _complain(line):
    print(f"omapush-check: {line}", file=sys.stderr)
