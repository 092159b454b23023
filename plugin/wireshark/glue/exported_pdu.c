/* exported_pdu.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "exported_pdu.h"

#include <wiretap/wtap.h>

/* A tag, the length of its value, the value; wsutil/exported_pdu_tlvs.h has the tags from 4.0 on. */
#define TAG_END      0
#define TAG_TCP_INFO 34
#define TLV_HEAD     4
/* In the value of TAG_TCP_INFO, behind its version. */
#define TCP_INFO_SEQ    2
#define TCP_INFO_LENGTH 19
#define TCP_INFO_KNOWN  1

gboolean
omapush_is_exported(const packet_info *pinfo)
{
    return pinfo->rec && pinfo->rec->rec_header.packet_header.pkt_encap == WTAP_ENCAP_WIRESHARK_UPPER_PDU;
}

gboolean
omapush_exported_segment(tvbuff_t *frame, struct omapush_segment *segment)
{
    guint length = tvb_captured_length(frame), at = 0, size;
    gint info = -1;
    guint16 tag;

    do {
        if (length - at < TLV_HEAD)
            return FALSE;
        tag = tvb_get_ntohs(frame, (gint) at);
        size = tvb_get_ntohs(frame, (gint) at + 2);
        at += TLV_HEAD;
        if (size > length - at)
            return FALSE;
        if (tag == TAG_TCP_INFO && size == TCP_INFO_LENGTH && tvb_get_ntohs(frame, (gint) at) == TCP_INFO_KNOWN)
            info = (gint) at;
        at += size;
    } while (tag != TAG_END);
    if (info < 0)
        return FALSE;
    *segment = (struct omapush_segment){.source = tvb_get_ds_tvb(frame), .begin = tvb_raw_offset(frame) + (gint) at};
    segment->length = (gint) (length - at);
    segment->announced = tvb_reported_length(frame) - at;
    segment->sent_seq = segment->seq = tvb_get_ntohl(frame, info + TCP_INFO_SEQ);
    return TRUE;
}
