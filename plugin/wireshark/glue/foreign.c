/* foreign.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "foreign.h"

#include <epan/column-utils.h>
#include <epan/exceptions.h>
#include <epan/show_exception.h>
#include <epan/strutil.h>

#include "core/text/media_type.h"

static dissector_table_t media_types;

/* A handle, or by media type: one of both is given. */
static gboolean
call(dissector_handle_t handle, const char *media_type, om_media_info *info, tvbuff_t *tvb, packet_info *pinfo,
     proto_tree *tree)
{
    const char *current = pinfo->current_proto;
    gboolean writable = col_get_writable(pinfo->cinfo, -1);
    volatile gboolean taken = TRUE;

    col_set_writable(pinfo->cinfo, -1, FALSE);
    TRY
    {
        if (handle)
            call_dissector(handle, tvb, pinfo, tree);
        else
            taken = dissector_try_string_with_data(media_types, media_type, tvb, pinfo, tree, TRUE, info) != 0;
    }
    CATCH_BOUNDS_AND_DISSECTOR_ERRORS
    {
        show_exception(tvb, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
    pinfo->current_proto = current;
    col_set_writable(pinfo->cinfo, -1, writable);
    return taken;
}

void
omapush_call_foreign(dissector_handle_t handle, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    call(handle, NULL, NULL, tvb, pinfo, tree);
}

const char *
omapush_media_key(struct om_slice content_type, packet_info *pinfo)
{
    struct om_media_type media;
    char *key;

    om_media_type_parse(content_type, &media);
    key = wmem_strndup(pinfo->pool, media.type.p ? media.type.p : "", media.type.l);
    ascii_strdown_inplace(key);
    return key;
}

gboolean
omapush_call_media(struct om_slice content_type, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    struct om_media_type media;
    om_media_info info;

    om_media_type_parse(content_type, &media);
    memset(&info, 0, sizeof info);
    info.type = OM_MEDIA_FROM_OTHER;
    info.media_str = om_slice_isset(media.params) ? wmem_strndup(pinfo->pool, media.params.p, media.params.l) : NULL;
    return call(NULL, omapush_media_key(content_type, pinfo), &info, tvb, pinfo, tree);
}

gboolean
omapush_media_seen(struct om_slice content_type, packet_info *pinfo)
{
    dissector_handle_t handle = dissector_get_string_handle(media_types, omapush_media_key(content_type, pinfo));
    int protocol = handle ? dissector_handle_get_protocol_index(handle) : -1;

    return protocol >= 0 && proto_is_frame_protocol(pinfo->layers, proto_get_protocol_filter_name(protocol));
}

void
omapush_foreign_handoff(void)
{
    media_types = find_dissector_table("media_type");
}
