# SPDX-License-Identifier: GPL-2.0-or-later
"""All scenes: makes them in memory, and writes ../scenes with expected.json and the table of its README.md."""
import json
import pathlib

import scene
import scenes_content
import scenes_copies
import scenes_delivered
import scenes_doubt
import scenes_failed
import scenes_legs
import scenes_offer
import scenes_refused
import scenes_unknown

FOLDER = pathlib.Path(__file__).resolve().parent.parent / 'scenes'
MODULES = (scenes_offer, scenes_refused, scenes_failed, scenes_unknown, scenes_delivered, scenes_legs, scenes_content,
           scenes_copies, scenes_doubt)


def scenes():
    """Name to (bytes of the capture, expectation)."""
    if not scene.SCENES:
        for module in MODULES:
            module.make()
    return scene.SCENES


def expected():
    """The text of expected.json."""
    return json.dumps({name: entry for name, (_, entry) in scenes().items()}, indent=1, ensure_ascii=False) + '\n'


def row(name, entry):
    told = entry['diagnosis']
    objects = [o['delivery'] for o in entry['objects'] or ()]
    files = [f['delivery'] for s in entry['sessions'] or () for f in s.get('files', ())]
    words = '; '.join('/'.join(w) for w in told['words'] + told['also']) if told else ''
    frames = told['frames'] if told else []
    span = f'{frames[0]}-{frames[-1]}' if len(frames) > 6 else ', '.join(map(str, frames))
    return (f'| `{name}` | {entry["about"]} | {entry["verdict"]} | {", ".join(objects) or "-"} | {", ".join(files) or "-"} | '
            f'{f"frame {span}; " + "/".join(told["side"]) + f"; {words}" if told else "-"} |\n')


def write():
    FOLDER.mkdir(exist_ok=True)
    for name, (data, _) in scenes().items():
        (FOLDER / f'{name}.pcap').write_bytes(data)
    (FOLDER / 'expected.json').write_text(expected())
    readme = FOLDER / 'README.md'
    head = readme.read_text().partition('<!-- scenes -->')[0]
    table = ('<!-- scenes -->\n| scene | what it shows | verdict | objects | offered files | diagnosis |\n'
             '| --- | --- | --- | --- | --- | --- |\n')
    readme.write_text(head + table + ''.join(row(name, entry) for name, (_, entry) in scenes().items()))
