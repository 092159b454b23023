/* file_selector.h
 * a=file-selector, RFC 5547 section 6: name, type, size, any number of hashes.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FILE_SELECTOR_H
#define OM_FILE_SELECTOR_H

#include "core/text/slice.h"

enum om_file_selector_flaw {
    OM_SEL_NAME = 1 << 0, /**< not quoted, unbalanced, empty, broken %-escape */
    OM_SEL_TYPE = 1 << 1, /**< no type/subtype; parameter not attribute="value"; white space in it */
    OM_SEL_SIZE = 1 << 2, /**< not a number */
    OM_SEL_EMPTY = 1 << 3,
    OM_SEL_UNKNOWN = 1 << 4,  /**< a part that is none of the four */
    OM_SEL_REPEATED = 1 << 5, /**< name, type or size twice */
};

enum om_file_hash_flaw {
    OM_HASH_ALGORITHM = 1 << 0, /**< unknown algorithm name, or not in lower case as in RFC 4572's table, or "sha1" */
    OM_HASH_CASE = 1 << 1,      /**< lower-case hex */
    OM_HASH_SYNTAX = 1 << 2,    /**< not pairs with colons, white space in it, no value */
    OM_HASH_LENGTH = 1 << 3,    /**< wrong length for the algorithm */
};

#define OM_HASH_MAX 64 /**< bytes of the longest digest */

struct om_file_hash {
    struct om_slice algorithm;  /**< as sent */
    struct om_slice value_text; /**< as sent */
    guint8 value[OM_HASH_MAX];
    gsize length; /**< bytes in value; 0 where it could not be read */
    guint flaws;  /**< enum om_file_hash_flaw */
};

/** Slices point into the text given to om_file_selector_parse(). */
struct om_file_selector {
    char *name;           /**< quotes and %-escapes undone; NULL where there is none; owned */
    struct om_slice type; /**< with parameters, absent where there is none */
    gboolean size_ok;
    guint64 size;
    GArray *hashes; /**< struct om_file_hash */
    guint flaws;    /**< enum om_file_selector_flaw */
};

/**
 * Never fails; om_file_selector_clear() it afterwards. Folds inside count as SP. Of a
 * name, type or size that is repeated the first counts. Linear.
 */
void om_file_selector_parse(struct om_slice text, struct om_file_selector *selector);
void om_file_selector_clear(struct om_file_selector *selector);

/**
 * The textual name (RFC 4572 section 5: "sha-1", "sha-256", "md5", ...) that a spelling means: case and
 * hyphens ignored, so "SHA1" is "sha-1". Static; NULL: unknown.
 */
const char *om_hash_name(struct om_slice algorithm);

/**
 * Digest length in bytes of an algorithm in any spelling om_hash_name() knows: sha-1, sha-224, sha-256, sha-384,
 * sha-512, md5, md2. 0: unknown.
 */
gsize om_hash_length(struct om_slice algorithm);

#endif
