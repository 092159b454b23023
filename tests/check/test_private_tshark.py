# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/private-tshark as root: what only root may read is handed over as a copy that nobody else sees, and is gone
afterwards, however it ends."""

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "private-tshark"

pytestmark = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="copies are made for root only")


@pytest.fixture
def folder():
    """Open to the user who runs the program: pytest's own folders are closed to others, again and again."""
    path = Path(tempfile.mkdtemp(prefix="omapush-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def waiting(folder):
    """Starts the wrapper over a program that waits, and returns both its process and the folder of copies."""
    subprocess.run([str(TOOL), str(folder / "own")], check=True)
    slow = folder / "slow"
    slow.mkdir()
    (slow / "tshark").write_text('#!/bin/sh\nwhile [ "$1" != -r ]; do shift; done\nwc -c <"$2"\nexec sleep 60\n')
    (slow / "tshark").chmod(0o755)
    slow.chmod(0o755)
    secret = folder / "secret.pcap"
    secret.write_bytes(b"x" * 1000)
    secret.chmod(0o600)
    started = []

    def start():
        process = subprocess.Popen([str(folder / "own" / "tshark"), "-r", str(secret)], stdout=subprocess.PIPE,
                                   env={**os.environ, "PATH": f"{slow}:{os.environ['PATH']}"}, text=True,
                                   start_new_session=True)
        started.append(process)
        assert process.stdout.readline().strip() == "1000"
        return process, list((folder / "own").glob("copies.*"))
    yield start
    for process in started:
        # The wrapper may be gone, and what it ran not.
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def test_copies_are_private(waiting):
    _, (folder,) = waiting()
    (copy,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700 and stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert folder.stat().st_uid == copy.stat().st_uid == 65534


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_nothing(waiting, number):
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip("what is started by nohup, or in the background of a script, ignores it, and bash cannot trap it then")
    process, (folder,) = waiting()
    process.send_signal(number)
    process.wait(timeout=60)
    assert process.returncode != 0 and not folder.exists()


def test_what_kill_9_leaves_goes_with_the_next_run(waiting):
    process, (folder,) = waiting()
    process.kill()
    process.wait()
    assert folder.exists()
    _, folders = waiting()
    assert folder not in folders and len(folders) == 1
