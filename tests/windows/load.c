/* load.c
 * Loads the plugin as Wireshark does, and looks for what Wireshark looks for in it.
 *
 *   load omapush.dll MAJOR MINOR
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static const void *
symbol(HMODULE plugin, const char *name)
{
    const void *found = (const void *) GetProcAddress(plugin, name);

    if (!found) {
        printf("%s is not exported\n", name);
        exit(1);
    }
    return found;
}

int
main(int argc, char **argv)
{
    HMODULE plugin;
    int major;
    int minor;

    if (argc != 4)
        return 2;
    plugin = LoadLibraryA(argv[1]);
    if (!plugin) {
        printf("%s is not loaded: error %lu\n", argv[1], GetLastError());
        return 1;
    }
    major = *(const int *) symbol(plugin, "plugin_want_major");
    minor = *(const int *) symbol(plugin, "plugin_want_minor");
    if (major != atoi(argv[2]) || minor != atoi(argv[3])) {
        printf("it is for %d.%d\n", major, minor);
        return 1;
    }
    symbol(plugin, "plugin_register");
    if (major > 4 || minor >= 4)
        symbol(plugin, "plugin_describe");
    printf("%s, for Wireshark %d.%d\n", (const char *) symbol(plugin, "plugin_version"), major, minor);
    return 0;
}
