/* rules_table.c
 * Prints docs/rules.md: the table of rules for people, from the one in the code.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/base/rules.h"

#include <stdio.h>

static const char intro[] =
    "# Rules\n"
    "\n"
    "Every departure that can be proved is a finding: an expert info in Wireshark, an entry of\n"
    "`findings` in the report, a line of `omapush-check`. `omapush.finding.rule == \"ID\"` finds it.\n"
    "\n"
    "| severity | what it means |\n"
    "| --- | --- |\n"
    "| error | the delivery failed or its content cannot be trusted: the object's verdict is fail |\n"
    "| warn | a MUST is broken, a strict peer may reject it: the verdict is warn |\n"
    "| note | a SHOULD is broken, or worth knowing: the verdict stays |\n"
    "\n"
    "This page is made from `plugin/model/base/rules.def`: `cmake --build build --target docs`.\n";

/* Chapters are what the ids begin with. */
static const struct {
    const char *prefix;
    const char *title;
} chapters[] = {
    {"SIP-", "SIP"}, {"SDP-", "SDP"}, {"MSRP-", "MSRP"}, {"", "Objects and bodies"},
};

static size_t
chapter_of(const char *id)
{
    size_t n = 0;

    while (!g_str_has_prefix(id, chapters[n].prefix))
        n++;
    return n;
}

static void
print_cell(const char *text)
{
    /* A bar would end the cell. */
    for (; *text; text++)
        printf(*text == '|' ? "\\|" : "%c", *text);
    printf(" |");
}

int
main(void)
{
    size_t chapter;
    int rule;

    fputs(intro, stdout);
    for (chapter = 0; chapter < G_N_ELEMENTS(chapters); chapter++) {
        printf("\n## %s\n| rule | severity | what | section |\n| --- | --- | --- | --- |\n",
               chapters[chapter].title);
        for (rule = 0; rule < OM_RULE_COUNT; rule++) {
            const struct om_rule_info *info = om_rule_info(rule);

            if (chapter_of(info->id) != chapter)
                continue;
            printf("| %s | %s | ", info->id, om_severity_name(info->severity));
            print_cell(info->summary);
            putchar(' ');
            print_cell(info->section);
            putchar('\n');
        }
    }
    return 0;
}
