# SPDX-License-Identifier: GPL-2.0-or-later

# The plugin as one of Wireshark's own, in plugins/epan/omapush of its source tree: compiler, options, libraries
# and folders are then Wireshark's (docs/building.md). No unit tests and no omapush-check here.
include(WiresharkPlugin)
string(REPLACE "." ";" version "${OMAPUSH_VERSION}")
list(GET version 0 major)
list(GET version 1 minor)
list(GET version 2 micro)
set_module_info(omapush ${major} ${minor} ${micro} 0)

file(GLOB PLUGIN_FILES CONFIGURE_DEPENDS plugin/core/*/*.c plugin/model/*.c plugin/model/*/*.c plugin/model/*/*/*.c
    plugin/wireshark/*/*.c plugin/wireshark/*.c)
add_wireshark_plugin_library(omapush epan)
set_target_properties(omapush PROPERTIES C_STANDARD 11)
target_compile_definitions(omapush PRIVATE
    OMAPUSH_VERSION="${OMAPUSH_VERSION}"
    OMAPUSH_WS_MAJOR=${PROJECT_MAJOR_VERSION}
    OMAPUSH_WS_MINOR=${PROJECT_MINOR_VERSION})
target_include_directories(omapush PRIVATE plugin)
target_include_directories(omapush SYSTEM PRIVATE ${GCRYPT_INCLUDE_DIRS} ${ZLIB_INCLUDE_DIRS})
target_link_libraries(omapush epan ${GCRYPT_LIBRARIES} ${ZLIB_LIBRARIES})
install_plugin(omapush epan)
