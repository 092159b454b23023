/* test_text_hash.c
 * Strings that g_str_hash() takes for one, and others that differ little.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "core/text/text_hash.h"

/* "Ab" and "BA" hash alike where each character adds to 33 times what was before. */
static char *
colliding(guint i)
{
    GString *text = g_string_new(NULL);

    for (guint bit = 0; bit < 16; bit++)
        g_string_append(text, i >> bit & 1 ? "BA" : "Ab");
    return g_string_free(text, FALSE);
}

/* 65,536 values out of 2^32: two alike are to be expected once or not at all. */
static void
check_spread(char *(*make)(guint))
{
    GHashTable *seen = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < 1 << 16; i++) {
        char *text = make(i);

        g_hash_table_add(seen, GUINT_TO_POINTER(om_text_hash(text)));
        g_free(text);
    }
    g_assert_cmpuint(g_hash_table_size(seen), >, (1 << 16) - 20);
    g_hash_table_unref(seen);
}

static char *
number(guint i)
{
    return g_strdup_printf("%u", i);
}

static char *
zeros(guint i)
{
    return g_strnfill(i, '0');
}

static void
test_spread(void)
{
    char *a = colliding(0), *b = colliding(1);

    g_assert_cmpuint(g_str_hash(a), ==, g_str_hash(b)); /* else this shows nothing */
    g_free(a);
    g_free(b);
    check_spread(colliding);
    check_spread(number);
}

/* Lengths count, and every byte does: also of a run that is no string. */
static void
test_every_byte(void)
{
    char bytes[64] = {0};

    for (guint i = 1; i < 64; i++) {
        char *shorter = zeros(i - 1), *longer = zeros(i);
        guint before = om_hash(om_slice(bytes, sizeof bytes));

        g_assert_cmpuint(om_text_hash(shorter), !=, om_text_hash(longer));
        g_assert_cmpuint(om_text_hash(longer), ==, om_hash(om_slice(longer, i)));
        bytes[i] ^= 1;
        g_assert_cmpuint(om_hash(om_slice(bytes, sizeof bytes)), !=, before);
        g_free(shorter);
        g_free(longer);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text-hash/spread", test_spread);
    g_test_add_func("/text-hash/every-byte", test_every_byte);
    return g_test_run();
}
