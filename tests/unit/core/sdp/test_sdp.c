/* test_sdp.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/sdp/sdp.h"

#include <time.h>

/* OMA SIP Push, Appendix B.3 step 1, as printed. */
#define OFFER_PRINTED                                                                       \
    "v=0\r\n"                                                                               \
    "\r\n"                                                                                  \
    "o=psa 2890844526 2890844526 IN IP4 domain.com\r\n"                                     \
    "\r\n"                                                                                  \
    "s=-\r\n"                                                                               \
    "c=IN IP4 psa.domain.com\r\n"                                                           \
    "\r\n"                                                                                  \
    "t=0 0\r\n"                                                                             \
    "\r\n"                                                                                  \
    "m=message 7654 TCP/MSRP *\r\n"                                                         \
    "\r\n"                                                                                  \
    "a=setup: passive\r\n"                                                                  \
    "\r\n"                                                                                  \
    "\r\n"                                                                                  \
    "a=sendonly\r\n"                                                                        \
    "\r\n"                                                                                  \
    "a=accept-types: application/vnd.oma.push\r\n"                                          \
    "\r\n"                                                                                  \
    "a=path: msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp\r\n"                               \
    "\r\n"                                                                                  \
    "a=file-transfer-id: a3cd20b8ae7f\r\n"                                                  \
    "\r\n"                                                                                  \
    "a=file-selector: name:\"pushid-a3cd20b8ae7f\" type:application/vnd.oma.push\r\n"       \
    "\r\n"                                                                                  \
    " size:4092 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E\r\n" \
    "\r\n"

/* Step 3, as printed: no s= line, and one space that trails. */
#define ANSWER_PRINTED                                                                \
    "v=0\r\n"                                                                         \
    "\r\n"                                                                            \
    "o=bob 2890844656 2890844656 IN IP4 domain.com\r\n"                               \
    "\r\n"                                                                            \
    "\r\n"                                                                            \
    "c=IN IP4 userpc.domain.com\r\n"                                                  \
    "\r\n"                                                                            \
    "t=0 0\r\n"                                                                       \
    "\r\n"                                                                            \
    "m=message 8888 TCP/MSRP *\r\n"                                                   \
    "\r\n"                                                                            \
    "a=setup: active \r\n"                                                            \
    "a=recvonly\r\n"                                                                  \
    "\r\n"                                                                            \
    "a=accept-types: application/vnd.oma.push\r\n"                                    \
    "\r\n"                                                                            \
    "a=path: msrp://userpc.domain.com:8888/9di4ea;tcp\r\n"                            \
    "\r\n"                                                                            \
    "a=file-transfer-id: a3cd20b8ae7f\r\n"                                            \
    "\r\n"                                                                            \
    "a=file-selector: name:\"pushid-a3cd20b8ae7f\" type:application/vnd.oma.push\r\n" \
    "\r\n"                                                                            \
    " size:4092 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E\r\n"

#define OFFER_CORRECTED                                                           \
    "v=0\r\n"                                                                     \
    "o=psa 2890844526 2890844526 IN IP4 domain.com\r\n"                           \
    "s=-\r\n"                                                                     \
    "c=IN IP4 psa.domain.com\r\n"                                                 \
    "t=0 0\r\n"                                                                   \
    "m=message 7654 TCP/MSRP *\r\n"                                               \
    "a=setup:passive\r\n"                                                         \
    "a=sendonly\r\n"                                                              \
    "a=accept-types:application/vnd.oma.push\r\n"                                 \
    "a=path:msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp\r\n"                      \
    "a=file-transfer-id:a3cd20b8ae7f\r\n"                                         \
    "a=file-selector:name:\"pushid-a3cd20b8ae7f\" type:application/vnd.oma.push " \
    "size:4092 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E\r\n"

/* RFC 4975 section 8.1 (the offer of its example), with LF ends. */
#define RFC4975_OFFER                                            \
    "v=0\n"                                                      \
    "o=alice 2890844557 2890844559 IN IP4 alicepc.example.com\n" \
    "s= \n"                                                      \
    "c=IN IP4 alicepc.example.com\n"                             \
    "t=0 0\n"                                                    \
    "m=message 7777 TCP/TLS/MSRP *\n"                            \
    "a=accept-types:message/cpim text/plain text/html\n"         \
    "a=accept-wrapped-types:*\n"                                 \
    "a=max-size:10485760\n"                                      \
    "a=path:msrps://relay.example.com:9000/hjdhfha;tcp msrps://alicepc.example.com:7777/iau39;tcp\n"

/* RFC 5547 section 9.1, its offer: icon and dates. */
#define RFC5547_OFFER                                                                     \
    "v=0\r\n"                                                                             \
    "o=alice 2890844526 2890844526 IN IP4 alicepc.example.com\r\n"                        \
    "s=\r\n"                                                                              \
    "c=IN IP4 alicepc.example.com\r\n"                                                    \
    "t=0 0\r\n"                                                                           \
    "m=message 7654 TCP/MSRP *\r\n"                                                       \
    "i=This is my latest picture\r\n"                                                     \
    "a=sendonly\r\n"                                                                      \
    "a=accept-types:message/cpim\r\n"                                                     \
    "a=accept-wrapped-types:*\r\n"                                                        \
    "a=path:msrp://atlanta.example.com:7654/jshA7weztas;tcp\r\n"                          \
    "a=file-selector:name:\"My cool picture.jpg\" type:image/jpeg size:32349 hash:sha-1:" \
    "72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E\r\n"                     \
    "a=file-transfer-id:Q6LMoGymJdh0IKIgD6wD0jkcfgva4xvE\r\n"                             \
    "a=file-disposition:render\r\n"                                                       \
    "a=file-date:creation:\"Mon, 15 May 2006 15:01:31 +0300\"\r\n"                        \
    "a=file-icon:cid:id2@alicepc.example.com\r\n"                                         \
    "a=file-range:1-32349\r\n"

/* RFC 6135 section 4.2 and RFC 6714 section 4 attributes; an audio section before the message section. */
#define TWO_SECTIONS                                     \
    "v=0\r\n"                                            \
    "o=- 1 1 IN IP6 2001:db8::9\r\n"                     \
    "s=Call\r\n"                                         \
    "c=IN IP6 2001:db8::9\r\n"                           \
    "t=0 0\r\n"                                          \
    "a=setup:actpass\r\n"                                \
    "a=recvonly\r\n"                                     \
    "m=audio 49170/2 RTP/AVP 0 8\r\n"                    \
    "c=IN IP4 224.2.36.42/127\r\n"                       \
    "a=fmtp:8  x\r\n"                                    \
    "a=sendrecv\r\n"                                     \
    "m=message 2855 tcp/wss/msrp *\r\n"                  \
    "a=msrp-cema\r\n"                                    \
    "a=path:msrps://[2001:db8::9]:2855/s.111271;wss\r\n" \
    "a=file-selector:name:\"a\"\r\n"                     \
    "a=file-selector:name:\"b\"\r\n"                     \
    "a=file-transfer-id:1\r\n"                           \
    "a=file-transfer-id:2\r\n"

static const struct om_sdp_media *
section(const struct om_sdp *sdp, guint index)
{
    g_assert_cmpuint(index, <, sdp->media->len);
    return &g_array_index(sdp->media, struct om_sdp_media, index);
}

static void
assert_text(struct om_slice slice, const char *want)
{
    char *text = om_slice_dup(slice);

    g_assert_cmpstr(text, ==, want);
    g_free(text);
}

static void
assert_push_section(const struct om_sdp_media *media, gboolean offer)
{
    assert_text(media->media, "message");
    assert_text(media->proto, "TCP/MSRP");
    assert_text(media->format, "*");
    g_assert_true(media->port_ok);
    g_assert_cmpuint(media->port, ==, offer ? 7654 : 8888);
    assert_text(media->connection, offer ? "psa.domain.com" : "userpc.domain.com");
    assert_text(media->setup_text, offer ? "passive" : "active");
    g_assert_cmpint(media->setup, ==, offer ? OM_SDP_PASSIVE : OM_SDP_ACTIVE);
    assert_text(media->direction_text, offer ? "sendonly" : "recvonly");
    g_assert_cmpint(media->direction, ==, offer ? OM_SDP_SENDONLY : OM_SDP_RECVONLY);
    assert_text(media->accept_types, "application/vnd.oma.push");
    assert_text(media->path,
                offer ? "msrp://psa.domain.com:7654/a3cd20b8ae7f;tcp" : "msrp://userpc.domain.com:8888/9di4ea;tcp");
    assert_text(media->transfer_id, "a3cd20b8ae7f");
    g_assert_cmpuint(media->transfer_ids->len, ==, 1);
    g_assert_cmpuint(media->selectors->len, ==, 1);
    g_assert_true(om_sdp_media_is_msrp(media));
}

static void
test_printed(void)
{
    static const struct {
        const char *text;
        gboolean offer;
        guint flaws;
    } rows[] = {
        {OFFER_PRINTED, TRUE, OM_SDP_BLANK_LINE | OM_SDP_FOLDED_LINE | OM_SDP_SPACE_AFTER_COLON},
        {ANSWER_PRINTED, FALSE,
         OM_SDP_BLANK_LINE | OM_SDP_FOLDED_LINE | OM_SDP_SPACE_AFTER_COLON | OM_SDP_NO_SESSION_NAME},
        {OFFER_CORRECTED, TRUE, 0},
        {OFFER_CORRECTED "\r\n\r\n", TRUE, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sdp sdp;
        struct om_slice selector;

        om_sdp_parse(om_slice_str(rows[i].text), &sdp);
        g_assert_cmpuint(sdp.flaws, ==, rows[i].flaws);
        g_assert_cmpuint(sdp.media->len, ==, 1);
        assert_push_section(section(&sdp, 0), rows[i].offer);
        selector = g_array_index(section(&sdp, 0)->selectors, struct om_slice, 0);
        g_assert_true(om_slice_starts_str(selector, "name:\"pushid-a3cd20b8ae7f\" type:"));
        g_assert_cmpint(om_slice_find(selector, 0, OM_SLICE_LIT("size:4092 hash:sha-1:72:24")), >, 0);
        g_assert_cmpmem(selector.p + selector.l - 5, 5, "CE:2E", 5);
        om_sdp_clear(&sdp);
    }
}

static void
test_flaw_lines(void)
{
    struct om_sdp sdp;

    om_sdp_parse(om_slice_str(ANSWER_PRINTED), &sdp);
    assert_text(sdp.flaw_lines[g_bit_nth_lsf(OM_SDP_SPACE_AFTER_COLON, -1)], "a=setup: active ");
    g_assert_true(om_slice_starts_str(sdp.flaw_lines[g_bit_nth_lsf(OM_SDP_FOLDED_LINE, -1)], " size:4092"));
    g_assert_false(om_slice_isset(sdp.flaw_lines[g_bit_nth_lsf(OM_SDP_NO_SESSION_NAME, -1)]));
    om_sdp_clear(&sdp);
}

static void
test_rfc4975(void)
{
    struct om_sdp sdp;
    const struct om_sdp_media *media;

    om_sdp_parse(om_slice_str(RFC4975_OFFER), &sdp);
    g_assert_cmpuint(sdp.flaws, ==, 0);
    media = section(&sdp, 0);
    assert_text(media->proto, "TCP/TLS/MSRP");
    assert_text(media->accept_types, "message/cpim text/plain text/html");
    assert_text(media->accept_wrapped_types, "*");
    g_assert_true(media->max_size_ok);
    g_assert_cmpuint(media->max_size, ==, 10485760);
    assert_text(media->path, "msrps://relay.example.com:9000/hjdhfha;tcp msrps://alicepc.example.com:7777/iau39;tcp");
    g_assert_false(om_slice_isset(media->direction_text));
    g_assert_cmpint(media->direction, ==, OM_SDP_SENDRECV);
    g_assert_cmpint(media->setup, ==, OM_SDP_SETUP_NONE);
    om_sdp_clear(&sdp);
}

static void
test_rfc5547(void)
{
    struct om_sdp sdp;
    const struct om_sdp_media *media;

    om_sdp_parse(om_slice_str(RFC5547_OFFER), &sdp);
    g_assert_cmpuint(sdp.flaws, ==, 0);
    media = section(&sdp, 0);
    assert_text(media->disposition, "render");
    assert_text(media->date, "creation:\"Mon, 15 May 2006 15:01:31 +0300\"");
    assert_text(media->icon, "cid:id2@alicepc.example.com");
    assert_text(media->range, "1-32349");
    assert_text(media->transfer_id, "Q6LMoGymJdh0IKIgD6wD0jkcfgva4xvE");
    g_assert_false(media->msrp_cema);
    g_assert_cmpuint(media->attrs->len, ==, 10);
    assert_text(g_array_index(media->attrs, struct om_sdp_attr, 8).line, "a=file-icon:cid:id2@alicepc.example.com");
    om_sdp_clear(&sdp);
}

static void
test_two_sections(void)
{
    struct om_sdp sdp;
    const struct om_sdp_media *audio, *message;

    om_sdp_parse(om_slice_str(TWO_SECTIONS), &sdp);
    g_assert_cmpuint(sdp.flaws, ==, 0);
    g_assert_cmpuint(sdp.media->len, ==, 2);
    audio = section(&sdp, 0);
    g_assert_false(om_sdp_media_is_msrp(audio));
    assert_text(audio->connection, "224.2.36.42");
    assert_text(audio->format, "0 8");
    g_assert_cmpuint(audio->port, ==, 49170);
    g_assert_cmpint(audio->direction, ==, OM_SDP_SENDRECV);
    assert_text(audio->direction_text, "sendrecv");
    message = section(&sdp, 1);
    g_assert_true(om_sdp_media_is_msrp(message));
    assert_text(message->connection, "2001:db8::9");
    g_assert_true(message->msrp_cema);
    g_assert_cmpint(message->direction, ==, OM_SDP_RECVONLY);
    g_assert_cmpint(message->setup, ==, OM_SDP_ACTPASS);
    assert_text(message->setup_text, "actpass");
    g_assert_cmpuint(message->selectors->len, ==, 2);
    assert_text(g_array_index(message->selectors, struct om_slice, 1), "name:\"b\"");
    g_assert_cmpuint(message->transfer_ids->len, ==, 2);
    assert_text(g_array_index(message->transfer_ids, struct om_slice, 1), "2");
    assert_text(message->transfer_id, "1");
    om_sdp_clear(&sdp);
}

#define HEAD "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n"

static void
test_flaws(void)
{
    static const struct {
        const char *text;
        guint flaws;
        guint sections;
    } rows[] = {
        {"", OM_SDP_NO_VERSION | OM_SDP_NO_ORIGIN | OM_SDP_NO_SESSION_NAME | OM_SDP_NO_TIME, 0},
        {HEAD, 0, 0},
        {HEAD "m=message 0 TCP/MSRP *\r\n", 0, 1},
        {HEAD "m=message 9 TCP/MSRP *\r\n", OM_SDP_NO_CONNECTION, 1},
        {HEAD "m=message 9 TCP/MSRP *\r\nc=IN IP4 h\r\n", 0, 1},
        {HEAD "m= message 9 TCP/MSRP *\r\nc=IN IP4 h\r\n", OM_SDP_SPACE_AFTER_EQUALS, 1},
        {HEAD "a= sendonly\r\n", OM_SDP_SPACE_AFTER_EQUALS, 0},
        {HEAD "i= free text\r\n", 0, 0},
        {HEAD "a=fmtp: any\r\n", 0, 0},
        {HEAD "a=max-size: 1\r\n", OM_SDP_SPACE_AFTER_COLON, 0},
        {HEAD "a=path:\tmsrp://h:1/s;tcp\r\n", OM_SDP_SPACE_AFTER_COLON, 0},
        {HEAD "nonsense\r\n", OM_SDP_BAD_LINE, 0},
        {HEAD "a\r\n", OM_SDP_BAD_LINE, 0},
        {HEAD "a =sendonly\r\n", OM_SDP_BAD_LINE, 0},
        {HEAD "\r\n \r\n\r\n", 0, 0},
        {HEAD "\r\na=x\r\n", OM_SDP_BLANK_LINE, 0},
        {HEAD "a=x\r\n y\r\n", OM_SDP_FOLDED_LINE, 0},
        {" v=0\r\n", OM_SDP_BAD_LINE | OM_SDP_NO_VERSION | OM_SDP_NO_ORIGIN | OM_SDP_NO_SESSION_NAME | OM_SDP_NO_TIME,
         0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sdp sdp;

        om_sdp_parse(om_slice_str(rows[i].text), &sdp);
        g_assert_cmpuint(sdp.flaws, ==, rows[i].flaws);
        g_assert_cmpuint(sdp.media->len, ==, rows[i].sections);
        om_sdp_clear(&sdp);
    }
}

static void
test_values(void)
{
    static const struct {
        const char *text;
        gboolean port_ok;
        guint port;
        enum om_sdp_setup setup;
        gboolean max_size_ok;
        gboolean msrp;
    } rows[] = {
        {"m=message 65536 TCP/MSRP *\na=setup:HoldConn\na=max-size:12x\n", FALSE, 0, OM_SDP_HOLDCONN, FALSE, TRUE},
        {"m=message\n", FALSE, 0, OM_SDP_SETUP_NONE, FALSE, FALSE},
        {"m=\na=setup\n", FALSE, 0, OM_SDP_SETUP_OTHER, FALSE, FALSE},
        {"m=message x UDP *\na=path:MSRP://h:1/s;tcp\na=max-size:18446744073709551615\n", FALSE, 0, OM_SDP_SETUP_NONE,
         TRUE, TRUE},
        {"m=message 1 TCP/MSRPX *\na=setup:client\na=setup:active\n", TRUE, 1, OM_SDP_SETUP_OTHER, FALSE, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct om_sdp sdp;
        const struct om_sdp_media *media;

        om_sdp_parse(om_slice_str(rows[i].text), &sdp);
        media = section(&sdp, 0);
        g_assert_cmpint(media->port_ok, ==, rows[i].port_ok);
        g_assert_cmpuint(media->port, ==, rows[i].port);
        g_assert_cmpint(media->setup, ==, rows[i].setup);
        g_assert_cmpint(media->max_size_ok, ==, rows[i].max_size_ok);
        g_assert_cmpint(om_sdp_media_is_msrp(media), ==, rows[i].msrp);
        om_sdp_clear(&sdp);
    }
}

static void
test_prefixes(void)
{
    static const char *const texts[] = {OFFER_PRINTED, ANSWER_PRINTED, OFFER_CORRECTED,
                                        RFC4975_OFFER, RFC5547_OFFER,  TWO_SECTIONS};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize n = 0; n <= strlen(texts[i]); n++) {
            char *copy = g_memdup2(texts[i], n);
            struct om_sdp sdp;

            om_sdp_parse(om_slice(copy, n), &sdp);
            g_assert_cmpuint(sdp.media->len, <=, 2);
            om_sdp_clear(&sdp);
            g_free(copy);
        }
    }
}

static void
test_bulk(void)
{
    static const char *const units[] = {"\r\n", " \n", "a\n", "a=\n", "m=\n", " x\n", "a:\n\n", "=", "a=x\n\n\n\n b\n"};

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *text = g_string_new(NULL);
        struct om_sdp sdp;

        while (text->len < 1024 * 1024)
            g_string_append(text, units[i]);
        om_sdp_parse(om_slice(text->str, text->len), &sdp);
        g_assert_cmpuint(sdp.media->len, <=, OM_SDP_MAX_MEDIA);
        om_sdp_clear(&sdp);
        g_string_free(text, TRUE);
    }
    g_assert_cmpfloat((double) clock() / CLOCKS_PER_SEC, <, 20);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sdp/printed", test_printed);
    g_test_add_func("/sdp/flaw-lines", test_flaw_lines);
    g_test_add_func("/sdp/rfc4975", test_rfc4975);
    g_test_add_func("/sdp/rfc5547", test_rfc5547);
    g_test_add_func("/sdp/two-sections", test_two_sections);
    g_test_add_func("/sdp/flaws", test_flaws);
    g_test_add_func("/sdp/values", test_values);
    g_test_add_func("/sdp/prefixes", test_prefixes);
    g_test_add_func("/sdp/bulk", test_bulk);
    return g_test_run();
}
