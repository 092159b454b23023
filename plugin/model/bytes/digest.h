/* digest.h
 * Digests by the names that SDP uses (RFC 4572, RFC 5547), with libgcrypt. A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_DIGEST_H
#define OM_DIGEST_H

#include "core/sdp/file_selector.h"

/** Digest of one algorithm. */
struct om_digest {
    const char *algorithm; /**< "sha-1", static */
    guint8 value[OM_HASH_MAX];
    gsize length; /**< bytes; 0: none */
};

/** The one spelling of an algorithm's name ("sha-256"), static; NULL where libgcrypt does not offer it. */
const char *om_digest_algorithm(const char *name);

/** Digest of these bytes. @return FALSE where the algorithm is not offered */
gboolean om_digest_compute(const char *algorithm, struct om_slice bytes, struct om_digest *digest);

gboolean om_digest_equal(const struct om_digest *digest, const guint8 *value, gsize length);

/** "AB:CD:..." upper case. g_free() it. */
char *om_digest_text(const guint8 *value, gsize length);

/** Several algorithms over bytes that come one after the other. Opaque. */
struct om_running_digest;
/** @param algorithms  NULL-terminated names; those not offered are passed over */
struct om_running_digest *om_running_digest_new(const char *const *algorithms);
void om_running_digest_free(struct om_running_digest *running);
void om_running_digest_add(struct om_running_digest *running, struct om_slice bytes);
/** Bytes taken so far. */
guint64 om_running_digest_length(const struct om_running_digest *running);
/** Digest of what was taken so far; more can be added. @return FALSE where it is not among the algorithms */
gboolean om_running_digest_read(const struct om_running_digest *running, const char *algorithm,
                                struct om_digest *digest);

#endif
