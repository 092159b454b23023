/* fuzz_sip.c
 * libFuzzer target: SIP messages, their lists, addresses, URIs, Vias and media types.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "check_inside.h"
#include "core/text/media_type.h"
#include "core/sip/sip_msg.h"
#include "core/sip/sip_uri.h"
#include "core/sip/sip_via.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
try_params(struct om_slice params)
{
    struct om_slice rest = params;
    struct om_param param;

    while (om_param_next(&rest, &param)) {
        check_inside(param.name, params);
        check_inside(param.value, params);
    }
    check_inside(om_param_get(params, "tag"), params);
}

static void
try_uri(struct om_slice uri)
{
    struct om_slice value = OM_SLICE_NULL;
    gboolean well_formed = FALSE;
    char *key = om_sip_uri_key(uri);
    gboolean gruu = om_sip_uri_gruu(uri, &value, &well_formed);

    check_inside(value, uri);
    check_inside(om_sip_uri_bare(uri), uri);
    g_assert_true(!key || g_utf8_validate(key, -1, NULL));
    g_assert_true(!(om_sip_gruu_is_strict(uri, FALSE) && om_sip_gruu_is_strict(uri, TRUE)));
    if (om_sip_gruu_is_strict(uri, FALSE) || om_sip_gruu_is_strict(uri, TRUE))
        g_assert_true(gruu && well_formed);
    g_free(key);
}

/* A strict URI in <> is an address without a flaw, and comes out as it went in. */
static void
try_round_trip(struct om_slice uri)
{
    struct om_sip_addr addr;
    char *bracketed;

    if (!om_sip_uri_is_strict(uri))
        return;
    bracketed = g_strdup_printf("<%.*s>", (int) uri.l, uri.p);
    om_sip_addr_parse(om_slice_str(bracketed), &addr);
    g_assert_cmphex(addr.flaws, ==, 0);
    g_assert_true(om_slice_eq(addr.uri, uri));
    g_free(bracketed);
}

static void
try_address(struct om_slice text)
{
    struct om_sip_addr addr;

    om_sip_addr_parse(text, &addr);
    check_inside(addr.display, text);
    check_inside(addr.uri, text);
    check_inside(addr.bare_uri, addr.uri);
    check_inside(addr.params, text);
    try_uri(addr.uri);
    try_round_trip(addr.uri);
    try_params(addr.params);
}

static void
try_via(struct om_slice text)
{
    struct om_sip_via via;

    if (!om_sip_via_parse(text, &via))
        return;
    check_inside(via.sent_by, text);
    check_inside(via.host, via.sent_by);
    check_inside(via.params, text);
    g_assert_true(!via.sent_by_ok || via.host.l > 0);
}

static void
try_list(struct om_slice list)
{
    struct om_slice rest = list;
    struct om_slice element;
    const char *last = list.p;

    while (om_sip_list_next(&rest, &element)) {
        check_inside(element, list);
        if (element.l) {
            g_assert_true(element.p >= last);
            last = element.p + element.l;
        }
        try_address(element);
        try_via(element);
    }
}

static void
try_media_type(struct om_slice text)
{
    struct om_media_type media;

    om_media_type_parse(text, &media);
    check_inside(media.type, text);
    check_inside(om_media_type_param(media.params, "boundary"), text);
    om_media_type_in_list(OM_SLICE_LIT("text/plain"), text);
    g_assert_nonnull(om_media_type_extension(text));
    g_assert_true(om_media_type_same(text, text));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    struct om_slice all = om_slice(data, size);
    struct om_sip_msg msg;

    try_list(all);
    try_media_type(all);
    if (!om_sip_msg_parse(all, &msg))
        return 0;
    check_inside(msg.text, all);
    check_inside(msg.body, msg.text);
    check_inside(msg.request_uri, msg.text);
    try_address(msg.request_uri);
    for (guint i = 0; i < msg.headers->len; i++) {
        const struct om_sip_header *header = &g_array_index(msg.headers, struct om_sip_header, i);

        check_inside(header->line, msg.text);
        check_inside(header->name, header->line);
        check_inside(header->value, header->line);
        try_list(header->value);
    }
    om_sip_msg_clear(&msg);
    return 0;
}
