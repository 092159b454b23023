# SPDX-License-Identifier: GPL-2.0-or-later
"""What docs/automation.md promises: each example ends as its row says, and the job fails for what it is said to fail for."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "automation.md").read_text()
MANUAL = (ROOT / "docs" / "omapush-check.1").read_text().replace("\\-", "-")
EXAMPLES = [(example.replace("\\|", "|"), int(code))
            for example, code in re.findall(r"\| `(omapush-check .*?)` \| (\d) \|$", PAGE, re.M)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A place with the captures, the policy of the page, and the command in PATH."""
    path = tmp_path_factory.mktemp("automation")
    (path / "test-captures").symlink_to(ROOT / "test-captures")
    (path / "omapush-check").symlink_to(ROOT / "tools" / "omapush-check")
    (path / "policy.toml").write_text(re.search(r"```toml\n(.*?)```", PAGE, re.S)[1])
    return path


@pytest.fixture
def shell(folder, tshark):
    def run(command, **more):
        env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "TSHARK": tshark.path, **more}
        return subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=env, capture_output=True,
                              text=True, check=False)
    return run


def test_examples(shell):
    assert len(EXAMPLES) >= 17
    for command, code in EXAMPLES:
        done = shell(command)
        assert done.returncode == code, (command, done.stdout, done.stderr)


JOB = shlex.split(re.search(r"- (omapush-check --require-push.*?) push\.pcapng\n", PAGE, re.S)[1].replace("\n", " "))


@pytest.mark.parametrize("what, capture, code", [
    ("good", "scenes/confirmed.pcap", 0), ("nothing sent", "scenes/not-sent-rst.pcap", 1),
    ("wrong hash", "scenes/content-hash.pcap", 1), ("no report", "scenes/unconfirmed-no-report.pcap", 1),
    ("encrypted", "scenes/unknown-tls-1.3.pcap", 2), ("wrong application", "appendix-b-corrected.pcap", 1)])
def test_job(shell, what, capture, code):
    done = shell(shlex.join([*JOB, f"test-captures/{capture}"]))
    assert done.returncode == code, (what, done.stdout, done.stderr)


SCRIPT = [line.strip() for line in re.split(r"\n    - ", re.search(r"  script:(\n.*?)  artifacts:", PAGE, re.S)[1]) if line.strip()]


@pytest.mark.parametrize("tested, capture, code", [
    (0, "scenes/confirmed.pcap", 0), (3, "scenes/confirmed.pcap", 3), (3, "scenes/not-sent-rst.pcap", 1)])
def test_whole_script_of_gitlab(shell, folder, tested, capture, code):
    """The push is judged, and the page is there, also where the test itself has failed; and that is not forgotten."""
    folder.joinpath("dumpcap").write_text(f"#!/bin/sh\ncp test-captures/{capture} push.pcapng\n"
                                          "trap 'exit 0' INT TERM\nwhile :; do sleep 0.1; done\n")
    folder.joinpath("system-test.sh").write_text(f"exit {tested}\n")
    for name in ("dumpcap", "system-test.sh"):
        folder.joinpath(name).chmod(0o755)
    for name in ("push.xml", "push.html"):
        folder.joinpath(name).unlink(missing_ok=True)
    # As GitLab's runner does: line after line in one shell, which ends with the first that fails.
    text = "\n".join(line.replace("\n", " ") for line in SCRIPT)
    done = shell("set -e\n" + text.replace('kill -INT', 'kill -TERM'))
    assert done.returncode == code, (done.stdout, done.stderr)
    assert (folder / "push.xml").stat().st_size and (folder / "push.html").stat().st_size


def test_job_without_a_push_or_the_plugin(shell, stock_tshark, folder):
    (folder / "empty.pcap").write_bytes(b"\xd4\xc3\xb2\xa1\2\0\4\0" + bytes(8) + b"\0\0\4\0\1\0\0\0")
    assert shell(shlex.join([*JOB, "empty.pcap"])).returncode == 2
    done = shell(shlex.join([*JOB, "test-captures/scenes/confirmed.pcap"]), TSHARK=stock_tshark.path)
    assert done.returncode == 2 and "plugin not loaded" in done.stderr


def test_every_option_is_told_everywhere(shell):
    """In the summary, in the manual page, and, but for those that everybody knows, on this page."""
    told = shell("omapush-check --help").stdout
    options = set(re.findall(r"--[a-z][a-z-]+", told))
    assert len(options) > 20
    missing = {option for option in options if option not in MANUAL}
    assert not missing
    missing = {option for option in options - {"--help", "--version", "--verbose", "--quiet", "--jobs", "--tshark"}
               if option not in PAGE}
    assert not missing
