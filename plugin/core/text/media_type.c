/* media_type.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "media_type.h"

#include "lex.h"
#include "param.h"

void
om_media_type_parse(struct om_slice text, struct om_media_type *media)
{
    gssize semicolon = om_slice_chr(text, 0, ';');

    if (semicolon < 0) {
        media->type = om_slice_trim(text);
        media->params = OM_SLICE_NULL;
        return;
    }
    media->type = om_slice_trim(om_slice_head(text, (gsize) semicolon));
    media->params = om_slice_trim(om_slice_from(text, (gsize) semicolon + 1));
}

/* LWS around the "/" is legal in SIP (RFC 3261 section 25.1, SLASH). */
static void
split(struct om_slice text, struct om_slice *type, struct om_slice *subtype)
{
    struct om_media_type media;
    gssize slash;

    om_media_type_parse(text, &media);
    slash = om_slice_chr(media.type, 0, '/');
    *type = media.type;
    *subtype = OM_SLICE_NULL;
    if (slash >= 0) {
        *type = om_slice_trim(om_slice_head(media.type, (gsize) slash));
        *subtype = om_slice_trim(om_slice_from(media.type, (gsize) slash + 1));
    }
}

static gboolean
pair_is(struct om_slice type, struct om_slice subtype, struct om_slice other)
{
    struct om_slice other_type, other_subtype;

    split(other, &other_type, &other_subtype);
    return om_slice_ieq(type, other_type) && om_slice_ieq(subtype, other_subtype);
}

gboolean
om_media_type_same(struct om_slice a, struct om_slice b)
{
    struct om_slice type, subtype;

    split(a, &type, &subtype);
    return pair_is(type, subtype, b);
}

gboolean
om_media_type_is(struct om_slice text, const char *type)
{
    gsize begin = om_lex_skip_lws(text, 0);

    /* Most comparisons end here: of many parts each is compared with whole tables. */
    if (begin == text.l || g_ascii_tolower(text.p[begin]) != g_ascii_tolower(*type))
        return FALSE;
    return om_media_type_same(text, om_slice_str(type));
}

/* Takes the next entry off a list: up to the SP outside a quoted parameter value. */
static gboolean
list_next(struct om_slice *list, struct om_slice *entry)
{
    struct om_slice s = om_slice_from(*list, om_lex_skip_lws(*list, 0));
    gsize end = 0;

    while (end < s.l && !om_lex_is_lws(s.p[end]))
        end = s.p[end] == '"' ? om_lex_quoted_end(s, end, NULL) : end + 1;
    *entry = om_slice_head(s, end);
    *list = om_slice_from(s, end);
    return end > 0;
}

gboolean
om_media_type_in_list(struct om_slice text, struct om_slice list)
{
    struct om_slice type, subtype, entry;

    split(text, &type, &subtype);
    while (list_next(&list, &entry)) {
        struct om_slice wanted, wanted_subtype;

        split(entry, &wanted, &wanted_subtype);
        if (om_slice_ieq_str(wanted, "*") && (wanted_subtype.l == 0 || om_slice_ieq_str(wanted_subtype, "*")))
            return TRUE;
        if (om_slice_ieq(wanted, type) &&
            (om_slice_ieq_str(wanted_subtype, "*") || om_slice_ieq(wanted_subtype, subtype)))
            return TRUE;
    }
    return FALSE;
}

struct om_slice
om_media_type_param(struct om_slice params, const char *name)
{
    return om_param_get(params, name);
}

static const struct {
    const char *type;
    const char *extension;
} extensions[] = {
    {"application/vnd.wap.mms-message", "mms"},
    {"application/vnd.wap.multipart.related", "wmr"},
    {"application/vnd.wap.multipart.mixed", "wmm"},
    {"application/vnd.oma.push", "push"},
    {"application/vnd.wap.sic", "sic"},
    {"application/vnd.wap.slc", "slc"},
    {"application/vnd.wap.coc", "coc"},
    {"application/vnd.wap.wbxml", "wbxml"},
    {"application/vnd.wap.wmlc", "wmlc"},
    {"application/vnd.wap.connectivity-wbxml", "wbxml"},
    {"application/vnd.wap.emn+wbxml", "wbxml"},
    {"application/vnd.wap.emn+xml", "xml"},
    {"application/vnd.wv.csp.cir", "cir"},
    {"application/vnd.omaloc-supl-init", "supl"},
    {"application/vnd.syncml.notification", "syncml"},
    {"application/vnd.syncml.ds.notification", "syncml"},
    {"application/vnd.syncml.dm+wbxml", "wbxml"},
    {"application/vnd.syncml.dm+xml", "xml"},
    {"application/vnd.oma.drm.message", "dm"},
    {"application/vnd.oma.drm.content", "dcf"},
    {"application/vnd.oma.drm.rights+xml", "dr"},
    {"application/vnd.oma.drm.rights+wbxml", "drc"},
    {"application/vnd.oma.dd+xml", "dd"},
    {"text/vnd.wap.si", "si"},
    {"text/vnd.wap.sl", "sl"},
    {"text/vnd.wap.co", "co"},
    {"text/vnd.wap.wml", "wml"},
    {"text/vnd.wap.connectivity-xml", "xml"},
    {"text/vnd.sun.j2me.app-descriptor", "jad"},
    {"application/java-archive", "jar"},
    {"application/smil", "smil"},
    {"application/smil+xml", "smil"},
    {"application/sdp", "sdp"},
    {"application/json", "json"},
    {"application/pdf", "pdf"},
    {"application/zip", "zip"},
    {"application/gzip", "gz"},
    {"application/x-gzip", "gz"},
    {"application/rtf", "rtf"},
    {"application/msword", "doc"},
    {"application/vnd.ms-excel", "xls"},
    {"application/vnd.ms-powerpoint", "ppt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"application/vnd.android.package-archive", "apk"},
    {"application/xml", "xml"},
    {"application/xhtml+xml", "xhtml"},
    {"message/cpim", "cpim"},
    {"message/rfc822", "eml"},
    {"message/sip", "sip"},
    {"text/plain", "txt"},
    {"text/html", "html"},
    {"text/xml", "xml"},
    {"text/csv", "csv"},
    {"text/x-vcard", "vcf"},
    {"text/vcard", "vcf"},
    {"text/x-vcalendar", "vcs"},
    {"text/calendar", "ics"},
    {"image/jpeg", "jpg"},
    {"image/jpg", "jpg"},
    {"image/png", "png"},
    {"image/gif", "gif"},
    {"image/webp", "webp"},
    {"image/bmp", "bmp"},
    {"image/tiff", "tif"},
    {"image/heic", "heic"},
    {"image/heif", "heif"},
    {"image/avif", "avif"},
    {"image/svg+xml", "svg"},
    {"image/vnd.wap.wbmp", "wbmp"},
    {"audio/amr", "amr"},
    {"audio/amr-wb", "awb"},
    {"audio/aac", "aac"},
    {"audio/3gpp", "3gp"},
    {"audio/x-wav", "wav"},
    {"audio/mpeg", "mp3"},
    {"audio/mp4", "m4a"},
    {"audio/ogg", "ogg"},
    {"audio/midi", "mid"},
    {"audio/wav", "wav"},
    {"video/3gpp", "3gp"},
    {"video/3gpp2", "3g2"},
    {"video/quicktime", "mov"},
    {"video/webm", "webm"},
    {"video/mp4", "mp4"},
    {"video/mpeg", "mpg"},
    {"application/octet-stream", "bin"},
};

const char *
om_media_type_extension(struct om_slice text)
{
    struct om_slice type, subtype;

    split(text, &type, &subtype);
    for (gsize i = 0; i < G_N_ELEMENTS(extensions); i++) {
        if (pair_is(type, subtype, om_slice_str(extensions[i].type)))
            return extensions[i].extension;
    }
    if (subtype.l > 4 && om_slice_ieq_str(om_slice_from(subtype, subtype.l - 4), "+xml"))
        return "xml";
    if (subtype.l > 5 && om_slice_ieq_str(om_slice_from(subtype, subtype.l - 5), "+json"))
        return "json";
    if (om_slice_ieq_str(type, "text") && subtype.l > 0)
        return "txt";
    return "bin";
}
