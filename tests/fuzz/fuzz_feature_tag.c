/* fuzz_feature_tag.c
 * libFuzzer target: a Contact or Accept-Contact value, its feature tags, their values as names and URNs.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/sip/feature_tag.h"
#include "core/push/omna.h"
#include "core/sip/service_urn.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
try_value(struct om_slice text)
{
    static char *const icsis[] = {(char *) "omapush", NULL};
    const struct om_push_app *app = om_push_app_find(text);
    struct om_service_urn urn;

    om_service_urn_parse(text, &urn);
    g_assert_true(g_utf8_validate(urn.urn, -1, NULL));
    g_assert_cmpint(urn.name != NULL, ==, urn.kind != OM_SERVICE_UNKNOWN);
    if (om_service_urn_is_push(&urn, icsis))
        g_assert_null(app);
    om_service_urn_clear(&urn);
}

static void
try_values(struct om_slice values)
{
    struct om_slice rest = values;
    struct om_feature_value value;

    while (om_feature_value_next(&rest, &value)) {
        check_inside(value.text, values);
        try_value(value.text);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;
    const char *last = all.p;

    om_feature_tag_begin(&it, all);
    while (om_feature_tag_next(&it, &tag)) {
        check_inside(tag.text, all);
        check_inside(tag.name, tag.text);
        check_inside(tag.values, tag.text);
        g_assert_cmpuint(tag.name.l, >, 0);
        g_assert_true(tag.text.p >= last);
        last = tag.text.p + tag.text.l;
        try_values(tag.values);
    }
    try_values(all);
    return 0;
}
