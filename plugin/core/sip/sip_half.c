/* sip_half.c
 * Messages whose head the capture cut: no value is told by its first half.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_msg.h"

/* Where a value may be cut so that what stands before it is whole. */
struct half {
    gboolean in_angle;  /* it ends within <>: of the address only a part is there */
    gssize parameter;   /* the last ";" outside of quotes and <>; -1: none */
    gssize equals;      /* the "=" behind that, within the same parameter; -1: none */
    gssize comma;       /* the last "," behind that; without a parameter: of a list; -1: none */
    gboolean has_angle; /* an address in <> is complete */
};

static void
note(struct half *half, char c, gssize at)
{
    if (c == ';') {
        half->parameter = at;
        half->equals = half->comma = -1;
    } else if (c == '=' && half->equals < 0) {
        half->equals = at;
    } else if (c == ',') {
        half->comma = at;
    }
}

static struct half
look_at(struct om_slice value)
{
    struct half half = {FALSE, -1, -1, -1, FALSE};
    gboolean quoted = FALSE;

    for (gsize i = 0; i < value.l; i++) {
        char c = value.p[i];

        if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '<')
            half.in_angle = TRUE;
        else if (!quoted && c == '>') {
            half.has_angle |= half.in_angle;
            half.in_angle = FALSE;
        } else if (!half.in_angle && (!quoted || c == ',')) {
            note(&half, c, (gssize) i);
        }
    }
    return half;
}

/* Feature tags: those before the last one are whole, and the values before the last comma of that one. Its name alone
 * says that it is there. */
static gsize
whole_parameters(struct om_slice value)
{
    struct half half = look_at(value);

    if (half.in_angle || half.parameter < 0)
        return 0;
    if (half.equals < 0)
        return (gsize) half.parameter;
    return (gsize) (half.comma > half.equals ? half.comma : half.equals);
}

/* From and To: the URI is whole in front of ">" or of a parameter. */
static gsize
whole_address(struct om_slice value)
{
    struct half half = look_at(value);

    return half.in_angle || half.parameter < 0 ? 0 : (gsize) half.parameter;
}

static gsize
whole_list(struct om_slice value)
{
    struct half half = look_at(value);

    return half.in_angle || half.comma < 0 ? 0 : (gsize) half.comma;
}

static gsize
whole_part(const struct om_sip_header *header)
{
    switch (header->id) {
    case OM_SIP_H_CONTACT:
    case OM_SIP_H_ACCEPT_CONTACT:
    case OM_SIP_H_REJECT_CONTACT:
        return whole_parameters(header->value);
    case OM_SIP_H_FROM:
    case OM_SIP_H_TO:
    case OM_SIP_H_P_ASSERTED_IDENTITY:
    case OM_SIP_H_P_CALLED_PARTY_ID:
        return whole_address(header->value);
    case OM_SIP_H_P_PREFERRED_SERVICE:
    case OM_SIP_H_P_ASSERTED_SERVICE:
        return whole_list(header->value);
    default:
        return 0;
    }
}

/* What was read from the field is not known. */
static void
forget(struct om_sip_msg *msg, enum om_sip_header_id id)
{
    if (om_sip_msg_header(msg, id))
        return;
    if (id == OM_SIP_H_CALL_ID)
        msg->call_id = OM_SLICE_NULL;
    if (id == OM_SIP_H_CONTENT_TYPE)
        msg->content_type = OM_SLICE_NULL;
    if (id == OM_SIP_H_CSEQ) {
        msg->cseq = 0;
        msg->cseq_method = OM_SLICE_NULL;
    }
    if (id == OM_SIP_H_CONTENT_LENGTH) {
        msg->content_length_ok = FALSE;
        msg->content_length = 0;
        msg->flaws &= ~(guint) (OM_SIP_CONTENT_LENGTH | OM_SIP_BODY_SHORT);
    }
}

void
om_sip_msg_drop_half(struct om_sip_msg *msg)
{
    struct om_sip_header *last;
    enum om_sip_header_id id;
    gsize whole;

    if (!(msg->flaws & OM_SIP_NO_BLANK_LINE) || !msg->headers->len)
        return;
    last = &g_array_index(msg->headers, struct om_sip_header, msg->headers->len - 1);
    if (last->line.p + last->line.l < msg->text.p + msg->text.l)
        return;
    id = last->id;
    whole = whole_part(last);
    if (whole) {
        last->value = om_slice_trim(om_slice_head(last->value, whole));
        last->line.l = (gsize) (last->value.p + last->value.l - last->line.p);
        return;
    }
    g_array_set_size(msg->headers, msg->headers->len - 1);
    forget(msg, id);
}
