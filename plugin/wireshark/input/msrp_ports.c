/* msrp_ports.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "msrp_ports.h"

static dissector_handle_t tcp_handle;
static dissector_handle_t tls_handle;
static dissector_handle_t stock_handle;
static dissector_handle_t http_handle;
static range_t *ports_taken;

static void
drop_port(guint32 port, gpointer data _U_)
{
    if (port) {
        dissector_delete_uint("tcp.port", port, tcp_handle);
        dissector_delete_uint("tls.port", port, tls_handle);
    }
}

static void
take_port(guint32 port, gpointer data _U_)
{
    if (port) {
        dissector_add_uint("tcp.port", port, tcp_handle);
        dissector_add_uint("tls.port", port, tls_handle);
    }
}

void
omapush_msrp_ports(const range_t *ports)
{
    if (!tcp_handle)
        return;
    if (ports_taken) {
        range_foreach(ports_taken, drop_port, NULL);
        wmem_free(wmem_epan_scope(), ports_taken);
    }
    ports_taken = range_copy(wmem_epan_scope(), ports);
    range_foreach(ports_taken, take_port, NULL);
}

/* Collects the ports at which the stock dissector stands. */
static void
note_stock_port(const gchar *table _U_, ftenum_t type _U_, gpointer key, gpointer value, gpointer ports)
{
    if (stock_handle && dtbl_entry_get_handle(value) == stock_handle)
        g_array_append_val((GArray *) ports, key);
}

static void
claim_ports(const char *table, dissector_handle_t handle)
{
    GArray *ports = g_array_new(FALSE, FALSE, sizeof(gpointer));

    dissector_table_foreach(table, note_stock_port, ports);
    for (guint i = 0; i < ports->len; i++)
        dissector_change_uint(table, GPOINTER_TO_UINT(g_array_index(ports, gpointer, i)), handle);
    g_array_unref(ports);
}

void
omapush_msrp_claim(void)
{
    claim_ports("tcp.port", tcp_handle);
}

void
omapush_msrp_announced(packet_info *pinfo, const address *host, guint16 port)
{
    address none = ADDRESS_INIT_NONE;
    conversation_t *conversation =
        find_conversation(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR_B | NO_PORT_B);

    /* The stock SDP dissector may have made one for this frame: its dissector is replaced. */
    if (!conversation || conversation->setup_frame != pinfo->num)
        conversation = conversation_new(pinfo->num, host, &none, CONVERSATION_TCP, port, 0, NO_ADDR2 | NO_PORT2);
    /* Each connection gets a conversation of its own. Else one between two announced addresses falls into two
     * conversations, one for each direction. */
    conversation->options |= CONVERSATION_TEMPLATE;
    conversation_set_dissector(conversation, tcp_handle);
}

void
omapush_msrp_hand_over(packet_info *pinfo)
{
    conversation_set_dissector(find_or_create_conversation(pinfo), tcp_handle);
}

gboolean
omapush_is_http(struct om_slice bytes)
{
    static const char *const begins[] = {"GET ",    "POST ",    "HEAD ",  "PUT ",   "OPTIONS ",
                                         "DELETE ", "CONNECT ", "TRACE ", "PATCH ", "HTTP/1."};

    for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
        gsize length = MIN(bytes.l, strlen(begins[i]));

        if (length && memcmp(bytes.p, begins[i], length) == 0)
            return TRUE;
    }
    return FALSE;
}

int
omapush_http_hand_over(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *tcpinfo)
{
    if (!http_handle)
        return 0;
    conversation_set_dissector(find_or_create_conversation(pinfo), http_handle);
    /* It has nothing to do with us: no layer of ours is below it. */
    if (GPOINTER_TO_INT(wmem_list_frame_data(wmem_list_tail(pinfo->layers))) == proto_omapush)
        wmem_list_remove_frame(pinfo->layers, wmem_list_tail(pinfo->layers));
    /* Nor do we stand between it and TCP, of which it asks the rest of a message. */
    if (pinfo->can_desegment > 0)
        pinfo->can_desegment++;
    return call_dissector_with_data(http_handle, tvb, pinfo, tree, tcpinfo);
}

void
omapush_msrp_ports_handoff(void)
{
    http_handle = find_dissector("http-over-tcp");
    stock_handle = find_dissector("msrp");
    tcp_handle = find_dissector(OMAPUSH_TCP_DISSECTOR);
    tls_handle = find_dissector(OMAPUSH_TLS_DISSECTOR);
}
