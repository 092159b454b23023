# CMake generated Testfile for 
# Source directory: /tmp/w/speed
# Build directory: /tmp/w/speed/rel
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
subdirs("plugin")
subdirs("tests/unit")
subdirs("tests/hostile")
subdirs("tools")
