/* test_push_types.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/push/push_types.h"

static const struct {
    const char *type;
    gboolean pushed, for_sip, xml;
} rows[] = {
    {"application/vnd.wap.mms-message", TRUE, FALSE, FALSE},
    {"Text/VND.wap.SI; charset=utf-8", TRUE, FALSE, TRUE},
    {"text/vnd.wap.six", FALSE, FALSE, FALSE},
    {"application/vnd.oma.drm.rights+xml", TRUE, FALSE, TRUE},
    {"application/resource-lists+xml", FALSE, TRUE, TRUE},
    {"application/sdp", FALSE, TRUE, FALSE},
    {"message/sipfrag;version=2.0", FALSE, TRUE, FALSE},
    {"text/xml", FALSE, FALSE, TRUE},
    {"text/vnd.wap.connectivity-xml", TRUE, FALSE, TRUE},
    {"text/plain; x=a+xml", FALSE, FALSE, FALSE},
    {"xml", FALSE, FALSE, FALSE},
    {"", FALSE, FALSE, FALSE},
    {NULL, FALSE, FALSE, FALSE},
};

static void
test_types(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice type = om_slice_str(rows[i].type);

        g_test_message("%s", rows[i].type ? rows[i].type : "(none)");
        g_assert_cmpint(om_type_is_pushed(type), ==, rows[i].pushed);
        g_assert_cmpint(om_type_is_for_sip(type), ==, rows[i].for_sip);
        g_assert_cmpint(om_type_is_xml(type), ==, rows[i].xml);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/push_types/types", test_types);
    return g_test_run();
}
