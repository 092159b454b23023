/* test_export_name.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "model/body/export_name.h"

#include <string.h>

#define TEN     "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
    const char *name;
    const char *extension;
    gboolean incomplete;
    const char *want;
} rows[] = {
    {"pushid-a3cd20b8ae7f", "bin", FALSE, "pushid-a3cd20b8ae7f.bin"},
    {"My cool picture.jpg", "jpg", FALSE, "My cool picture.jpg"},
    {"PICTURE.JPG", "jpg", FALSE, "PICTURE.jpg"},
    {"picture.jpeg", "jpg", FALSE, "picture.jpeg"},
    {"Picture.JPEG. ", "jpg", TRUE, "Picture.incomplete.jpeg"},
    {"picture.jpeg", "png", FALSE, "picture.jpeg.png"},
    {"index.htm", "html", FALSE, "index.htm"},
    {".jpeg", "jpg", FALSE, "jpeg.jpg"},
    {"...jpeg", "jpg", FALSE, "push-object.jpeg"},
    {HUNDRED TEN TEN ".jpeg", "jpg", FALSE, HUNDRED TEN "01234.jpeg"},
    {"notice", "xml", TRUE, "notice.incomplete.xml"},
    {"notice.xml", "xml", TRUE, "notice.incomplete.xml"},
    {"archive.tar", "xml", FALSE, "archive.tar.xml"},
    {"Gr\xc3\xbc\xc3\x9f"
     "e \xe2\x82\xac.txt",
     "txt", FALSE,
     "Gr\xc3\xbc\xc3\x9f"
     "e \xe2\x82\xac.txt"},
    {NULL, "bin", FALSE, "push-object.bin"},
    {"", "bin", TRUE, "push-object.incomplete.bin"},
    {"x", "", FALSE, "x"},
    {"x", NULL, TRUE, "x.incomplete"},
    /* Out of the folder. */
    {"..", "bin", FALSE, "push-object.bin"},
    {".", "bin", FALSE, "push-object.bin"},
    {"../../etc/passwd", "bin", FALSE, "_.._etc_passwd.bin"},
    {"..\\..\\autoexec.bat", "bin", FALSE, "_.._autoexec.bat.bin"},
    {"/etc/passwd", "bin", FALSE, "_etc_passwd.bin"},
    {"C:\\x", "bin", FALSE, "C__x.bin"},
    {"file:stream", "bin", FALSE, "file_stream.bin"},
    {"http://h/a?b=\"c\"<d>|*", "bin", FALSE, "http___h_a_b=_c__d___.bin"},
    /* Hidden, options, ends that Windows drops. */
    {".bashrc", "bin", FALSE, "bashrc.bin"},
    {" . .x", "bin", FALSE, "x.bin"},
    {"-rf", "bin", FALSE, "_rf.bin"},
    {"x. . ", "bin", FALSE, "x.bin"},
    {"x.bin. .", "bin", FALSE, "x.bin"},
    {"...bin", "bin", FALSE, "push-object.bin"},
    {".bin", "bin", FALSE, "bin.bin"},
    /* Devices. */
    {"CON", "bin", FALSE, "_CON.bin"},
    {"nul.txt", "txt", FALSE, "_nul.txt"},
    {"aux .tar.gz", "bin", FALSE, "_aux .tar.gz.bin"},
    {"com1", "bin", TRUE, "_com1.incomplete.bin"},
    {"LPT9.x", "bin", FALSE, "_LPT9.x.bin"},
    {"COM\xc2\xb9", "bin", FALSE, "_COM\xc2\xb9.bin"},
    {".prn", "bin", FALSE, "_prn.bin"},
    {"com10", "bin", FALSE, "com10.bin"},
    {"console", "bin", FALSE, "console.bin"},
    {"nul                                                                                                            x",
     "bin", TRUE, "_nul.incomplete.bin"},
    /* Controls, invisible characters, broken UTF-8. */
    {"a\nb\x1b[31m\x7f", "bin", FALSE, "a_b_[31m_.bin"},
    {"a\xc2\x85"
     "b\xe2\x80\xa8"
     "c",
     "bin", FALSE, "a_b_c.bin"},
    {"gpj.\xe2\x80\xae"
     "exe\xe2\x80\xac",
     "bin", FALSE, "gpj.exe.bin"},
    {"a\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf\xe2\x81\xa0\xd8\x9c"
     "b",
     "bin", FALSE, "ab.bin"},
    {"\xe2\x80\x8e.\xe2\x80\x8f./x", "bin", FALSE, "_x.bin"},
    {"a\xc2\xa0"
     "b\xe3\x80\x80",
     "bin", FALSE, "a b.bin"},
    {"a\xff\xc3", "bin", FALSE, "a__.bin"},
    /* Long. */
    {"Con." HUNDRED TEN TEN, "bin", FALSE, "_Con." HUNDRED TEN "0.bin"},
    {HUNDRED TEN TEN TEN, "bin", FALSE, HUNDRED TEN "012345.bin"},
    {HUNDRED TEN TEN ".jpg", "jpg", TRUE, HUNDRED "01234.incomplete.jpg"},
    {HUNDRED TEN "01234\xe2\x82\xac", "bin", FALSE, HUNDRED TEN "01234.bin"},
    {HUNDRED TEN "01234....x", "bin", FALSE, HUNDRED TEN "01234.bin"},
};

static void
test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *name = om_export_name(rows[i].name, rows[i].extension, rows[i].incomplete);

        g_assert_cmpstr(name, ==, rows[i].want);
        g_free(name);
    }
}

/* Whatever the bytes: one name, of valid UTF-8, in the folder, no device, at most 120 bytes. */
static void
test_random(void)
{
    static const char *const bits[] = {
        ".",    "..", "/",  "\\",           " ", "-",    "NUL",         "com1", "\xe2\x80\xae", "\xc3",
        "\xbc", "a",  "\n", "\xe2\x82\xac", TEN, ".bin", ".incomplete", ":",    "\x01",         "\xf0\x9f\x98\x80"};
    GRand *rand = g_rand_new_with_seed(5547);

    for (guint i = 0; i < 20000; i++) {
        GString *text = g_string_new(NULL);
        char *name;

        for (gint n = g_rand_int_range(rand, 0, 24); n > 0; n--)
            g_string_append(text, bits[g_rand_int_range(rand, 0, G_N_ELEMENTS(bits))]);
        name = om_export_name(text->str, "bin", i % 2);
        g_assert_true(g_utf8_validate(name, -1, NULL));
        g_assert_cmpuint(strlen(name), <=, 120);
        g_assert_true(g_str_has_suffix(name, i % 2 ? ".incomplete.bin" : ".bin"));
        g_assert_null(strpbrk(name, "/\\:\n\x01"));
        g_assert_true(name[0] != '.' && name[0] != ' ' && name[0] != '-');
        g_assert_false(g_ascii_strncasecmp(name, "nul.", 4) == 0 || g_ascii_strncasecmp(name, "com1.", 5) == 0);
        g_free(name);
        g_string_free(text, TRUE);
    }
    g_rand_free(rand);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/export-name/rows", test_rows);
    g_test_add_func("/export-name/random", test_random);
    return g_test_run();
}
