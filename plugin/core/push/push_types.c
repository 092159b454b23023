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

gboolean
om_type_is_pushed(struct om_slice content_type)
{
    static const char *const types[] = {"application/vnd.wap.mms-message",
                                        "text/vnd.wap.si",
                                        "application/vnd.wap.sic",
                                        "text/vnd.wap.sl",
                                        "application/vnd.wap.slc",
                                        "text/vnd.wap.co",
                                        "application/vnd.wap.coc",
                                        "text/vnd.wap.connectivity-xml",
                                        "application/vnd.wap.connectivity-wbxml",
                                        "application/vnd.wap.emn+xml",
                                        "application/vnd.wap.emn+wbxml",
                                        "application/vnd.wv.csp.cir",
                                        "application/vnd.omaloc-supl-init",
                                        "application/vnd.syncml.notification",
                                        "application/vnd.syncml.ds.notification",
                                        "application/vnd.syncml.dm+xml",
                                        "application/vnd.syncml.dm+wbxml",
                                        "application/vnd.oma.drm.rights+xml",
                                        "application/vnd.oma.drm.rights+wbxml",
                                        "application/vnd.oma.dd+xml",
                                        NULL};

    return is_one_of(content_type, types);
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
