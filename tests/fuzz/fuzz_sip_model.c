/* fuzz_sip_model.c
 * libFuzzer target: a capture of SIP messages (a zero byte between two, the first byte of each says
 * which hosts) through the model: registrations, MESSAGEs, dialogs, rules.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/object/object.h"
#include "model/model_private.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
feed(struct om_model *model, GPtrArray *records, const guint8 *data, gsize size)
{
    static const char *const hosts[] = {"192.0.2.1", "192.0.2.3", "192.0.2.4", "2001:db8::1"};
    guint32 number = records->len + 1;
    const struct om_frame frame = {.number = number,
                                   .time = number * G_GINT64_CONSTANT(10000000),
                                   .src = hosts[data[0] & 3],
                                   .dst = hosts[data[0] >> 2 & 3],
                                   .src_port = 5060,
                                   .dst_port = 5060,
                                   .cut = data[0] >> 4 & 1};
    struct om_sip_msg msg;

    if (!om_sip_msg_parse(om_slice(data + 1, size - 1), &msg))
        return;
    g_ptr_array_add(records, om_model_sip(model, &frame, &msg));
    om_sip_msg_clear(&msg);
}

static void
check_findings(struct om_model *model, guint frames)
{
    const struct om_conclusion *conclusion = om_model_conclude(model);

    for (guint i = 0; i < conclusion->findings->len; i++) {
        const struct om_finding *finding = g_ptr_array_index(conclusion->findings, i);

        g_assert_true(finding->frame > 0 && finding->frame <= frames);
        g_assert_true(g_utf8_validate(finding->text, -1, NULL));
        g_assert_true(!finding->session || finding->session->id);
    }
}

static void
check_order(const struct om_model *model)
{
    for (guint i = 0; i < om_model_sessions(model)->len; i++) {
        const struct om_session *session = g_ptr_array_index(om_model_sessions(model), i);

        g_assert_cmpuint(session->id, ==, i + 1);
        for (guint n = 0; n < session->exchanges->len; n++)
            g_assert_nonnull(((const struct om_exchange *) g_ptr_array_index(session->exchanges, n))->offer);
    }
    for (guint i = 1; i < om_model_registrations(model)->len; i++) {
        const struct om_registration *before = g_ptr_array_index(om_model_registrations(model), i - 1);
        const struct om_registration *after = g_ptr_array_index(om_model_registrations(model), i);

        g_assert_cmpuint(before->frame, <, after->frame);
    }
}

/* Whatever an SDP names as an endpoint is found. */
static void
check_endpoints(struct om_model *model)
{
    for (guint i = 0; i < om_model_sessions(model)->len; i++) {
        const struct om_session *session = g_ptr_array_index(om_model_sessions(model), i);

        for (guint n = 0; n < session->exchanges->len; n++) {
            const struct om_exchange *exchange = g_ptr_array_index(session->exchanges, n);

            for (guint m = 0; m < exchange->offer->media->len; m++) {
                const struct om_media *media = g_ptr_array_index(exchange->offer->media, m);
                struct om_session_match match;

                if (!media->endpoint_key || !media->port)
                    continue;
                g_assert_true(
                    om_session_by_endpoints(model->sessions, media->endpoint_key, "msrp://nobody:1/x;tcp", &match));
                g_assert_nonnull(match.session);
            }
        }
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static char *icsis[] = {(char *) "omapush", NULL};
    const struct om_options options = {icsis, size > 0 && (data[0] & 0x80), TRUE, 1 << 20};
    struct om_model *model = om_model_new(&options);
    GPtrArray *records = g_ptr_array_new_with_free_func((GDestroyNotify) om_sip_record_free);

    while (size > 0) {
        const guint8 *zero = memchr(data, 0, size);
        gsize length = zero ? (gsize) (zero - data) : size;

        if (length > 1)
            feed(model, records, data, length);
        length += zero != NULL;
        data += length;
        size -= length;
    }
    check_findings(model, records->len);
    check_order(model);
    check_endpoints(model);
    g_ptr_array_unref(records);
    om_model_free(model);
    return 0;
}
