/* content_coding.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "content_coding.h"

#include <zlib.h>

#define WINDOW_BITS   MAX_WBITS
#define DETECT_HEADER 32 /* added: gzip's or zlib's header, as it comes */
#define FIRST_STEP    4096

/* One stream from its first byte to its end; what follows it is left alone. */
static GBytes *
inflate_all(struct om_slice bytes, int window_bits, gsize limit)
{
    GByteArray *out = g_byte_array_new();
    z_stream stream = {.next_in = (Bytef *) bytes.p, .avail_in = (uInt) bytes.l};
    gsize length = 0;
    int status = inflateInit2(&stream, window_bits);

    while (status == Z_OK && length <= limit) {
        g_byte_array_set_size(out, (guint) MIN(MAX(length * 2, FIRST_STEP), limit + 1));
        stream.next_out = out->data + length;
        stream.avail_out = (uInt) (out->len - length);
        status = inflate(&stream, Z_NO_FLUSH);
        length = out->len - stream.avail_out;
        if (status == Z_OK && stream.avail_out)
            break; /* cut short */
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || length > limit) {
        g_byte_array_unref(out);
        return NULL;
    }
    g_byte_array_set_size(out, (guint) length);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
om_content_decode(struct om_slice coding, struct om_slice bytes, gsize limit)
{
    gboolean deflate = om_slice_ieq_str(coding, "deflate");
    GBytes *decoded;

    if ((!deflate && !om_slice_ieq_str(coding, "gzip") && !om_slice_ieq_str(coding, "x-gzip")) || !bytes.l ||
        bytes.l > G_MAXINT)
        return NULL;
    limit = MIN(limit, G_MAXINT - 1);
    decoded = inflate_all(bytes, WINDOW_BITS + DETECT_HEADER, limit);
    /* Many take "deflate" for the bare stream, without zlib's header. */
    return decoded || !deflate ? decoded : inflate_all(bytes, -WINDOW_BITS, limit);
}
