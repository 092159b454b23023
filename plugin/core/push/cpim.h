/* cpim.h
 * message/cpim wrappers, RFC 3862 section 2.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_CPIM_H
#define OM_CPIM_H

#include "push_headers.h"

enum om_cpim_flaw {
    OM_CPIM_BAD_HEADER = 1 << 0, /**< a line that is no "Name: value" */
    OM_CPIM_BLANK_LINE = 1 << 1, /**< none between message headers and MIME headers, or one among either */
    OM_CPIM_NO_CONTENT_TYPE = 1 << 2,
    OM_CPIM_MISSING_SPACE = 1 << 3, /**< "Name:value": RFC 3862 wants one SP */
};

struct om_cpim {
    struct om_push_headers headers; /**< message headers, then MIME headers; type and content of the wrapped body */
    guint flaws;                    /**< enum om_cpim_flaw */
};

/**
 * Message headers are told by name (From, To, cc, DateTime, Subject, NS, Require), MIME headers by "Content-".
 * Values as sent (a ";lang=" parameter stays in front), folds as one SP. The head is bounded as push_headers.h says.
 * @return FALSE where there is no way to see a CPIM message in it; then nothing was allocated
 */
gboolean om_cpim_parse(struct om_slice body, struct om_cpim *cpim);
void om_cpim_clear(struct om_cpim *cpim);

#endif
