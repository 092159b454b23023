/* push_types.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_types.h"

#include "core/text/media_type.h"

static gboolean
is_one_of(struct om_slice content_type, const char *const *types)
{
    for (; *types; types++) {
        if (om_media_type_is(content_type, *types))
            return TRUE;
    }
    return FALSE;
}

/* What the applications that OMNA lists are pushed. */
static const struct {
    const char *type;
    gboolean only; /* it is not fetched, nor sent back and forth within a session, either */
} pushed[] = {
    {"application/vnd.wap.mms-message", TRUE},
    {"text/vnd.wap.si", TRUE},
    {"application/vnd.wap.sic", TRUE},
    {"text/vnd.wap.sl", TRUE},
    {"application/vnd.wap.slc", TRUE},
    {"text/vnd.wap.co", TRUE},
    {"application/vnd.wap.coc", TRUE},
    {"text/vnd.wap.connectivity-xml", TRUE},
    {"application/vnd.wap.connectivity-wbxml", TRUE},
    {"application/vnd.wap.emn+xml", TRUE},
    {"application/vnd.wap.emn+wbxml", TRUE},
    {"application/vnd.wv.csp.cir", TRUE},
    {"application/vnd.omaloc-supl-init", TRUE},
    {"application/vnd.syncml.notification", TRUE},
    {"application/vnd.syncml.ds.notification", TRUE},
    {"application/vnd.syncml.dm+xml", FALSE},
    {"application/vnd.syncml.dm+wbxml", FALSE},
    {"application/vnd.oma.drm.rights+xml", FALSE},
    {"application/vnd.oma.drm.rights+wbxml", FALSE},
    {"application/vnd.oma.dd+xml", FALSE},
};

static gboolean
is_in_table(struct om_slice content_type, gboolean only)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pushed); i++) {
        if ((pushed[i].only || !only) && om_media_type_is(content_type, pushed[i].type))
            return TRUE;
    }
    return FALSE;
}

gboolean
om_type_is_pushed(struct om_slice content_type)
{
    return is_in_table(content_type, FALSE);
}

gboolean
om_type_is_only_pushed(struct om_slice content_type)
{
    return is_in_table(content_type, TRUE);
}

gboolean
om_type_is_for_sip(struct om_slice content_type)
{
    static const char *const types[] = {"application/resource-lists+xml", "application/sdp", "message/sipfrag",
                                        "application/pkcs7-signature", NULL};

    return is_one_of(content_type, types);
}

static gboolean
ends_with(struct om_slice text, const char *suffix)
{
    gsize length = strlen(suffix);

    return text.l >= length && om_slice_ieq_str(om_slice_from(text, text.l - length), suffix);
}

gboolean
om_type_is_xml(struct om_slice content_type)
{
    static const char *const suffixes[] = {"/xml", "+xml", "-xml"};
    static const char *const types[] = {"text/vnd.wap.si", "text/vnd.wap.sl", "text/vnd.wap.co", "text/vnd.wap.wml",
                                        NULL};
    struct om_media_type media;

    om_media_type_parse(content_type, &media);
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (ends_with(media.type, suffixes[i]))
            return TRUE;
    }
    return is_one_of(content_type, types);
}
