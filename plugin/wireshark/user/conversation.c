/* conversation.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "conversation.h"

#include "of_frame.h"

static struct omapush_of_frame
of_packet(packet_info *pinfo)
{
    return omapush_of_record(omapush_capture() ? omapush_frame_record(pinfo, FALSE) : NULL);
}

static om_bool
has_session(OM_CONVERSATION_FILTER_ARGS)
{
    return of_packet(pinfo).session != NULL;
}

static char *
session_filter(OM_CONVERSATION_FILTER_ARGS)
{
    return omapush_session_filter(of_packet(pinfo).session);
}

static om_bool
has_object(OM_CONVERSATION_FILTER_ARGS)
{
    return of_packet(pinfo).object != NULL;
}

static char *
object_filter(OM_CONVERSATION_FILTER_ARGS)
{
    return omapush_object_filter(of_packet(pinfo).object);
}

void
omapush_conversations_register(void)
{
    om_register_conversation_filter("omapush", "OMA Push session", has_session, session_filter);
    om_register_conversation_filter("omapush", "OMA Push object", has_object, object_filter);
}
