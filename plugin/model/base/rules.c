/* rules.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "rules.h"

static const struct om_rule_info rules[OM_RULE_COUNT] = {
#define OM_RULE(symbol, id, severity, group, section, summary) \
    [OM_RULE_##symbol] = {id, OM_##severity, OM_GROUP_##group, section, summary},
#include "rules.def"
#undef OM_RULE
};

const struct om_rule_info *
om_rule_info(enum om_rule rule)
{
    return &rules[rule];
}

const char *
om_severity_name(enum om_severity severity)
{
    static const char *const names[] = {"note", "warn", "error"};

    return names[severity];
}
