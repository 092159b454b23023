/* sip_capabilities.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_capabilities.h"

#include "core/text/visible.h"
#include "core/sip/feature_tag.h"
#include "core/sip/service_urn.h"

static void
begin(struct om_capabilities *capabilities)
{
    memset(capabilities, 0, sizeof *capabilities);
    capabilities->event_apps = g_ptr_array_new_with_free_func(g_free);
    capabilities->icsis = g_ptr_array_new_with_free_func(g_free);
    capabilities->iaris = g_ptr_array_new_with_free_func(g_free);
}

void
om_capabilities_clear(struct om_capabilities *capabilities)
{
    g_ptr_array_unref(capabilities->event_apps);
    g_ptr_array_unref(capabilities->icsis);
    g_ptr_array_unref(capabilities->iaris);
    g_free(capabilities->instance);
    g_free(capabilities->pub_gruu);
    g_free(capabilities->temp_gruu);
}

static gsize
cost(const char *text)
{
    return strlen(text) + 16;
}

/* Takes `text` over. FALSE: there was no room for it. */
static gboolean
add_distinct(GPtrArray *texts, char *text)
{
    gsize all = cost(text);
    gboolean known = !*text;

    for (guint i = 0; i < texts->len && !known; i++) {
        known = strcmp(g_ptr_array_index(texts, i), text) == 0;
        all += cost(g_ptr_array_index(texts, i));
    }
    if (known || all > OM_CAPABILITIES_BYTES)
        g_free(text);
    else
        g_ptr_array_add(texts, text);
    return known || all <= OM_CAPABILITIES_BYTES;
}

static void
take(struct om_capabilities *capabilities, GPtrArray *texts, char *text)
{
    capabilities->left_out |= !add_distinct(texts, text);
}

void
om_add_distinct(GPtrArray *texts, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        add_distinct(texts, g_strdup(g_ptr_array_index(more, i)));
}

static void
add_service(const struct om_options *options, struct om_slice text, enum om_service_kind otherwise,
            struct om_capabilities *capabilities)
{
    struct om_service_urn urn;
    enum om_service_kind kind;

    om_service_urn_parse(text, &urn);
    kind = urn.kind == OM_SERVICE_UNKNOWN ? otherwise : urn.kind;
    if (om_service_urn_is_push(&urn, options->icsis))
        capabilities->push = TRUE;
    if (urn.urn)
        take(capabilities, kind == OM_SERVICE_IARI ? capabilities->iaris : capabilities->icsis, g_strdup(urn.urn));
    om_service_urn_clear(&urn);
}

static void
add_value(const struct om_options *options, enum om_feature_tag_id id, struct om_slice text,
          struct om_capabilities *capabilities)
{
    switch (id) {
    case OM_TAG_PUSH_EVENT_APP:
        capabilities->push |= text.l > 0;
        take(capabilities, capabilities->event_apps, om_slice_dup_unescaped(text));
        break;
    case OM_TAG_ICSI_REF:
        add_service(options, text, OM_SERVICE_ICSI, capabilities);
        break;
    case OM_TAG_IARI_REF:
        add_service(options, text, OM_SERVICE_IARI, capabilities);
        break;
    case OM_TAG_INSTANCE:
        if (!capabilities->instance)
            capabilities->instance = om_slice_dup_unescaped(text);
        break;
    default:
        break;
    }
}

static void
add_tag(const struct om_options *options, const struct om_feature_tag *tag, struct om_capabilities *capabilities)
{
    struct om_slice rest = tag->values;
    struct om_feature_value value;

    if (!rest.p) {
        /* The tag alone says TRUE (RFC 3840 section 9): able to push, for an application not told. */
        capabilities->push |= tag->id == OM_TAG_PUSH_EVENT_APP;
        return;
    }
    /* A URI may hold commas: it is no list. */
    if (tag->id == OM_TAG_PUB_GRUU && !capabilities->pub_gruu)
        capabilities->pub_gruu = om_slice_dup_utf8(rest);
    else if (tag->id == OM_TAG_TEMP_GRUU && !capabilities->temp_gruu)
        capabilities->temp_gruu = om_slice_dup_utf8(rest);
    else if (tag->id >= OM_TAG_PUSH_EVENT_APP && tag->id <= OM_TAG_INSTANCE)
        while (om_feature_value_next(&rest, &value)) {
            if (!value.negated)
                add_value(options, tag->id, value.text, capabilities);
        }
}

static void
add_tags(const struct om_options *options, struct om_slice header_value, struct om_capabilities *capabilities)
{
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;

    om_feature_tag_begin(&it, header_value);
    while (om_feature_tag_next(&it, &tag))
        add_tag(options, &tag, capabilities);
}

static void
add_services(const struct om_options *options, struct om_slice header_value, struct om_capabilities *capabilities)
{
    struct om_slice rest = header_value;
    struct om_slice service;

    while (om_sip_list_next(&rest, &service))
        add_service(options, service, OM_SERVICE_ICSI, capabilities);
}

void
om_capabilities_read(const struct om_options *options, const struct om_sip_msg *msg,
                     struct om_capabilities *capabilities)
{
    begin(capabilities);
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);

        if (header->id == OM_SIP_H_CONTACT || header->id == OM_SIP_H_ACCEPT_CONTACT)
            add_tags(options, header->value, capabilities);
        else if (header->id == OM_SIP_H_P_PREFERRED_SERVICE || header->id == OM_SIP_H_P_ASSERTED_SERVICE)
            add_services(options, header->value, capabilities);
    }
}

void
om_capabilities_read_contacts(const struct om_options *options, const struct om_sip_msg *msg,
                              struct om_capabilities *capabilities)
{
    begin(capabilities);
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);

        if (header->id == OM_SIP_H_CONTACT)
            add_tags(options, header->value, capabilities);
    }
}

void
om_capabilities_read_contact(const struct om_options *options, struct om_slice contact,
                             struct om_capabilities *capabilities)
{
    begin(capabilities);
    add_tags(options, contact, capabilities);
}
