/* menu.c
 * The API has neither a file dialog nor a clipboard for plugins in C, but it has what scripts in Lua are given
 * (epan/funnel.h): a dialog with a line of text, and the clipboard.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "menu.h"

#include <epan/funnel.h>
#include <epan/plugin_if.h>
#include <wsutil/report_message.h>

#include "failures.h"
#include "of_frame.h"
#include "report.h"

typedef void action(struct omapush_of_frame of, guint32 frame);

static void
menu_chosen(ext_menubar_gui_type gui G_GNUC_UNUSED, gpointer window G_GNUC_UNUSED, gpointer data)
{
    action *const *chosen = data;
    ws_info_t *info = NULL;
    guint32 frame;

    plugin_if_get_ws_info(&info);
    frame = info ? info->cf_framenr : 0;
    if (omapush_model())
        (*chosen)(omapush_of_record(omapush_frame_record_at(frame)), frame);
    else
        report_warning("OMA Push: no capture is open.");
}

static gboolean
there_is(const void *what, const char *name)
{
    if (!what)
        report_warning("OMA Push: the selected packet belongs to no %s.", name);
    return what != NULL;
}

/* --- go --- */

static void
go(guint32 frame, const char *where)
{
    if (frame)
        plugin_if_goto_frame(frame);
    else
        report_warning("OMA Push: there is no failed object %s.", where);
}

static void
go_to_next(struct omapush_of_frame of G_GNUC_UNUSED, guint32 frame)
{
    go(omapush_failure_after(omapush_model(), frame), "behind this packet");
}

static void
go_to_previous(struct omapush_of_frame of G_GNUC_UNUSED, guint32 frame)
{
    go(omapush_failure_before(omapush_model(), frame), "before this packet");
}

static void
go_to_offer(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    if (there_is(of.session, "push session"))
        plugin_if_goto_frame(om_session_offer_frame(of.session));
}

static void
go_to_end(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    if (there_is(of.object, "push object"))
        plugin_if_goto_frame(om_object_last_frame(of.object));
}

/* --- filter --- */

static void
filter_session(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    char *filter = omapush_session_filter(of.session);

    if (there_is(of.session, "push session"))
        plugin_if_apply_filter(filter, TRUE);
    g_free(filter);
}

static void
filter_object(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    char *filter = omapush_object_filter(of.object);

    if (there_is(of.object, "push object"))
        plugin_if_apply_filter(filter, TRUE);
    g_free(filter);
}

/* --- save --- */

/* @param data  the bytes, held by the dialog */
static void
save(char **answers, void *data)
{
    gsize length;
    const char *bytes = g_bytes_get_data(data, &length);
    GError *error = NULL;

    if (!answers[0] || !*answers[0])
        report_warning("OMA Push: no file is named.");
    else if (g_file_test(answers[0], G_FILE_TEST_EXISTS))
        report_warning("OMA Push: %s is there already, and stays as it is.", answers[0]);
    else if (!g_file_set_contents(answers[0], bytes, (gssize) length, &error))
        report_failure("OMA Push: %s", error->message);
    g_clear_error(&error);
    g_strfreev(answers);
}

static void
free_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

static void
ask_where(const funnel_ops_t *gui, const char *name, GBytes *bytes)
{
    const char *documents = g_get_user_special_dir(G_USER_DIRECTORY_DOCUMENTS);
    char *path = g_build_filename(documents ? documents : g_get_home_dir(), name, NULL);
    const char *titles[] = {"File", NULL}, *values[] = {path, NULL};

    gui->new_dialog(gui->ops_id, "OMA Push: save this object", titles, values, save, bytes, free_bytes);
    g_free(path);
}

static void
save_object(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    const funnel_ops_t *gui = funnel_get_funnel_ops();
    GBytes *bytes;
    char *name;

    if (!gui || !gui->new_dialog || !there_is(of.object, "push object"))
        return;
    om_model_conclude(omapush_model()); /* which may give it another selector, and so another name */
    bytes = om_object_export(of.object);
    name = om_object_export_name(of.object);
    if (bytes)
        ask_where(gui, name, bytes);
    else
        report_warning("OMA Push: the capture has no bytes of this object.");
    g_free(name);
}

/* --- copy --- */

static void
copy_report(struct omapush_of_frame of, guint32 frame G_GNUC_UNUSED)
{
    const funnel_ops_t *gui = funnel_get_funnel_ops();
    GString *text;

    if (!gui || !gui->copy_to_clipboard || !there_is(of.object, "push object"))
        return;
    text = omapush_object_report(omapush_model(), of.object);
    gui->copy_to_clipboard(text);
    g_string_free(text, TRUE);
}

/* --- registration --- */

void
omapush_menu_register(void)
{
    static const struct {
        const char *label; /* NULL: a line between */
        const char *tip;
        action *action;
    } entries[] = {
        {"&Next Failed Object", "Where the next object that failed ends, or was offered in vain", go_to_next},
        {"&Previous Failed Object", "Where the one before it ends, or was offered in vain", go_to_previous},
        {NULL, NULL, NULL},
        {"Filter This &Session", "Its SIP and MSRP packets", filter_session},
        {"Filter This O&bject", "Its SENDs, their responses and its REPORTs", filter_object},
        {NULL, NULL, NULL},
        {"Go to the &Offer", "The INVITE, or the answer, that offers what is sent", go_to_offer},
        {"Go to the &End of This Object", "Where its last chunk ends: verdict, findings, content", go_to_end},
        {NULL, NULL, NULL},
        {"Sa&ve This Object...", "As Export Objects saves it, alone", save_object},
        {"&Copy the Report of This Object", "Verdict, diagnosis, ends, times, digests and findings as text",
         copy_report},
    };
    ext_menu_t *menu = ext_menubar_register_menu(proto_omapush, "OMA &Push", TRUE);

    for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
        if (entries[i].label)
            ext_menubar_add_entry(menu, entries[i].label, entries[i].tip, menu_chosen, (gpointer) &entries[i].action);
        else
            ext_menubar_add_separator(menu);
    }
}
