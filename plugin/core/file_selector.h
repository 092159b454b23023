/* file_selector.h
 * a=file-selector, RFC 5547 section 6: name, type, size, any number of hashes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FILE_SELECTOR_H
#define OM_FILE_SELECTOR_H

#include "slice.h"

enum om_file_selector_flaw {
    OM_SEL_NAME = 1 << 0,        /**< not quoted, unbalanced */
    OM_SEL_TYPE = 1 << 1,        /**< no type/subtype */
    OM_SEL_SIZE = 1 << 2,        /**< not a number */
    OM_SEL_EMPTY = 1 << 3,
    OM_SEL_UNKNOWN = 1 << 4,     /**< a part that is none of the four */
    OM_SEL_REPEATED = 1 << 5,    /**< name, type or size twice */
};

enum om_file_hash_flaw {
    OM_HASH_ALGORITHM = 1 << 0,  /**< unknown algorithm name, or not in lower case as RFC 4572's table */
    OM_HASH_CASE = 1 << 1,       /**< lower-case hex */
    OM_HASH_SYNTAX = 1 << 2,     /**< not pairs with colons */
    OM_HASH_LENGTH = 1 << 3,     /**< wrong length for the algorithm */
};

#define OM_HASH_MAX 64 /**< bytes of the longest digest */

struct om_file_hash {
    struct om_slice algorithm;      /**< as sent */
    struct om_slice value_text;     /**< as sent */
    guint8 value[OM_HASH_MAX];
    gsize length;                   /**< bytes in value; 0 where it could not be read */
    guint flaws;                    /**< enum om_file_hash_flaw */
};

/** Slices point into the text given to om_file_selector_parse(). */
struct om_file_selector {
    char *name;              /**< quotes and %-escapes undone; NULL where there is none; owned */
    struct om_slice type;    /**< with parameters, absent where there is none */
    gboolean size_ok;
    guint64 size;
    GArray *hashes;          /**< struct om_file_hash */
    guint flaws;             /**< enum om_file_selector_flaw */
};

/** Never fails; om_file_selector_clear() it afterwards. Folds inside count as SP. */
void om_file_selector_parse(struct om_slice text, struct om_file_selector *selector);
void om_file_selector_clear(struct om_file_selector *selector);

/** Digest length in bytes of a hash algorithm name (case ignored): sha-1, sha-224, sha-256, sha-384, sha-512, md5, md2. 0: unknown. */
gsize om_hash_length(struct om_slice algorithm);

#endif
