/* sip_tag_rules.c
 * Rules about feature tags and service headers: RFC 3840 section 9, RFC 3841 section 10, RFC 6050, TS 24.229.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_private.h"
#include "sip_capabilities.h"

#include "core/text/visible.h"
#include "core/sip/feature_tag.h"
#include "core/push/omna.h"
#include "core/sip/service_urn.h"
#include "core/sip/sip_uri.h"

/* One message can break a rule in each of 20,000 parameters: told once a header field, and in so many fields. */
#define MAX_FIELDS 16

/* The header field that is looked at. */
struct field {
    struct om_finding_queue *findings;
    guint32 frame;
    enum om_sip_header_id id;
    struct om_slice name;
    guint64 told; /* bit per rule */
};

G_STATIC_ASSERT(OM_RULE_SIP_REJECTED < 64);

/* First time in this field? */
static gboolean
tell_once(struct field *field, enum om_rule rule)
{
    guint64 bit = G_GUINT64_CONSTANT(1) << rule;
    gboolean first = !(field->told & bit);

    field->told |= bit;
    return first;
}

#define FIND(rule, format, ...)                                                                   \
    do {                                                                                          \
        if (tell_once(field, OM_RULE_##rule))                                                     \
            om_finding_queue_find(field->findings, OM_RULE_##rule, field->frame, "%.*s: " format, \
                                  OM_QUOTE(field->name), __VA_ARGS__);                            \
    } while (0)

static const char *
registered_name(enum om_feature_tag_id id)
{
    switch (id) {
    case OM_TAG_PUSH_EVENT_APP:
        return "g.oma.pusheventapp";
    case OM_TAG_ICSI_REF:
        return "g.3gpp.icsi-ref";
    case OM_TAG_IARI_REF:
        return "g.3gpp.iari-ref";
    case OM_TAG_INSTANCE:
        return "sip.instance";
    default:
        return NULL;
    }
}

/* A feature tag of a tree, known here or not? Other parameters and base tags may be anything's. */
static gboolean
is_of_tree(struct om_slice name)
{
    return om_slice_starts_str(name, "+") || om_slice_istarts_str(name, "g.") || om_slice_istarts_str(name, "sip.");
}

static void
check_spelling(struct field *field, const struct om_feature_tag *tag)
{
    const char *name = registered_name(tag->id);
    struct om_slice sent = om_slice_from(tag->name, om_slice_starts_str(tag->name, "+"));

    if (!is_of_tree(tag->name))
        return;
    if ((tag->flaws & OM_TAG_NAME) && name)
        FIND(SIP_TAG_NAME, "feature tag \"%.*s\": the registered name is \"%s\"", OM_QUOTE(sent), name);
    else if (tag->flaws & OM_TAG_NAME)
        FIND(SIP_TAG_NAME,
             "feature tag \"%.*s\": a name begins with a letter and has letters, digits and ! ' . - %% only",
             OM_QUOTE(sent));
    if (tag->flaws & OM_TAG_NO_PLUS)
        FIND(SIP_TAG_PLUS, "feature tag \"%.*s\" is no base tag: expected \"+%.*s\"", OM_QUOTE(sent),
             OM_QUOTE(name ? om_slice_str(name) : sent));
    if (tag->flaws & OM_TAG_QUOTES)
        FIND(SIP_TAG_QUOTES, "the value stands between straight double quotes: expected %.*s=\"%.*s\", seen %.*s",
             OM_QUOTE(tag->name), OM_QUOTE(tag->values), OM_QUOTE(tag->text));
    if (tag->flaws & OM_TAG_SEPARATOR)
        FIND(SIP_TAG_SEPARATOR, "expected \";\" before %.*s, seen \",\"", OM_QUOTE(tag->text));
    /* In a Contact that is one of SIP-URI-SYNTAX. */
    if ((tag->flaws & OM_TAG_NO_SEPARATOR) && field->id != OM_SIP_H_CONTACT)
        FIND(SIP_TAG_SEPARATOR, "expected \";\" before %.*s, seen none", OM_QUOTE(tag->text));
}

static void
check_service_tag(struct field *field, const struct om_feature_tag *tag, struct om_slice text)
{
    gboolean iari = tag->id == OM_TAG_IARI_REF;
    struct om_service_urn urn;

    om_service_urn_parse(text, &urn);
    if (urn.flaws & OM_SERVICE_RAW_COLON)
        FIND(SIP_ICSI_ENCODING, "a URN in a feature tag has each \":\" as \"%%3A\", seen \"%.*s\"", OM_QUOTE(text));
    if ((urn.flaws & OM_SERVICE_NAMESPACE) && urn.kind != OM_SERVICE_UNKNOWN)
        FIND(SIP_ICSI_NAMESPACE, "expected the namespace \"urn:urn-7:\", seen \"%s\"", urn.urn);
    if (urn.kind == (iari ? OM_SERVICE_ICSI : OM_SERVICE_IARI))
        FIND(SIP_ICSI_AS_IARI, "%s expected in %.*s, seen the %s \"%s\"", iari ? "IARI" : "ICSI", OM_QUOTE(tag->name),
             iari ? "ICSI" : "IARI", urn.urn);
    om_service_urn_clear(&urn);
}

static void
check_values(struct field *field, const struct om_feature_tag *tag)
{
    struct om_slice rest = tag->values;
    struct om_feature_value value;

    if (!rest.p)
        return;
    while (om_feature_value_next(&rest, &value)) {
        if (tag->id == OM_TAG_ICSI_REF || tag->id == OM_TAG_IARI_REF) {
            check_service_tag(field, tag, value.text);
        } else if (tag->id == OM_TAG_PUSH_EVENT_APP && value.text.l) {
            char *app = om_slice_dup_unescaped(value.text);

            if (!om_push_app_find(om_slice_str(app)))
                FIND(SIP_APP_UNKNOWN, "event app \"%s\" is not among OMNA's Push Application IDs", app);
            g_free(app);
        }
    }
}

/* RFC 5627 section 5.1, in the Contact of a registrar's answer. */
static void
check_gruu(struct field *field, const struct om_feature_tag *tag)
{
    gboolean temporary = tag->id == OM_TAG_TEMP_GRUU;

    if (!om_sip_gruu_is_strict(tag->values, temporary))
        FIND(SIP_GRUU_SYNTAX, "%s is a SIP URI with the parameter %s, seen \"%.*s\"",
             temporary ? "temp-gruu" : "pub-gruu", temporary ? "\"gr\"" : "\"gr=...\"", OM_QUOTE(tag->values));
}

static void
check_tags(struct field *field, struct om_slice value)
{
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;

    om_feature_tag_begin(&it, value);
    while (om_feature_tag_next(&it, &tag)) {
        check_spelling(field, &tag);
        if (tag.id == OM_TAG_PUB_GRUU || tag.id == OM_TAG_TEMP_GRUU)
            check_gruu(field, &tag);
        else
            check_values(field, &tag);
    }
}

static void
check_services(struct field *field, struct om_slice value)
{
    struct om_slice rest = value;
    struct om_slice service;

    while (om_sip_list_next(&rest, &service)) {
        struct om_service_urn urn;

        om_service_urn_parse(service, &urn);
        if (urn.flaws & OM_SERVICE_ENCODED)
            FIND(SIP_ICSI_ENCODED_HEADER, "the URN stands as it is in this header: expected \"%s\", seen \"%.*s\"",
                 urn.urn, OM_QUOTE(service));
        if ((urn.flaws & OM_SERVICE_NAMESPACE) && urn.kind != OM_SERVICE_UNKNOWN)
            FIND(SIP_ICSI_NAMESPACE, "expected the namespace \"urn:urn-7:\", seen \"%s\"", urn.urn);
        om_service_urn_clear(&urn);
    }
}

/* Only what is long needs the count. */
static void
check_room(struct om_finding_queue *findings, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    struct om_capabilities capabilities;

    if (msg->text.l < OM_CAPABILITIES_BYTES)
        return;
    om_capabilities_read(&findings->context->options, msg, &capabilities);
    if (capabilities.left_out)
        om_finding_queue_find(findings, OM_RULE_SIP_TOO_LONG, frame->number,
                              "the message has more event apps or services than are kept: %d bytes of each kind, every "
                              "value counted with 16 more",
                              OM_CAPABILITIES_BYTES);
    om_capabilities_clear(&capabilities);
}

void
om_sip_tag_rules(struct om_finding_queue *findings, const struct om_frame *frame, const struct om_sip_msg *msg)
{
    guint fields = 0;

    for (guint i = 0; i < msg->headers->len && fields < MAX_FIELDS; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);
        struct field field = {findings, frame->number, header->id, header->name, 0};

        switch (header->id) {
        case OM_SIP_H_CONTACT:
        case OM_SIP_H_ACCEPT_CONTACT:
        case OM_SIP_H_REJECT_CONTACT:
            check_tags(&field, header->value);
            break;
        case OM_SIP_H_P_PREFERRED_SERVICE:
        case OM_SIP_H_P_ASSERTED_SERVICE:
            check_services(&field, header->value);
            break;
        default:
            break;
        }
        fields += field.told != 0;
    }
    check_room(findings, frame, msg);
}
