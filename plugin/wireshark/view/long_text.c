/* long_text.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "long_text.h"

static int hf_omapush_text_more = -1;

/** Characters of a line, about. */
#define LINE 110
/** Of a text in one line, beside what stands around it. */
#define SHORT 190
/** Lines of one text. */
#define LINES 12

/* Length of the first line: up to a stop between words, else as long as it may be. No character is cut. */
static gsize
line_length(const char *text, glong most)
{
    static const char *const stops[] = {"; ", ": ", ", ", " "};
    gsize length = strlen(text);

    if (g_utf8_strlen(text, -1) <= most)
        return length;
    length = (gsize) (g_utf8_offset_to_pointer(text, most) - text);
    for (guint i = 0; i < G_N_ELEMENTS(stops); i++) {
        const char *stop = g_strrstr_len(text, (gssize) length, stops[i]);

        if (stop && (gsize) (stop - text) > length / 2)
            return (gsize) (stop - text) + strlen(stops[i]);
    }
    return length;
}

void
omapush_long_text(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, int field, const char *text)
{
    const char *rest = text;

    if (!text || !tree)
        return;
    for (guint i = 0; (*rest || !i) && i < LINES; i++) {
        gsize length = i + 1 < LINES ? line_length(rest, LINE) : strlen(rest);
        const char *line = wmem_strndup(pinfo->pool, rest, length);

        if (i)
            proto_item_set_generated(
                proto_tree_add_string_format(tree, hf_omapush_text_more, tvb, 0, 0, line, "    %s", line));
        else
            proto_item_set_generated(proto_tree_add_string_format_value(tree, field, tvb, 0, 0, text, "%s", line));
        rest += length;
    }
}

const char *
omapush_short_text(packet_info *pinfo, const char *text)
{
    gsize length = line_length(text, SHORT);

    return text[length] ? wmem_strdup_printf(pinfo->pool, "%.*s...", (int) length, text) : text;
}

void
omapush_long_text_register(void)
{
    static hf_register_info hf[] = {
        {&hf_omapush_text_more,
         {"Text", "omapush.text.more", FT_STRING, BASE_NONE, NULL, 0x0,
          "What is left of the line above; the field there has all of it", HFILL}},
    };

    proto_register_field_array(proto_omapush, hf, array_length(hf));
}
