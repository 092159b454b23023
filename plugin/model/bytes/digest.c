/* digest.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "digest.h"

#include <gcrypt.h>

static const struct {
    const char *name;
    int gcrypt;
} algorithms[] = {
    {"sha-1", GCRY_MD_SHA1},     {"sha-224", GCRY_MD_SHA224}, {"sha-256", GCRY_MD_SHA256},
    {"sha-384", GCRY_MD_SHA384}, {"sha-512", GCRY_MD_SHA512}, {"md5", GCRY_MD_MD5},
};

struct om_running_digest {
    gcry_md_hd_t handle;
    guint64 length;
};

static gssize
find(const char *name)
{
    /* Wireshark has initialised libgcrypt; programs of their own (tests) have it done here. */
    gcry_check_version(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(algorithms); i++) {
        if (name && g_ascii_strcasecmp(algorithms[i].name, name) == 0)
            return (gssize) i;
    }
    return -1;
}

const char *
om_digest_algorithm(const char *name)
{
    gssize i = find(name);

    return i < 0 ? NULL : algorithms[i].name;
}

gboolean
om_digest_compute(const char *algorithm, struct om_slice bytes, struct om_digest *digest)
{
    gssize i = find(algorithm);

    memset(digest, 0, sizeof *digest);
    if (i < 0)
        return FALSE;
    digest->algorithm = algorithms[i].name;
    digest->length = gcry_md_get_algo_dlen(algorithms[i].gcrypt);
    gcry_md_hash_buffer(algorithms[i].gcrypt, digest->value, bytes.p, bytes.l);
    return TRUE;
}

gboolean
om_digest_equal(const struct om_digest *digest, const guint8 *value, gsize length)
{
    return digest->length && digest->length == length && memcmp(digest->value, value, length) == 0;
}

char *
om_digest_text(const guint8 *value, gsize length)
{
    GString *text = g_string_sized_new(length * 3);

    for (gsize i = 0; i < length; i++)
        g_string_append_printf(text, "%s%02X", i ? ":" : "", value[i]);
    return g_string_free(text, FALSE);
}

struct om_running_digest *
om_running_digest_new(const char *const *names)
{
    struct om_running_digest *running = g_new0(struct om_running_digest, 1);

    find(NULL);
    if (gcry_md_open(&running->handle, 0, 0) != 0) {
        g_free(running);
        return NULL;
    }
    for (; *names; names++) {
        gssize i = find(*names);

        if (i >= 0)
            gcry_md_enable(running->handle, algorithms[i].gcrypt);
    }
    return running;
}

void
om_running_digest_free(struct om_running_digest *running)
{
    if (!running)
        return;
    gcry_md_close(running->handle);
    g_free(running);
}

void
om_running_digest_add(struct om_running_digest *running, struct om_slice bytes)
{
    gcry_md_write(running->handle, bytes.p, bytes.l);
    running->length += bytes.l;
}

guint64
om_running_digest_length(const struct om_running_digest *running)
{
    return running->length;
}

gboolean
om_running_digest_read(const struct om_running_digest *running, const char *algorithm, struct om_digest *digest)
{
    gssize i = find(algorithm);
    gcry_md_hd_t copy;
    const guint8 *value;

    memset(digest, 0, sizeof *digest);
    if (i < 0 || !gcry_md_is_enabled(running->handle, algorithms[i].gcrypt))
        return FALSE;
    /* Reading ends a digest: read a copy, so that more can be added. */
    if (gcry_md_copy(&copy, running->handle) != 0)
        return FALSE;
    value = gcry_md_read(copy, algorithms[i].gcrypt);
    if (value) {
        digest->algorithm = algorithms[i].name;
        digest->length = gcry_md_get_algo_dlen(algorithms[i].gcrypt);
        memcpy(digest->value, value, digest->length);
    }
    gcry_md_close(copy);
    return value != NULL;
}
