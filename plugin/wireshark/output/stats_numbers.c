/* stats_numbers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "stats_numbers.h"

#define TITLE "Objects in numbers"

enum number { SIZE, CHUNKS, SETUP, TRANSFER, REPORT, RATE, NUMBERS };

static const char *const titles[NUMBERS] = {
    [SIZE] = "Size (bytes)",           [CHUNKS] = "Chunks",           [SETUP] = "Setup time (ms)",
    [TRANSFER] = "Transfer time (ms)", [REPORT] = "Report time (ms)", [RATE] = "Transfer rate (bytes a second)",
};

G_STATIC_ASSERT(NUMBERS == G_N_ELEMENTS(((struct omapush_numbers *) NULL)->seen));

void
omapush_numbers_begin(struct omapush_numbers *numbers, stats_tree *stats)
{
    memset(numbers, 0, sizeof *numbers);
    numbers->stats = stats;
    numbers->node = stats_tree_create_node(stats, TITLE, 0, STAT_DT_INT, TRUE);
}

/* Objects make no bursts: only what the nodes count is set, not when. */
static void
add(struct omapush_numbers *numbers, enum number number, double value)
{
    const char *title = titles[number];

    if (!numbers->seen[number]++)
        stats_tree_create_node(numbers->stats, title, numbers->node, STAT_DT_FLOAT, FALSE);
    stats_tree_manip_node_int(MN_SET, numbers->stats, title, numbers->node, FALSE, (gint) numbers->seen[number]);
    stats_tree_manip_node_float(MN_AVERAGE_NOTICK, numbers->stats, title, numbers->node, FALSE, (float) value);
}

static guint
chunks(const struct om_object *object)
{
    const struct om_chunk *chunk;
    guint count = 0;

    for (guint i = 0; (chunk = om_object_chunk(object, i)); i++)
        count += om_chunk_repeated(chunk) ? 0 : 1;
    return count;
}

void
omapush_numbers_add(struct omapush_numbers *numbers, const struct om_object *object)
{
    const struct om_session *session = om_object_session_id(object) ? om_object_session(object) : NULL;
    gint64 last = om_object_last_time(object), taken = last - om_object_first_time(object), setup;

    add(numbers, SIZE, (double) om_object_size(object));
    stats_tree_manip_node_int(MN_SET, numbers->stats, TITLE, 0, TRUE, (gint) numbers->seen[SIZE]);
    if (session && om_session_setup_time(session, &setup))
        add(numbers, SETUP, (double) setup / 1e6);
    if (om_object_report_frame(object) && om_object_report_time(object) >= last)
        add(numbers, REPORT, (double) (om_object_report_time(object) - last) / 1e6);
    if (om_object_carrier(object) != OM_CARRIER_MSRP)
        return;
    add(numbers, CHUNKS, chunks(object));
    add(numbers, TRANSFER, (double) taken / 1e6);
    if (taken > 0)
        add(numbers, RATE, (double) om_object_size(object) / ((double) taken / 1e9));
}
