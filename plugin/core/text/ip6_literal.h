/* ip6_literal.h
 * IPv6 addresses as text, RFC 4291 section 2.2.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_IP6_LITERAL_H
#define OM_IP6_LITERAL_H

#include "slice.h"

/**
 * Reads an address without brackets; a zone ("%eth0") is no part of it.
 * @return FALSE where it is none (address untouched)
 */
gboolean om_ip6_parse(struct om_slice text, guint8 address[16]);

#endif
