/* test_feature_tag.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/feature_tag.h"

#include "core/text/visible.h"
#include "core/sip/sip_msg.h"

#include "support/appendix_b.h"
#include "support/assert_slice.h"

#define UUID "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
#define ICSI "urn%3Aurn-7%3A3gpp-service.ims.icsi.omapush"
#define LQ   "\xe2\x80\x9c"
#define RQ   "\xe2\x80\x9d"

struct want {
    enum om_feature_tag_id id;
    const char *name;
    const char *values; /* NULL: a flag */
    guint flaws;
};

static void
assert_tags(struct om_slice header, const struct want *want, gsize n)
{
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;

    om_feature_tag_begin(&it, header);
    for (gsize i = 0; i < n && want[i].name; i++) {
        g_assert_true(om_feature_tag_next(&it, &tag));
        assert_slice(tag.name, want[i].name);
        assert_slice(tag.values, want[i].values);
        g_assert_cmpint(tag.id, ==, want[i].id);
        g_assert_cmphex(tag.flaws, ==, want[i].flaws);
        g_assert_true(tag.text.p == tag.name.p);
        g_assert_true(tag.text.p >= header.p && tag.text.p + tag.text.l <= header.p + header.l);
    }
    g_assert_false(om_feature_tag_next(&it, &tag));
}

/* RFC 3840 section 9, RFC 3841 section 9, RFC 5626, TS 24.229: no flaw in any. */
static void
test_legal(void)
{
    static const struct {
        const char *header;
        struct want tags[5];
    } rows[] = {
        {"*;+g.oma.pusheventapp=\"mms.ua\"", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", 0}}},
        {"*;+g.oma.pusheventapp=\"<mms.ua>\"", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "<mms.ua>", 0}}},
        {"*;+g.oma.pusheventapp=\"!wml.ua,mms.ua\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "!wml.ua,mms.ua", 0}}},
        {"* ; +G.OMA.PushEventApp\r\n = \r\n \"mms.ua\" ;require ; explicit",
         {{OM_TAG_PUSH_EVENT_APP, "+G.OMA.PushEventApp", "mms.ua", 0},
          {OM_TAG_OTHER, "require", NULL, 0},
          {OM_TAG_OTHER, "explicit", NULL, 0}}},
        {"<sip:user@192.0.2.4>;+sip.instance=\"<" UUID ">\";+g.oma.pusheventapp=\"mms.ua\";expires=3600",
         {{OM_TAG_INSTANCE, "+sip.instance", "<" UUID ">", 0},
          {OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", 0},
          {OM_TAG_EXPIRES, "expires", "3600", 0}}},
        {"\"Mr. Watson; Bob, Jr\" <sip:watson@x;p=\"a;b,c\">;q=0.7;+g.3gpp.icsi-ref=\"" ICSI "\","
         "sip:b@c;+g.3gpp.iari-ref=\"urn%3Aurn-7%3A3gpp-application.ims.iari.x\"",
         {{OM_TAG_OTHER, "q", "0.7", 0},
          {OM_TAG_ICSI_REF, "+g.3gpp.icsi-ref", ICSI, 0},
          {OM_TAG_IARI_REF, "+g.3gpp.iari-ref", "urn%3Aurn-7%3A3gpp-application.ims.iari.x", 0}}},
        {"<sip:u1@h.example.com>;audio;video;mobility=\"fixed\";+sip.message=\"TRUE\";other-param=66372",
         {{OM_TAG_OTHER, "audio", NULL, 0},
          {OM_TAG_OTHER, "video", NULL, 0},
          {OM_TAG_OTHER, "mobility", "fixed", 0},
          {OM_TAG_OTHER, "+sip.message", "TRUE", 0},
          {OM_TAG_OTHER, "other-param", "66372", 0}}},
        {"*;methods=\"!INVITE,BYE\";priority=\"#<=20,#5:10\"",
         {{OM_TAG_OTHER, "methods", "!INVITE,BYE", 0}, {OM_TAG_OTHER, "priority", "#<=20,#5:10", 0}}},
        {"*;+g.x=\"say \\\"a;b=c\\\", ok\";+g.y=\"z\"",
         {{OM_TAG_OTHER, "+g.x", "say \\\"a;b=c\\\", ok", 0}, {OM_TAG_OTHER, "+g.y", "z", 0}}},
        {"<sip:a@b>;pub-gruu=\"sip:c@d;gr=" UUID "\";temp-gruu=\"sip:tgruu.7h@d;gr\";reg-id=1",
         {{OM_TAG_PUB_GRUU, "pub-gruu", "sip:c@d;gr=" UUID, 0},
          {OM_TAG_TEMP_GRUU, "temp-gruu", "sip:tgruu.7h@d;gr", 0},
          {OM_TAG_OTHER, "reg-id", "1", 0}}},
        {"*;+g.oma.pusheventapp=\"mms.ua\",*;+g.oma.pusheventapp=\"wml.ua\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", 0},
          {OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "wml.ua", 0}}},
        {"*;+g.oma.pusheventapp", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", NULL, 0}}},
        {"*;+g.oma.pusheventapp=\"\"", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "", 0}}},
        {"<sip:a@b>;+g.x=\"it's " LQ "so" RQ " they say\"",
         {{OM_TAG_OTHER, "+g.x", "it's " LQ "so" RQ " they say", 0}}},
        {"*", {{0, NULL, NULL, 0}}},
        {"<sip:a@b>", {{0, NULL, NULL, 0}}},
        {" , ;; , ", {{0, NULL, NULL, 0}}},
        {"", {{0, NULL, NULL, 0}}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].header);
        assert_tags(om_slice_str(rows[i].header), rows[i].tags, G_N_ELEMENTS(rows[i].tags));
    }
}

static void
test_illegal(void)
{
    static const struct {
        const char *header;
        struct want tags[5];
    } rows[] = {
        /* names */
        {"*;g.oma.pusheventapp=\"mms.ua\"", {{OM_TAG_PUSH_EVENT_APP, "g.oma.pusheventapp", "mms.ua", OM_TAG_NO_PLUS}}},
        {"*;g.3gpp.icsi_ref=\"" ICSI "\"", {{OM_TAG_ICSI_REF, "g.3gpp.icsi_ref", ICSI, OM_TAG_NO_PLUS | OM_TAG_NAME}}},
        {"*;+g.3gpp.iari_ref=\"x\"", {{OM_TAG_IARI_REF, "+g.3gpp.iari_ref", "x", OM_TAG_NAME}}},
        {"*;+g.oma@x=\"x\"", {{OM_TAG_OTHER, "+g.oma@x", "x", OM_TAG_NAME}}},
        {"*;sip.instance=\"<" UUID ">\"", {{OM_TAG_INSTANCE, "sip.instance", "<" UUID ">", OM_TAG_NO_PLUS}}},
        {"*;+9x=\"x\"", {{OM_TAG_OTHER, "+9x", "x", OM_TAG_NAME}}},
        /* quotes */
        {"*;+g.oma.pusheventapp=\"mms.ua" RQ " ",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=" LQ "mms.ua" RQ ";require",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}, {OM_TAG_OTHER, "require", NULL, 0}}},
        {"*;+g.oma.pusheventapp=" LQ "mms.ua\";require",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}, {OM_TAG_OTHER, "require", NULL, 0}}},
        {"*;+g.oma.pusheventapp=" RQ "mms.ua" RQ,
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp='mms.ua'", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp='mms.ua,wml.ua';require",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua,wml.ua", OM_TAG_QUOTES},
          {OM_TAG_OTHER, "require", NULL, 0}}},
        {"*;+g.oma.pusheventapp=\xe2\x80\x98mms.ua\xe2\x80\x99",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=mms.ua;expires=5",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES},
          {OM_TAG_EXPIRES, "expires", "5", 0}}},
        {"*;+g.oma.pusheventapp=mms.ua,wml.ua;require",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua,wml.ua", OM_TAG_QUOTES},
          {OM_TAG_OTHER, "require", NULL, 0}}},
        {"*;+g.oma.pusheventapp=mms.ua,*;+g.oma.pusheventapp=wml.ua",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES},
          {OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "wml.ua", OM_TAG_QUOTES}}},
        {"<sip:a@b>;+g.oma.pusheventapp=mms.ua, Bob <sip:c@d>;q=1",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}, {OM_TAG_OTHER, "q", "1", 0}}},
        {"*;+g.oma.pusheventapp=<mms.ua>", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "<mms.ua>", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=mms.ua\"", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=mms.ua" RQ, {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=\"mms.ua", {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=\"\"mms.ua\"\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES}}},
        {"*;+g.oma.pusheventapp=\"mms.ua; +g.3gpp.icsi-ref=\"" ICSI "\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES},
          {OM_TAG_ICSI_REF, "+g.3gpp.icsi-ref", ICSI, 0}}},
        {"*;+g.oma.pusheventapp=\"mms.ua'; +g.3gpp.icsi-ref=\"" ICSI "\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES},
          {OM_TAG_ICSI_REF, "+g.3gpp.icsi-ref", ICSI, 0}}},
        {"<sip:a@b>;+g.oma.pusheventapp=\"mms.ua, <sip:c@d>;expires=\"5\"",
         {{OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_QUOTES},
          {OM_TAG_EXPIRES, "expires", "5", 0}}},
        {"*;+g.x=" LQ "mms.ua;+g.y=" LQ "wml.ua" RQ,
         {{OM_TAG_OTHER, "+g.x", "mms.ua", OM_TAG_QUOTES}, {OM_TAG_OTHER, "+g.y", "wml.ua", OM_TAG_QUOTES}}},
        {"*;+g.x=\"a\"b\";+g.y=\"c\"", {{OM_TAG_OTHER, "+g.x", "a", OM_TAG_QUOTES}, {OM_TAG_OTHER, "+g.y", "c", 0}}},
        {"*;methods=INVITE", {{OM_TAG_OTHER, "methods", "INVITE", OM_TAG_QUOTES}}},
        {"*;+g.x=", {{OM_TAG_OTHER, "+g.x", "", OM_TAG_QUOTES}}},
        {"<sip:a@b>;expires=\"60" RQ, {{OM_TAG_EXPIRES, "expires", "60", OM_TAG_QUOTES}}},
        /* separators */
        {"*; +g.3gpp.icsi-ref=\"" ICSI "\", +g.oma.pusheventapp=\"mms.ua\"",
         {{OM_TAG_ICSI_REF, "+g.3gpp.icsi-ref", ICSI, 0},
          {OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_SEPARATOR}}},
        {"*; +g.3gpp.icsi-ref=\"" ICSI "\" +g.oma.pusheventapp=\"mms.ua\"",
         {{OM_TAG_ICSI_REF, "+g.3gpp.icsi-ref", ICSI, 0},
          {OM_TAG_PUSH_EVENT_APP, "+g.oma.pusheventapp", "mms.ua", OM_TAG_NO_SEPARATOR}}},
        {"*, +g.x, audio;require",
         {{OM_TAG_OTHER, "+g.x", NULL, OM_TAG_SEPARATOR},
          {OM_TAG_OTHER, "audio", NULL, OM_TAG_SEPARATOR},
          {OM_TAG_OTHER, "require", NULL, 0}}},
        {"* +g.x=\"y\"", {{OM_TAG_OTHER, "+g.x", "y", OM_TAG_NO_SEPARATOR}}},
        {"+g.x=\"y\"", {{OM_TAG_OTHER, "+g.x", "y", 0}}},
        {"<sip:a@b;+g.x=\"<y>\";q=1,<sip:c@d>;q=2",
         {{OM_TAG_OTHER, "+g.x", "<y>", 0}, {OM_TAG_OTHER, "q", "1", 0}, {OM_TAG_OTHER, "q", "2", 0}}},
        {"\"Bob <sip:a@b>;+g.x=\"y\"", {{OM_TAG_OTHER, "+g.x", "y", 0}}},
        {LQ "Smith, Bob" RQ " <sip:a@b>;+g.x=\"y\"", {{OM_TAG_OTHER, "+g.x", "y", 0}}},
        {"*;=x;<y>;\"z\";+g.x=\"y\"", {{OM_TAG_OTHER, "+g.x", "y", 0}}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].header);
        assert_tags(om_slice_str(rows[i].header), rows[i].tags, G_N_ELEMENTS(rows[i].tags));
    }
}

/* Number of tags of that kind in all headers of a message, and all their flaws. */
static guint
count_tags(const char *text, enum om_feature_tag_id id, guint *flaws)
{
    struct om_sip_msg msg;
    guint n = 0;

    *flaws = 0;
    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    for (guint i = 0; i < msg.headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg.headers, struct om_sip_header, i);
        struct om_feature_tag_iter it;
        struct om_feature_tag tag;

        if (header->id != OM_SIP_H_CONTACT && header->id != OM_SIP_H_ACCEPT_CONTACT)
            continue;
        om_feature_tag_begin(&it, header->value);
        while (om_feature_tag_next(&it, &tag)) {
            if (tag.id != id)
                continue;
            n++;
            *flaws |= tag.flaws;
            if (id == OM_TAG_PUSH_EVENT_APP)
                g_assert_true(om_slice_ieq_str(tag.values, "mms.ua") || om_slice_ieq_str(tag.values, "wml.ua"));
            if (id == OM_TAG_ICSI_REF)
                g_assert_true(om_slice_find(tag.values, 0, OM_SLICE_LIT("%3A3gpp-service.ims.icsi.omapush")) > 0);
            if (id == OM_TAG_INSTANCE)
                assert_slice(tag.values, "<" UUID ">");
        }
    }
    om_sip_msg_clear(&msg);
    return n;
}

static void
test_appendix_b(void)
{
    static const struct {
        guint apps, icsis, instances, gruus;
        guint app_flaws, icsi_flaws; /* as printed */
    } rows[] = {
        {1, 0, 1, 0, OM_TAG_QUOTES, 0},
        {0, 0, 1, 2, 0, 0},
        {0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0},
        {1, 1, 0, 0, OM_TAG_QUOTES | OM_TAG_SEPARATOR, OM_TAG_NAME},
        {1, 1, 0, 0, OM_TAG_QUOTES, OM_TAG_NAME},
        {0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0},
        {2, 2, 0, 0, OM_TAG_QUOTES, OM_TAG_NAME},
        {2, 2, 0, 0, OM_TAG_QUOTES, OM_TAG_NAME},
        {1, 1, 0, 0, OM_TAG_QUOTES, OM_TAG_NAME},
        {1, 1, 0, 0, OM_TAG_QUOTES, OM_TAG_NAME},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *const texts[] = {appendix_b[i].printed, appendix_b[i].corrected};

        for (gsize t = 0; t < G_N_ELEMENTS(texts); t++) {
            guint flaws;

            g_test_message("%s", appendix_b[i].what);
            g_assert_cmpuint(count_tags(texts[t], OM_TAG_PUSH_EVENT_APP, &flaws), ==, rows[i].apps);
            g_assert_cmphex(flaws, ==, t == 0 ? rows[i].app_flaws : 0);
            g_assert_cmpuint(count_tags(texts[t], OM_TAG_ICSI_REF, &flaws), ==, rows[i].icsis);
            g_assert_cmphex(flaws, ==, t == 0 ? rows[i].icsi_flaws : 0);
            g_assert_cmpuint(count_tags(texts[t], OM_TAG_INSTANCE, &flaws), ==, rows[i].instances);
            g_assert_cmphex(flaws, ==, 0);
            g_assert_cmpuint(count_tags(texts[t], OM_TAG_PUB_GRUU, &flaws) +
                                 count_tags(texts[t], OM_TAG_TEMP_GRUU, &flaws),
                             ==, rows[i].gruus);
        }
    }
}

/* Compact names, several lines of one header, folds, a comma list, any case. */
static void
test_header_lines(void)
{
    static const char text[] = "MESSAGE sip:b@x SIP/2.0\r\n"
                               "f: <sip:a@x>;tag=1\r\nt: <sip:b@x>\r\ni: 1@x\r\nCSeq: 1 MESSAGE\r\n"
                               "a: *;+g.oma.pusheventapp=\"mms.ua\"\r\n"
                               "ACCEPT-CONTACT: *;require\r\n\t;+g.oma.pusheventapp=\r\n \"wml.ua\", "
                               "*;+G.OMA.PUSHEVENTAPP=\"loc%2Eua\"\r\n"
                               "j: *;+g.oma.pusheventapp=\"!drm.ua\"\r\n"
                               "M: <sip:a@x>;+g.oma.pusheventapp=\"<emn.ua>\"\r\n"
                               "Allow: +g.oma.pusheventapp=\"none.ua\"\r\n"
                               "l: 0\r\n\r\n";
    static const char *const want[] = {"mms.ua", "wml.ua", "loc.ua", "drm.ua", "emn.ua"};
    gsize n = 0;
    struct om_sip_msg msg;

    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    for (guint i = 0; i < msg.headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg.headers, struct om_sip_header, i);
        struct om_feature_tag_iter it;
        struct om_feature_tag tag;

        if (header->id != OM_SIP_H_CONTACT && header->id != OM_SIP_H_ACCEPT_CONTACT &&
            header->id != OM_SIP_H_REJECT_CONTACT)
            continue;
        om_feature_tag_begin(&it, header->value);
        while (om_feature_tag_next(&it, &tag)) {
            struct om_feature_value value;
            char *app;

            g_assert_cmphex(tag.flaws, ==, 0);
            if (tag.id != OM_TAG_PUSH_EVENT_APP)
                continue;
            g_assert_true(om_feature_value_next(&tag.values, &value));
            g_assert_cmpint(value.negated, ==, header->id == OM_SIP_H_REJECT_CONTACT);
            g_assert_cmpint(value.string_form, ==, header->id == OM_SIP_H_CONTACT);
            app = om_slice_dup_unescaped(value.text);
            g_assert_cmpuint(n, <, G_N_ELEMENTS(want));
            g_assert_cmpstr(app, ==, want[n++]);
            g_free(app);
        }
    }
    g_assert_cmpuint(n, ==, G_N_ELEMENTS(want));
    om_sip_msg_clear(&msg);
}

static void
test_values(void)
{
    static const struct {
        const char *values;
        struct {
            const char *text;
            gboolean negated;
            gboolean string_form;
        } want[4];
    } rows[] = {
        {"mms.ua", {{"mms.ua", FALSE, FALSE}}},
        {"<mms.ua>", {{"mms.ua", FALSE, TRUE}}},
        {"!wml.ua,mms.ua", {{"wml.ua", TRUE, FALSE}, {"mms.ua", FALSE, FALSE}}},
        {" ! wml.ua , mms.ua ", {{"wml.ua", TRUE, FALSE}, {"mms.ua", FALSE, FALSE}}},
        {"!<wml.ua>", {{"wml.ua", TRUE, TRUE}}},
        {"#=5", {{"#=5", FALSE, FALSE}}},
        {"#<=5,#>=3,#1:2,!#=4",
         {{"#<=5", FALSE, FALSE}, {"#>=3", FALSE, FALSE}, {"#1:2", FALSE, FALSE}, {"#=4", TRUE, FALSE}}},
        {"TRUE,FALSE", {{"TRUE", FALSE, FALSE}, {"FALSE", FALSE, FALSE}}},
        {"<a,b\\>c>,d", {{"a,b\\>c", FALSE, TRUE}, {"d", FALSE, FALSE}}},
        {"<" UUID ">", {{UUID, FALSE, TRUE}}},
        {"<open,b", {{"open", FALSE, TRUE}, {"b", FALSE, FALSE}}},
        {"<a>x,b", {{"a", FALSE, TRUE}, {"b", FALSE, FALSE}}},
        {",,a,,", {{"a", FALSE, FALSE}}},
        {"!", {{"", TRUE, FALSE}}},
        {"<>", {{"", FALSE, TRUE}}},
        {"", {{NULL, FALSE, FALSE}}},
        {" , ", {{NULL, FALSE, FALSE}}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice rest = om_slice_str(rows[i].values);
        struct om_feature_value value;

        g_test_message("%s", rows[i].values);
        for (gsize n = 0; n < G_N_ELEMENTS(rows[i].want) && rows[i].want[n].text; n++) {
            g_assert_true(om_feature_value_next(&rest, &value));
            assert_slice(value.text, rows[i].want[n].text);
            g_assert_cmpint(value.negated, ==, rows[i].want[n].negated);
            g_assert_cmpint(value.string_form, ==, rows[i].want[n].string_form);
        }
        g_assert_false(om_feature_value_next(&rest, &value));
    }
}

static guint
walk(struct om_slice header)
{
    struct om_feature_tag_iter it;
    struct om_feature_tag tag;
    guint n = 0;

    om_feature_tag_begin(&it, header);
    while (om_feature_tag_next(&it, &tag)) {
        struct om_slice rest = tag.values;
        struct om_feature_value value;

        while (om_feature_value_next(&rest, &value))
            g_assert_cmpuint(value.text.l, <=, tag.values.l);
        g_assert_cmpuint(tag.values.l, <=, tag.text.l);
        n++;
    }
    return n;
}

/* Every prefix in a block of exactly its size: for the address sanitizer. */
static void
test_prefixes(void)
{
    static const char *const texts[] = {
        "\"Bob, \\\"Jr\\\"\" <sip:a@b;p=\"x,y\">;+g.3gpp.icsi_ref=\"" ICSI "\", +g.oma.pusheventapp=\"mms.ua" RQ
        " ;q=1,*;x",
        LQ "Bob" RQ " <sip:a@b>;+g.x='a\\'b;c=d' ;+g.y=" LQ "!<a\\>,b>,#=5\";+g.z=a,b\";+g.w=\"open;v=\"u\"",
        "*;+g.x=<a,b> +g.y",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i]); n++) {
            char *block = g_memdup2(texts[i], n);

            g_assert_cmpuint(walk(om_slice(block, n)), <=, 6);
            g_free(block);
        }
    }
}

static void
test_many(void)
{
    GString *text = g_string_new("*");

    for (guint i = 0; i < 20000; i++)
        g_string_append_printf(text, ";+g.x%u=\"a,b\"", i);
    g_assert_cmpuint(walk(om_slice(text->str, text->len)), ==, 20000);
    g_string_free(text, TRUE);
}

/* A great deal of one thing: a quadratic step anywhere would take a minute. */
static void
test_bait(void)
{
    static const char *const baits[] = {
        ",",        "\"",       "<",       ";",        "; ",         "'",       ";a='", ";a=\"", ";a=<", ";a=" LQ,
        "=",        ";a=b,c",   " a",      ",\"",      ",<",         ",\"\\",   "\\\"", "\" ",   RQ " ", "' a",
        ";a=b\" c", ";a='\"",   ";a=\"'x", "<a=\",",   ";a=" LQ "'", ";a=\\\"", ",x",   ";x",    "*,",   " +a=",
        "a b",      ";a=\" b=", ";a= ",    ";a=\"b;c", ";a='b;c=\"", ";a=b  ",  "<\\",  "!<,",   LQ ",", ",'",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(baits); i++) {
        GString *text = g_string_new("*;a=\"");
        struct om_slice rest;
        struct om_feature_value value;

        while (text->len < 200000)
            g_string_append(text, baits[i]);
        for (gsize from = 0; from <= 5; from++)
            walk(om_slice_from(om_slice(text->str, text->len), from));
        rest = om_slice(text->str, text->len);
        while (om_feature_value_next(&rest, &value))
            g_assert_cmpuint(value.text.l, <=, text->len);
        g_string_free(text, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/feature_tag/legal", test_legal);
    g_test_add_func("/feature_tag/illegal", test_illegal);
    g_test_add_func("/feature_tag/appendix-b", test_appendix_b);
    g_test_add_func("/feature_tag/header-lines", test_header_lines);
    g_test_add_func("/feature_tag/values", test_values);
    g_test_add_func("/feature_tag/prefixes", test_prefixes);
    g_test_add_func("/feature_tag/many", test_many);
    g_test_add_func("/feature_tag/bait", test_bait);
    return g_test_run();
}
