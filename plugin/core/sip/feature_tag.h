/* feature_tag.h
 * Feature tags in Contact, Accept-Contact and Reject-Contact: RFC 3840 section 9, RFC 3841 section 9.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FEATURE_TAG_H
#define OM_FEATURE_TAG_H

#include "core/text/slice.h"

enum om_feature_tag_id {
    OM_TAG_OTHER,          /**< a parameter, or another feature tag */
    OM_TAG_PUSH_EVENT_APP, /**< g.oma.pusheventapp */
    OM_TAG_ICSI_REF,       /**< g.3gpp.icsi-ref, and g.3gpp.icsi_ref */
    OM_TAG_IARI_REF,       /**< g.3gpp.iari-ref */
    OM_TAG_INSTANCE,       /**< sip.instance */
    OM_TAG_PUB_GRUU,       /**< not a feature tag, but found in the same place */
    OM_TAG_TEMP_GRUU,
    OM_TAG_EXPIRES,
};

enum om_feature_tag_flaw {
    OM_TAG_NAME = 1 << 0, /**< character not allowed, misspelt */
    OM_TAG_NO_PLUS = 1 << 1,
    OM_TAG_QUOTES = 1 << 2,       /**< not in straight double quotes, unbalanced, typographic */
    OM_TAG_SEPARATOR = 1 << 3,    /**< the parameter followed a "," where a ";" belongs */
    OM_TAG_NO_SEPARATOR = 1 << 4, /**< the parameter followed white space alone */
};

struct om_feature_tag {
    enum om_feature_tag_id id;
    struct om_slice name;   /**< as sent, with "+" */
    struct om_slice values; /**< inside the quotes (whatever quotes), absent for a flag tag */
    struct om_slice text;   /**< the whole parameter, for highlighting */
    guint flaws;            /**< enum om_feature_tag_flaw */
};

/**
 * Takes the next parameter off one header value of Contact, Accept-Contact or
 * Reject-Contact, from its beginning: the "*" or the address, the comma of the
 * next element and all that is no parameter are passed over. Lenient: typographic
 * quotes close typographic or straight ones, an unclosed quote ends at the next
 * ";" or "," that is followed by a parameter name and "=", or at the end. Linear over the whole header.
 */
struct om_feature_tag_iter {
    struct om_slice rest;
    gboolean in_params; /**< inside an element, after its address */
    gboolean after_comma;
};
void om_feature_tag_begin(struct om_feature_tag_iter *it, struct om_slice header_value);
gboolean om_feature_tag_next(struct om_feature_tag_iter *it, struct om_feature_tag *tag);

/** One value of a tag's list. */
struct om_feature_value {
    struct om_slice text; /**< without "!", "<", ">" */
    gboolean negated;     /**< "!" */
    gboolean string_form; /**< <...> */
};
gboolean om_feature_value_next(struct om_slice *rest, struct om_feature_value *value);

#endif
