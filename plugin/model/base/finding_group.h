/* finding_group.h
 * Findings that are told once: those of one rule about one object, with a frame for each.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_FINDING_GROUP_H
#define OM_FINDING_GROUP_H

#include "context.h"

/** Owned by its conclusion. */
struct om_finding_group {
    const struct om_finding *first;
    GArray *frames; /**< guint32: a frame for each of them, in order */
};

/**
 * Groups findings: by rule and object; those of no object by rule, session and text.
 * @param findings  struct om_finding *, by frame
 * @param groups    out: struct om_finding_group *, by first frame
 */
void om_finding_groups(const GPtrArray *findings, GPtrArray *groups);
void om_finding_group_free(gpointer group);

#endif
