/* tshark.c
 * Stands in for tshark where install.cmd asks it: a Wireshark 4.4 that takes omapush.dll if it is in its place.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
main(int argc, char **argv)
{
    char path[1024];
    FILE *plugin;

    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("TShark (Wireshark) 4.4.19.\n\nCopyright 1998-2026");
        return 0;
    }
    if (argc != 3 || strcmp(argv[1], "-G") != 0 || strcmp(argv[2], "plugins") != 0)
        return 1;
    snprintf(path, sizeof path, "%s\\Wireshark\\plugins\\4.4\\epan\\omapush.dll", getenv("APPDATA"));
    plugin = fopen(path, "rb");
    if (!plugin)
        return 0;
    fclose(plugin);
    printf("omapush.dll\t1.0.0\tdissector\t%s\n", path);
    return 0;
}
