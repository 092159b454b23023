/* sdp_answer_rules.c
 * What an offer of files must obey, and an answer in the light of its offer: RFC 5547 section 8, RFC 6135 section 4.2.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp_rules.h"

#define FIND(rule, frame, ...) om_finding_queue_find(findings, OM_RULE_##rule, frame, __VA_ARGS__)

/* A section can have any number of files: of so many each thing is told. */
#define MAX_TOLD 16

static const char *
port_text(const struct om_media *media)
{
    return media->proto ? media->proto : "MSRP";
}

/* --- offers --- */

static void
check_complete(struct om_finding_queue *findings, guint32 frame, const struct om_media *media)
{
    guint told = 0;

    for (guint i = 0; i < media->files->len && told < MAX_TOLD; i++) {
        const struct om_file *file = g_ptr_array_index(media->files, i);
        gboolean hash = file->hashes->len > 0;

        if (file->type && file->has_size && hash)
            continue;
        FIND(SDP_FILE_INCOMPLETE, frame,
             "file-selector %u of m= line %u (%s) has no%s%s%s: a push offer tells type, size and hash", i + 1,
             media->line + 1, port_text(media), file->type ? "" : " type", file->has_size ? "" : " size",
             hash ? "" : " hash");
        told++;
    }
}

void
om_sdp_offer_rules(struct om_finding_queue *findings, const struct om_description *offer, gboolean first)
{
    for (guint i = 0; i < offer->media->len; i++) {
        const struct om_media *media = g_ptr_array_index(offer->media, i);
        enum om_sdp_direction direction = media->direction_id;

        if (!media->files->len || !media->port)
            continue;
        if (direction != OM_SDP_RECVONLY) /* who asks for a file may know one of the three only */
            check_complete(findings, offer->frame, media);
        if (!media->transfer_id)
            FIND(SDP_TRANSFER_ID, offer->frame, "a=file-selector without a=file-transfer-id in m= line %u",
                 media->line + 1);
        /* With all MSRP wanted, files are fetched too (RFC 5547 section 8.2.2). */
        if (direction == OM_SDP_SENDONLY || (direction == OM_SDP_INACTIVE && !first) ||
            (direction == OM_SDP_RECVONLY && (!first || findings->context->options.all_msrp)))
            continue;
        FIND(SDP_DIRECTION, offer->frame, "an offer to push files is sendonly, seen %s in m= line %u", media->direction,
             media->line + 1);
    }
}

/* --- answers --- */

static void
check_setup(struct om_finding_queue *findings, guint32 frame, const struct om_media *offer,
            const struct om_media *answer)
{
    enum om_sdp_setup a = offer->setup_id, b = answer->setup_id;

    if (b == OM_SDP_ACTPASS && a != OM_SDP_SETUP_NONE)
        FIND(SDP_SETUP, frame, "a=setup of the answer: expected active or passive, seen actpass");
    else if (a == b && (a == OM_SDP_ACTIVE || a == OM_SDP_PASSIVE))
        FIND(SDP_SETUP, frame, "a=setup is %s in the offer and in the answer: expected %s in the answer", offer->setup,
             a == OM_SDP_ACTIVE ? "passive" : "active");
}

static gboolean
has_hash(const struct om_file *file, const struct om_offered_hash *hash)
{
    for (guint i = 0; i < file->hashes->len; i++) {
        const struct om_offered_hash *other = g_ptr_array_index(file->hashes, i);

        if (strcmp(other->algorithm, hash->algorithm) == 0 && other->length == hash->length &&
            memcmp(other->value, hash->value, hash->length) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
same_hashes(const struct om_file *a, const struct om_file *b)
{
    if (a->hashes->len != b->hashes->len)
        return FALSE;
    /* More than there are algorithms: nobody's honest selector. */
    for (guint i = 0; i < a->hashes->len && i < MAX_TOLD; i++) {
        if (!has_hash(b, g_ptr_array_index(a->hashes, i)))
            return FALSE;
    }
    return TRUE;
}

/* What of a selector the answer changed, or NULL. */
static const char *
changed(const struct om_file *offered, const struct om_file *answered)
{
    if (g_strcmp0(offered->name, answered->name) != 0)
        return "name";
    if (g_ascii_strcasecmp(offered->type ? offered->type : "", answered->type ? answered->type : "") != 0)
        return "type";
    if (offered->has_size != answered->has_size || offered->size != answered->size)
        return "size";
    return same_hashes(offered, answered) ? NULL : "hash";
}

static void
check_selectors(struct om_finding_queue *findings, guint32 frame, const struct om_media *offer,
                const struct om_media *answer)
{
    guint told = 0;

    if (offer->files->len != answer->files->len) {
        FIND(SDP_ANSWER_SELECTOR, frame,
             "the answer repeats the offered file-selectors: expected %u, seen %u in m= line %u", offer->files->len,
             answer->files->len, answer->line + 1);
        return;
    }
    for (guint i = 0; i < offer->files->len && told < MAX_TOLD; i++) {
        const struct om_file *offered = g_ptr_array_index(offer->files, i);
        const struct om_file *answered = g_ptr_array_index(answer->files, i);
        const char *what = changed(offered, answered);

        if (!what)
            continue;
        told++;
        if (strcmp(what, "size") == 0 && offered->has_size && answered->has_size)
            FIND(SDP_ANSWER_SELECTOR, frame,
                 "file-selector %u of the answer: expected size:%" G_GUINT64_FORMAT
                 " as offered, seen size:%" G_GUINT64_FORMAT,
                 i + 1, offered->size, answered->size);
        else
            FIND(SDP_ANSWER_SELECTOR, frame, "file-selector %u of the answer has another %s than the offered one",
                 i + 1, what);
    }
}

static void
check_section(struct om_finding_queue *findings, guint32 frame, const struct om_media *offer,
              const struct om_media *answer, gboolean push)
{
    check_setup(findings, frame, offer, answer);
    if (!push || !offer->files->len || offer->direction_id == OM_SDP_RECVONLY)
        return;
    check_selectors(findings, frame, offer, answer);
    if (offer->transfer_id && g_strcmp0(offer->transfer_id, answer->transfer_id) != 0)
        FIND(SDP_TRANSFER_ID, frame, "a=file-transfer-id of the answer: expected \"%s\" as offered, seen %s%s%s",
             offer->transfer_id, answer->transfer_id ? "\"" : "", answer->transfer_id ? answer->transfer_id : "none",
             answer->transfer_id ? "\"" : "");
    if (answer->direction_id != OM_SDP_RECVONLY && offer->direction_id != OM_SDP_INACTIVE)
        FIND(SDP_DIRECTION, frame, "an answer that takes files is recvonly, seen %s in m= line %u", answer->direction,
             answer->line + 1);
}

void
om_sdp_answer_rules(struct om_finding_queue *findings, const struct om_description *offer,
                    const struct om_description *answer, gboolean push)
{
    for (guint i = 0; i < offer->media->len && i < answer->media->len; i++) {
        const struct om_media *offered = g_ptr_array_index(offer->media, i);
        const struct om_media *answered = g_ptr_array_index(answer->media, i);

        if (offered->line == answered->line && offered->port && answered->port)
            check_section(findings, answer->frame, offered, answered, push);
    }
}
