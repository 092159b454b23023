/* fields.h
 * Display filter fields, subtrees and expert infos (fields.def, rules.def).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_FIELDS_H
#define OMAPUSH_FIELDS_H

#include "compat.h"

#include <epan/expert.h>

#include "model/base/rules.h"

enum om_field {
#define OM_FIELD(symbol, name, abbrev, type, display, strings, blurb) OM_F_##symbol,
#include "fields.def"
#undef OM_FIELD
    OM_FIELD_COUNT
};

/** Field ids by enum om_field. */
extern int om_hf[OM_FIELD_COUNT];
#define HF(symbol) om_hf[OM_F_##symbol]

enum om_subtree {
    OM_T_PUSH,
    OM_T_SESSION,
    OM_T_OBJECT,
    OM_T_CHUNK,
    OM_T_MEDIA,
    OM_T_FILE,
    OM_T_FRAGMENTS,
    OM_T_BODY,
    OM_T_HEADER,
    OM_T_FINDING,
    OM_T_MSRP,
    OM_T_DATA,
    OM_T_COUNT
};
extern int om_ett[OM_T_COUNT];

/** Expert infos by rule. */
extern expert_field om_ei[OM_RULE_COUNT];

void omapush_register_fields(int proto);

#endif
