/* plugin.c
 * The protocol and its preferences.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

/* On Windows: what makes this a plugin is exported. Before any of Wireshark's headers, which ask for it. */
#define WS_BUILD_DLL

#include "wireshark/glue/frame.h"

#include <epan/prefs.h>
#include <epan/tap.h>

#include "wireshark/glue/foreign.h"
#include "wireshark/input/msrp_ports.h"
#include "wireshark/input/sip_heuristic.h"
#include "wireshark/input/sip_input.h"
#include "wireshark/output/outputs.h"
#include "wireshark/tables/tables.h"
#include "wireshark/user/conversation.h"
#include "wireshark/user/follow.h"
#include "wireshark/user/menu.h"
#include "wireshark/view/body_view.h"
#include "wireshark/view/chunk_view.h"
#include "wireshark/view/findings_view.h"
#include "wireshark/view/long_text.h"
#include "wireshark/view/msrp_stock.h"
#include "wireshark/view/msrp_view.h"
#include "wireshark/view/object_view.h"
#include "wireshark/view/push_tree.h"
#include "wireshark/view/push_view.h"
#include "wireshark/view/sdp_view.h"
#include "wireshark/view/session_view.h"
#include "wireshark/view/sip_view.h"
#include "msrp_dissectors.h"
#include "postdissector.h"

static const char *pref_icsis = "omapush, oma.push, oma-push";
static om_bool pref_all_msrp = FALSE;
static om_bool pref_verify = TRUE;
static unsigned pref_max_object = 256;
static range_t *pref_ports;

static module_t *prefs_module;

static char **
split_icsis(void)
{
    char **list = g_strsplit_set(pref_icsis ? pref_icsis : "", ", \t", -1);
    guint kept = 0;

    for (guint i = 0; list[i]; i++) {
        if (*list[i])
            list[kept++] = list[i];
        else
            g_free(list[i]);
    }
    list[kept] = NULL;
    return list;
}

static void
capture_begins(void)
{
    struct om_options options = {
        .icsis = split_icsis(),
        .all_msrp = pref_all_msrp,
        .verify = pref_verify,
        .max_object = (guint64) pref_max_object << 20,
    };

    omapush_capture_begins(&options);
    g_strfreev(options.icsis);
    omapush_msrp_claim();
}

static void
prefs_applied(void)
{
    omapush_msrp_ports(pref_ports);
}

static void
register_prefs(void)
{
    prefs_module = prefs_register_protocol(proto_omapush, prefs_applied);
    prefs_register_string_preference(prefs_module, "icsis", "ICSIs that mean OMA push",
                                     "Names after \"3gpp-service.ims.icsi.\" in any URN namespace, separated by commas",
                                     &pref_icsis);
    prefs_register_bool_preference(prefs_module, "all_msrp", "Every MSRP message is an object",
                                   "Also RCS file transfers and chats, not only pushes", &pref_all_msrp);
    prefs_register_bool_preference(prefs_module, "verify", "Verify objects",
                                   "Compute digests and hold them against the hashes that SDP offers", &pref_verify);
    prefs_register_uint_preference(prefs_module, "max_object", "Largest object held (MB)",
                                   "Megabytes of one object that are held for reassembly; beyond it ranges and "
                                   "digests go on, the content is given up",
                                   10, &pref_max_object);
    range_convert_str(wmem_epan_scope(), &pref_ports, "2855", 65535);
    prefs_register_range_preference(prefs_module, "msrp.tcp.port", "MSRP TCP ports",
                                    "Ports whose connections are MSRP whatever they begin with", &pref_ports, 65535);
}

/* Fields, subtrees and expert infos stand beside the view that fills them. */
static void
register_views(void)
{
    omapush_push_tree_register();
    omapush_push_view_register();
    omapush_sip_view_register();
    omapush_sdp_view_register();
    omapush_session_view_register();
    omapush_object_view_register();
    omapush_long_text_register();
    omapush_chunk_view_register();
    omapush_body_view_register();
    omapush_findings_view_register();
    omapush_msrp_view_register();
    omapush_msrp_stock_register();
}

static void
proto_register_omapush(void)
{
    proto_omapush = proto_register_protocol("OMA Push", "OMA Push", "omapush");
    register_views();
    register_prefs();
    register_init_routine(capture_begins);
    register_cleanup_routine(omapush_capture_ends);
    omapush_msrp_dissectors_register();
    omapush_postdissector_register();
    omapush_follow_register();
    omapush_conversations_register();
    omapush_menu_register();
    omapush_register_outputs(proto_omapush, register_tap("omapush"));
    omapush_tables_register();
}

static void
proto_reg_handoff_omapush(void)
{
    omapush_msrp_dissectors_handoff();
    omapush_msrp_ports_handoff();
    omapush_msrp_ports(pref_ports);
    omapush_sip_handoff();
    omapush_sip_heuristic_handoff();
    omapush_foreign_handoff();
    omapush_body_handoff();
}

OM_PLUGIN(OMAPUSH_VERSION, proto_register_omapush, proto_reg_handoff_omapush);
