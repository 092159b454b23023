# CMake generated Testfile for 
# Source directory: /tmp/w/speed/tests/hostile
# Build directory: /tmp/w/speed/rel/tests/hostile
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
