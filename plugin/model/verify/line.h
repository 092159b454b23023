/* line.h
 * The pool of selectors of one path: for selector.c and assign.c.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_LINE_H
#define OM_LINE_H

#include "selector.h"

/** Selectors that share a hash or a size, in order. */
struct om_alike {
    GArray *indexes; /**< guint */
    guint first;     /**< those before it are used */
};

/** What one side offers on one path to one receiver. Owned by the set of them. */
struct om_line {
    const struct om_exchange *exchange;
    const char *sender;   /**< its endpoint; NULL: not known */
    const char *receiver; /**< of an INVITE that forked each answer gets the files; NULL: not known */
    gboolean from_offerer;
    GPtrArray *files;      /**< struct om_file *, in order of m-lines; of the dialog */
    GPtrArray *objects;    /**< struct om_object *, by id */
    guint8 *used;          /**< one for each file */
    guint next;            /**< the files before it are used */
    guint dropped;         /**< objects that use no selector up */
    GHashTable *by_hash;   /**< struct om_digest * -> struct om_alike *; NULL: not made yet */
    GHashTable *by_size;   /**< guint64 * -> struct om_alike * */
    GPtrArray *algorithms; /**< of the hashes, static names */
};

/** All selectors are free again. */
void om_line_reset(struct om_line *line);
void om_line_use(struct om_line *line, guint index);

/** The first free one; FALSE: there is none. */
gboolean om_line_next(struct om_line *line, guint *index);
/**
 * The first free one whose hash a complete object has.
 * @param any  a used one, too, where none is free
 */
gboolean om_line_by_hash(struct om_line *line, struct om_object *object, gboolean any, guint *index);
/** The first free one whose size an object has or announces, better with its type. */
gboolean om_line_by_size(struct om_line *line, struct om_object *object, gboolean any, guint *index);

#endif
