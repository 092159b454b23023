# SPDX-License-Identifier: GPL-2.0-or-later
"""The register of captures: each is written with what a reader of its bytes must find in it.

An expectation is what the maker of the capture knows, never what a program printed. Keys that are left out
are not looked at. `rules` must be found, `not_rules` must not; unless `open` is set, no other rule of
severity error or warn may be found, except those in `may` (side effects on which readers may differ).
"""
import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENTRIES = {}


def sha1(data):
    return hashlib.sha1(data).digest().hex(':').upper()


def known(entry):
    """Without what is not looked at."""
    return {key: value for key, value in entry.items() if value != 'any'}


def obj(data=None, **more):
    """An object: complete, in order and good unless told otherwise. data: its bytes, where all arrived."""
    out = {'state': 'complete', 'gaps': [], 'verdict': 'pass', 'hops': 1}
    if data is not None:
        out.update(size=len(data), total=len(data), sha1=sha1(data))
    out.update(more)
    return known(out)


def message_obj(data, **more):
    """An object that came in a MESSAGE."""
    return obj(data, **{'carrier': 'MESSAGE', 'chunks': 0, 'reports': 0, 'status': 200, **more})


def register(name, about, *, objects=(), sessions=(), registrations=(), rules=(), may=(), not_rules=(), **more):
    assert name not in ENTRIES, name
    entry = {'about': about, 'sessions': sessions, 'registrations': registrations, 'objects': objects, 'rules': sorted(rules),
             'may': sorted(may), 'not_rules': sorted(not_rules), **more}
    for key in ('sessions', 'registrations', 'objects'):
        if entry[key] != 'any':
            entry[key] = [known(item) for item in entry[key]]
    ENTRIES[name] = known(entry)


def save(capture, name, about, **expected):
    register(name, about, **expected)
    path = ROOT / name
    path.parent.mkdir(exist_ok=True)
    capture.write(path)


def write_all():
    """expected.json and the table of README.md."""
    (ROOT / 'expected.json').write_text(json.dumps(ENTRIES, indent=1, ensure_ascii=False) + '\n')
    readme = ROOT / 'README.md'
    head = readme.read_text().partition('<!-- captures -->')[0] if readme.exists() else ''
    table = '<!-- captures -->\n| capture | what it holds |\n| --- | --- |\n'
    table += ''.join(f'| `{name}` | {entry["about"]} |\n' for name, entry in ENTRIES.items())
    readme.write_text(head + table)
