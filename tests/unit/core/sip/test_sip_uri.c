/* test_sip_uri.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/sip_msg.h"
#include "core/sip/sip_uri.h"

#include "support/appendix_b.h"
#include "support/assert_slice.h"

#define UUID "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"

static void
test_addresses(void)
{
    static const struct {
        const char *text;
        const char *display;
        const char *uri;
        const char *bare;
        const char *params;
        guint flaws;
    } rows[] = {
        {"\"Bob\" <sip:user@domain.com>;tag=456248", "Bob", "sip:user@domain.com", "sip:user@domain.com", ";tag=456248",
         0},
        {"Bob <sip:user@domain.com>", "Bob", "sip:user@domain.com", "sip:user@domain.com", "", 0},
        {"<sip:psa.domain.com>;tag=49583", NULL, "sip:psa.domain.com", "sip:psa.domain.com", ";tag=49583", 0},
        {"sip:psa@domain.com", NULL, "sip:psa@domain.com", "sip:psa@domain.com", "", 0},
        {"sip:psa@domain.com ; tag = 49583", NULL, "sip:psa@domain.com", "sip:psa@domain.com", "; tag = 49583", 0},
        {"sip:psa@domain.com;user=phone;tag=4;x=y", NULL, "sip:psa@domain.com;user=phone", "sip:psa@domain.com",
         ";tag=4;x=y", 0},
        {"Bob <sip:user@domain.com;gr=" UUID ">", "Bob", "sip:user@domain.com;gr=" UUID, "sip:user@domain.com", "", 0},
        {"\"Smith; Bob, \\\"Jr\\\" <x>\" <sip:a@b;p=\"x,y>\">;tag=1", "Smith; Bob, \\\"Jr\\\" <x>",
         "sip:a@b;p=\"x,y>\"", "sip:a@b", ";tag=1", 0},
        {"<sip:a@b?Subject=x&to=c%40d>;tag=1", NULL, "sip:a@b?Subject=x&to=c%40d", "sip:a@b", ";tag=1", 0},
        {"<sip:user;par=u%40example.net@example.com;lr>", NULL, "sip:user;par=u%40example.net@example.com;lr",
         "sip:user;par=u%40example.net@example.com", "", 0},
        {"<sip:[2001:db8::10]:5061;transport=tcp>", NULL, "sip:[2001:db8::10]:5061;transport=tcp",
         "sip:[2001:db8::10]:5061", "", 0},
        {"<tel:+1-201-555-0123;phone-context=x>", NULL, "tel:+1-201-555-0123;phone-context=x", "tel:+1-201-555-0123",
         "", 0},
        {"sip:a@b <sip:c@d>", "sip:a@b", "sip:c@d", "sip:c@d", "", 0},
        {"*", NULL, "*", "*", "", 0},
        {"\"\" <sip:a@b>", "", "sip:a@b", "sip:a@b", "", 0},
        {"sip:a@b;+sip.instance=\"<" UUID ">\";expires=0", NULL, "sip:a@b", "sip:a@b",
         ";+sip.instance=\"<" UUID ">\";expires=0", 0},
        /* a feature tag's quotes are the tag's own matter */
        {"<sip:user@192.0.2.4>;+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d", NULL, "sip:user@192.0.2.4",
         "sip:user@192.0.2.4", ";+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d", 0},
        {"<sip:user@192.0.2.4>;+g.oma.pusheventapp=\"mms.ua", NULL, "sip:user@192.0.2.4", "sip:user@192.0.2.4",
         ";+g.oma.pusheventapp=\"mms.ua", 0},
        {"+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d", NULL, NULL, NULL, "+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d", 0},
        /* as Appendix B has them */
        {"\xe2\x80\x9c"
         "Bob\xe2\x80\x9d <sip:user@domain.com;tag=456248 ",
         "Bob", "sip:user@domain.com", "sip:user@domain.com", ";tag=456248",
         OM_SIP_ADDR_TYPOGRAPHIC | OM_SIP_ADDR_NO_RAQUOT},
        {"Bob <sip:user@domain.com", "Bob", "sip:user@domain.com", "sip:user@domain.com", "", OM_SIP_ADDR_NO_RAQUOT},
        {"<sip:psa.domain.com>;tag=49583>", NULL, "sip:psa.domain.com", "sip:psa.domain.com", ";tag=49583",
         OM_SIP_ADDR_STRAY_RAQUOT},
        {"user@domain.com", NULL, "user@domain.com", "user@domain.com", "", OM_SIP_ADDR_NO_SCHEME},
        {"sip:user@domain.com;gr=" UUID "\"", NULL, "sip:user@domain.com;gr=" UUID, "sip:user@domain.com", "",
         OM_SIP_ADDR_STRAY_QUOTE},
        {"sip:user@domain.com gr=" UUID "\"", NULL, "sip:user@domain.com gr=" UUID, "sip:user@domain.com", "",
         OM_SIP_ADDR_STRAY_QUOTE | OM_SIP_ADDR_NO_SEMICOLON},
        /* and others of that kind */
        {"\"Bob <sip:user@domain.com>;tag=1", "Bob", "sip:user@domain.com", "sip:user@domain.com", ";tag=1",
         OM_SIP_ADDR_STRAY_QUOTE},
        {"\"Bob\xe2\x80\x9d <sip:user@domain.com>", "Bob", "sip:user@domain.com", "sip:user@domain.com", "",
         OM_SIP_ADDR_TYPOGRAPHIC},
        {"\xe2\x80\x9c"
         "Bob\" <sip:user@domain.com>",
         "Bob", "sip:user@domain.com", "sip:user@domain.com", "", OM_SIP_ADDR_TYPOGRAPHIC},
        {"\"sip:user@domain.com\";tag=1", NULL, "sip:user@domain.com", "sip:user@domain.com", ";tag=1",
         OM_SIP_ADDR_STRAY_QUOTE},
        {"<sip:a@b\">;tag=1", NULL, "sip:a@b", "sip:a@b", ";tag=1", OM_SIP_ADDR_STRAY_QUOTE},
        {"<sip:a@b;x=\"open>;tag=1", NULL, "sip:a@b;x=\"open", "sip:a@b", ";tag=1", OM_SIP_ADDR_STRAY_QUOTE},
        {"<sip:a@b> tag=1", NULL, "sip:a@b", "sip:a@b", "tag=1", OM_SIP_ADDR_NO_SEMICOLON},
        {"<sip:a@b>;tag=1 x=2", NULL, "sip:a@b", "sip:a@b", ";tag=1 x=2", OM_SIP_ADDR_NO_SEMICOLON},
        {"<sip:a@b>;tag=1\"", NULL, "sip:a@b", "sip:a@b", ";tag=1\"", OM_SIP_ADDR_STRAY_QUOTE},
        {"<sip:a@b>;x=\"y\" z", NULL, "sip:a@b", "sip:a@b", ";x=\"y\" z", OM_SIP_ADDR_NO_SEMICOLON},
        {"<sip:a@b>>;tag=1", NULL, "sip:a@b", "sip:a@b", ";tag=1", OM_SIP_ADDR_STRAY_RAQUOT},
        {"sip:a@b>;tag=1", NULL, "sip:a@b", "sip:a@b", ";tag=1", OM_SIP_ADDR_STRAY_RAQUOT},
        {"<sip:user@192.0.2.4;+sip.instance=\"<" UUID ">\"", NULL, "sip:user@192.0.2.4", "sip:user@192.0.2.4",
         ";+sip.instance=\"<" UUID ">\"", OM_SIP_ADDR_NO_RAQUOT},
        {"Bob <>", "Bob", "", "", "", OM_SIP_ADDR_NO_SCHEME},
        {"", NULL, NULL, NULL, NULL, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sip_addr addr;

        g_test_message("%s", rows[i].text);
        om_sip_addr_parse(om_slice_str(rows[i].text), &addr);
        assert_slice(addr.display, rows[i].display);
        assert_slice(addr.uri, rows[i].uri);
        assert_slice(addr.bare_uri, rows[i].bare);
        assert_slice(addr.params, rows[i].params);
        g_assert_cmphex(addr.flaws, ==, rows[i].flaws);
    }
}

/* Flaws of all the addresses of a message: Request-URI, From, To, Contact, identities. */
static guint
message_flaws(const char *text)
{
    struct om_sip_msg msg;
    struct om_sip_addr addr;
    guint flaws;

    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    om_sip_addr_parse(msg.request_uri, &addr);
    flaws = addr.flaws;
    for (guint i = 0; i < msg.headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg.headers, struct om_sip_header, i);
        struct om_slice rest = header->value;
        struct om_slice element;

        if (header->id != OM_SIP_H_FROM && header->id != OM_SIP_H_TO && header->id != OM_SIP_H_CONTACT &&
            header->id != OM_SIP_H_P_ASSERTED_IDENTITY && header->id != OM_SIP_H_P_CALLED_PARTY_ID)
            continue;
        while (om_sip_list_next(&rest, &element)) {
            om_sip_addr_parse(element, &addr);
            flaws |= addr.flaws;
        }
    }
    om_sip_msg_clear(&msg);
    return flaws;
}

static void
test_appendix_b(void)
{
    static const guint printed[] = {
        0,
        0,
        0,
        0,
        OM_SIP_ADDR_STRAY_QUOTE | OM_SIP_ADDR_NO_RAQUOT | OM_SIP_ADDR_TYPOGRAPHIC, /* MESSAGE */
        OM_SIP_ADDR_STRAY_QUOTE | OM_SIP_ADDR_NO_RAQUOT,
        0,
        OM_SIP_ADDR_NO_SCHEME,
        OM_SIP_ADDR_STRAY_QUOTE | OM_SIP_ADDR_NO_RAQUOT, /* INVITE */
        OM_SIP_ADDR_STRAY_QUOTE,
        OM_SIP_ADDR_NO_RAQUOT,
        OM_SIP_ADDR_NO_SCHEME | OM_SIP_ADDR_NO_RAQUOT,
        OM_SIP_ADDR_NO_RAQUOT, /* ACK */
        OM_SIP_ADDR_NO_RAQUOT,
        OM_SIP_ADDR_STRAY_QUOTE | OM_SIP_ADDR_NO_SEMICOLON | OM_SIP_ADDR_NO_RAQUOT | OM_SIP_ADDR_STRAY_RAQUOT,
        /* BYE */
        OM_SIP_ADDR_NO_RAQUOT,
        OM_SIP_ADDR_NO_RAQUOT,
        OM_SIP_ADDR_NO_RAQUOT,
    };

    G_STATIC_ASSERT(G_N_ELEMENTS(printed) == G_N_ELEMENTS(appendix_b));
    for (gsize i = 0; i < G_N_ELEMENTS(appendix_b); i++) {
        g_test_message("%s", appendix_b[i].what);
        g_assert_cmphex(message_flaws(appendix_b[i].printed), ==, printed[i]);
        g_assert_cmphex(message_flaws(appendix_b[i].corrected), ==, 0);
    }
}

static void
test_params(void)
{
    static const struct {
        const char *text;
        const char *pairs[8]; /* name, value, ... */
    } rows[] = {
        {";tag=456248", {"tag", "456248"}},
        {"; branch= z9hG4bK123dsghds ;received=192.0.2.1", {"branch", "z9hG4bK123dsghds", "received", "192.0.2.1"}},
        {"lr;a=\"x;y=\\\"z\";b=<c;d>;e", {"lr", NULL, "a", "\"x;y=\\\"z\"", "b", "<c;d>", "e", NULL}},
        {";;\r\n ; a ; b\r\n =\r\n c;", {"a", NULL, "b", "c"}},
        {";gr=urn:uuid:1\";x=y", {"gr", "urn:uuid:1\"", "x", "y"}},
        {";a=\"open;b=c", {"a", "\"open;b=c"}},
        {";a=\"mms.ua\xe2\x80\x9d;b=c", {"a", "\"mms.ua\xe2\x80\x9d", "b", "c"}},
        {";a=<open;b=c", {"a", "<open", "b", "c"}},
        {";a=b=c", {"a", "b=c"}},
        {"=x", {"", "x"}},
        {"", {NULL}},
        {" ; ;", {NULL}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice rest = om_slice_str(rows[i].text);
        struct om_param param;

        g_test_message("%s", rows[i].text);
        for (gsize n = 0; n < 8 && rows[i].pairs[n]; n += 2) {
            g_assert_true(om_param_next(&rest, &param));
            assert_slice(param.name, rows[i].pairs[n]);
            assert_slice(param.value, rows[i].pairs[n + 1]);
        }
        g_assert_false(om_param_next(&rest, &param));
    }
    assert_slice(om_param_get(OM_SLICE_LIT(";TAG=1;tag=2"), "tag"), "1");
    assert_slice(om_param_get(OM_SLICE_LIT(";lr"), "lr"), "");
    assert_slice(om_param_get(OM_SLICE_LIT(";a=\"b c\""), "a"), "b c");
    assert_slice(om_param_get(OM_SLICE_LIT(";a=\"b\xe2\x80\x9d"), "a"), "b");
    assert_slice(om_param_get(OM_SLICE_LIT(";a=1"), "b"), NULL);
    assert_slice(om_param_get(OM_SLICE_NULL, "b"), NULL);
}

static void
test_strict(void)
{
    static const struct {
        const char *uri;
        gboolean ok;
    } rows[] = {
        {"sip:user@domain.com;gr=" UUID, TRUE},
        {"sips:registrar.domain.com", TRUE},
        {"sip:alice:secretword@atlanta.com;transport=tcp", TRUE},
        {"sip:alice@atlanta.com?subject=project%20x&priority=urgent", TRUE},
        {"sip:+1-212-555-1212:1234@gateway.com;user=phone", TRUE},
        {"sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@"
         "example.com",
         TRUE},
        {"sip:user@[2001:db8::10]:5070", TRUE},
        {"sip:user@192.0.2.4.", FALSE},
        {"sip:user@domain.com.", TRUE},
        {"sip:user@domain.com:", FALSE},
        {"sip:user@domain.com:70000", FALSE},
        {"sip:user@domain.com: 5060", FALSE},
        {"sip:user@-domain.com", FALSE},
        {"sip:user@do main.com", FALSE},
        {"sip:user@256.0.2.4", FALSE},
        {"sip:us er@domain.com", FALSE},
        {"sip:us%4@domain.com", FALSE},
        {"sip:@domain.com", FALSE},
        {"sip:user@", FALSE},
        {"sip:user@domain.com;", FALSE},
        {"sip:user@domain.com;;lr", FALSE},
        {"sip:user@domain.com;x=", FALSE},
        {"sip:user@domain.com;x=\"y\"", FALSE},
        {"sip:user@domain.com?x", FALSE},
        {"sip:user@domain.com?", FALSE},
        {"sip:user@domain.com\"", FALSE},
        {"<sip:user@domain.com>", FALSE},
        {" sip:user@domain.com", FALSE},
        {"tel:+12015550123", FALSE},
        {"user@domain.com", FALSE},
        {"sip:", FALSE},
        {"", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].uri);
        g_assert_cmpint(om_sip_uri_is_strict(om_slice_str(rows[i].uri)), ==, rows[i].ok);
    }
}

static void
test_gruu(void)
{
    static const struct {
        const char *uri;
        const char *value; /* NULL: no GRUU */
        gboolean well_formed;
        gboolean public;
        gboolean temporary;
    } rows[] = {
        {"sip:user@domain.com;gr=" UUID, UUID, TRUE, TRUE, FALSE},
        {"sip:user@domain.com;transport=tcp;GR=" UUID "?a=b", UUID, TRUE, TRUE, FALSE},
        {"sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@example.com;gr", "", TRUE, FALSE, TRUE},
        {"sip:callee@example.com; ;gr=" UUID, UUID, FALSE, FALSE, FALSE},
        {"sip:user@domain.com gr=" UUID, UUID, FALSE, FALSE, FALSE},
        {"sip:user@domain.com;gr=" UUID "\"", UUID, FALSE, FALSE, FALSE},
        {"sip:user@domain.com;gr=\"" UUID "\"", UUID, FALSE, FALSE, FALSE},
        {"sip:user@domain.com;gr=", "", FALSE, FALSE, FALSE},
        {"sip:user@domain.com", NULL, FALSE, FALSE, FALSE},
        {"sip:user@domain.com;grid=1", NULL, FALSE, FALSE, FALSE},
        {"sip:user@domain.com?gr=1", NULL, FALSE, FALSE, FALSE},
        {"", NULL, FALSE, FALSE, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice uri = om_slice_str(rows[i].uri);
        struct om_slice value = OM_SLICE_NULL;
        gboolean well_formed = FALSE;

        g_test_message("%s", rows[i].uri);
        g_assert_cmpint(om_sip_uri_gruu(uri, &value, &well_formed), ==, rows[i].value != NULL);
        assert_slice(value, rows[i].value);
        g_assert_cmpint(well_formed, ==, rows[i].well_formed);
        g_assert_cmpint(om_sip_gruu_is_strict(uri, FALSE), ==, rows[i].public);
        g_assert_cmpint(om_sip_gruu_is_strict(uri, TRUE), ==, rows[i].temporary);
    }
}

static void
test_keys(void)
{
    static const struct {
        const char *uri;
        const char *key;
    } rows[] = {
        {"sip:User@Domain.COM;transport=tcp?a=b", "sip:User@domain.com"},
        {"SIP:%55ser@domain.com", "sip:User@domain.com"},
        {"sip:us%40er@domain.com", "sip:us%40er@domain.com"},
        {"sip:us%0aer@domain.com", "sip:us%0aer@domain.com"},
        {"sips:user@domain.com:5061", "sips:user@domain.com:5061"},
        {"sip:[2001:DB8::A]", "sip:[2001:db8::a]"},
        {"sip:user@domain.com gr=x", "sip:user@domain.com"},
        {"tel:+1-(201)-555.0123;phone-context=x", "tel:+12015550123"},
        {"user@domain.com", "sip:user@domain.com"},
        {"urn:service:SOS", "urn:service:sos"},
        {" sip:a@b ", "sip:a@b"},
        {"", "sip:"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *key = om_sip_uri_key(om_slice_str(rows[i].uri));

        g_assert_cmpstr(key, ==, rows[i].key);
        g_free(key);
    }
    g_assert_null(om_sip_uri_key(OM_SLICE_NULL));
}

/* Every prefix in a block of exactly its size: for the address sanitizer. */
static void
test_prefixes(void)
{
    static const char *const texts[] = {
        "\"Smith, \\\"Jr\\\"\" <sip:us%40er;a=b:pw@[2001:db8::1]:5060;gr=" UUID
        "?x=y>;tag=1;+g.x=\"y\xe2\x80\x9d;z=<a>",
        "\xe2\x80\x9c"
        "Bob\xe2\x80\x9d <sip:user@domain.com;gr=\"x;tag=456248>",
        "sip:user@192.0.2.4:5060 gr=" UUID "\"",
        "tel:+1-201-555-0123;phone-context=x",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i]); n++) {
            char *block = g_memdup2(texts[i], n);
            struct om_sip_addr addr;
            struct om_slice value;
            gboolean well_formed;
            char *key;

            om_sip_addr_parse(om_slice(block, n), &addr);
            g_assert_cmpuint(addr.display.l + addr.uri.l + addr.params.l, <=, n);
            om_sip_uri_gruu(addr.uri, &value, &well_formed);
            om_sip_uri_gruu(om_slice(block, n), &value, &well_formed);
            om_sip_gruu_is_strict(om_slice(block, n), FALSE);
            key = om_sip_uri_key(om_slice(block, n));
            g_assert_cmpint(key != NULL, ==, block != NULL);
            g_free(key);
            g_free(block);
        }
    }
}

/* A megabyte of one thing: a quadratic step anywhere would take minutes. */
static void
test_bait(void)
{
    static const char *const baits[] = {"\"",
                                        "<",
                                        ">",
                                        ";",
                                        "; ",
                                        ";a=\"",
                                        ";a=<",
                                        "=\"",
                                        "<a=\"",
                                        "@",
                                        "%41",
                                        ":",
                                        "\xe2\x80\x9c",
                                        "\xe2\x80\x9d ",
                                        "\\\"",
                                        "sip:",
                                        ";tag",
                                        "x=\"\xe2\x80\x9d;"};

    for (gsize i = 0; i < G_N_ELEMENTS(baits); i++) {
        GString *text = g_string_new("sip:a@b");
        struct om_slice rest;
        struct om_param param;
        struct om_sip_addr addr;

        while (text->len < 1000000)
            g_string_append(text, baits[i]);
        rest = om_slice(text->str, text->len);
        om_sip_addr_parse(rest, &addr);
        g_assert_cmpuint(addr.uri.l, <=, text->len);
        om_sip_addr_parse(om_slice_from(rest, 7), &addr);
        om_sip_uri_is_strict(rest);
        while (om_param_next(&rest, &param))
            g_assert_cmpuint(param.value.l, <=, text->len);
        g_string_free(text, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_uri/addresses", test_addresses);
    g_test_add_func("/sip_uri/appendix-b", test_appendix_b);
    g_test_add_func("/sip_uri/params", test_params);
    g_test_add_func("/sip_uri/strict", test_strict);
    g_test_add_func("/sip_uri/gruu", test_gruu);
    g_test_add_func("/sip_uri/keys", test_keys);
    g_test_add_func("/sip_uri/prefixes", test_prefixes);
    g_test_add_func("/sip_uri/bait", test_bait);
    return g_test_run();
}
