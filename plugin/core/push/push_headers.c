/* push_headers.c
 * The list of headers that push_text.c, push_wsp.c and cpim.c fill.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "push_headers.h"

static void
header_free(gpointer data)
{
    struct om_push_header *header = data;

    g_free(header->name);
    g_free(header->value);
    g_free(header);
}

void
om_push_headers_init(struct om_push_headers *headers)
{
    *headers = (struct om_push_headers){.list = g_ptr_array_new_with_free_func(header_free)};
}

void
om_push_headers_add(struct om_push_headers *headers, struct om_slice body, struct om_slice text, char *name,
                    char *value)
{
    struct om_push_header *header = g_new(struct om_push_header, 1);

    *header =
        (struct om_push_header){.name = name, .value = value, .offset = (gsize) (text.p - body.p), .length = text.l};
    g_ptr_array_add(headers->list, header);
    if (!headers->content_type && g_ascii_strcasecmp(name, "Content-Type") == 0)
        headers->content_type = g_strdup(value);
}

void
om_push_headers_clear(struct om_push_headers *headers)
{
    g_clear_pointer(&headers->list, g_ptr_array_unref);
    g_clear_pointer(&headers->content_type, g_free);
    headers->content = OM_SLICE_NULL;
}

const char *
om_push_headers_get(const struct om_push_headers *headers, const char *name)
{
    for (guint i = 0; headers->list && i < headers->list->len; i++) {
        const struct om_push_header *header = g_ptr_array_index(headers->list, i);

        if (g_ascii_strcasecmp(header->name, name) == 0)
            return header->value;
    }
    return NULL;
}
