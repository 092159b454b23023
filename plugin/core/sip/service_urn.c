/* service_urn.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "service_urn.h"

#include "core/text/visible.h"

#define NAMESPACE "urn:urn-7:"

static const struct {
    const char *words;
    enum om_service_kind kind;
} kinds[] = {
    {"3gpp-service.ims.icsi.", OM_SERVICE_ICSI},
    {"3gpp-application.ims.iari.", OM_SERVICE_IARI},
};

/* The text as it stands, without the <> or quotes that some put around it. */
static struct om_slice
strip(struct om_slice text)
{
    text = om_slice_trim(text);
    while (text.l >= 2 &&
           ((text.p[0] == '<' && text.p[text.l - 1] == '>') || (text.p[0] == '"' && text.p[text.l - 1] == '"')))
        text = om_slice_head(om_slice_from(text, 1), text.l - 2);
    return om_slice_trim(text);
}

static gboolean
has_escape(struct om_slice text)
{
    gssize at = -1;

    while ((at = om_slice_chr(text, (gsize) (at + 1), '%')) >= 0) {
        if (text.l - (gsize) at >= 3 && g_ascii_isxdigit(text.p[at + 1]) && g_ascii_isxdigit(text.p[at + 2]))
            return TRUE;
    }
    return FALSE;
}

/* The kind's words stand at the beginning or behind a ":", whatever the namespace before them. */
static const char *
find_name(const char *urn, enum om_service_kind *kind)
{
    const char *part = urn;

    while (part) {
        for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
            gsize length = strlen(kinds[i].words);

            if (g_ascii_strncasecmp(part, kinds[i].words, length) == 0) {
                *kind = kinds[i].kind;
                return part + length;
            }
        }
        part = strchr(part, ':');
        if (part)
            part++;
    }
    *kind = OM_SERVICE_UNKNOWN;
    return NULL;
}

void
om_service_urn_parse(struct om_slice text, struct om_service_urn *urn)
{
    text = strip(text);
    urn->urn = om_slice_dup_unescaped(text);
    if (!urn->urn)
        urn->urn = g_strdup("");
    urn->name = find_name(urn->urn, &urn->kind);
    urn->flaws = 0;
    if (om_slice_chr(text, 0, ':') >= 0)
        urn->flaws |= OM_SERVICE_RAW_COLON;
    if (has_escape(text))
        urn->flaws |= OM_SERVICE_ENCODED;
    if (g_ascii_strncasecmp(urn->urn, NAMESPACE, strlen(NAMESPACE)) != 0)
        urn->flaws |= OM_SERVICE_NAMESPACE;
}

void
om_service_urn_clear(struct om_service_urn *urn)
{
    g_free(urn->urn);
    memset(urn, 0, sizeof *urn);
}

gboolean
om_service_urn_is_push(const struct om_service_urn *urn, char *const *icsis)
{
    if (urn->kind != OM_SERVICE_ICSI || !icsis)
        return FALSE;
    for (; *icsis; icsis++) {
        gsize length = strlen(*icsis);

        /* Labels stand in order of significance: "omapush.sub" is omapush too (RFC 6050 section 8). */
        if (length && g_ascii_strncasecmp(urn->name, *icsis, length) == 0 &&
            (urn->name[length] == '\0' || urn->name[length] == '.'))
            return TRUE;
    }
    return FALSE;
}
