/* sdp.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "sdp.h"

/* What one pass over the lines carries along. Owns nothing but through sdp. */
struct reader {
    struct om_sdp *sdp;
    struct om_sdp_media session; /* what the session level says for all sections */
    guint seen;                  /* enum seen */
    gboolean blank_pending;      /* a blank line that counts only when something follows */
    struct om_slice blank;
};

enum seen { SEEN_VERSION = 1 << 0, SEEN_ORIGIN = 1 << 1, SEEN_NAME = 1 << 2, SEEN_TIME = 1 << 3 };

static void
add_flaw(struct om_sdp *sdp, enum om_sdp_flaw flaw, struct om_slice line)
{
    guint bit = (guint) g_bit_nth_lsf(flaw, -1);

    if (!(sdp->flaws & flaw))
        sdp->flaw_lines[bit] = line;
    sdp->flaws |= flaw;
}

static gboolean
is_space(char c)
{
    return c == ' ' || c == '\t';
}

static struct om_slice
take_token(struct om_slice *rest)
{
    struct om_slice text = om_slice_trim(*rest);
    gsize n = 0;

    while (n < text.l && !is_space(text.p[n]) && text.p[n] != '\r' && text.p[n] != '\n')
        n++;
    *rest = om_slice_from(text, n);
    return n ? om_slice_head(text, n) : OM_SLICE_NULL;
}

static void
media_init(struct om_sdp_media *media)
{
    *media = (struct om_sdp_media){.direction = OM_SDP_SENDRECV, .setup = OM_SDP_SETUP_NONE};
    media->selectors = g_array_new(FALSE, FALSE, sizeof(struct om_slice));
    media->transfer_ids = g_array_new(FALSE, FALSE, sizeof(struct om_slice));
    media->attrs = g_array_new(FALSE, FALSE, sizeof(struct om_sdp_attr));
}

static void
media_clear(gpointer data)
{
    struct om_sdp_media *media = data;

    g_array_unref(media->selectors);
    g_array_unref(media->transfer_ids);
    g_array_unref(media->attrs);
}

/* m=<media> <port>["/"<count>] <proto> <fmt> ... */
static void
read_media_line(struct om_sdp_media *media, struct om_slice line, struct om_slice value)
{
    struct om_slice port;
    gssize slash;
    guint64 number;

    media->line = line;
    media->media = take_token(&value);
    port = take_token(&value);
    slash = om_slice_chr(port, 0, '/');
    if (slash >= 0)
        port = om_slice_head(port, (gsize) slash);
    if (om_slice_u64(port, &number) && number <= G_MAXUINT16) {
        media->port = (guint) number;
        media->port_ok = TRUE;
    }
    media->proto = take_token(&value);
    value = om_slice_trim(value);
    media->format = value.l ? value : OM_SLICE_NULL;
}

/* c=<nettype> <addrtype> <address>["/"<ttl>] */
static void
read_connection(struct om_sdp_media *media, struct om_slice value)
{
    struct om_slice address;
    gssize slash;

    if (om_slice_isset(media->connection))
        return;
    take_token(&value);
    take_token(&value);
    address = take_token(&value);
    slash = om_slice_chr(address, 0, '/');
    media->connection = slash >= 0 ? om_slice_head(address, (gsize) slash) : address;
}

static enum om_sdp_setup
setup_of(struct om_slice text)
{
    static const struct {
        const char *name;
        enum om_sdp_setup setup;
    } names[] = {
        {"active", OM_SDP_ACTIVE},
        {"passive", OM_SDP_PASSIVE},
        {"actpass", OM_SDP_ACTPASS},
        {"holdconn", OM_SDP_HOLDCONN},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (om_slice_ieq_str(text, names[i].name))
            return names[i].setup;
    }
    return OM_SDP_SETUP_OTHER;
}

static gboolean
read_direction(struct om_sdp_media *media, struct om_slice name)
{
    static const struct {
        const char *name;
        enum om_sdp_direction direction;
    } names[] = {
        {"sendrecv", OM_SDP_SENDRECV},
        {"sendonly", OM_SDP_SENDONLY},
        {"recvonly", OM_SDP_RECVONLY},
        {"inactive", OM_SDP_INACTIVE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!om_slice_ieq_str(name, names[i].name))
            continue;
        if (!om_slice_isset(media->direction_text)) {
            media->direction_text = name;
            media->direction = names[i].direction;
        }
        return TRUE;
    }
    return FALSE;
}

/* The attributes that are kept as text; NULL where the name is none of them. */
static struct om_slice *
text_attr(struct om_sdp_media *media, struct om_slice name)
{
    const struct {
        const char *name;
        struct om_slice *slot;
    } names[] = {
        {"path", &media->path},
        {"setup", &media->setup_text},
        {"accept-types", &media->accept_types},
        {"accept-wrapped-types", &media->accept_wrapped_types},
        {"file-transfer-id", &media->transfer_id},
        {"file-disposition", &media->disposition},
        {"file-date", &media->date},
        {"file-icon", &media->icon},
        {"file-range", &media->range},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (om_slice_ieq_str(name, names[i].name))
            return names[i].slot;
    }
    return NULL;
}

/** @return TRUE where the attribute's own grammar is known here */
static gboolean
read_known_attr(struct om_sdp_media *media, const struct om_sdp_attr *attr)
{
    struct om_slice value = om_slice_isset(attr->value) ? attr->value : om_slice_from(attr->name, attr->name.l);
    struct om_slice *slot = text_attr(media, attr->name);

    if (slot) {
        if (slot == &media->transfer_id)
            g_array_append_val(media->transfer_ids, value);
        if (om_slice_isset(*slot))
            return TRUE;
        *slot = value;
        if (slot == &media->setup_text)
            media->setup = setup_of(value);
        return TRUE;
    }
    if (om_slice_ieq_str(attr->name, "file-selector")) {
        g_array_append_val(media->selectors, attr->value);
        return TRUE;
    }
    if (om_slice_ieq_str(attr->name, "max-size")) {
        media->max_size_ok = om_slice_u64(value, &media->max_size);
        return TRUE;
    }
    if (om_slice_ieq_str(attr->name, "msrp-cema")) {
        media->msrp_cema = TRUE;
        return TRUE;
    }
    return read_direction(media, attr->name);
}

/* a=<name> or a=<name>:<value> */
static void
read_attr(struct reader *reader, struct om_sdp_media *media, struct om_slice line, struct om_slice text)
{
    gssize colon = om_slice_chr(text, 0, ':');
    struct om_sdp_attr attr = {.name = om_slice_trim(text), .value = OM_SLICE_NULL, .line = line};
    gboolean spaced = FALSE;

    if (colon >= 0) {
        struct om_slice value = om_slice_from(text, (gsize) colon + 1);

        attr.name = om_slice_trim(om_slice_head(text, (gsize) colon));
        attr.value = om_slice_trim(value);
        spaced = value.l && is_space(value.p[0]);
    }
    g_array_append_val(media->attrs, attr);
    /* The value of an attribute in general may begin with SP (RFC 8866 section 9, byte-string): not of these. */
    if (read_known_attr(media, &attr) && spaced)
        add_flaw(reader->sdp, OM_SDP_SPACE_AFTER_COLON, line);
}

/* RFC 8866 section 5.7, and RFC 4145 for setup: said once at session level it counts for every section. */
static void
inherit(struct om_sdp_media *media, const struct om_sdp_media *session)
{
    if (!om_slice_isset(media->connection))
        media->connection = session->connection;
    if (!om_slice_isset(media->setup_text)) {
        media->setup_text = session->setup_text;
        media->setup = session->setup;
    }
    if (!om_slice_isset(media->direction_text)) {
        media->direction_text = session->direction_text;
        media->direction = session->direction;
    }
}

static struct om_sdp_media *
current_section(struct reader *reader)
{
    GArray *media = reader->sdp->media;

    return media->len ? &g_array_index(media, struct om_sdp_media, media->len - 1) : &reader->session;
}

static void
begin_section(struct reader *reader, struct om_slice line, struct om_slice value)
{
    struct om_sdp_media media;

    media_init(&media);
    read_media_line(&media, line, value);
    g_array_append_val(reader->sdp->media, media);
}

static guint
count_tokens(struct om_slice value)
{
    guint count = 0;

    while (om_slice_isset(take_token(&value)))
        count++;
    return count;
}

/* <start-time> <stop-time> */
static gboolean
time_ok(struct om_slice value)
{
    struct om_slice start = take_token(&value), stop = take_token(&value);
    guint64 number;

    return om_slice_u64(start, &number) && om_slice_u64(stop, &number) && !om_slice_isset(take_token(&value));
}

/* Has the value of a line as many fields as its type wants? RFC 8866 section 9 */
static gboolean
value_ok(char type, struct om_slice value)
{
    switch (type) {
    case 'v':
        return om_slice_eq(value, OM_SLICE_LIT("0"));
    case 'o':
        return count_tokens(value) == 6;
    case 'c':
        return count_tokens(value) == 3;
    case 't':
        return time_ok(value);
    default:
        return TRUE;
    }
}

static gboolean
is_type(char c)
{
    return c != '\0' && strchr("vosiuepcbtrzkam", c) != NULL;
}

/* One logical line: <type>=<value>, folds still inside. */
static void
read_line(struct reader *reader, struct om_slice line)
{
    struct om_slice value = om_slice_from(line, 1);

    while (value.l && is_space(value.p[0]))
        value = om_slice_from(value, 1);
    if (!is_type(line.p[0]) || !value.l || value.p[0] != '=') {
        add_flaw(reader->sdp, OM_SDP_BAD_LINE, line);
        return;
    }
    if (value.p != line.p + 1)
        add_flaw(reader->sdp, OM_SDP_BAD_LINE, line);
    value = om_slice_from(value, 1);
    /* s= and i= are free text; "s= " is even recommended by RFC 4566 section 5.3. */
    if (value.l && is_space(value.p[0]) && line.p[0] != 's' && line.p[0] != 'i')
        add_flaw(reader->sdp, OM_SDP_SPACE_AFTER_EQUALS, line);
    value = om_slice_trim(value);
    if (!value_ok(line.p[0], value))
        add_flaw(reader->sdp, OM_SDP_BAD_VALUE, line);

    switch (line.p[0]) {
    case 'v':
        reader->seen |= SEEN_VERSION;
        break;
    case 'o':
        reader->seen |= SEEN_ORIGIN;
        break;
    case 's':
        reader->seen |= SEEN_NAME;
        break;
    case 't':
        reader->seen |= SEEN_TIME;
        break;
    case 'c':
        read_connection(current_section(reader), value);
        break;
    case 'm':
        begin_section(reader, line, value);
        break;
    case 'a':
        read_attr(reader, current_section(reader), line, value);
        break;
    default:
        break;
    }
}

/*
 * Cuts the next logical line off: a line and those that begin with white space behind
 * it, also behind blank lines, as the sample flows print the file-selector.
 */
static gboolean
next_line(struct reader *reader, struct om_slice *rest, struct om_slice *line)
{
    struct om_slice physical;
    struct om_slice ahead;

    if (!om_slice_line(rest, line))
        return FALSE;
    if (om_slice_trim(*line).l == 0)
        return TRUE;
    ahead = *rest;
    while (om_slice_line(&ahead, &physical)) {
        struct om_slice text = om_slice_trim(physical);

        if (text.l && !is_space(physical.p[0]))
            break;
        if (!text.l)
            continue;
        add_flaw(reader->sdp, OM_SDP_FOLDED_LINE, physical);
        if (physical.p > rest->p)
            add_flaw(reader->sdp, OM_SDP_BLANK_LINE, om_slice(rest->p, (gsize) (physical.p - rest->p)));
        *line = om_slice(line->p, (gsize) (physical.p + physical.l - line->p));
        *rest = ahead;
    }
    return TRUE;
}

static void
finish(struct reader *reader)
{
    static const struct {
        enum seen seen;
        enum om_sdp_flaw flaw;
    } wanted[] = {
        {SEEN_VERSION, OM_SDP_NO_VERSION},
        {SEEN_ORIGIN, OM_SDP_NO_ORIGIN},
        {SEEN_NAME, OM_SDP_NO_SESSION_NAME},
        {SEEN_TIME, OM_SDP_NO_TIME},
    };
    struct om_sdp *sdp = reader->sdp;

    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        if (!(reader->seen & wanted[i].seen))
            add_flaw(sdp, wanted[i].flaw, OM_SLICE_NULL);
    }
    for (guint i = 0; i < sdp->media->len; i++) {
        struct om_sdp_media *media = &g_array_index(sdp->media, struct om_sdp_media, i);

        inherit(media, &reader->session);
        /* A refused section (port 0) connects nowhere. */
        if (!om_slice_isset(media->connection) && !(media->port_ok && media->port == 0))
            add_flaw(sdp, OM_SDP_NO_CONNECTION, media->line);
    }
    media_clear(&reader->session);
}

void
om_sdp_parse(struct om_slice text, struct om_sdp *sdp)
{
    struct reader reader = {.sdp = sdp};
    struct om_slice rest = text;
    struct om_slice line;

    *sdp = (struct om_sdp){.media = g_array_new(FALSE, FALSE, sizeof(struct om_sdp_media))};
    g_array_set_clear_func(sdp->media, media_clear);
    media_init(&reader.session);
    while (next_line(&reader, &rest, &line)) {
        if (om_slice_trim(line).l == 0) {
            reader.blank_pending = TRUE;
            reader.blank = line;
            continue;
        }
        if (reader.blank_pending)
            add_flaw(sdp, OM_SDP_BLANK_LINE, reader.blank);
        if (line.p[0] == 'm' && sdp->media->len == OM_SDP_MAX_MEDIA)
            break;
        read_line(&reader, line);
    }
    finish(&reader);
}

void
om_sdp_clear(struct om_sdp *sdp)
{
    g_clear_pointer(&sdp->media, g_array_unref);
}

gboolean
om_sdp_media_is_msrp(const struct om_sdp_media *media)
{
    static const char *const protos[] = {"MSRP", "TCP/MSRP", "TCP/TLS/MSRP", "TCP/WS/MSRP", "TCP/WSS/MSRP"};

    for (gsize i = 0; i < G_N_ELEMENTS(protos); i++) {
        if (om_slice_ieq_str(media->proto, protos[i]))
            return TRUE;
    }
    return om_slice_istarts_str(media->path, "msrp://") || om_slice_istarts_str(media->path, "msrps://");
}

/* Looks at every fourth byte mostly. */
gboolean
om_sdp_may_have_msrp(struct om_slice text)
{
    gsize last = 3;

    while (last < text.l) {
        switch (text.p[last] | 0x20) {
        case 'p':
            if (g_ascii_strncasecmp(text.p + last - 3, "msrp", 4) == 0)
                return TRUE;
            last += 4;
            break;
        case 'r':
            last += 1;
            break;
        case 's':
            last += 2;
            break;
        case 'm':
            last += 3;
            break;
        default:
            last += 4;
        }
    }
    return FALSE;
}
