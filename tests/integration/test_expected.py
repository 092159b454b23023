# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the JSON report of every test capture against test-captures/expected.json.

expected.json says what the makers of the captures put into them; a key that is missing there is not looked at.
test-captures/README.md says how to read it. `options` are further arguments for tshark, where a capture needs them.
"""
import json
import pathlib

import pytest

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / 'test-captures'
EXPECTED = json.loads((CAPTURES / 'expected.json').read_text())

# How an expectation's key is read from an object, a session, a registration of the report.
OBJECT = {
    'sha1': lambda o: o['digests'].get('sha-1'),
    'chunks': lambda o: len(o['chunks']),
    'reports': lambda o: len(o['reports']),
    'result': lambda o: o['verification']['result'],
    'covers': lambda o: o['verification']['covers'],
    'body_encoding': lambda o: o['body']['encoding'],
    'body_content_type': lambda o: o['body']['content_type'],
    'body_content_size': lambda o: o['body']['content_size'],
    'inner_encoding': lambda o: o['body']['inner'] and o['body']['inner']['encoding'],
    'chunk_statuses': lambda o: [c['status'] for c in o['chunks']],
    'report_statuses': lambda o: [r['status'] for r in o['reports']],
}
SESSION = {
    'objects': lambda s: len(s['objects']),
    'renegotiations': lambda s: len(s['renegotiations']),
    'setup': lambda s: [s[side] and s[side]['media'][0]['setup'] for side in ('offer', 'answer')],
    'direction': lambda s: [s[side] and s[side]['media'][0]['direction'] for side in ('offer', 'answer')],
    'media': lambda s: len(s['offer']['media']),
    'files': lambda s: [len(m['files']) for m in s['offer']['media']],
}


def differences(what, wanted, found, readers):
    """One line for each key of `wanted` that `found` does not have so."""
    out = []
    for key, value in wanted.items():
        try:
            have = readers.get(key, lambda x, key=key: x[key])(found)
        except (KeyError, TypeError, IndexError) as problem:
            have = f'not there ({problem!r})'
        allowed = value if key == 'verdict' and isinstance(value, list) else [value]
        if have not in allowed:
            out.append(f'{what}: {key} is {have!r}, expected {value!r}')
    return out


def compare_list(what, wanted, found, readers):
    if wanted is None:
        return []
    if len(wanted) != len(found):
        return [f'{what}s: {len(found)}, expected {len(wanted)}']
    return [line for number, (w, f) in enumerate(zip(wanted, found), 1)
            for line in differences(f'{what} {number}', w, f, readers)]


def compare(entry, report):
    out = compare_list('registration', entry.get('registrations'), report['registrations'], {})
    out += compare_list('session', entry.get('sessions'), report['sessions'], SESSION)
    out += compare_list('object', entry.get('objects'), report['objects'], OBJECT)
    found = {f['rule'] for f in report['findings']}
    serious = {f['rule'] for f in report['findings'] if f['severity'] in ('error', 'warn')}
    texts = {f['rule']: f'frame {f["frame"]}: {f["text"]}' for f in report['findings']}
    out += [f'rule {rule} is not found' for rule in entry['rules'] if rule not in found]
    out += [f'rule {rule} must not be found: {texts[rule]}' for rule in entry['not_rules'] if rule in found]
    if entry.get('no_findings'):
        out += [f'finding {rule} is not expected: {text}' for rule, text in texts.items()]
    if not entry.get('open'):
        allowed = {*entry['rules'], *entry['may'], *entry['not_rules']}
        out += [f'rule {rule} is not expected: {texts[rule]}' for rule in sorted(serious - allowed)]
    return out


@pytest.mark.parametrize('name', sorted(EXPECTED))
def test_capture(name, tshark_json):
    path, entry = CAPTURES / name, EXPECTED[name]
    assert path.exists(), f'{name} is not there'
    report = tshark_json(path, *entry['options']) if 'options' in entry else tshark_json(path)
    assert compare(entry, report) == []


def test_every_capture_has_an_expectation():
    there = {str(p.relative_to(CAPTURES)) for p in CAPTURES.rglob('*.pcap*')}
    there -= {name for name in there if name.startswith('scenes/')}     # test_scenes.py has those
    assert there == set(EXPECTED)
