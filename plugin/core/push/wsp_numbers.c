/* wsp_numbers.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "wsp_numbers.h"

static const char *
entry(const char *const *table, gsize length, guint64 number)
{
    return number < length ? table[number] : NULL;
}
#define ENTRY(table, number) entry(table, G_N_ELEMENTS(table), number)

const char *
om_wsp_media_type(guint64 number)
{
    static const char *const assigned[] = {
        [0x00] = "*/*",
        [0x01] = "text/*",
        [0x02] = "text/html",
        [0x03] = "text/plain",
        [0x04] = "text/x-hdml",
        [0x05] = "text/x-ttml",
        [0x06] = "text/x-vCalendar",
        [0x07] = "text/x-vCard",
        [0x08] = "text/vnd.wap.wml",
        [0x09] = "text/vnd.wap.wmlscript",
        [0x0a] = "text/vnd.wap.channel",
        [0x0b] = "multipart/*",
        [0x0c] = "multipart/mixed",
        [0x0d] = "multipart/form-data",
        [0x0e] = "multipart/byteranges",
        [0x0f] = "multipart/alternative",
        [0x10] = "application/*",
        [0x11] = "application/java-vm",
        [0x12] = "application/x-www-form-urlencoded",
        [0x13] = "application/x-hdmlc",
        [0x14] = "application/vnd.wap.wmlc",
        [0x15] = "application/vnd.wap.wmlscriptc",
        [0x16] = "application/vnd.wap.channelc",
        [0x17] = "application/vnd.wap.uaprof",
        [0x18] = "application/vnd.wap.wtls-ca-certificate",
        [0x19] = "application/vnd.wap.wtls-user-certificate",
        [0x1a] = "application/x-x509-ca-cert",
        [0x1b] = "application/x-x509-user-cert",
        [0x1c] = "image/*",
        [0x1d] = "image/gif",
        [0x1e] = "image/jpeg",
        [0x1f] = "image/tiff",
        [0x20] = "image/png",
        [0x21] = "image/vnd.wap.wbmp",
        [0x22] = "application/vnd.wap.multipart.*",
        [0x23] = "application/vnd.wap.multipart.mixed",
        [0x24] = "application/vnd.wap.multipart.form-data",
        [0x25] = "application/vnd.wap.multipart.byteranges",
        [0x26] = "application/vnd.wap.multipart.alternative",
        [0x27] = "application/xml",
        [0x28] = "text/xml",
        [0x29] = "application/vnd.wap.wbxml",
        [0x2a] = "application/x-x968-cross-cert",
        [0x2b] = "application/x-x968-ca-cert",
        [0x2c] = "application/x-x968-user-cert",
        [0x2d] = "text/vnd.wap.si",
        [0x2e] = "application/vnd.wap.sic",
        [0x2f] = "text/vnd.wap.sl",
        [0x30] = "application/vnd.wap.slc",
        [0x31] = "text/vnd.wap.co",
        [0x32] = "application/vnd.wap.coc",
        [0x33] = "application/vnd.wap.multipart.related",
        [0x34] = "application/vnd.wap.sia",
        [0x35] = "text/vnd.wap.connectivity-xml",
        [0x36] = "application/vnd.wap.connectivity-wbxml",
        [0x37] = "application/pkcs7-mime",
        [0x38] = "application/vnd.wap.hashed-certificate",
        [0x39] = "application/vnd.wap.signed-certificate",
        [0x3a] = "application/vnd.wap.cert-response",
        [0x3b] = "application/xhtml+xml",
        [0x3c] = "application/wml+xml",
        [0x3d] = "text/css",
        [0x3e] = "application/vnd.wap.mms-message",
        [0x3f] = "application/vnd.wap.rollover-certificate",
        [0x40] = "application/vnd.wap.locc+wbxml",
        [0x41] = "application/vnd.wap.loc+xml",
        [0x42] = "application/vnd.syncml.dm+wbxml",
        [0x43] = "application/vnd.syncml.dm+xml",
        [0x44] = "application/vnd.syncml.notification",
        [0x45] = "application/vnd.wap.xhtml+xml",
        [0x46] = "application/vnd.wv.csp.cir",
        [0x47] = "application/vnd.oma.dd+xml",
        [0x48] = "application/vnd.oma.drm.message",
        [0x49] = "application/vnd.oma.drm.content",
        [0x4a] = "application/vnd.oma.drm.rights+xml",
        [0x4b] = "application/vnd.oma.drm.rights+wbxml",
        [0x4c] = "application/vnd.wv.csp+xml",
        [0x4d] = "application/vnd.wv.csp+wbxml",
        [0x4e] = "application/vnd.syncml.ds.notification",
        [0x4f] = "audio/*",
        [0x50] = "video/*",
        [0x51] = "application/vnd.oma.dd2+xml",
        [0x52] = "application/mikey",
        [0x53] = "application/vnd.oma.dcd",
        [0x54] = "application/vnd.oma.dcdc",
        [0x55] = "text/x-vMessage",
        [0x56] = "application/vnd.omads-email+wbxml",
        [0x57] = "text/x-vBookmark",
        [0x58] = "application/vnd.syncml.dm.notification",
        [0x5a] = "application/octet-stream",
    };
    static const char *const uplanet[] = {
        [0x01] = "application/vnd.uplanet.cacheop-wbxml",
        [0x02] = "application/vnd.uplanet.signal",
        [0x03] = "application/vnd.uplanet.alert-wbxml",
        [0x04] = "application/vnd.uplanet.list-wbxml",
        [0x05] = "application/vnd.uplanet.listcmd-wbxml",
        [0x06] = "application/vnd.uplanet.channel-wbxml",
        [0x07] = "application/vnd.uplanet.provisioning-status-uri",
        [0x08] = "x-wap.multipart/vnd.uplanet.header-set",
        [0x09] = "application/vnd.uplanet.bearer-choice-wbxml",
        [0x0a] = "application/vnd.phonecom.mmc-wbxml",
        [0x0b] = "application/vnd.nokia.syncset+wbxml",
        [0x0c] = "image/x-up-wpng",
    };
    static const char *const registered[] = {
        [0x00] = "application/iota.mmc-wbxml",
        [0x01] = "application/iota.mmc-xml",
        [0x02] = "application/vnd.syncml+xml",
        [0x03] = "application/vnd.syncml+wbxml",
        [0x04] = "text/vnd.wap.emn+xml",
        [0x05] = "text/calendar",
        [0x06] = "application/vnd.omads-email+xml",
        [0x07] = "application/vnd.omads-file+xml",
        [0x08] = "application/vnd.omads-folder+xml",
        [0x09] = "text/directory;profile=vCard",
        [0x0a] = "application/vnd.wap.emn+wbxml",
        [0x0b] = "application/vnd.nokia.ipdc-purchase-response",
        [0x0c] = "application/vnd.motorola.screen3+xml",
        [0x0d] = "application/vnd.motorola.screen3+gzip",
        [0x0e] = "application/vnd.cmcc.setting+wbxml",
        [0x0f] = "application/vnd.cmcc.bombing+wbxml",
        [0x10] = "application/vnd.docomo.pf",
        [0x11] = "application/vnd.docomo.ub",
        [0x12] = "application/vnd.omaloc-supl-init",
        [0x13] = "application/vnd.oma.group-usage-list+xml",
        [0x14] = "application/oma-directory+xml",
        [0x15] = "application/vnd.docomo.pf2",
        [0x16] = "application/vnd.oma.drm.roap-trigger+wbxml",
        [0x17] = "application/vnd.sbm.mid2",
        [0x18] = "application/vnd.wmf.bootstrap",
        [0x19] = "application/vnc.cmcc.dcd+xml",
        [0x1a] = "application/vnd.sbm.cid",
        [0x1b] = "application/vnd.oma.bcast.provisioningtrigger",
    };

    if (number >= 0x300)
        return ENTRY(registered, number - 0x300);
    if (number >= 0x200)
        return ENTRY(uplanet, number - 0x200);
    return ENTRY(assigned, number);
}

/* Table 39; where a later encoding version has a second number the name is the same. */
const char *
om_wsp_header_name(guint64 number)
{
    static const char *const names[] = {
        [0x00] = "Accept",
        [0x01] = "Accept-Charset",
        [0x02] = "Accept-Encoding",
        [0x03] = "Accept-Language",
        [0x04] = "Accept-Ranges",
        [0x05] = "Age",
        [0x06] = "Allow",
        [0x07] = "Authorization",
        [0x08] = "Cache-Control",
        [0x09] = "Connection",
        [0x0a] = "Content-Base",
        [0x0b] = "Content-Encoding",
        [0x0c] = "Content-Language",
        [0x0d] = "Content-Length",
        [0x0e] = "Content-Location",
        [0x0f] = "Content-MD5",
        [0x10] = "Content-Range",
        [0x11] = "Content-Type",
        [0x12] = "Date",
        [0x13] = "Etag",
        [0x14] = "Expires",
        [0x15] = "From",
        [0x16] = "Host",
        [0x17] = "If-Modified-Since",
        [0x18] = "If-Match",
        [0x19] = "If-None-Match",
        [0x1a] = "If-Range",
        [0x1b] = "If-Unmodified-Since",
        [0x1c] = "Location",
        [0x1d] = "Last-Modified",
        [0x1e] = "Max-Forwards",
        [0x1f] = "Pragma",
        [0x20] = "Proxy-Authenticate",
        [0x21] = "Proxy-Authorization",
        [0x22] = "Public",
        [0x23] = "Range",
        [0x24] = "Referer",
        [0x25] = "Retry-After",
        [0x26] = "Server",
        [0x27] = "Transfer-Encoding",
        [0x28] = "Upgrade",
        [0x29] = "User-Agent",
        [0x2a] = "Vary",
        [0x2b] = "Via",
        [0x2c] = "Warning",
        [0x2d] = "WWW-Authenticate",
        [0x2e] = "Content-Disposition",
        [0x2f] = "X-Wap-Application-Id",
        [0x30] = "X-Wap-Content-URI",
        [0x31] = "X-Wap-Initiator-URI",
        [0x32] = "Accept-Application",
        [0x33] = "Bearer-Indication",
        [0x34] = "Push-Flag",
        [0x35] = "Profile",
        [0x36] = "Profile-Diff",
        [0x37] = "Profile-Warning",
        [0x38] = "Expect",
        [0x39] = "TE",
        [0x3a] = "Trailer",
        [0x3b] = "Accept-Charset",
        [0x3c] = "Accept-Encoding",
        [0x3d] = "Cache-Control",
        [0x3e] = "Content-Range",
        [0x3f] = "X-Wap-Tod",
        [0x40] = "Content-ID",
        [0x41] = "Set-Cookie",
        [0x42] = "Cookie",
        [0x43] = "Encoding-Version",
        [0x44] = "Profile-Warning",
        [0x45] = "Content-Disposition",
        [0x46] = "X-WAP-Security",
        [0x47] = "Cache-Control",
        [0x48] = "Expect",
        [0x49] = "X-Wap-Loc-Invocation",
        [0x4a] = "X-Wap-Loc-Delivery",
    };

    return ENTRY(names, number);
}

/* Table 38. */
const char *
om_wsp_param_name(guint64 number)
{
    static const char *const names[] = {
        [0x00] = "q",         [0x01] = "charset",    [0x02] = "level",         [0x03] = "type",
        [0x05] = "name",      [0x06] = "filename",   [0x07] = "differences",   [0x08] = "padding",
        [0x09] = "type",      [0x0a] = "start",      [0x0b] = "start-info",    [0x0c] = "comment",
        [0x0d] = "domain",    [0x0e] = "max-age",    [0x0f] = "path",          [0x10] = "secure",
        [0x11] = "SEC",       [0x12] = "MAC",        [0x13] = "creation-date", [0x14] = "modification-date",
        [0x15] = "read-date", [0x16] = "size",       [0x17] = "name",          [0x18] = "filename",
        [0x19] = "start",     [0x1a] = "start-info", [0x1b] = "comment",       [0x1c] = "domain",
        [0x1d] = "path",
    };

    return ENTRY(names, number);
}

/* IANA's MIBenum: those that push contents come in. */
const char *
om_wsp_charset(guint64 mib_enum)
{
    static const struct {
        guint mib_enum;
        const char *name;
    } charsets[] = {
        {3, "us-ascii"},        {4, "iso-8859-1"},      {5, "iso-8859-2"},         {6, "iso-8859-3"},
        {7, "iso-8859-4"},      {8, "iso-8859-5"},      {9, "iso-8859-6"},         {10, "iso-8859-7"},
        {11, "iso-8859-8"},     {12, "iso-8859-9"},     {13, "iso-8859-10"},       {17, "shift_jis"},
        {18, "euc-jp"},         {38, "euc-kr"},         {39, "iso-2022-jp"},       {106, "utf-8"},
        {109, "iso-8859-13"},   {110, "iso-8859-14"},   {111, "iso-8859-15"},      {112, "iso-8859-16"},
        {113, "gbk"},           {114, "gb18030"},       {1000, "iso-10646-ucs-2"}, {1001, "iso-10646-ucs-4"},
        {1012, "utf-7"},        {1013, "utf-16be"},     {1014, "utf-16le"},        {1015, "utf-16"},
        {2025, "gb2312"},       {2026, "big5"},         {2084, "koi8-r"},          {2088, "koi8-u"},
        {2101, "big5-hkscs"},   {2250, "windows-1250"}, {2251, "windows-1251"},    {2252, "windows-1252"},
        {2253, "windows-1253"}, {2254, "windows-1254"}, {2255, "windows-1255"},    {2256, "windows-1256"},
        {2257, "windows-1257"}, {2258, "windows-1258"}, {2259, "tis-620"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
        if (charsets[i].mib_enum == mib_enum)
            return charsets[i].name;
    }
    return NULL;
}

/* Table 41: two letters for each number, "  " where none is assigned. */
const char *
om_wsp_language(guint64 number)
{
    static const char tags[][3] = {
        "* ", "aa", "ab", "af", "am", "ar", "as", "ay", "az", "ba", "be", "bg", "bh", "bi", "bn", "bo", /* 0x00 */
        "br", "ca", "co", "cs", "cy", "da", "de", "dz", "el", "en", "eo", "es", "et", "eu", "fa", "fi", /* 0x10 */
        "fj", "ur", "fr", "uz", "ga", "gd", "gl", "gn", "gu", "ha", "he", "hi", "hr", "hu", "hy", "vi", /* 0x20 */
        "id", "wo", "xh", "is", "it", "yo", "ja", "jw", "ka", "kk", "za", "km", "kn", "ko", "ks", "ku", /* 0x30 */
        "ky", "zh", "ln", "lo", "lt", "lv", "mg", "mi", "mk", "ml", "mn", "mo", "mr", "ms", "mt", "my", /* 0x40 */
        "uk", "ne", "nl", "no", "oc", "om", "or", "pa", "pl", "ps", "pt", "qu", "zu", "rn", "ro", "ru", /* 0x50 */
        "rw", "sa", "sd", "sg", "sh", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", /* 0x60 */
        "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ug", /* 0x70 */
        "  ", "na", "fo", "fy", "ia", "vo", "ie", "ik", "yi", "iu", "kl", "la", "rm",                   /* 0x80 */
    };

    if (number == 0)
        return "*";
    if (number >= G_N_ELEMENTS(tags) || tags[number][0] == ' ')
        return NULL;
    return tags[number];
}
