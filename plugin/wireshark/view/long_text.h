/* long_text.h
 * Sentences in the tree: Wireshark cuts a line at 240 characters, and few windows are as wide.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_LONG_TEXT_H
#define OMAPUSH_LONG_TEXT_H

#include "wireshark/glue/frame.h"

void omapush_long_text_register(void);

/**
 * An item whose value is all of the text, and whose line shows as much as one can read; what is left stands in lines below
 * each other, behind it in the same tree.
 */
void omapush_long_text(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, int field, const char *text);
/** As much of the text as an expert info shows, up to a stop; the text itself where that is all. */
const char *omapush_short_text(packet_info *pinfo, const char *text);

#endif
