/* test_omna.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/omna.h"

static void
test_find(void)
{
    static const struct {
        const char *text;
        const char *urn; /* NULL: not listed */
    } rows[] = {
        {"mms.ua", "x-wap-application:mms.ua"},
        {"MMS.UA", "x-wap-application:mms.ua"},
        {" wml.ua ", "x-wap-application:wml.ua"},
        {"x-wap-application:mms.ua", "x-wap-application:mms.ua"},
        {"X-WAP-Application:MMS.ua", "x-wap-application:mms.ua"},
        {"urn:x-wap-application:mms.ua", "x-wap-application:mms.ua"},
        {"x-oma-application:ulp.ua", "x-oma-application:ulp.ua"},
        {"ulp.ua", "x-oma-application:ulp.ua"},
        {"cpm:ua", "x-oma-application:cpm:ua"},
        {"x-wap-docomo:imode.mail.ua", "x-wap-docomo:imode.mail.ua"},
        {"urn:oma:drms:org-LGE:KU380", "urn:oma:drms:org-LGE:KU380"},
        {"*", "x-wap-application:*"},
        {"4", "x-wap-application:mms.ua"},
        {"0x04", "x-wap-application:mms.ua"},
        {"04", "x-wap-application:mms.ua"},
        {"0", "x-wap-application:*"},
        {"10", "x-wap-application:wv.ua"},
        {"0x10", "x-oma-application:ulp.ua"},
        {"16", "x-oma-application:ulp.ua"},
        {"0A", "x-wap-application:wv.ua"},
        {"0x905c", "x-oma-docomo:xmd.mail.ua"},
        {"36956", "x-oma-docomo:xmd.mail.ua"},
        {"905C", "x-oma-docomo:xmd.mail.ua"},
        {"0xFFFF", NULL},
        {"65535", NULL},
        {"0x", NULL},
        {"0x100000004", NULL},
        {"18446744073709551620", NULL},
        {"x-wap-application:", NULL},
        {"x-oma-application:mms.ua", NULL},
        {"mms", NULL},
        {"mms.uax", NULL},
        {"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct om_push_app *app = om_push_app_find(om_slice_str(rows[i].text));

        g_test_message("%s", rows[i].text);
        g_assert_cmpstr(app ? app->urn : NULL, ==, rows[i].urn);
    }
    g_assert_null(om_push_app_find(OM_SLICE_NULL));
}

/* Event apps that peers register without OMNA: known by name, no URN, no code. */
static void
test_field(void)
{
    static const char *const names[] = {"crbt.ua", "fs.ua", "nab.ua", "sms.ua", "vms.ua"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct om_push_app *app = om_push_app_find(om_slice_str(names[i]));

        g_assert_nonnull(app);
        g_assert_cmpstr(app->name, ==, names[i]);
        g_assert_null(app->urn);
        g_assert_null(om_push_app_by_code(app->code));
    }
}

static void
test_codes(void)
{
    static const struct {
        guint code;
        const char *name;
    } rows[] = {
        {0x00, "*"},           {0x01, "push.sia"}, {0x02, "wml.ua"},    {0x03, "wta.ua"},          {0x04, "mms.ua"},
        {0x05, "push.syncml"}, {0x06, "loc.ua"},   {0x07, "syncml.dm"}, {0x08, "drm.ua"},          {0x09, "emn.ua"},
        {0x0A, "wv.ua"},       {0x10, "ulp.ua"},   {0x11, "dlota.ua"},  {0x12, "java-ams"},        {0x13, "bcast.ua"},
        {0x14, "dpe.ua"},      {0x15, "cpm:ua"},   {0x8010, "iota.ua"}, {0x9060, "xmd.lcsapp.ua"}, {0x0B, NULL},
        {0x8011, NULL},        {0xFFFF, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct om_push_app *app = om_push_app_by_code(rows[i].code);

        g_assert_cmpstr(app ? app->name : NULL, ==, rows[i].name);
    }
}

/* Each code leads to an entry that its URN and its code in text lead back to. */
static void
test_round_trip(void)
{
    guint listed = 0;

    for (guint code = 0; code <= 0xFFFF; code++) {
        const struct om_push_app *app = om_push_app_by_code(code);
        char text[8];

        if (!app)
            continue;
        listed++;
        g_snprintf(text, sizeof text, "0x%X", code);
        g_assert_true(om_push_app_find(om_slice_str(app->urn)) == app);
        g_assert_true(om_push_app_find(om_slice_str(text)) == app);
        g_assert_true(g_str_has_suffix(app->urn, app->name));
        g_assert_cmpuint(strlen(app->what), >, 0);
    }
    g_assert_cmpuint(listed, >, 100);
}

/* What may be meant: another vendor's application of that name, digits in either base. */
static void
test_may_be(void)
{
    static const struct {
        const char *text, *app;
        gboolean may_be;
    } rows[] = {
        {"x-wap-application:mms.ua", "mms.ua", TRUE},
        {"4", "mms.ua", TRUE},
        {"0x04", "mms.ua", TRUE},
        {"10", "ulp.ua", TRUE}, /* 0x10 */
        {"10", "wv.ua", TRUE},  /* 0x0A */
        {"10", "mms.ua", FALSE},
        {"0x10", "wv.ua", FALSE},
        {"x-oma-nec:otaprov.ua", "otaprov.ua", TRUE}, /* the first of that name is Motorola's */
        {"9011", "otaprov.ua", TRUE},
        {"wml.ua", "mms.ua", FALSE},
        {"", "mms.ua", FALSE},
        {"no.such.app", "mms.ua", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("row %u", (guint) i);
        g_assert_cmpint(om_push_app_may_be(om_slice_str(rows[i].text), om_push_app_find(om_slice_str(rows[i].app))), ==,
                        rows[i].may_be);
    }
    g_assert_false(om_push_app_may_be(OM_SLICE_LIT("mms.ua"), NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/omna/find", test_find);
    g_test_add_func("/omna/may-be", test_may_be);
    g_test_add_func("/omna/field", test_field);
    g_test_add_func("/omna/codes", test_codes);
    g_test_add_func("/omna/round-trip", test_round_trip);
    return g_test_run();
}
