/* compat.h
 * One face for Wireshark 4.0, 4.2, 4.4 and 4.6: the only file that asks for the version.
 *
 * Code is written to the newer names; this header brings the older ones up to them.
 * OMAPUSH_WS_MAJOR and OMAPUSH_WS_MINOR come from the build.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_COMPAT_H
#define OMAPUSH_COMPAT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define OM_WS_AT_LEAST(major, minor) \
    (OMAPUSH_WS_MAJOR > (major) || (OMAPUSH_WS_MAJOR == (major) && OMAPUSH_WS_MINOR >= (minor)))

#include <epan/packet.h>
#include <epan/proto_data.h>
#include <epan/conversation.h>
#include <epan/conversation_filter.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/stat_groups.h>

#if OM_WS_AT_LEAST(4, 6)
#include <wsutil/value_string.h>
#else
#include <epan/value_string.h>
#endif

#if OM_WS_AT_LEAST(4, 2)
#include <epan/dissectors/packet-media-type.h>
#include <epan/dissectors/packet-tls.h>
#else
#include <epan/dissectors/packet-http.h>
#endif

/* --- Types --- */

/** Boolean preference variables, and what heuristics, UAT and foreach callbacks return. */
#if OM_WS_AT_LEAST(4, 4)
typedef bool om_bool;
#else
typedef gboolean om_bool;
#endif

/** What callbacks of a wmem pool return. */
#if OM_WS_AT_LEAST(4, 2)
typedef bool om_pool_bool;
#else
typedef gboolean om_pool_bool;
#endif

/** "//" from 4.4 on, where "/" stands for itself. */
#if OM_WS_AT_LEAST(4, 4)
#define OM_MENU_SEPARATOR       "//"
#define OM_STAT_GROUP_TELEPHONY REGISTER_TELEPHONY_GROUP_UNSORTED
#else
#define OM_MENU_SEPARATOR       "/"
#define OM_STAT_GROUP_TELEPHONY REGISTER_STAT_GROUP_TELEPHONY
#endif

#if !OM_WS_AT_LEAST(4, 6)
#define dissector_try_string_with_data dissector_try_string_new
#endif

/* --- Buffers, values --- */

#if !OM_WS_AT_LEAST(4, 4)
#define tvb_get_uint8                tvb_get_guint8
#define tvb_find_uint8               tvb_find_guint8
#define tvb_ws_mempbrk_pattern_uint8 tvb_ws_mempbrk_pattern_guint8
#endif

/** Name of a value, else the format with the value; allocated from the pool where it must be. */
static inline const char *
om_val_to_str(wmem_allocator_t *pool, uint32_t value, const value_string *names, const char *format)
{
#if OM_WS_AT_LEAST(4, 6)
    return val_to_str(pool, value, names, format);
#elif OM_WS_AT_LEAST(4, 4)
    return val_to_str_wmem(pool, value, names, format);
#else
    (void) pool;
    return val_to_str(value, names, format);
#endif
}

/** The value of a field, for the fvalue_get_...() family. */
static inline fvalue_t *
om_finfo_value(field_info *finfo)
{
#if OM_WS_AT_LEAST(4, 2)
    return finfo->value;
#else
    return &finfo->value;
#endif
}

/* --- What media_type dissectors get as data --- */

#if OM_WS_AT_LEAST(4, 2)
typedef media_content_info_t om_media_info;
#define OM_MEDIA_FROM_SIP   MEDIA_CONTAINER_SIP_DATA
#define OM_MEDIA_FROM_OTHER MEDIA_CONTAINER_OTHER
#else
typedef http_message_info_t om_media_info;
#define OM_MEDIA_FROM_SIP   SIP_DATA
#define OM_MEDIA_FROM_OTHER HTTP_OTHERS
#endif

/* --- TLS, TCP --- */

/** A heuristic on "tls" claims the session for later records. data: what the heuristic was given. */
static inline void
om_tls_claim(void *data, dissector_handle_t handle)
{
    dissector_handle_t *app_handle;

    if (!data)
        return;
#if OM_WS_AT_LEAST(4, 2)
    app_handle = ((struct tlsinfo *) data)->app_handle;
#else
    app_handle = (dissector_handle_t *) data;
#endif
    if (app_handle)
        *app_handle = handle;
}

/** TCP's own state of a conversation; NULL where there is none. Does not touch its analysis. */
static inline struct tcp_analysis *
om_tcp_analysis_of(conversation_t *conversation)
{
#if OM_WS_AT_LEAST(4, 4)
    return get_tcp_conversation_data_idempotent(conversation);
#else
    static int tcp;

    if (!tcp)
        tcp = proto_get_id_by_filter_name("tcp");
    return (struct tcp_analysis *) conversation_get_proto_data(conversation, tcp);
#endif
}

/** The same for the conversation of this packet. */
static inline struct tcp_analysis *
om_tcp_analysis(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    return conversation ? om_tcp_analysis_of(conversation) : NULL;
}

/** Port of the side that was connected to, known from SYN or SYN-ACK; 0 where neither was seen. */
static inline uint16_t
om_tcp_server_port(packet_info *pinfo)
{
    const struct tcp_analysis *analysis = om_tcp_analysis(pinfo);

    return analysis ? analysis->server_port : 0;
}

/* --- Outputs --- */

/** Init callback of register_stat_tap_ui(): tells of a failure from 4.6 on; before, the command line ends here. */
#if OM_WS_AT_LEAST(4, 6)
typedef bool om_stat_init;
#define OM_STAT_INIT_DONE   return true
#define OM_STAT_INIT_FAILED return false
#else
typedef void om_stat_init;
#define OM_STAT_INIT_DONE   return
#define OM_STAT_INIT_FAILED exit(EXIT_FAILURE)
#endif

/* --- Follow --- */

/** From 4.2 on followers count their streams, and tell of sub-streams: there are none. */
#if OM_WS_AT_LEAST(4, 2)
#define om_register_follow_stream(proto, tap, conversation, stream, address, port, packet, count) \
    register_follow_stream(proto, tap, conversation, stream, address, port, packet, count, NULL)
#else
#define om_register_follow_stream(proto, tap, conversation, stream, address, port, packet, count) \
    ((void) (count), register_follow_stream(proto, tap, conversation, stream, address, port, packet))
#endif

/* --- Callbacks of register_conversation_filter() --- */

#if OM_WS_AT_LEAST(4, 2)
#define OM_CONVERSATION_FILTER_ARGS packet_info *pinfo, void *user_data G_GNUC_UNUSED
#define om_register_conversation_filter(proto, name, valid, build) \
    register_conversation_filter(proto, name, valid, build, NULL)
#else
#define OM_CONVERSATION_FILTER_ARGS packet_info *pinfo
#define om_register_conversation_filter(proto, name, valid, build) \
    register_conversation_filter(proto, name, valid, build)
#endif

/* --- What makes a shared object a plugin --- */

#if OM_WS_AT_LEAST(4, 4)
#include <wsutil/plugins.h>
#define OM_PLUGIN_DESCRIBE                                             \
    WS_DLL_PUBLIC uint32_t plugin_describe(void);                      \
    uint32_t plugin_describe(void)                                     \
    {                                                                  \
        return WS_PLUGIN_DESC_DISSECTOR | WS_PLUGIN_DESC_TAP_LISTENER; \
    }
#else
#define OM_PLUGIN_DESCRIBE
#endif

/** Once, in plugin.c: version and ABI, and the two routines that Wireshark calls. */
#define OM_PLUGIN(version, register_protocol, register_handoffs)      \
    WS_DLL_PUBLIC_DEF const char plugin_version[] = version;          \
    WS_DLL_PUBLIC_DEF const int plugin_want_major = OMAPUSH_WS_MAJOR; \
    WS_DLL_PUBLIC_DEF const int plugin_want_minor = OMAPUSH_WS_MINOR; \
    OM_PLUGIN_DESCRIBE                                                \
    WS_DLL_PUBLIC void plugin_register(void);                         \
    void plugin_register(void)                                        \
    {                                                                 \
        static proto_plugin plugin;                                   \
        plugin.register_protoinfo = register_protocol;                \
        plugin.register_handoff = register_handoffs;                  \
        proto_register_plugin(&plugin);                               \
    }                                                                 \
    _Static_assert(OM_WS_AT_LEAST(4, 0), "older Wiresharks are not supported")

#endif
