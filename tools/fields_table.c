/* fields_table.c
 * Prints docs/fields.md: the display filter fields for people, from the table in the code.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <stdio.h>

/* Types by their names alone: no header of Wireshark is needed here. */
static const struct {
    const char *name;
    const char *abbrev;
    const char *type;
    const char *blurb;
} fields[] = {
#define OM_FIELD(symbol, name, abbrev, type, display, strings, blurb) {name, abbrev, #type, blurb},
#include "wireshark/glue/fields.def"
#undef OM_FIELD
};

static const char intro[] =
    "# Fields\n"
    "\n"
    "Display filter fields, on the frames they belong to. Of type `framenum` are links to other frames; links to\n"
    "later frames, and what later frames decide, are complete in a second pass (`tshark -2`, and always in the\n"
    "GUI). What a broken rule is called: [rules](rules.md).\n"
    "\n"
    "This page is made from `plugin/wireshark/glue/fields.def`: `cmake --build build --target docs`.\n"
    "\n"
    "| field | type | name | what |\n"
    "| --- | --- | --- | --- |\n";

int
main(void)
{
    size_t n;

    fputs(intro, stdout);
    for (n = 0; n < sizeof fields / sizeof fields[0]; n++) {
        const char *c;

        printf("| omapush.%s | ", fields[n].abbrev);
        /* FT_UINT64 is uint64 to the one who writes a filter. */
        for (c = fields[n].type + 3; *c; c++)
            putchar(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        printf(" | %s | %s |\n", fields[n].name, fields[n].blurb);
    }
    return 0;
}
