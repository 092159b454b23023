/* object_name.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "object_name.h"

#include "core/text/visible.h"
#include "selector.h"

/** It is told again with each frame of the object. */
#define NAME_MAX_BYTES 255

/* The last part of a URI's path, without what asks or points (RFC 3986 section 3): what a user would call the file.
 * NULL: a URI with a host and no path. */
static char *
uri_name(const char *uri)
{
    struct om_slice text = om_slice_head(om_slice_str(uri), strcspn(uri, "?#"));
    gssize host = om_slice_find(text, 0, OM_SLICE_LIT("://"));
    gsize from;

    if (host >= 0)
        text = om_slice_from(text, (gsize) host + 3);
    while (text.l && text.p[text.l - 1] == '/')
        text.l--;
    for (from = text.l; from && text.p[from - 1] != '/';)
        from--;
    if (!text.l || (host >= 0 && !from))
        return NULL;
    return om_slice_dup_unescaped(om_slice_head_utf8(om_slice_from(text, from), NAME_MAX_BYTES));
}

static char *
location_name(const struct om_body *body)
{
    const char *location = NULL;

    for (; body && !location; body = body->inner) {
        if (body->headers.list)
            location = om_push_headers_get(&body->headers, "Content-Location");
    }
    return location ? uri_name(location) : NULL;
}

char *
om_object_name(struct om_object *object)
{
    gboolean extra;
    const struct om_file *file = om_object_selector(object, &extra);

    if (file && file->name)
        return g_strdup(file->name);
    return location_name(object->body);
}
