# SPDX-License-Identifier: GPL-2.0-or-later
"""Rooms use only those before them (tools/layers), and what runs upward is found."""

import shutil
import subprocess

import pytest

from conftest import ROOT


def layers(source, build=None):
    return subprocess.run([ROOT / "tools" / "layers", "--source", source, *(["--build", build] if build else [])],
                          capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    """A copy of the tree, to break."""
    for name in ("plugin", "cmake", "tools", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("CMakeLists.txt", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def put(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_nothing_is_included_upward():
    done = layers(ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("room, include, told", [
    ("core/text/slice.h", '"core/sip/sip_msg.h"', 'includes "core/sip/sip_msg.h", which is above it'),
    ("core/sdp/sdp.h", '"core/msrp/msrp_uri.h"', 'includes "core/msrp/msrp_uri.h", which is above it'),
    ("model/base/context.c", '"model/model.h"', 'includes "model/model.h", which is above it'),
    ("model/sip/sip_party.c", '"model/sip/dialog/sip_dialog.h"', "which is above it"),
    ("model/object/object.h", "<epan/packet.h>", "only plugin/wireshark sees Wireshark"),
    ("model/object/object.h", '"no_such_header.h"', "neither beside it nor a path from plugin/"),
])
def test_an_include_upward_is_found(copy, room, include, told):
    put(copy / "plugin" / room, "#include", f"#include {include}\n#include")
    done = layers(copy)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{room}:")
    assert told in done.stdout
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("file, include, told", [
    ("wireshark/summary/summary.c", '"model/object/object.h"',
     'wireshark/summary/summary.c: includes "model/object/object.h": the model is seen through '
     "model/model.h and model/base/rules.h\n"),
    ("model/object/object_ask.h", '"model/bytes/store.h"',
     "model/bytes/store.h: comes with model/model.h, and does not say that it is a public part of the model "
     "(model/model.h)\n"),
])
def test_an_include_past_the_doors_is_found(copy, file, include, told):
    """A header of the model that Wireshark's files see must say so: what it defines is promised."""
    put(copy / "plugin" / file, "#include", f"#include {include}\n#include")
    done = layers(copy)
    assert (done.returncode, done.stdout) == (1, told)


def test_a_folder_that_is_no_room_is_found(copy):
    stray = copy / "plugin" / "model" / "stray"
    stray.mkdir()
    (stray / "stray.c").write_text("int x;\n")
    done = layers(copy)
    assert (done.returncode, done.stdout) == (1, "model/stray/stray.c: its folder is no room\n")


def test_a_call_upward_is_found(copy):
    """Declared by hand, so that no include tells of it."""
    build = copy / "build"
    put(copy / "plugin" / "core" / "text" / "param.c", "gboolean\nom_param_next",
        "char *om_object_name(void *object);\nchar *upward(void);\nchar *\nupward(void)\n{\n"
        "    return om_object_name(NULL);\n}\n\ngboolean\nom_param_next")
    for command in (["cmake", "-S", copy, "-B", build, "-DOMAPUSH_PLUGIN=OFF", "-DOMAPUSH_TESTS=OFF",
                     "-DCMAKE_BUILD_TYPE=Debug"],
                    ["cmake", "--build", build, "-j2", "--target", "omapush_model"]):
        subprocess.run(command, check=True, capture_output=True)
    # What an earlier build left of a file that has moved since counts no more.
    left = build / "plugin" / "wireshark" / "CMakeFiles" / "omapush.dir" / "glue" / "gone.c.o"
    left.parent.mkdir(parents=True)
    shutil.copyfile(next(build.rglob("param.c.o")), left)
    done = layers(copy, build)
    assert done.returncode == 1
    assert done.stdout.startswith("core/text/param.c: needs om_object_name() of model/verify/")
    assert len(done.stdout.splitlines()) == 1


def test_a_build_that_is_not_there_is_told(copy):
    done = layers(copy, copy / "nowhere")
    assert done.returncode == 2
    assert "build first" in done.stderr
