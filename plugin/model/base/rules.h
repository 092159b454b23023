/* rules.h
 * The table of conformance rules (rules.def).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_RULES_H
#define OM_RULES_H

#include <glib.h>

enum om_severity { OM_NOTE, OM_WARN, OM_ERROR };
#define OM_SEVERITIES 3

/** Expert Information groups, by Wireshark's names. */
enum om_group {
    OM_GROUP_PROTOCOL,
    OM_GROUP_MALFORMED,
    OM_GROUP_SEQUENCE,
    OM_GROUP_RESPONSE_CODE,
    OM_GROUP_REASSEMBLE,
    OM_GROUP_CHECKSUM,
    OM_GROUP_UNDECODED,
};

enum om_rule {
#define OM_RULE(symbol, id, severity, group, section, summary) OM_RULE_##symbol,
#include "rules.def"
#undef OM_RULE
    OM_RULE_COUNT
};

struct om_rule_info {
    const char *id;
    enum om_severity severity;
    enum om_group group;
    const char *section;
    const char *summary;
};

/** Entry of the table; static. */
const struct om_rule_info *om_rule_info(enum om_rule rule);

/** Who breaks a rule, seen from the frame of its finding. */
enum om_blame { OM_BLAME_SENDER, OM_BLAME_RECEIVER, OM_BLAME_NOBODY };

enum om_blame om_rule_blame(enum om_rule rule);

/** "error", "warn", "note". */
const char *om_severity_name(enum om_severity severity);

#endif
