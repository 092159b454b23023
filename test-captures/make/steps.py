# SPDX-License-Identifier: GPL-2.0-or-later
"""A flow between two hosts as named steps, so that a capture changes one step and leaves the rest alone."""
import dataclasses

from expect import save
from pcaplib import Capture, Host
from sip import Link, fix_length
from tcp import Connection


@dataclasses.dataclass
class Step:
    name: str
    gap: float              # seconds after the step before
    who: str                # 'psa' or 'pra'
    link: str               # 'sip', or the name of an MSRP connection
    data: bytes
    how: dict = dataclasses.field(default_factory=dict)     # for Connection.send


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


class Steps:
    """What a flow is made of and how it becomes frames. psa and pra are addresses."""

    def __init__(self, number=1, psa='192.0.2.3', pra='192.0.2.4', transport='udp', connects='psa'):
        self.number, self.transport, self.connects = number, transport, connects
        self.hosts = {'psa': Host(psa), 'pra': Host(pra)}
        self.ports = {'psa': 7654, 'pra': 8888}
        self.client_port = None     # of the MSRP connection; None: one for each
        self.steps = []

    def add(self, name, gap, who, link, data, **how):
        self.steps.append(Step(name, gap, who, link, data, how))

    # --- changes ---

    def at(self, name):
        names = [s.name for s in self.steps]
        if name in names:
            return names.index(name)
        kind, *rest = name.split('-')
        return names.index('-'.join([kind, '1', *rest]))

    def __getitem__(self, name):
        return self.steps[self.at(name)]

    def edit(self, name, old, new, count=1):
        """Exchange text in one step; a right Content-Length stays right."""
        step, old, new = self[name], as_bytes(old), as_bytes(new)
        assert step.data.count(old) == count, (name, old, step.data)
        was_right = step.link == 'sip' and fix_length(step.data) == step.data
        step.data = step.data.replace(old, new)
        if was_right and b'Content-Length' not in old:
            step.data = fix_length(step.data)
        return self

    def everywhere(self, old, new):
        for step in self.steps:
            if as_bytes(old) in step.data:
                self.edit(step.name, old, new, step.data.count(as_bytes(old)))
        return self

    def set(self, name, data):
        self[name].data = data
        return self

    def drop(self, *names):
        for name in names:
            del self.steps[self.at(name)]
        return self

    def wait(self, name, gap):
        self[name].gap = gap
        return self

    def after(self, name, *steps):
        place = self.at(name) + 1
        self.steps[place:place] = [Step(*s) if isinstance(s, tuple) else s for s in steps]
        return self

    def move(self, name, behind):
        step = self.steps.pop(self.at(name))
        self.steps.insert(self.at(behind) + 1, step)
        return self

    # --- output ---

    def into(self, capture, when=0.0, close=True):
        """The frames, from `when` on; returns when the flow ended."""
        hosts = self.hosts
        sip = Link(capture, hosts['psa'], hosts['pra'], self.transport,
                   5060 if self.transport == 'udp' else 41000 + self.number)
        connections = {}
        for step in self.steps:
            when += step.gap
            host = hosts[step.who]
            if step.link == 'sip':
                sip.send(host, step.data, when, **step.how)
                continue
            if step.link not in connections:
                other = 'pra' if self.connects == 'psa' else 'psa'
                cport = self.client_port or 50000 + 10 * self.number + len(connections)
                connections[step.link] = Connection(capture, hosts[self.connects], cport, hosts[other],
                                                    self.ports[other]).open(when - 0.01)
            connections[step.link].send(host, step.data, when, **step.how)
        if close:
            for connection in connections.values():
                connection.close(hosts['psa'], when + 0.01)
            sip.close(when + 0.02)
        return when

    def capture(self):
        capture = Capture()
        self.into(capture)
        return capture

    def save(self, name, about, **known):
        save(self.capture(), name, about, **self.expected(**known))
