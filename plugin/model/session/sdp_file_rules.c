/* sdp_file_rules.c
 * Rules about file-selectors for themselves, RFC 5547 section 6.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_rules.h"

/* A section can have any number of broken selectors: so many are told. */
#define MAX_TOLD 16

static const char *
selector_flaw_text(enum om_file_selector_flaw flaw)
{
    switch (flaw) {
    case OM_SEL_NAME:
        return "a name is expected as name:\"...\" in straight quotes, with %-escapes";
    case OM_SEL_TYPE:
        return "a type is expected as type:TYPE/SUBTYPE";
    case OM_SEL_SIZE:
        return "a size is expected as size:NUMBER";
    case OM_SEL_EMPTY:
        return "a selector is expected behind the \":\"";
    case OM_SEL_UNKNOWN:
        return "only name:, type:, size: and hash: are known, one space between them";
    default:
        return "name:, type: and size: are expected once each";
    }
}

static const char *
hash_flaw_text(enum om_file_hash_flaw flaw)
{
    switch (flaw) {
    case OM_HASH_ALGORITHM:
        return "an algorithm name of RFC 4572 is expected (sha-1, sha-256, ...)";
    case OM_HASH_CASE:
        return "upper-case hex is expected";
    case OM_HASH_SYNTAX:
        return "pairs of hex digits with \":\" between them are expected";
    default:
        return "the value has another length than the algorithm's";
    }
}

static guint
check_hashes(struct om_finding_queue *findings, guint32 frame, const struct om_file_selector *selector)
{
    guint told = 0;

    for (guint i = 0; i < selector->hashes->len && told < MAX_TOLD; i++) {
        const struct om_file_hash *hash = &g_array_index(selector->hashes, struct om_file_hash, i);
        GString *what = g_string_new(NULL);

        for (guint bit = 1; bit <= OM_HASH_LENGTH; bit <<= 1) {
            if (hash->flaws & bit)
                g_string_append_printf(what, "%s%s", what->len ? ", " : "",
                                       hash_flaw_text((enum om_file_hash_flaw) bit));
        }
        if (what->len) {
            om_finding_queue_find(findings, OM_RULE_SDP_FILE_HASH, frame, "a=file-selector: %s; seen hash:%.*s:%.*s",
                                  what->str, OM_QUOTE(hash->algorithm), OM_QUOTE(hash->value_text));
            told++;
        }
        g_string_free(what, TRUE);
    }
    return told;
}

static guint
check_selector(struct om_finding_queue *findings, guint32 frame, struct om_slice text)
{
    struct om_file_selector selector;
    GString *what = g_string_new(NULL);
    guint told;

    om_file_selector_parse(text, &selector);
    for (guint bit = 1; bit <= OM_SEL_REPEATED; bit <<= 1) {
        if (selector.flaws & bit)
            g_string_append_printf(what, "%s%s", what->len ? ", " : "",
                                   selector_flaw_text((enum om_file_selector_flaw) bit));
    }
    told = check_hashes(findings, frame, &selector) + (what->len > 0);
    if (what->len)
        om_finding_queue_find(findings, OM_RULE_SDP_FILE_SELECTOR, frame, "a=file-selector: %s; seen \"%.*s\"",
                              what->str, OM_QUOTE(text));
    if (selector.name && strlen(selector.name) > OM_FILE_NAME_KEPT) {
        om_finding_queue_find(findings, OM_RULE_SIP_TOO_LONG, frame,
                              "a=file-selector: a name of %" G_GSIZE_FORMAT " bytes: the first %d are kept",
                              strlen(selector.name), OM_FILE_NAME_KEPT);
        told++;
    }
    g_string_free(what, TRUE);
    om_file_selector_clear(&selector);
    return told;
}

void
om_sdp_file_rules(struct om_finding_queue *findings, guint32 frame, const struct om_sdp *sdp)
{
    guint told = 0;

    for (guint i = 0; i < sdp->media->len; i++) {
        const struct om_sdp_media *section = &g_array_index(sdp->media, struct om_sdp_media, i);

        if (!om_section_is_msrp(section) || (section->port_ok && section->port == 0))
            continue;
        for (guint n = 0; n < section->selectors->len && told < MAX_TOLD; n++) {
            struct om_slice text = g_array_index(section->selectors, struct om_slice, n);

            if (text.p)
                told += check_selector(findings, frame, text);
        }
    }
}
