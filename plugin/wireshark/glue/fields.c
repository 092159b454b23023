/* fields.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "fields.h"

#include "model/model.h"

int om_hf[OM_FIELD_COUNT];
int om_ett[OM_T_COUNT];
expert_field om_ei[OM_RULE_COUNT];

/* clang-format off */
static const value_string om_procedure_names[] = {
    {OM_PROC_REGISTRATION, "Registration"},
    {OM_PROC_THIRD_PARTY_REGISTRATION, "Third-party registration"},
    {OM_PROC_DEREGISTRATION, "De-registration"},
    {OM_PROC_MESSAGE, "Push by MESSAGE"},
    {OM_PROC_SESSION_OFFER, "Session offer"},
    {OM_PROC_SESSION_ANSWER, "Session answer"},
    {OM_PROC_SESSION_RELEASE, "Session release"},
    {OM_PROC_MSRP, "Push by MSRP"},
    {OM_PROC_REPORT, "Delivery report"},
    {0, NULL},
};
/* clang-format on */

const char *
omapush_procedure_name(guint procedure)
{
    return val_to_str_const(procedure, om_procedure_names, "");
}

static hf_register_info fields[OM_FIELD_COUNT] = {
#define OM_FIELD(symbol, name, abbrev, type, display, strings, blurb) \
    {&om_hf[OM_F_##symbol], {name, "omapush." abbrev, type, display, strings, 0, blurb, HFILL}},
#include "fields.def"
#undef OM_FIELD
};

static int
expert_group(enum om_group group)
{
    static const int groups[] = {PI_PROTOCOL,   PI_MALFORMED, PI_SEQUENCE, PI_RESPONSE_CODE,
                                 PI_REASSEMBLE, PI_CHECKSUM,  PI_UNDECODED};

    return groups[group];
}

static int
expert_severity(enum om_severity severity)
{
    static const int severities[] = {PI_NOTE, PI_WARN, PI_ERROR};

    return severities[severity];
}

/* One expert info a rule: "omapush.rule.sip_tag_name". */
static void
register_rules(int proto)
{
    static ei_register_info infos[OM_RULE_COUNT];

    for (guint i = 0; i < OM_RULE_COUNT; i++) {
        const struct om_rule_info *rule = om_rule_info(i);
        char *name = g_ascii_strdown(rule->id, -1);

        /* Names and texts live as long as the program. */
        infos[i].ids = &om_ei[i];
        infos[i].eiinfo.name = g_strconcat("omapush.rule.", g_strdelimit(name, "-", '_'), NULL);
        infos[i].eiinfo.group = expert_group(rule->group);
        infos[i].eiinfo.severity = expert_severity(rule->severity);
        infos[i].eiinfo.summary = g_strconcat(rule->id, ": ", rule->summary, NULL);
        om_ei[i] = (expert_field) EI_INIT;
        g_free(name);
    }
    expert_register_field_array(expert_register_protocol(proto), infos, OM_RULE_COUNT);
}

void
omapush_register_fields(int proto)
{
    static int *subtrees[OM_T_COUNT];

    for (guint i = 0; i < OM_FIELD_COUNT; i++)
        om_hf[i] = -1;
    for (guint i = 0; i < OM_T_COUNT; i++) {
        om_ett[i] = OM_ETT_INIT;
        subtrees[i] = &om_ett[i];
    }
    proto_register_field_array(proto, fields, OM_FIELD_COUNT);
    proto_register_subtree_array(subtrees, OM_T_COUNT);
    register_rules(proto);
}
