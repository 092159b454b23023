# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line and the policy file: what is asked of the captures."""

import argparse
import os
import tomllib

from . import VERSION, system
from .tshark import CannotRun

DESCRIPTION = "Checks that every OMA push object of a capture was delivered right."
EPILOG = """exit codes: 0 every push that was offered or sent arrived, as far as its own answers say; 1
something fails; 2 cannot check (no such file, not a capture, cut short, plugin not loaded, bad filter, no push
in it where --require-push), or nothing fails but of something the capture cannot tell whether it arrived"""
DELAYS = ("response", "report", "setup", "transfer")
# What a policy file may hold: the long options that say what is wanted, by the type of their values.
CONFIG = {"ignore": list, "require": list, "require_each": list, "fail_on": list, "require_push": bool,
          "fail_level": str, "baseline": str, "expect_objects": int, "max_delay": dict, "merge": bool,
          "preferences": list, "decode_as": list}


def parse(arguments):
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.config is not None:
        _configure(options, options.config)
    options.fail_level = {None: "fail", "error": "fail"}.get(options.fail_level, options.fail_level)
    if options.compare and len(options.captures) != 2:
        parser.error("--compare takes two: what was before and what is now")
    if not options.captures and not options.list_rules:
        parser.error("no capture is named")
    if options.from_json:
        for name in ("require", "require_each", "fail_on", "preferences", "decode_as", "merge"):
            if getattr(options, name):
                parser.error(f"--{name.replace('_', '-')} needs the captures: with --from-json there are none")
    if options.compare and (options.merge or options.junit or options.html):
        parser.error("--compare prints what differs: it takes no --merge, --junit or --html")
    return options


def _parser():
    parser = argparse.ArgumentParser(prog="omapush-check", description=DESCRIPTION, epilog=EPILOG)
    add = parser.add_argument
    add("captures", nargs="*", metavar="CAPTURE", help="capture file, or folder to search")
    add("--json", action="store_true",
        help="the plugin's report instead of the readable one; for several captures or a folder a list of what "
             "--jsonl prints")
    add("--jsonl", action="store_true",
        help="one line of JSON, {capture, exit, document, trouble, unmet}, for each capture, however many")
    add("--from-json", action="store_true",
        help="the files are what --json or --jsonl printed, perhaps elsewhere: report, JUnit, HTML and exit code of them")
    add("--merge", action="store_true",
        help="the captures are one, in order of time: files of a ring buffer, or of several taps")
    add("--compare", action="store_true",
        help="two captures, or two --json reports: what is new, gone or changed; 1 where something got worse")
    add("--junit", metavar="FILE", help="write a JUnit report, a test case per object")
    add("--html", metavar="FILE", help="write one self-contained page")
    add("--require", metavar="FILTER", action="append", default=[],
        help="some frame of each capture must match (repeatable)")
    add("--require-each", metavar="FILTER", action="append", default=[],
        help="of each object some frame must match (repeatable)")
    add("--fail-on", metavar="FILTER", action="append", default=[],
        help="no frame of any capture may match (repeatable)")
    add("--require-push", action="store_true", help="a capture without a push cannot be checked")
    add("--expect-objects", type=_count, metavar="N", help="each capture must have exactly that many objects")
    add("--max-delay", type=_delays, metavar="WHAT=SECONDS[,...]",
        help="no response, report, setup or transfer may take longer: report=2,response=1")
    add("--ignore", metavar="RULE[,RULE]", action="append", default=[],
        help="findings of these rules do not count (repeatable); what did not arrive still fails")
    add("--baseline", metavar="FILE", help="what this file knows by rule, object and peer does not count: what is new does")
    add("--write-baseline", metavar="FILE", help="write such a file of all that is found now")
    add("--fail-level", choices=("error", "fail", "warn"),
        help="warn: what is only warned about fails, too, and so do unconfirmed deliveries (default: error)")
    add("--config", metavar="FILE", help="a policy in TOML: the options above by their names; the command line adds to it")
    add("-q", "--quiet", action="count", default=0, help="one line for each capture; twice: only for those that do not pass")
    add("-v", "--verbose", action="store_true", help="tell passing objects and all notes too")
    add("-j", "--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N",
        help="captures checked at the same time (default: one per processor)")
    add("--tshark", metavar="PATH", default=os.environ.get("TSHARK") or system.tshark(),
        help="the tshark to run (default: $TSHARK, else the one in PATH, else where Wireshark's installer puts it)")
    add("-o", dest="preferences", metavar="NAME:VALUE", action="append", default=[],
        help="a Wireshark preference for tshark, such as tls.keylog_file:FILE (repeatable)")
    add("-d", dest="decode_as", metavar="RULE", action="append", default=[],
        help="a Decode As rule for tshark, such as tcp.port==9000,msrp (repeatable)")
    add("--list-rules", action="store_true", help="print every rule with its severity and section (with --json as JSON)")
    add("--version", action="version", version=f"omapush-check {VERSION}")
    return parser


def _jobs(value):
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on expected, not {value}")
    return int(value)


def _count(value):
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"a number expected, not {value}")
    return int(value)


def _delays(value):
    delays = {}
    for part in value.split(","):
        name, _, seconds = part.partition("=")
        try:
            delays[name.strip()] = float(seconds)
        except ValueError:
            raise argparse.ArgumentTypeError(f"seconds expected in {part}") from None
    _known_delays(delays, argparse.ArgumentTypeError)
    return delays


def _known_delays(delays, error):
    for name, seconds in delays.items():
        if name not in DELAYS:
            raise error(f"no delay is called {name}; there are {', '.join(DELAYS)}")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds >= 0:
            raise error(f"seconds expected for {name}, not {seconds}")


def _configure(options, path):
    """Fills in what the command line leaves open; lists are added to."""
    try:
        with open(path, "rb") as file:
            config = tomllib.load(file)
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path}: not TOML: {error}") from None
    for key, value in config.items():
        name = key.replace("-", "_")
        kind = CONFIG.get(name)
        if kind is None:
            raise CannotRun(f"{path}: no policy is called {key}; there are "
                            + ", ".join(sorted(known.replace("_", "-") for known in CONFIG)))
        if kind is list and isinstance(value, str):
            value = [value]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise CannotRun(f"{path}: {key} is to be a {kind.__name__}")
        if kind is list and not all(isinstance(item, str) for item in value):
            raise CannotRun(f"{path}: {key} is to be a list of texts")
        _fill(options, path, name, value)


def _fill(options, path, name, value):
    if name == "fail_level" and value not in ("error", "fail", "warn"):
        raise CannotRun(f"{path}: fail-level is error or warn, not {value}")
    if name == "expect_objects" and value < 0:
        raise CannotRun(f"{path}: expect-objects is a number from 0 on")
    if name == "max_delay":
        _known_delays(value, lambda text: CannotRun(f"{path}: {text}"))
        value = {**value, **(options.max_delay or {})}
        options.max_delay = None
    if name == "baseline":
        # Beside the policy file, as other tools have it.
        value = os.path.join(os.path.dirname(path), value)
    given = getattr(options, name)
    if isinstance(given, list):
        setattr(options, name, value + given)
    elif given in (None, False):
        setattr(options, name, value)
