/* sip_view.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_view.h"

#include <epan/exceptions.h>
#include <epan/show_exception.h>

#include "core/sip/feature_tag.h"
#include "core/text/multipart.h"
#include "core/text/visible.h"
#include "core/push/omna.h"
#include "core/sip/service_urn.h"
#include "core/sip/sip_uri.h"
#include "body_view.h"
#include "wireshark/glue/foreign.h"
#include "object_view.h"
#include "push_tree.h"
#include "push_view.h"
#include "sdp_view.h"
#include "session_view.h"

static int hf_omapush_event_app = -1;
static int hf_omapush_icsi = -1;
static int hf_omapush_iari = -1;
static int hf_omapush_instance = -1;
static int hf_omapush_gruu_public = -1;
static int hf_omapush_gruu_temporary = -1;
static int hf_omapush_called_party = -1;
static int hf_omapush_asserted_identity = -1;

/** What the functions of this file hand on: where the message stands. */
struct where {
    tvbuff_t *tvb;
    gint start;
    const char *base; /* the message's first byte: offsets count from here */
    packet_info *pinfo;
    struct om_slice header; /* name of the one at hand */
};

/* An item with the bytes it comes from highlighted. Takes the string. */
static proto_item *
add_string(const struct where *where, proto_tree *tree, int field, struct om_slice from, char *text)
{
    const char *value = omapush_pooled(where->pinfo, text);

    if (!value || !om_slice_isset(from))
        return NULL;
    return proto_tree_add_string(tree, field, where->tvb, where->start + (gint) (from.p - where->base), (gint) from.l,
                                 value);
}

/* Values that several headers may have say which one they are of. */
static void
append_header(const struct where *where, proto_item *item)
{
    char *name = om_slice_dup_utf8(where->header);

    if (name && *name)
        proto_item_append_text(item, ", in %s", name);
    g_free(name);
}

/* --- feature tags --- */

static void
add_event_app(const struct where *where, proto_tree *tree, struct om_slice text)
{
    const struct om_push_app *app;
    const char *name = omapush_pooled(where->pinfo, om_slice_dup_unescaped(text));
    proto_item *item = add_string(where, tree, hf_omapush_event_app, text, g_strdup(name));

    app = om_push_app_find(om_slice_str(name));
    if (app && app->what)
        proto_item_append_text(item, " (%s)", app->what);
    append_header(where, item);
}

static void
add_service(const struct where *where, proto_tree *tree, struct om_slice text)
{
    struct om_service_urn urn;
    char *value;
    int field;

    om_service_urn_parse(text, &urn);
    field = urn.kind == OM_SERVICE_IARI ? hf_omapush_iari : hf_omapush_icsi;
    value = g_strdup(urn.urn);
    om_service_urn_clear(&urn);
    append_header(where, add_string(where, tree, field, text, value));
}

static struct om_slice
without_angles(struct om_slice text)
{
    text = om_slice_trim(text);
    if (text.l >= 2 && text.p[0] == '<' && text.p[text.l - 1] == '>')
        return om_slice(text.p + 1, text.l - 2);
    return text;
}

static void
view_tag(const struct where *where, proto_tree *tree, const struct om_feature_tag *tag)
{
    struct om_slice rest = tag->values;
    struct om_feature_value value;

    switch (tag->id) {
    case OM_TAG_PUSH_EVENT_APP:
        while (om_feature_value_next(&rest, &value))
            add_event_app(where, tree, value.text);
        break;
    case OM_TAG_ICSI_REF:
    case OM_TAG_IARI_REF:
        while (om_feature_value_next(&rest, &value))
            add_service(where, tree, value.text);
        break;
    case OM_TAG_INSTANCE:
        add_string(where, tree, hf_omapush_instance, tag->values, om_slice_dup_utf8(without_angles(tag->values)));
        break;
    case OM_TAG_PUB_GRUU:
        add_string(where, tree, hf_omapush_gruu_public, tag->values, om_slice_dup_utf8(tag->values));
        break;
    case OM_TAG_TEMP_GRUU:
        add_string(where, tree, hf_omapush_gruu_temporary, tag->values, om_slice_dup_utf8(tag->values));
        break;
    default:
        break;
    }
}

static void
view_tags(const struct where *where, proto_tree *tree, struct om_slice header_value)
{
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;

    om_feature_tag_begin(&it, header_value);
    while (om_feature_tag_next(&it, &tag))
        view_tag(where, tree, &tag);
}

static void
view_services(const struct where *where, proto_tree *tree, struct om_slice header_value)
{
    struct om_slice rest = header_value, element;

    while (om_sip_list_next(&rest, &element)) {
        if (element.l)
            add_service(where, tree, element);
    }
}

/* Which kind of GRUU an address is: with a value of gr a public one, without a temporary one (RFC 5627 section 3). */
static void
view_gruu(const struct where *where, proto_tree *tree, struct om_slice text)
{
    struct om_sip_addr addr;
    struct om_slice value;
    gboolean well_formed;

    om_sip_addr_parse(text, &addr);
    if (om_slice_isset(addr.uri) && om_sip_uri_gruu(addr.uri, &value, &well_formed))
        append_header(where, add_string(where, tree, value.l ? hf_omapush_gruu_public : hf_omapush_gruu_temporary,
                                        addr.uri, om_slice_dup_utf8(addr.uri)));
}

static void
view_header(const struct where *where, proto_tree *tree, const struct om_sip_header *header)
{
    switch (header->id) {
    case OM_SIP_H_CONTACT:
    case OM_SIP_H_ACCEPT_CONTACT:
    case OM_SIP_H_REJECT_CONTACT:
        view_tags(where, tree, header->value);
        if (header->id == OM_SIP_H_CONTACT)
            view_gruu(where, tree, header->value);
        break;
    case OM_SIP_H_P_PREFERRED_SERVICE:
    case OM_SIP_H_P_ASSERTED_SERVICE:
        view_services(where, tree, header->value);
        break;
    case OM_SIP_H_P_ASSERTED_IDENTITY:
        add_string(where, tree, hf_omapush_asserted_identity, header->value, om_slice_dup_utf8(header->value));
        break;
    case OM_SIP_H_P_CALLED_PARTY_ID:
        add_string(where, tree, hf_omapush_called_party, header->value, om_slice_dup_utf8(header->value));
        view_gruu(where, tree, header->value);
        break;
    default:
        break;
    }
}

static void
view_headers(struct where *where, proto_tree *tree, const struct om_sip_msg *msg)
{
    for (guint i = 0; i < msg->headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg->headers, struct om_sip_header, i);

        where->header = header->name;
        view_header(where, tree, header);
    }
}

/* --- session, object, body --- */

/* Between a request and its answer, of which each may be on several hops: the link leads to the first. */
static proto_item *
view_link(const struct where *where, proto_tree *tree, gboolean answer, guint32 request_frame, guint32 answer_frame)
{
    guint32 other = answer ? request_frame : answer_frame;

    if (!other || other == where->pinfo->num)
        return NULL;
    return answer ? omapush_request_link(where->tvb, tree, other) : omapush_answer_link(where->tvb, tree, other);
}

/* Which session, which object, is it right: in this order, and before all details. */
static void
view_matter(const struct where *where, proto_tree *tree, const struct om_sip_record *record, gboolean answer,
            proto_item *behind)
{
    const struct om_registration *registration = om_sip_record_registration(record);
    const struct om_session *session = om_sip_record_session(record);
    struct om_object *object;
    proto_item *item = NULL;

    if (session && om_session_id(session))
        item = omapush_session_view(where->tvb, where->pinfo, tree, session);
    if (registration)
        item = view_link(where, tree, answer, om_registration_frame(registration),
                         om_registration_answer_frame(registration));
    for (guint i = 0; (object = om_sip_record_object(record, i)); i++) {
        item = omapush_object_view(where->tvb, where->pinfo, tree, object,
                                   !answer && om_object_last_frame(object) == where->pinfo->num);
        view_link(where, tree, answer, om_object_first_frame(object), om_object_answer_frame(object));
    }
    omapush_remarks_behind(where->pinfo, tree, item ? item : behind);
}

/* The bytes of an entity: in the message, or decoded from it. */
static tvbuff_t *
entity_tvb(const struct where *where, const struct om_sip_msg *msg, const struct om_entity *entity)
{
    const guint8 *copy;
    tvbuff_t *made;

    if (!entity->decoded_all && !entity->decoded_part)
        return tvb_new_subset_length(where->tvb, where->start + (gint) (entity->bytes.p - msg->text.p),
                                     (gint) entity->bytes.l);
    copy = wmem_memdup(where->pinfo->pool, entity->bytes.p, entity->bytes.l);
    made = tvb_new_child_real_data(where->tvb, copy, (guint) entity->bytes.l, (gint) entity->bytes.l);
    add_new_data_source(where->pinfo, made, "Decoded push object");
    return made;
}

/* What stock's dissectors did not show: CPIM, types they do not know, parts whose transfer encoding they leave on, and
 * all of a body that was given up for a bad Content-Length. */
static void
view_message_body(const struct where *where, proto_tree *tree, proto_tree *whole, const struct om_sip_msg *msg)
{
    GArray *entities;

    if (!msg->request || !msg->body.l)
        return;
    entities = om_sip_entities(msg);
    omapush_free_later(where->pinfo, (GDestroyNotify) g_array_unref, entities);
    for (guint i = 0; i < entities->len; i++) {
        const struct om_entity *entity = &g_array_index(entities, struct om_entity, i);

        if (entity->decoded_part || !omapush_body_shown(where->pinfo))
            omapush_body_view(entity_tvb(where, msg, entity), where->pinfo, tree, whole, entity->content_type,
                              !entity->decoded_part && omapush_media_seen(entity->content_type, where->pinfo));
    }
}

static void
view_sdp(const struct where *where, proto_tree *tree, const struct om_sip_msg *msg)
{
    struct om_slice text = msg->body;
    struct om_part part;

    if (om_multipart_find(msg->content_type, msg->body, "application/sdp", &part))
        text = part.body;
    omapush_sdp_view(where->tvb, where->start + (gint) (text.p - where->base), where->pinfo, tree, text);
}

/* Not inlined: its variables would be those of the function that has the TRY, and longjmp() may clobber them. */
static G_GNUC_NO_INLINE void
view_push(const struct omapush_sip_message *message, packet_info *pinfo, proto_tree *tree,
          const struct om_sip_record *record, const struct om_sip_start *start)
{
    const struct om_sip_msg *msg = &message->msg;
    struct where where = {message->tvb, message->at, msg->text.p, pinfo, OM_SLICE_LIT("")};
    proto_tree *push_tree = omapush_push_tree(message->tvb, message->at, (gint) msg->text.l, pinfo, tree,
                                              omapush_sip_summary(pinfo, start, record));
    proto_item *item = omapush_procedure_view(message->tvb, push_tree, om_sip_record_procedure(record));

    view_matter(&where, push_tree, record, !msg->request, item);
    view_headers(&where, push_tree, msg);
    if (om_sip_record_exchange(record))
        view_sdp(&where, push_tree, msg);
    if (om_sip_record_object(record, 0))
        view_message_body(&where, push_tree, tree, msg);
}

void
omapush_sip_view(const struct omapush_sip_message *message, packet_info *pinfo, proto_tree *tree,
                 const struct om_sip_record *record, const struct om_sip_start *start)
{
    TRY
    {
        if (omapush_wants_tree(tree, proto_omapush))
            view_push(message, pinfo, tree, record, start);
        else if (tree)
            omapush_push_item(message->tvb, message->at, (gint) message->msg.text.l, pinfo, tree);
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS
    {
        show_exception(message->tvb, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
}

void
omapush_sip_view_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_event_app,
         {"Event app", "omapush.event_app", FT_STRING, BASE_NONE, NULL, 0x0,
          "Push resource identifier (g.oma.pusheventapp), decoded", HFILL}},
        {&hf_omapush_icsi,
         {"ICSI", "omapush.icsi", FT_STRING, BASE_NONE, NULL, 0x0,
          "IMS communication service identifier, percent-decoded", HFILL}},
        {&hf_omapush_iari,
         {"IARI", "omapush.iari", FT_STRING, BASE_NONE, NULL, 0x0,
          "IMS application reference identifier, percent-decoded", HFILL}},
        {&hf_omapush_instance,
         {"Instance", "omapush.instance", FT_STRING, BASE_NONE, NULL, 0x0, "+sip.instance", HFILL}},
        {&hf_omapush_gruu_public,
         {"Public GRUU", "omapush.gruu.public", FT_STRING, BASE_NONE, NULL, 0x0, "RFC 5627", HFILL}},
        {&hf_omapush_gruu_temporary,
         {"Temporary GRUU", "omapush.gruu.temporary", FT_STRING, BASE_NONE, NULL, 0x0, "RFC 5627", HFILL}},
        {&hf_omapush_called_party,
         {"Called party", "omapush.called_party", FT_STRING, BASE_NONE, NULL, 0x0, "P-Called-Party-ID", HFILL}},
        {&hf_omapush_asserted_identity,
         {"Asserted identity", "omapush.asserted_identity", FT_STRING, BASE_NONE, NULL, 0x0, "P-Asserted-Identity",
          HFILL}},
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
}
