/* test_sip_msg.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sip/sip_msg.h"

#include "support/appendix_b.h"
#include "support/assert_slice.h"

static void
test_appendix_b(void)
{
    enum { NO_BODY, PUSH, SDP };
    static const struct {
        const char *method;
        const char *request_uri; /* NULL: a response, 200 OK */
        guint cseq;
        const char *call_id;
        guint flaws; /* as printed */
        guint headers;
        int body;
    } rows[] = {
        {"REGISTER", "sip:registrar.domain.com", 1826, "843817637684230@998sdasdh09", 0, 10, NO_BODY},
        {"REGISTER", NULL, 1826, "843817637684230@998sdasdh09", OM_SIP_NO_COLON, 8, NO_BODY},
        {"REGISTER", "sip:psa.domain.com", 1827, "843817637684230@998sdasdh0a", 0, 9, NO_BODY},
        {"REGISTER", NULL, 1827, "843817637684230@998sdasdh0a", 0, 8, NO_BODY},
        {"MESSAGE", "sip:user@domain.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", 1,
         "723459815768908@998sdasdh09", OM_SIP_CONTENT_LENGTH, 12, PUSH},
        {"MESSAGE", "sip:user@domain.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", 1,
         "723459815768908@998sdasdh09", OM_SIP_CONTENT_LENGTH, 13, PUSH},
        {"MESSAGE", NULL, 1, "723459815768908@998sdasdh09", 0, 8, NO_BODY},
        {"MESSAGE", NULL, 1, "723459815768908@998sdasdh09", 0, 8, NO_BODY},
        {"INVITE", "sip:user@domain.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", 198456,
         "390458126334871@998sdasdh09", OM_SIP_CONTENT_LENGTH, 13, SDP},
        {"INVITE", "sip:user@192.0.2.4", 198456, "390458126334871@998sdasdh09", OM_SIP_CONTENT_LENGTH, 14, SDP},
        {"INVITE", NULL, 198456, "390458126334871@998sdasdh09", OM_SIP_CONTENT_LENGTH, 10, SDP},
        {"INVITE", NULL, 198456, "390458126334871@998sdasdh09", OM_SIP_CONTENT_LENGTH, 10, SDP},
        {"ACK", "sip:user@domain.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", 198456,
         "390458126334871@998sdasdh09", 0, 7, NO_BODY},
        {"ACK", "sip:user@192.0.2.4", 198456, "390458126334871@998sdasdh09", OM_SIP_START_LINE, 8, NO_BODY},
        {"BYE", "sip:user@domain.com gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"", 198457,
         "390458126334871@998sdasdh09", OM_SIP_START_LINE, 7, NO_BODY},
        {"BYE", "sip:user@192.0.2.4", 198457, "390458126334871@998sdasdh09", OM_SIP_START_LINE, 8, NO_BODY},
        {"BYE", NULL, 2, "390458126334871@998sdasdh09", 0, 7, NO_BODY},
        {"BYE", NULL, 2, "390458126334871@998sdasdh09", 0, 6, NO_BODY},
    };

    G_STATIC_ASSERT(G_N_ELEMENTS(rows) == G_N_ELEMENTS(appendix_b));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice text = om_slice_str(appendix_b[i].printed);
        struct om_sip_msg msg;

        g_test_message("%s", appendix_b[i].what);
        g_assert_true(om_sip_msg_parse(text, &msg));
        g_assert_cmpint(msg.request, ==, rows[i].request_uri != NULL);
        assert_slice(msg.method, rows[i].method);
        assert_slice(msg.request_uri, rows[i].request_uri);
        assert_slice(msg.reason, msg.request ? NULL : "OK");
        g_assert_cmpuint(msg.status, ==, msg.request ? 0 : 200);
        g_assert_cmpuint(msg.cseq, ==, rows[i].cseq);
        assert_slice(msg.cseq_method, rows[i].method);
        assert_slice(msg.call_id, rows[i].call_id);
        g_assert_cmpuint(msg.headers->len, ==, rows[i].headers);
        g_assert_cmphex(msg.flaws, ==, rows[i].flaws);
        g_assert_true(om_slice_eq(msg.text, text));
        assert_slice(msg.content_type, rows[i].body == SDP    ? "application/sdp"
                                       : rows[i].body == PUSH ? "application/vnd.oma.push"
                                                              : NULL);
        g_assert_cmpint(msg.content_length_ok, ==, rows[i].body == NO_BODY);
        if (rows[i].body == SDP) {
            g_assert_true(om_slice_starts_str(msg.body, "v=0\r\n"));
            g_assert_cmpint(om_slice_find(msg.body, 0, OM_SLICE_LIT("E4:A2:CE:2E\r\n")) + 13, ==, (gssize) msg.body.l);
        } else {
            assert_slice(msg.body, rows[i].body == PUSH ? "(Push content\xe2\x80\xa6)" : "");
        }
        om_sip_msg_clear(&msg);
    }
}

static void
test_appendix_b_corrected(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(appendix_b); i++) {
        struct om_slice text = om_slice_str(appendix_b[i].corrected);
        struct om_sip_msg msg;

        g_test_message("%s", appendix_b[i].what);
        g_assert_true(om_sip_msg_parse(text, &msg));
        g_assert_cmphex(msg.flaws, ==, 0);
        g_assert_true(msg.content_length_ok);
        g_assert_cmpuint(msg.content_length, ==, msg.body.l);
        g_assert_true(om_slice_eq(msg.text, text));
        om_sip_msg_clear(&msg);
    }
}

/* Each line its own paragraph, as the document sets them: blank lines among the headers, too. */
static void
test_appendix_b_paragraphs(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(appendix_b); i++) {
        GString *spaced = g_string_new(NULL);
        const char *body = strstr(appendix_b[i].printed, "\r\n\r\n");
        struct om_sip_msg plain, msg;

        for (const char *c = appendix_b[i].printed; c < body; c++) {
            g_string_append_c(spaced, *c);
            if (*c == '\n')
                g_string_append(spaced, "\r\n");
        }
        g_string_append(spaced, body);
        g_test_message("%s", appendix_b[i].what);
        g_assert_true(om_sip_msg_parse(om_slice_str(appendix_b[i].printed), &plain));
        g_assert_true(om_sip_msg_parse(om_slice(spaced->str, spaced->len), &msg));
        g_assert_cmphex(msg.flaws, ==, plain.flaws | OM_SIP_BLANK_LINE);
        g_assert_cmpuint(msg.headers->len, ==, plain.headers->len);
        g_assert_true(om_slice_eq(msg.body, plain.body));
        om_sip_msg_clear(&plain);
        om_sip_msg_clear(&msg);
        g_string_free(spaced, TRUE);
    }
}

static void
test_folded_contact(void)
{
    static const char *const instance =
        ";+sip.instance=\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\";expires=3600";
    const char *const texts[] = {appendix_b[1].printed, appendix_b[1].corrected};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct om_sip_header *contact;
        struct om_sip_msg msg;

        g_assert_true(om_sip_msg_parse(om_slice_str(texts[i]), &msg));
        contact = om_sip_msg_header(&msg, OM_SIP_H_CONTACT);
        g_assert_nonnull(contact);
        g_assert_true(om_slice_starts_str(contact->value, "<sip:user@192.0.2.4>;pub-gruu=\"sip:callee@"));
        assert_slice(om_slice_from(contact->value, contact->value.l - strlen(instance)), instance);
        g_assert_true(contact->line.p + contact->line.l == contact->value.p + contact->value.l);
        om_sip_msg_clear(&msg);
    }
}

static void
test_start_lines(void)
{
    static const struct {
        const char *line;
        gboolean ok;
    } rows[] = {
        {"MESSAGE sip:user@domain.com SIP/2.0", TRUE},
        {"ACK sip:user@192.0.2.4  SIP/2.0", TRUE},
        {"BYE sip:user@domain.com gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\" SIP/2.0", TRUE},
        {"INVITE sips:[2001:db8::10]:5061 SIP/2.0 ", TRUE},
        {"MESSAGE tel:+12015550123 sip/2.0", TRUE},
        {"MESSAGE user@domain.com SIP/2.0", TRUE},
        {"!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has="
         "1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0",
         TRUE}, /* RFC 4475 section 3.1.1.2 */
        {"SIP/2.0 200 OK", TRUE},
        {"SIP/2.0 200", TRUE},
        {"SIP/2.0 100 ", TRUE},
        {"SIP/2.0  487 Request Terminated", TRUE},
        {"sip/2.0 200 ok", TRUE},
        {"SIP/2.0 2000 OK", FALSE},
        {"SIP/2.0 099 Odd", FALSE},
        {"SIP/2.0 20 OK", FALSE},
        {"SIP/2.0200 OK", FALSE},
        {"SIP/2.", FALSE},
        {"SIP/x.0 200 OK", FALSE},
        {"GET / HTTP/1.1", FALSE},
        {"HTTP/1.1 200 OK", FALSE},
        {"MSRP d93kswow SEND", FALSE},
        {"MESSAGE sip:user@domain.com", FALSE},
        {"MESSAGE SIP/2.0", FALSE},
        {"MESSAGE  SIP/2.0", FALSE},
        {"as we said: SIP/2.0 it is", FALSE},
        {"speaks: SIP/2.0", FALSE},
        {" INVITE sip:a@b SIP/2.0", FALSE},
        {"v=0", FALSE},
        {"", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].line);
        g_assert_cmpint(om_sip_is_start_line(om_slice_str(rows[i].line)), ==, rows[i].ok);
    }
}

static void
test_names(void)
{
    static const struct {
        const char *name;
        enum om_sip_header_id id;
    } rows[] = {
        {"i", OM_SIP_H_CALL_ID},
        {"m", OM_SIP_H_CONTACT},
        {"M", OM_SIP_H_CONTACT},
        {"f", OM_SIP_H_FROM},
        {"t", OM_SIP_H_TO},
        {"v", OM_SIP_H_VIA},
        {"c", OM_SIP_H_CONTENT_TYPE},
        {"l", OM_SIP_H_CONTENT_LENGTH},
        {"e", OM_SIP_H_CONTENT_ENCODING},
        {"a", OM_SIP_H_ACCEPT_CONTACT},
        {"j", OM_SIP_H_REJECT_CONTACT},
        {"k", OM_SIP_H_OTHER},
        {"s", OM_SIP_H_OTHER},
        {"u", OM_SIP_H_OTHER},
        {"o", OM_SIP_H_OTHER},
        {"b", OM_SIP_H_OTHER},
        {"d", OM_SIP_H_OTHER},
        {"r", OM_SIP_H_OTHER},
        {"x", OM_SIP_H_OTHER},
        {"y", OM_SIP_H_OTHER},
        {"z", OM_SIP_H_OTHER},
        {"CONTACT", OM_SIP_H_CONTACT},
        {"accept-contact", OM_SIP_H_ACCEPT_CONTACT},
        {"Reject-Contact", OM_SIP_H_REJECT_CONTACT},
        {"P-Preferred-Service", OM_SIP_H_P_PREFERRED_SERVICE},
        {"P-Asserted-Service", OM_SIP_H_P_ASSERTED_SERVICE},
        {"P-Asserted-Identity", OM_SIP_H_P_ASSERTED_IDENTITY},
        {"P-Called-Party-ID", OM_SIP_H_P_CALLED_PARTY_ID},
        {"Proxy-Authorization", OM_SIP_H_AUTHORIZATION},
        {"Authorization", OM_SIP_H_AUTHORIZATION},
        {"CSEQ", OM_SIP_H_CSEQ},
        {"expires", OM_SIP_H_EXPIRES},
        {"Session-Expires", OM_SIP_H_OTHER},
        {"Contacts", OM_SIP_H_OTHER},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *text = g_strdup_printf("SIP/2.0 200 OK\r\n%s \t: x\r\n\r\n", rows[i].name);
        struct om_sip_msg msg;

        g_test_message("%s", rows[i].name);
        g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
        g_assert_cmpuint(msg.headers->len, ==, 1);
        g_assert_cmpint(g_array_index(msg.headers, struct om_sip_header, 0).id, ==, rows[i].id);
        assert_slice(g_array_index(msg.headers, struct om_sip_header, 0).name, rows[i].name);
        assert_slice(g_array_index(msg.headers, struct om_sip_header, 0).value, "x");
        om_sip_msg_clear(&msg);
        g_free(text);
    }
}

#define HEAD "MESSAGE sip:b@x SIP/2.0\r\nf: <sip:a@x>;tag=1\r\nt: <sip:b@x>\r\ni: 1@x\r\nCSeq: 1 MESSAGE\r\n"
#define NEXT "SIP/2.0 200 OK\r\n\r\n"

static void
test_bodies(void)
{
    static const struct {
        const char *text;
        const char *body;
        gsize after; /* bytes of the text that belong to the next message */
        guint flaws;
    } rows[] = {
        {HEAD "l: 5\r\n\r\nhello", "hello", 0, 0},
        {"\r\n\r\n" HEAD "l: 5\r\n\r\nhello", "hello", 0, 0},
        {HEAD "l: 5\r\n\r\nhello" NEXT, "hello", 18, 0},
        {HEAD "l: 5\r\n\r\nhello\r\n\r\n", "hello", 4, 0},
        {HEAD "l: 5\r\n\r\nhello, world", "hello", 7, OM_SIP_CONTENT_LENGTH},
        {HEAD "l: 6\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH | OM_SIP_BODY_SHORT},
        {HEAD "l: 18446744073709551615\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH | OM_SIP_BODY_SHORT},
        {HEAD "l: 18446744073709551616\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH},
        {HEAD "l: -1\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH},
        {HEAD "l:\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH},
        {HEAD "l: 5\r\nContent-Length: 5\r\n\r\nhello", "hello", 0, 0},
        {HEAD "l: 5\r\nContent-Length: 4\r\n\r\nhello", "hello", 0, OM_SIP_CONTENT_LENGTH},
        {HEAD "l: ..\r\nContent-Length: 5\r\n\r\nhello" NEXT, "hello", 18, OM_SIP_CONTENT_LENGTH},
        {HEAD "l: ..\r\n\r\nhello\r\n" NEXT, "hello\r\n", 18, OM_SIP_CONTENT_LENGTH},
        {HEAD "\r\nhello\r\nMESSAGE is what SIP/2.0 calls it", "hello\r\nMESSAGE is what SIP/2.0 calls it", 0, 0},
        {HEAD "c: text/plain\r\n\r\nTo: Bob\r\nBye", "To: Bob\r\nBye", 0, 0},
        {HEAD "c: message/sip\r\n\r\n" NEXT, NEXT, 0, 0},
        {HEAD "c: multipart/mixed;boundary=b\r\n\r\n--b\r\n\r\n" NEXT "--b--", "--b\r\n\r\n" NEXT "--b--", 0, 0},
        {HEAD "\r\n", "", 0, 0},
        {HEAD "l: 0\r\n", "", 0, OM_SIP_NO_BLANK_LINE},
        {HEAD "l: 0", "", 0, OM_SIP_NO_BLANK_LINE},
        {HEAD NEXT, "", 18, OM_SIP_NO_BLANK_LINE},
        {HEAD "no header\r\n more of it\r\nl: 0\r\n\r\n", "", 0, OM_SIP_NO_COLON},
        {HEAD ": x\r\nl: 0\r\n\r\n", "", 0, OM_SIP_NO_COLON},
        {"MESSAGE sip:b@x SIP/2.0\nf: a\nt: b\ni: c\nCSeq: 1 MESSAGE\nl: 2\n\nhi", "hi", 0, OM_SIP_BARE_LF},
        {HEAD "l: 2\n\r\nhi", "hi", 0, OM_SIP_BARE_LF},
        {HEAD "l: 3\r\n\r\nh\ni", "h\ni", 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice text = om_slice_str(rows[i].text);
        struct om_sip_msg msg;

        g_test_message("%s", rows[i].text);
        g_assert_true(om_sip_msg_parse(text, &msg));
        assert_slice(msg.body, rows[i].body);
        g_assert_cmphex(msg.flaws, ==, rows[i].flaws);
        g_assert_cmpuint(text.p + text.l - (msg.text.p + msg.text.l), ==, rows[i].after);
        om_sip_msg_clear(&msg);
    }
}

/* RFC 4475 section 3.1.1.1, a short tortuous INVITE (body left out). */
static void
test_torture(void)
{
    static const char text[] =
        "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\n"
        "TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n"
        "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\n"
        "MaX-fOrWaRdS: 0068\r\n"
        "Call-ID: wsinv.ndaksdj@192.0.2.1\r\n"
        "Content-Length   : 0\r\n"
        "cseq: 0009\r\n  INVITE\r\n"
        "Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\n"
        "s :\r\n"
        "NewFangledHeader:   newfangled value\r\n continued newfangled value\r\n"
        "UnknownHeaderWithUnusualValue: ;;,,;;,;\r\n"
        "Content-Type: application/sdp\r\n"
        "m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n"
        "  secondparam ; q = 0.33\r\n\r\n";
    struct om_sip_msg msg;

    g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
    g_assert_cmphex(msg.flaws, ==, 0);
    g_assert_cmpuint(msg.headers->len, ==, 12);
    g_assert_cmpuint(msg.cseq, ==, 9);
    assert_slice(msg.cseq_method, "INVITE");
    assert_slice(om_sip_msg_header(&msg, OM_SIP_H_TO)->value,
                 "sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n");
    assert_slice(om_sip_msg_header(&msg, OM_SIP_H_VIA)->value,
                 "SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw");
    assert_slice(g_array_index(msg.headers, struct om_sip_header, 7).value, "");
    g_assert_null(om_sip_msg_header(&msg, OM_SIP_H_ACCEPT_CONTACT));
    om_sip_msg_clear(&msg);
}

static void
test_cseq(void)
{
    static const struct {
        const char *value;
        guint32 number;
        const char *method;
    } rows[] = {
        {"4294967295 BYE", G_MAXUINT32, "BYE"},
        {"4294967296 BYE", 0, "BYE"},
        {"1826\r\n\tREGISTER", 1826, "REGISTER"},
        {"7", 7, ""},
        {"BYE", 0, "BYE"},
        {"", 0, ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *text = g_strdup_printf("SIP/2.0 200 OK\r\nCSeq: %s\r\n\r\n", rows[i].value);
        struct om_sip_msg msg;

        g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
        g_assert_cmpuint(msg.cseq, ==, rows[i].number);
        assert_slice(msg.method, rows[i].method);
        om_sip_msg_clear(&msg);
        g_free(text);
    }
}

static void
test_lists(void)
{
    static const struct {
        const char *text;
        const char *elements[4];
    } rows[] = {
        {"<sip:a@b>", {"<sip:a@b>"}},
        {"<sip:a@b>;q=1 , \"Bob, Jr; \\\"x\\\"\" <sip:c@d>;q=0.5,sip:e@f",
         {"<sip:a@b>;q=1", "\"Bob, Jr; \\\"x\\\"\" <sip:c@d>;q=0.5", "sip:e@f"}},
        {"<sip:a@b;p=\"x,y\">;t=1,<sip:c,d@e>", {"<sip:a@b;p=\"x,y\">;t=1", "<sip:c,d@e>"}},
        {"<sip:a@b;p=\"x>,y\">;t=1,*", {"<sip:a@b;p=\"x>,y\">;t=1", "*"}},
        {"*;+g.oma.pusheventapp=\"mms.ua,wml.ua\",*;+sip.instance=\"<urn:a,b>\"",
         {"*;+g.oma.pusheventapp=\"mms.ua,wml.ua\"", "*;+sip.instance=\"<urn:a,b>\""}},
        {"*;+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d, *;require",
         {"*;+g.oma.pusheventapp=\"mms.ua\xe2\x80\x9d", "*;require"}},
        {"\xe2\x80\x9cSmith, Bob\xe2\x80\x9d <sip:a@b>, sip:c@d",
         {"\xe2\x80\x9cSmith, Bob\xe2\x80\x9d <sip:a@b>", "sip:c@d"}},
        {"\"Smith, Bob\xe2\x80\x9d <sip:a@b>, sip:c@d", {"\"Smith, Bob\xe2\x80\x9d <sip:a@b>", "sip:c@d"}},
        {"sip:a@b;gr=urn:uuid:1\", <sip:c@d>", {"sip:a@b;gr=urn:uuid:1\"", "<sip:c@d>"}},
        {"<sip:a@b;tag=1, <sip:c@d>", {"<sip:a@b;tag=1", "<sip:c@d>"}},
        {"a;b=\"never, closed, c", {"a;b=\"never, closed, c"}},
        {" , ,a,, b ,", {"a", "b"}},
        {"Digest realm=\"a,b\",nonce=\"c\"", {"Digest realm=\"a,b\"", "nonce=\"c\""}},
        {"SIP/2.0/UDP a;branch=\r\n z9,\r\n SIP / 2.0 / TCP b", {"SIP/2.0/UDP a;branch=\r\n z9", "SIP / 2.0 / TCP b"}},
        {"", {NULL}},
        {" ,\r\n , ", {NULL}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_slice rest = om_slice_str(rows[i].text);
        struct om_slice element;

        g_test_message("%s", rows[i].text);
        for (gsize n = 0; n < 4 && rows[i].elements[n]; n++) {
            g_assert_true(om_sip_list_next(&rest, &element));
            assert_slice(element, rows[i].elements[n]);
        }
        g_assert_false(om_sip_list_next(&rest, &element));
    }
}

/* Every prefix in a block of exactly its size: for the address sanitizer. */
static void
test_prefixes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(appendix_b); i++) {
        for (gsize n = 1; n <= strlen(appendix_b[i].printed); n++) {
            char *block = g_memdup2(appendix_b[i].printed, n);
            struct om_sip_msg msg;

            if (om_sip_msg_parse(om_slice(block, n), &msg)) {
                for (guint h = 0; h < msg.headers->len; h++) {
                    struct om_slice rest = g_array_index(msg.headers, struct om_sip_header, h).value;
                    struct om_slice element;

                    while (om_sip_list_next(&rest, &element))
                        g_assert_cmpuint(element.l, <=, n);
                }
                g_assert_cmpuint(msg.text.l, <=, n);
                om_sip_msg_clear(&msg);
            } else {
                g_assert_cmpuint(n, <, (gsize) (strchr(appendix_b[i].printed, '\n') - appendix_b[i].printed));
            }
            g_free(block);
        }
    }
}

/* A megabyte of one thing: a quadratic step anywhere would take minutes. */
static void
test_bait(void)
{
    static const char *const baits[] = {",",         "\"",
                                        "<",         "\r\n",
                                        "a:\n",      "A:\n \n",
                                        " \n",       ";\n",
                                        "<a=\",",    "\xe2\x80\x9c,",
                                        ";a=\"\\\"", "\xe2\x80\x9d  ",
                                        "x\n",       "\t",
                                        "SIP/2.0",   "INVITE sip:a@b SIP/2.0 x\n"};

    for (gsize i = 0; i < G_N_ELEMENTS(baits); i++) {
        GString *text = g_string_new("SIP/2.0 200 OK\r\nContact: ");
        struct om_sip_msg msg;

        while (text->len < 1000000)
            g_string_append(text, baits[i]);
        g_assert_true(om_sip_msg_parse(om_slice(text->str, text->len), &msg));
        for (guint h = 0; h < msg.headers->len; h++) {
            struct om_slice rest = g_array_index(msg.headers, struct om_sip_header, h).value;
            struct om_slice element;

            while (om_sip_list_next(&rest, &element))
                g_assert_cmpuint(element.l, <=, text->len);
        }
        om_sip_msg_clear(&msg);
        g_string_free(text, TRUE);
    }
}

/* A status line whose reason is empty still has the space before it: RFC 3261 section 25.1, RFC 4475 section 3.1.1.13. */
static void
test_no_reason(void)
{
    static const struct {
        const char *line;
        guint flaws;
    } rows[] = {
        {"SIP/2.0 200 OK", 0},
        {"SIP/2.0 200 ", 0},
        {"SIP/2.0 200", OM_SIP_START_LINE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *text = g_strdup_printf("%s\r\nCall-ID: x\r\nCSeq: 1 MESSAGE\r\n\r\n", rows[i].line);
        struct om_sip_msg msg;

        g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
        g_assert_cmpuint(msg.status, ==, 200);
        g_assert_cmphex(msg.flaws, ==, rows[i].flaws);
        om_sip_msg_clear(&msg);
        g_free(text);
    }
}

/* The capture cuts through the last field: what is left of it. NULL: the field is gone. */
static void
test_half(void)
{
    static const struct {
        const char *field;
        enum om_sip_header_id id;
        const char *left;
    } rows[] = {
        {"Accept-Contact: *;+g.oma.pusheventapp=\"m", OM_SIP_H_ACCEPT_CONTACT, "*;+g.oma.pusheventapp"},
        {"Accept-Contact: *;+g.oma.pusheventapp=\"mms.ua", OM_SIP_H_ACCEPT_CONTACT, "*;+g.oma.pusheventapp"},
        {"a: *;+g.oma.pusheventapp=\"mms.ua,wm", OM_SIP_H_ACCEPT_CONTACT, "*;+g.oma.pusheventapp=\"mms.ua"},
        {"a: *;+g.x=\"a\";+g.3gpp.ic", OM_SIP_H_ACCEPT_CONTACT, "*;+g.x=\"a\""},
        {"a: *", OM_SIP_H_ACCEPT_CONTACT, NULL},
        {"m: <sip:user@192.0", OM_SIP_H_CONTACT, NULL},
        {"m: <sip:user@192.0.2.4;transport=t", OM_SIP_H_CONTACT, NULL},
        {"m: <sip:u@h>;+sip.instance=\"<urn:uuid:f81d", OM_SIP_H_CONTACT, "<sip:u@h>;+sip.instance"},
        {"m: <sip:u@h>;pub-gruu=\"sip:u@h;gr=ur", OM_SIP_H_CONTACT, "<sip:u@h>;pub-gruu"},
        {"f: <sip:psa@domain.com>;tag=123", OM_SIP_H_FROM, "<sip:psa@domain.com>"},
        {"f: <sip:psa@dom", OM_SIP_H_FROM, NULL},
        {"t: sip:psa@dom", OM_SIP_H_TO, NULL},
        {"t: sip:psa@domain.com;tag=1", OM_SIP_H_TO, "sip:psa@domain.com"},
        {"P-Asserted-Service: urn:urn-7:a, urn:urn-7:3gpp-ser", OM_SIP_H_P_ASSERTED_SERVICE, "urn:urn-7:a"},
        {"P-Asserted-Service: urn:urn-7:3gpp-ser", OM_SIP_H_P_ASSERTED_SERVICE, NULL},
        {"c: application/vnd.oma.pu", OM_SIP_H_CONTENT_TYPE, NULL},
        {"l: 12", OM_SIP_H_CONTENT_LENGTH, NULL},
        {"i: 1@x", OM_SIP_H_CALL_ID, NULL},
        {"CSeq: 1", OM_SIP_H_CSEQ, NULL},
        {"f: <sip:psa@domain.com>;tag=123\r\n", OM_SIP_H_FROM, "<sip:psa@domain.com>;tag=123"},
        {"f: <sip:psa@domain.com>;tag=123\r\n\r\n", OM_SIP_H_FROM, "<sip:psa@domain.com>;tag=123"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *text = g_strdup_printf("MESSAGE sip:a@b SIP/2.0\r\nMax-Forwards: 70\r\n%s", rows[i].field);
        const struct om_sip_header *header;
        struct om_sip_msg msg;

        g_test_message("%s", rows[i].field);
        g_assert_true(om_sip_msg_parse(om_slice_str(text), &msg));
        om_sip_msg_drop_half(&msg);
        header = om_sip_msg_header(&msg, rows[i].id);
        g_assert_cmpint(header != NULL, ==, rows[i].left != NULL);
        if (header)
            assert_slice(header->value, rows[i].left);
        g_assert_false(msg.content_length_ok || msg.content_type.l || msg.call_id.l || msg.cseq);
        g_assert_cmpuint(msg.headers->len, ==, rows[i].left ? 2 : 1);
        om_sip_msg_clear(&msg);
        g_free(text);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sip_msg/half", test_half);
    g_test_add_func("/sip_msg/appendix-b", test_appendix_b);
    g_test_add_func("/sip_msg/appendix-b-corrected", test_appendix_b_corrected);
    g_test_add_func("/sip_msg/appendix-b-paragraphs", test_appendix_b_paragraphs);
    g_test_add_func("/sip_msg/folded-contact", test_folded_contact);
    g_test_add_func("/sip_msg/start-lines", test_start_lines);
    g_test_add_func("/sip_msg/no-reason", test_no_reason);
    g_test_add_func("/sip_msg/names", test_names);
    g_test_add_func("/sip_msg/bodies", test_bodies);
    g_test_add_func("/sip_msg/torture", test_torture);
    g_test_add_func("/sip_msg/cseq", test_cseq);
    g_test_add_func("/sip_msg/lists", test_lists);
    g_test_add_func("/sip_msg/prefixes", test_prefixes);
    g_test_add_func("/sip_msg/bait", test_bait);
    return g_test_run();
}
