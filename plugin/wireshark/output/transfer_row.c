/* transfer_row.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "transfer_row.h"

#include "model/verify/object_name.h"
#include "model/verify/verdict.h"

static char *
text_or_dash(const char *text)
{
    return text && *text ? om_slice_dup_utf8(om_slice_str(text)) : g_strdup("-");
}

/* Of what the user gets, which may be inside an envelope or two. */
static char *
content_type(const struct om_object *object)
{
    const char *inner = object->body ? om_body_innermost(object->body)->content_type : NULL;

    return text_or_dash(inner ? inner : object->content_type);
}

static char *
list(const GPtrArray *values)
{
    GString *text = g_string_new(NULL);
    char *clean;

    for (guint i = 0; values && i < values->len; i++)
        g_string_append_printf(text, "%s%s", i ? "," : "", (const char *) g_ptr_array_index(values, i));
    clean = text_or_dash(text->str);
    g_string_free(text, TRUE);
    return clean;
}

static char *
name(struct om_object *object)
{
    char *known = om_object_name(object);
    char *text = text_or_dash(known ? known : object->message_id);

    g_free(known);
    return text;
}

static char *
verification(const struct om_verification *check)
{
    switch (check->result) {
    case OM_MATCH:
        return g_strdup_printf("%s match (%s)", check->algorithm ? check->algorithm : "size",
                               check->covers == OM_COVERS_CONTENT ? "content" : "object");
    case OM_MISMATCH:
        return g_strdup_printf("%s mismatch", check->hash_wrong && check->algorithm ? check->algorithm : "size");
    default:
        return g_strdup(om_verification_name(check->result));
    }
}

/* How the delivery was confirmed: by REPORTs, or by the answer to the MESSAGE. */
static char *
report(const struct om_object *object)
{
    if (object->carrier == OM_CARRIER_MESSAGE)
        return object->status ? g_strdup_printf("SIP %u", object->status) : g_strdup("-");
    for (guint i = 0; i < object->reports->len; i++) {
        const struct om_report *seen = g_ptr_array_index(object->reports, i);

        if (seen->status && seen->status != 200)
            return g_strdup_printf("%u", seen->status);
    }
    if (object->report_frame)
        return g_strdup("200");
    return g_strdup(object->reports->len ? "200 in part" : "-");
}

static guint
chunks(const struct om_object *object)
{
    guint count = 0;

    for (guint i = 0; i < object->chunks->len; i++) {
        if (!((const struct om_chunk *) g_ptr_array_index(object->chunks, i))->repeated)
            count++;
    }
    return count;
}

static char *
seconds(const struct om_object *object)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(number, sizeof number, "%.6f", (double) (object->last_time - object->first_time) / 1e9);
    return g_strdup(number);
}

char *
omapush_transfer_text(struct om_model *model, struct om_object *object, enum transfer_column column)
{
    switch (column) {
    case TRANSFER_SESSION:
        return object->session && object->session->id ? g_strdup_printf("%u", object->session->id) : g_strdup("-");
    case TRANSFER_CARRIER:
        return g_strdup(object->carrier == OM_CARRIER_MESSAGE ? "MESSAGE" : "MSRP");
    case TRANSFER_EVENT_APP:
        return list(om_object_event_apps(object));
    case TRANSFER_CONTENT_TYPE:
        return content_type(object);
    case TRANSFER_SIZE:
        return g_strdup_printf("%" G_GUINT64_FORMAT, om_object_size(object));
    case TRANSFER_TOTAL:
        return object->has_total ? g_strdup_printf("%" G_GUINT64_FORMAT, object->total) : g_strdup("-");
    case TRANSFER_CHUNKS:
        return g_strdup_printf("%u", chunks(object));
    case TRANSFER_STATE:
        return g_strdup(om_state_name(om_object_state(object)));
    case TRANSFER_VERIFICATION:
        return verification(&object->verification);
    case TRANSFER_REPORT:
        return report(object);
    case TRANSFER_VERDICT:
        return g_strdup(om_verdict_name(om_object_verdict(object, om_model_conclude(model))));
    case TRANSFER_SECONDS:
        return seconds(object);
    case TRANSFER_NAME:
        return name(object);
    default:
        return NULL;
    }
}
