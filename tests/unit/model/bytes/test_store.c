/* test_store.c
 * The bytes of an object, held against a plain array.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/bytes/store.h"

#define SPACE   300
#define SEEDS   40
#define STEPS   200
#define NOTHING (-1)

/* --- the naive twin: a byte, or NOTHING, for each offset --- */

struct twin {
    gint bytes[SPACE];
};

static void
twin_add(struct twin *twin, guint offset, struct om_slice bytes, struct om_store_added *added)
{
    memset(added, 0, sizeof *added);
    for (guint i = 0; i < bytes.l; i++) {
        gint *byte = &twin->bytes[offset + i];
        guint8 value = (guint8) bytes.p[i];

        if (*byte == NOTHING) {
            *byte = value;
            added->fresh++;
        } else if (*byte == value) {
            added->equal++;
        } else {
            if (!added->different)
                added->conflict = offset + i;
            added->different++;
        }
    }
}

static guint
twin_prefix(const struct twin *twin)
{
    guint n = 0;

    while (n < SPACE && twin->bytes[n] != NOTHING)
        n++;
    return n;
}

static void
check_copy(const struct om_store *store, const struct twin *twin, guint from, guint length)
{
    guint8 *copy = g_malloc(length + 1);
    guint held = 0;

    memset(copy, 0xEE, length + 1);
    for (guint i = 0; i < length; i++)
        held += twin->bytes[from + i] != NOTHING;
    g_assert_cmpuint(om_store_copy(store, from, length, copy), ==, held);
    for (guint i = 0; i < length; i++)
        g_assert_cmpint(copy[i], ==, twin->bytes[from + i] == NOTHING ? 0 : twin->bytes[from + i]);
    g_assert_cmpint(copy[length], ==, 0xEE);
    g_free(copy);
}

static void
check_prefix(struct om_store *store, const struct twin *twin)
{
    struct om_slice prefix = om_store_prefix(store);

    g_assert_cmpuint(prefix.l, ==, twin_prefix(twin));
    for (gsize i = 0; i < prefix.l; i++)
        g_assert_cmpint((guint8) prefix.p[i], ==, twin->bytes[i]);
}

static void
check_added(const struct om_store_added *added, const struct om_store_added *expected)
{
    g_assert_cmpuint(added->fresh, ==, expected->fresh);
    g_assert_cmpuint(added->equal, ==, expected->equal);
    g_assert_cmpuint(added->different, ==, expected->different);
    if (expected->different)
        g_assert_cmpuint(added->conflict, ==, expected->conflict);
}

/* A chunk of the object, now and then with another byte in it. */
static void
add_some(struct om_store *store, struct twin *twin, GRand *rand)
{
    guint offset = (guint) g_rand_int_range(rand, 0, SPACE);
    guint length = (guint) g_rand_int_range(rand, 0, MIN(60, SPACE - (gint) offset + 1));
    guint8 *bytes = g_malloc(length);
    struct om_store_added added, expected;

    for (guint i = 0; i < length; i++)
        bytes[i] = (guint8) ((offset + i) * 7 + (g_rand_int_range(rand, 0, 50) ? 0 : 1));
    twin_add(twin, offset, om_slice(bytes, length), &expected);
    om_store_add(store, offset, om_slice(bytes, length), &added);
    check_added(&added, &expected);
    g_free(bytes);
}

static void
remove_some(struct om_store *store, struct twin *twin, GRand *rand)
{
    guint from = (guint) g_rand_int_range(rand, 0, SPACE);
    guint to = (guint) g_rand_int_range(rand, (gint) from, SPACE + 1);

    om_store_remove(store, from, to);
    for (guint i = from; i < to; i++)
        twin->bytes[i] = NOTHING;
}

static void
test_random(void)
{
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        GRand *rand = g_rand_new_with_seed(seed);
        struct om_store *store = om_store_new(SPACE);
        struct twin twin;

        g_test_message("seed %u", seed);
        for (guint i = 0; i < SPACE; i++)
            twin.bytes[i] = NOTHING;
        for (guint step = 0; step < STEPS; step++) {
            guint from = (guint) g_rand_int_range(rand, 0, SPACE);

            if (g_rand_int_range(rand, 0, 6))
                add_some(store, &twin, rand);
            else
                remove_some(store, &twin, rand);
            check_copy(store, &twin, from, (guint) g_rand_int_range(rand, 0, SPACE - (gint) from + 1));
            if (!g_rand_int_range(rand, 0, 4)) /* joining must not be what makes the rest right */
                check_prefix(store, &twin);
            g_assert_false(om_store_given_up(store));
        }
        check_prefix(store, &twin);
        om_store_free(store);
        g_rand_free(rand);
    }
}

/* In order, backwards, inside out: the prefix is one piece in the end. */
static void
test_orders(void)
{
    static const guint orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 2, 0, 3}, {2, 0, 3, 1}, {3, 0, 1, 2}};

    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        struct om_store *store = om_store_new(100);

        for (guint k = 0; k < 4; k++) {
            const char *text = &"Push body, split"[orders[i][k] * 4];
            struct om_store_added added;

            om_store_add(store, orders[i][k] * 4, om_slice(text, 4), &added);
            g_assert_cmpuint(added.fresh, ==, 4);
        }
        g_assert_true(om_slice_eq(om_store_prefix(store), OM_SLICE_LIT("Push body, split")));
        g_assert_true(om_ranges_covers(om_store_ranges(store), 0, 16));
        om_store_free(store);
    }
}

static void
test_limit(void)
{
    struct om_store *store = om_store_new(10);
    struct om_store_added added;
    guint8 copy[4];

    om_store_add(store, 0, OM_SLICE_LIT("0123456789"), &added);
    g_assert_false(om_store_given_up(store));
    om_store_add(store, 0, OM_SLICE_LIT("0123456789"), &added); /* nothing new: no more is held */
    g_assert_cmpuint(added.equal, ==, 10);
    g_assert_false(om_store_given_up(store));
    om_store_add(store, 20, OM_SLICE_LIT("x"), &added);
    g_assert_cmpuint(added.fresh, ==, 1);
    g_assert_true(om_store_given_up(store));
    /* Ranges go on, bytes do not. */
    om_store_add(store, 10, OM_SLICE_LIT("abcdefghij"), &added);
    g_assert_cmpuint(added.fresh, ==, 10);
    om_store_add(store, 5, OM_SLICE_LIT("XXXXXXXXXX"), &added);
    g_assert_cmpuint(added.fresh + added.different, ==, 0);
    g_assert_true(om_ranges_covers(om_store_ranges(store), 0, 21));
    g_assert_cmpuint(om_store_prefix(store).l, ==, 0);
    g_assert_cmpuint(om_store_copy(store, 0, sizeof copy, copy), ==, 0);
    om_store_free(store);
}

static void
test_limit_by_removal(void)
{
    struct om_store *store = om_store_new(10);
    struct om_store_added added;

    om_store_add(store, 0, OM_SLICE_LIT("01234567"), &added);
    om_store_remove(store, 2, 6);
    om_store_add(store, 8, OM_SLICE_LIT("890123"), &added); /* 4 + 6 are held */
    g_assert_false(om_store_given_up(store));
    om_store_free(store);
}

/* An offset is what a peer claims: it costs nothing and overflows nothing. */
static void
test_claims(void)
{
    struct om_store *store = om_store_new(G_MAXUINT64);
    struct om_store_added added;
    guint8 copy[8];

    om_store_add(store, G_MAXUINT64 - 4, OM_SLICE_LIT("abcd"), &added);
    g_assert_cmpuint(added.fresh, ==, 4);
    om_store_add(store, G_MAXUINT64 - 2, OM_SLICE_LIT("abcd"), &added); /* over the end of the numbers: refused */
    g_assert_cmpuint(added.fresh + added.equal + added.different, ==, 0);
    g_assert_cmpuint(om_ranges_size(om_store_ranges(store)), ==, 4);
    g_assert_cmpuint(om_store_copy(store, G_MAXUINT64 - 4, 4, copy), ==, 4);
    g_assert_cmpint(memcmp(copy, "abcd", 4), ==, 0);
    om_store_add(store, 7, OM_SLICE_NULL, &added);
    g_assert_cmpuint(om_ranges_size(om_store_ranges(store)), ==, 4);
    g_assert_cmpuint(om_store_prefix(store).l, ==, 0);
    om_store_free(store);
}

/* One byte a chunk, backwards: each is an extent of its own until the prefix joins them. */
static void
test_many(void)
{
    struct om_store *store = om_store_new(G_MAXUINT64);
    const guint n = 100000;
    struct om_slice prefix;

    for (guint i = n; i > 0; i--) {
        guint8 byte = (guint8) (i % 251);
        struct om_store_added added;

        om_store_add(store, i - 1, om_slice(&byte, 1), &added);
    }
    prefix = om_store_prefix(store);
    g_assert_cmpuint(prefix.l, ==, n);
    for (guint i = n; i > 0; i--)
        g_assert_cmpint((guint8) prefix.p[i - 1], ==, i % 251);
    om_store_free(store);
}

/* What was handed out is not touched by what comes later, nor by the end of the store. */
static void
test_handed_out(void)
{
    struct om_store *store = om_store_new(G_MAXUINT64);
    GBytes *kept[300];
    struct om_store_added added;

    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
        guint8 byte = (guint8) (i % 251);

        if (i == 100) /* ahead of its turn: an extent of its own, joined to the first one later */
            om_store_add(store, 150, OM_SLICE_LIT("\226"), &added);
        om_store_add(store, i, om_slice(&byte, 1), &added);
        kept[i] = om_store_bytes(store);
    }
    g_bytes_unref(kept[0]);
    kept[0] = om_store_bytes(store);
    g_assert_true(g_bytes_get_data(kept[0], NULL) == g_bytes_get_data(kept[299], NULL)); /* no second block */
    om_store_remove(store, 10, 20);
    om_store_add(store, 10, OM_SLICE_LIT("..........more"), &added);
    om_store_free(store);
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
        gsize length;
        const guint8 *bytes = g_bytes_get_data(kept[i], &length);

        g_assert_cmpuint(length, ==, i == 0 ? 300 : i == 149 ? 151 : i + 1);
        for (gsize k = 0; k < length; k++)
            g_assert_cmpuint(bytes[k], ==, k % 251);
        g_bytes_unref(kept[i]);
    }
}

static void
test_handed_out_empty(void)
{
    struct om_store *store = om_store_new(4);
    struct om_store_added added;
    GBytes *none = om_store_bytes(store), *some;

    g_assert_cmpuint(g_bytes_get_size(none), ==, 0);
    g_bytes_unref(none);
    om_store_add(store, 0, OM_SLICE_LIT("1234"), &added);
    some = om_store_bytes(store);
    om_store_add(store, 4, OM_SLICE_LIT("5"), &added); /* given up */
    none = om_store_bytes(store);
    g_assert_cmpuint(g_bytes_get_size(none), ==, 0);
    g_bytes_unref(none);
    g_assert_cmpmem(g_bytes_get_data(some, NULL), g_bytes_get_size(some), "1234", 4);
    g_bytes_unref(some);
    om_store_free(store);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/random", test_random);
    g_test_add_func("/store/orders", test_orders);
    g_test_add_func("/store/limit", test_limit);
    g_test_add_func("/store/limit_by_removal", test_limit_by_removal);
    g_test_add_func("/store/claims", test_claims);
    g_test_add_func("/store/many", test_many);
    g_test_add_func("/store/handed_out", test_handed_out);
    g_test_add_func("/store/handed_out_empty", test_handed_out_empty);
    return g_test_run();
}
