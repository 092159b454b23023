# SPDX-License-Identifier: GPL-2.0-or-later

# cpack -G DEB: a package for exactly the Wireshark that it was built against.
if(NOT OMAPUSH_PLUGIN)
    return()
endif()
find_package(Wireshark CONFIG REQUIRED)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME omapush)
set(CPACK_PACKAGE_CONTACT "omapush maintainers <omapush@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Wireshark plugin that verifies OMA push deliveries")
set(CPACK_PACKAGE_DESCRIPTION
    "Recognises OMA push over SIP and MSRP, puts push objects together, verifies\n\
them against the offered size and hashes, and reports every broken rule.\n\
With omapush-check for scripts and a Wireshark profile (wireshark -C OMA-Push).")
set(CPACK_PACKAGING_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
# Whatever the umask of the one who packs it.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
# dpkg-shlibdeps finds libwireshark's package by soname; its name (libwireshark16, ...) is what
# keeps the plugin from being installed beside a Wireshark that would not load it.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "python3 (>= 3.11)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "tshark | wireshark")
# The version says which Wireshark the package is for: three may be offered side by side.
set(CPACK_DEBIAN_PACKAGE_VERSION
    "${PROJECT_VERSION}+ws${Wireshark_MAJOR_VERSION}.${Wireshark_MINOR_VERSION}")

# What Debian asks of every package.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${PROJECT_SOURCE_DIR}/packaging/changelog.in ${PROJECT_BINARY_DIR}/changelog @ONLY)
find_program(GZIP gzip)
if(GZIP)
    execute_process(COMMAND ${GZIP} -9nf ${PROJECT_BINARY_DIR}/changelog)
    install(FILES ${PROJECT_BINARY_DIR}/changelog.gz ${PROJECT_SOURCE_DIR}/packaging/copyright
        DESTINATION share/doc/omapush)
endif()

include(CPack)
