/* sip_party.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sip_party.h"

#include "core/text/text_hash.h"

struct party {
    gboolean push;
    GPtrArray *waiting; /* NULL where nobody does */
};

static void
party_free(gpointer data)
{
    struct party *party = data;

    if (party->waiting)
        g_ptr_array_unref(party->waiting);
    g_free(party);
}

GHashTable *
om_parties_new(void)
{
    return g_hash_table_new_full(om_text_hash, g_str_equal, g_free, party_free);
}

static struct party *
party_open(GHashTable *parties, enum om_party_kind kind, const char *key)
{
    char *name = g_strdup_printf("%c%s", "aci"[kind], key);
    struct party *party = g_hash_table_lookup(parties, name);

    if (party) {
        g_free(name);
        return party;
    }
    party = g_new0(struct party, 1);
    g_hash_table_insert(parties, name, party);
    return party;
}

gboolean
om_party_is_push(GHashTable *parties, enum om_party_kind kind, const char *key, gpointer waiter)
{
    struct party *party;

    if (!key || !*key)
        return FALSE;
    party = party_open(parties, kind, key);
    if (!party->push && waiter) {
        if (!party->waiting)
            party->waiting = g_ptr_array_new();
        g_ptr_array_add(party->waiting, waiter);
    }
    return party->push;
}

GPtrArray *
om_party_mark(GHashTable *parties, enum om_party_kind kind, const char *key)
{
    struct party *party;

    if (!key || !*key)
        return NULL;
    party = party_open(parties, kind, key);
    party->push = TRUE;
    return g_steal_pointer(&party->waiting);
}
