/* export_names.h
 * File names that one export has used: no two of its files may be one. A public part of the model
 * (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_EXPORT_NAMES_H
#define OM_EXPORT_NAMES_H

#include <glib.h>

/** Set of names as file systems compare them: some ignore case, some compose accents. g_hash_table_unref() it. */
GHashTable *om_export_names_new(void);

/**
 * Uses a name up.
 * @param name  taken over
 * @return it, or one with a number before its extension where it was used before: "a(1).txt". g_free() it.
 */
char *om_export_names_use(GHashTable *names, char *name);

#endif
