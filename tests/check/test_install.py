# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/install.sh, as a user has it in an unpacked release: in, and out again."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534


class User:
    """Somebody who is not root, with a home of their own, and a release unpacked in it."""

    def __init__(self, home, version):
        self.home = home
        self.version = version
        self.release = home / "omapush-1.0.0 linux"

    def run(self, *command, **environment):
        drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8", **environment}
        return subprocess.run([*drop, *map(str, command)], env=env, check=False, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def install(self, *arguments, **environment):
        return self.run(self.release / "install.sh", *arguments, **environment)

    def files(self):
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*")
                      if path.is_file() and self.release not in path.parents)

    def own(self):
        """What was made by the test is the user's."""
        if os.geteuid() == 0:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)


@pytest.fixture
def user(tmp_path_factory):
    plugin = os.environ.get("OMAPUSH_PLUGIN")
    if not plugin:
        pytest.skip("OMAPUSH_PLUGIN names no plugin")
    said = subprocess.run(["tshark", "--version"], check=True, capture_output=True, text=True).stdout.split()[2]
    # Any user may go there; pytest's own folder is root's.
    home = Path(subprocess.run(["mktemp", "-d", "/tmp/omapush-test.XXXXXXXX"], check=True, capture_output=True,
                               text=True).stdout.strip())
    user = User(home, ".".join(said.split(".")[:2]))
    place = user.release / "plugins" / user.version
    place.mkdir(parents=True)
    shutil.copy(plugin, place / "omapush.so")
    shutil.copy(ROOT / "tools" / "install.sh", user.release)
    shutil.copy(ROOT / "tools" / "omapush-check", user.release)
    shutil.copytree(ROOT / "tools" / "omapush_check", user.release / "omapush_check",
                    ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "profiles", user.release / "profiles")
    (user.release / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "rules.md", user.release / "docs")
    user.own()
    yield user
    shutil.rmtree(home)


def test_in_and_out_again(user):
    before = user.files()
    done = user.install()
    assert done.returncode == 0, done.stdout
    assert "installed: omapush.so" in done.stdout
    assert f".local/lib/wireshark/plugins/{user.version}/epan/omapush.so" in user.files()
    assert ".config/wireshark/profiles/OMA-Push/preferences" in user.files()
    capture = user.home / "a.pcap"
    shutil.copy(ROOT / "test-captures" / "appendix-b-corrected.pcap", capture)
    user.own()
    checked = user.run(user.home / ".local" / "bin" / "omapush-check", capture)
    assert checked.returncode == 0, checked.stdout
    # The table of rules is there, too: it has the sections.
    shutil.copy(ROOT / "test-captures" / "appendix-b-as-printed.pcap", capture)
    user.own()
    assert "[RFC 5547" in user.run(user.home / ".local" / "bin" / "omapush-check", capture).stdout
    capture.unlink()

    # Twice is as once, and what the user changed or had is theirs.
    colours = user.home / ".config" / "wireshark" / "profiles" / "OMA-Push" / "colorfilters"
    colours.write_text("mine\n")
    assert user.install().returncode == 0
    assert colours.read_text() == "mine\n"
    done = user.install("--remove")
    assert done.returncode == 0, done.stdout
    assert "omapush is removed" in done.stdout
    assert [name for name in user.files() if name not in before] == [".config/wireshark/profiles/OMA-Push/colorfilters"]
    assert user.install("--remove").returncode == 2


def test_no_plugin_for_this_version(user):
    (user.release / "plugins" / user.version).rename(user.release / "plugins" / "3.6")
    done = user.install()
    assert done.returncode == 2
    assert f"no plugin for Wireshark {user.version} here: there is one for 3.6" in done.stdout
    assert user.files() == []


def test_plugin_that_tshark_does_not_take(user):
    """One for another Wireshark in the wrong folder: nothing stays."""
    (user.release / "plugins" / user.version / "omapush.so").write_bytes(b"no plugin")
    done = user.install()
    assert done.returncode == 2
    assert "tshark does not take the plugin" in done.stdout
    assert user.files() == []


def test_no_tshark(user):
    done = user.install(TSHARK="/nonexistent/tshark")
    assert done.returncode == 2
    assert "/nonexistent/tshark: no such tshark" in done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is told so")
def test_root_is_told(user):
    done = subprocess.run([user.release / "install.sh"], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Wireshark takes no personal plugins where root runs it" in done.stderr
