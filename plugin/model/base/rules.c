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

enum om_blame
om_rule_blame(enum om_rule rule)
{
    switch (rule) {
    case OM_RULE_SIP_TIMEOUT:
    case OM_RULE_MSRP_RESPONSE_MISSING:
    case OM_RULE_MSRP_RESPONSE_TIMEOUT:
    case OM_RULE_MSRP_REPORT_MISSING:
        return OM_BLAME_RECEIVER;
    case OM_RULE_SIP_NO_ANSWER: /* the capture ends before it is due */
    case OM_RULE_MSRP_CAPTURE_LOSS:
    case OM_RULE_MSRP_CAPTURE_ENDS:
    case OM_RULE_FILE_NOT_SEEN:
    case OM_RULE_OBJ_TOO_LARGE:
        return OM_BLAME_NOBODY;
    default:
        return OM_BLAME_SENDER;
    }
}
