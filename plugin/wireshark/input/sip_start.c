/* sip_start.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_start.h"

#include "core/text/visible.h"
#include "wireshark/glue/frame.h"

/** Longest method and reason phrase shown. */
#define WORD_MAX 40

static char *
word(struct om_slice text)
{
    return om_slice_dup_utf8(om_slice_head_utf8(text, WORD_MAX));
}

void
omapush_sip_start(const struct om_sip_msg *msg, struct om_sip_start *start)
{
    char *method = word(msg->method), *reason, *text;

    start->status = msg->request ? 0 : msg->status;
    start->body = msg->body.l > 0;
    if (msg->request) {
        start->text = om_model_intern(omapush_model(), method ? method : "");
    } else {
        reason = word(msg->reason);
        text = g_strdup_printf("%u %s%sfor %s", msg->status, reason ? reason : "", reason && *reason ? " " : "",
                               method ? method : "");
        start->text = om_model_intern(omapush_model(), text);
        g_free(text);
        g_free(reason);
    }
    g_free(method);
}
