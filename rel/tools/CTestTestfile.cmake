# CMake generated Testfile for 
# Source directory: /tmp/w/speed/tools
# Build directory: /tmp/w/speed/rel/tools
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
add_test(rules_page_is_current "sh" "-c" "\"\$0\" | diff \"\$1\" -" "/tmp/w/speed/rel/tools/rules-table" "/tmp/w/speed/docs/rules.md")
set_tests_properties(rules_page_is_current PROPERTIES  _BACKTRACE_TRIPLES "/tmp/w/speed/tools/CMakeLists.txt;41;add_test;/tmp/w/speed/tools/CMakeLists.txt;0;")
