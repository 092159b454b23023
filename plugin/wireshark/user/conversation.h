/* conversation.h
 * Conversation Filter and Colorize Conversation: the session and the object of the frame at hand.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_CONVERSATION_H
#define OMAPUSH_CONVERSATION_H

void omapush_conversations_register(void);

#endif
