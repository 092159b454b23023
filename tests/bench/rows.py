# SPDX-License-Identifier: GPL-2.0-or-later
"""The eight rows of the bench. Each makes its captures, measures, and yields results."""
import json
import shutil
from dataclasses import dataclass

import traffic
from measure import alternate, counted_ratio, fast_ratio, peak, ratio, seconds

MB = 1 << 20
JSON = ('-q', '-z', 'omapush,json')
# Stock is run once where a run takes longer than this: no noise matters there.
LONG = 20


@dataclass
class Result:
    row: int
    what: str
    value: float
    bound: float
    detail: str

    @property
    def ok(self):
        return self.value <= self.bound


class Bench:
    """folder: where captures and outputs go. size: bytes of the large object. pairs: how often."""

    def __init__(self, folder, stock, ours, pairs, size):
        self.folder, self.stock, self.ours, self.pairs, self.size = folder, stock, ours, pairs, size
        self.made = {}

    def capture(self, name, make, *arguments):
        """The path of a capture, made once."""
        if name not in self.made:
            path = self.folder / f'{name}.pcap'
            make(path, *arguments)
            path.chmod(0o644)
            self.made[name] = path
        return self.made[name]

    def drop(self, name):
        self.made.pop(name).unlink()

    def report(self, path, *options):
        """A run of the push report; the report itself is left in report.json."""
        return self.ours.run(*JSON, *options, '-r', path, out=self.folder / 'report.json')

    def check(self, objects, sessions=0):
        """That the last report is right: fast and wrong is no result."""
        report = json.loads((self.folder / 'report.json').read_text())
        assert len(report['objects']) == objects, len(report['objects'])
        assert len(report['sessions']) == sessions, len(report['sessions'])
        for found in report['objects']:
            assert (found['state'], found['verdict']) == ('complete', 'pass'), found['findings']
            assert found['verification']['result'] == ('match' if sessions else 'not-offered')

    def listing(self, path, *options):
        return self.stock.run('-r', path, *options)

    def export(self, tshark, path, protocol, size):
        folder = self.folder / 'export'
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        folder.chmod(0o777)
        run = tshark.run('-q', '-r', path, '--export-objects', f'{protocol},{folder}')
        assert sum(file.stat().st_size for file in folder.iterdir()) == size
        return run

    def chunked(self, size):
        return self.capture(f'chunks-{size}', lambda path: traffic.transfer(path, traffic.push_object(size)))

    def http(self):
        return self.capture('http', lambda path: traffic.http_object(path, traffic.push_object(self.size)))

    # --- rows ---

    def row_1(self):
        path = self.chunked(self.size)
        ours, stock = alternate(self.pairs, lambda: self.report(path), lambda: self.listing(path))
        self.check(1, 1)
        yield Result(1, f'{self.size / MB:g} MB in SENDs of 2,048: JSON with SHA-1 / stock listing',
                     ratio(ours, stock), 1.5, f'{seconds(ours):.2f} s / {seconds(stock):.2f} s')

    def row_2(self):
        push, http = self.chunked(self.size), self.http()
        ours, stock = alternate(self.pairs, lambda: self.export(self.ours, push, 'omapush', self.size),
                                lambda: self.export(self.stock, http, 'http', self.size))
        yield Result(2, f'{self.size / MB:g} MB: export objects / stock HTTP export',
                     ratio(ours, stock), 0.2, f'{seconds(ours):.2f} s / {seconds(stock):.2f} s')

    def one_send(self, size, end):
        name = f'one-{size}{"-open" if end else ""}'
        return self.capture(name, lambda path: traffic.transfer(path, traffic.push_object(size), size, end))

    def row_3(self):
        small, large = self.size // 4, self.size
        stock = None
        for end, how in ((None, 'fixed range-end'), ('*', 'range-end *')):
            paths = self.one_send(small, end), self.one_send(large, end)
            runs = alternate(self.pairs, *[lambda path=path: self.report(path) for path in paths])
            self.check(1, 1)
            if stock is None:
                stock = self.listing(paths[0]).seconds
                if stock < LONG:
                    stock = seconds(alternate(self.pairs, lambda: self.listing(paths[0]))[0])
            first, second = map(seconds, runs)
            yield Result(3, f'one SEND of {small / MB:g} MB, {how}: JSON / stock listing', first / stock, 0.02,
                         f'{first:.2f} s / {stock:.2f} s')
            yield Result(3, f'one SEND, {how}: {large / MB:g} MB / {small / MB:g} MB', second / first, 4.8,
                         f'{second:.2f} s / {first:.2f} s')

    def row_4(self):
        sizes = self.size // 4, self.size, self.size * 4
        paths = [self.chunked(size) for size in sizes]
        # 256 MB is the most that is held by default: a byte less than the preference is not at its edge.
        options = ('-o', f'omapush.max_object:{sizes[-1] // MB + 1}')
        runs = alternate(self.pairs, *[lambda path=path: self.report(path, *options) for path in paths])
        self.check(1, 1)
        times = [seconds(run) for run in runs]
        for n in (1, 2):
            yield Result(4, f'in SENDs of 2,048: {sizes[n] / MB:g} MB / {sizes[n - 1] / MB:g} MB',
                         times[n] / times[n - 1], 4.5, f'{times[n]:.2f} s / {times[n - 1]:.2f} s')
        self.drop(f'chunks-{sizes[-1]}')

    def growth(self, what, make, count, sessions):
        few = self.capture(f'{what}-{count // 10}', make, count // 10)
        many = self.capture(f'{what}-{count}', make, count)
        less, more = alternate(self.pairs, lambda: self.report(few), lambda: self.report(many))
        self.check(count, count if sessions else 0)
        yield Result(5, f'{count:,} {what} / {count // 10:,}: time', seconds(more) / seconds(less), 12,
                     f'{seconds(more):.2f} s / {seconds(less):.2f} s')
        yield Result(5, f'{count:,} {what} / {count // 10:,}: memory', peak(more) / peak(less), 12,
                     f'{peak(more):.0f} MB / {peak(less):.0f} MB')

    def row_5(self):
        scale = self.size / (64 * MB)
        yield from self.growth('MESSAGE pushes', traffic.messages, max(100, round(100000 * scale)), False)
        yield from self.growth('sessions', traffic.sessions, max(100, round(10000 * scale)), True)

    def row_6(self):
        frames = max(5000, round(110000 * self.size / (64 * MB)))
        path = self.capture('without-push', traffic.without_push, frames)
        for what, bound, options in (('display filter', 1.02, ('-Y', 'sip || http || dns')), ('bare listing', 1.10, ())):
            # A hundredth is to be told: more pairs.
            ours, stock = alternate((6 if options else 3) * self.pairs, lambda: self.ours.run('-r', path, *options),
                                    lambda: self.listing(path, *options))
            yield Result(6, f'{frames:,} frames without push, {what}: ours / stock (faster half of {len(ours)} pairs)',
                         fast_ratio(ours, stock), bound, f'{seconds(ours):.2f} s / {seconds(stock):.2f} s, '
                         f'all pairs {ratio(ours, stock):.3f}')

    def row_7(self):
        push, http = self.chunked(self.size), self.http()
        ours, stock = alternate(self.pairs, lambda: self.report(push),
                                lambda: self.export(self.stock, http, 'http', self.size))
        yield Result(7, f'{self.size / MB:g} MB: peak memory of row 1 / of stock HTTP export', peak(ours) / peak(stock),
                     1.0, f'{peak(ours):.0f} MB / {peak(stock):.0f} MB')

    def counted(self, what, bound, small, large, ours, stock=()):
        """A result of row 8. ours, stock: options of the two programs."""
        value, mine, theirs = counted_ratio(lambda path: self.ours.instructions(*ours, '-r', path),
                                            lambda path: self.stock.instructions(*stock, '-r', path), small, large)
        return Result(8, f'counted, {what}', value, bound, f'{mine / 1e6:.1f} M / {theirs / 1e6:.1f} M')

    def row_8(self):
        yield self.counted('8 MB - 2 MB in SENDs of 2,048: JSON / stock listing', 1.4, self.chunked(2 * MB),
                           self.chunked(8 * MB), JSON)
        mixed = [self.capture(f'without-push-{frames}', traffic.without_push, frames) for frames in (5000, 20000)]
        calls = [self.capture(f'calls-{frames}', traffic.calls, frames) for frames in (2000, 8000)]
        for how, options in (('listing', ()), ('display filter', ('-Y', 'sip || http || dns'))):
            yield self.counted(f'no push, little SIP, {how}: ours / stock', 1.02, *mixed, options, options)
            yield self.counted(f'no push, all SIP, {how}: ours / stock', 1.06, *calls, options, options)

    ROWS = {1: row_1, 2: row_2, 3: row_3, 4: row_4, 5: row_5, 6: row_6, 7: row_7, 8: row_8}
