# SPDX-License-Identifier: GPL-2.0-or-later
"""The real tshark for tests: once with the built plugin and nothing else, once without it.

OMAPUSH_PLUGIN names the plugin (./run-tests sets it); without it the newest build is taken.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The folder for the push reports and exports that this run of the tests makes, and that all its processes share. Where the
# caller names one, it is the caller's to keep (tests/matrix/run compares them).
REPORTS = "OMAPUSH_TEST_REPORTS"


def pytest_configure(config):
    # Whoever runs tshark where root may not must be able to read what tests write.
    os.umask(0o022)
    if REPORTS not in os.environ:
        os.environ[REPORTS] = config.reports_of_this_run = tempfile.mkdtemp(prefix="omapush-reports.")


def pytest_unconfigure(config):
    if hasattr(config, "reports_of_this_run"):
        shutil.rmtree(config.reports_of_this_run)
        del os.environ[REPORTS]


class Done:
    """How a run ended: code, out, err (text), raw (standard output as bytes)."""

    def __init__(self, done):
        self.code = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")


class Wireshark:
    """Runs tshark (or sharkd) with a home of its own, and not as root."""

    def __init__(self, plugin=None):
        # In /tmp and readable for all: pytest's own folders are closed to other users.
        self.dir = Path(tempfile.mkdtemp(prefix="omapush-test.", dir="/tmp"))
        arguments = [str(self.dir)] + ([str(plugin)] if plugin else [])
        subprocess.run([str(ROOT / "tools" / "private-tshark"), *arguments], check=True)
        self.path = str(self.dir / "tshark")
        self.version = hashlib.sha256(Path(plugin).read_bytes()).hexdigest() if plugin else "stock"

    def close(self):
        shutil.rmtree(self.dir)

    def __call__(self, *arguments, program="tshark", code=0, timeout=300, stdin=None):
        """One run; fails the test on another exit code (code=None: any will do)."""
        done = Done(subprocess.run([str(self.dir / program), *map(str, arguments)], check=False,
                                   input=stdin if stdin is not None else b"",
                                   capture_output=True, timeout=timeout))
        assert code is None or done.code == code, f"exit {done.code}: {done.err}"
        return done

    def report(self, capture, *arguments):
        """The folder with the push report and the exported objects of a capture, as text report.json and files in
        objects/; one run of tshark makes both, once for each plugin, capture and arguments."""
        known = hashlib.sha256(Path(capture).read_bytes() + repr(arguments).encode())
        kept = Path(os.environ[REPORTS]) / self.version / f"{Path(capture).name}.{known.hexdigest()}"
        if kept.exists():
            return kept
        objects = self._open_folder()
        report = self("-q", "-z", "omapush,json", "--export-objects", f"omapush,{objects}", "-r", capture, *arguments)
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=kept.parent))  # others read while this one writes
        (made / "report.json").write_bytes(report.raw)
        shutil.copytree(objects, made / "objects", copy_function=shutil.copyfile)
        try:
            made.rename(kept)
        except OSError:  # another process was faster
            shutil.rmtree(made)
        return kept

    def json(self, capture, *arguments):
        """The push report (-z omapush,json) of a capture."""
        return json.loads((self.report(capture, *arguments) / "report.json").read_text(encoding="utf-8"))

    def objects(self, capture, *arguments):
        """The exported objects of a capture: file name to bytes."""
        return {path.name: path.read_bytes() for path in (self.report(capture, *arguments) / "objects").iterdir()}

    def frames(self, capture, display_filter, *arguments):
        """The numbers of the frames that match, in two passes as in the GUI."""
        out = self("-2", "-r", capture, "-Y", display_filter, "-T", "fields", "-e", "frame.number",
                   *arguments).out
        return [int(line) for line in out.split()]

    def fields(self, capture, *names, display_filter=None, two_pass=True):
        """A row per frame: for each field the list of its values."""
        arguments = ["-2"] if two_pass else []
        if display_filter:
            arguments += ["-Y", display_filter]
        for name in names:
            arguments += ["-e", name]
        out = self("-r", capture, "-T", "fields", "-E", "separator=/t", "-E", "aggregator=\x1f",
                   *arguments).out
        return [[cell.split("\x1f") if cell else [] for cell in line.split("\t")]
                for line in out.splitlines()]

    def _open_folder(self):
        """A new folder for the one who runs tshark here, who may be somebody else."""
        folder = Path(tempfile.mkdtemp(dir=self.dir / "out"))
        folder.chmod(0o777)
        return folder

    def export(self, capture, *arguments, protocol="omapush"):
        """What --export-objects writes: file name to bytes."""
        folder = self._open_folder()
        self("-q", "-r", capture, "--export-objects", f"{protocol},{folder}", *arguments)
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def _built_plugin():
    named = os.environ.get("OMAPUSH_PLUGIN")
    if named:
        return Path(named)
    built = [path for folder in ("build-test", "build")
             for path in (ROOT / folder).rglob("omapush.so")]
    assert built, "no plugin is built: run ./run-tests, or set OMAPUSH_PLUGIN"
    return max(built, key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def tshark():
    """The installed tshark with the built plugin."""
    wireshark = Wireshark(_built_plugin())
    # Wireshark says nothing when it does not load a plugin: every test would test stock.
    listed = wireshark("-G", "plugins")
    assert "omapush.so" in listed.out, f"the plugin is not loaded: {listed.err}"
    yield wireshark
    wireshark.close()


@pytest.fixture(scope="session")
def tshark_json(tshark):
    """tshark_json(capture, *arguments): the parsed push report."""
    return tshark.json


@pytest.fixture(scope="session")
def stock_tshark():
    """The installed tshark as it is without the plugin."""
    wireshark = Wireshark()
    assert "omapush.so" not in wireshark("-G", "plugins").out
    yield wireshark
    wireshark.close()


@pytest.fixture(scope="session")
def captures():
    """The folder of the test captures."""
    return ROOT / "test-captures"
