/* export_name.h
 * Safe file names for exported objects.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_EXPORT_NAME_H
#define OM_EXPORT_NAME_H

#include <glib.h>

/**
 * A file name from what the wire says: no separators, no control characters, no
 * leading dots, no reserved device names, at most 120 bytes, valid UTF-8, with the
 * extension given unless the name already ends with it (or with another spelling
 * of it: "jpeg" for "jpg").
 * @param name  the selector's name, a Content-Location's last part, or a Message-ID; NULL: "push-object"
 * @param incomplete  adds ".incomplete" before the extension
 * @return g_free() it
 */
char *om_export_name(const char *name, const char *extension, gboolean incomplete);

#endif
