/* omna.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "omna.h"

#define NO_CODE 0xFFFF

/* OMNA's registry of push application ids; those without a code were seen in the field as event apps. */
static const struct om_push_app apps[] = {
    {0x0000, "*", "x-wap-application:*", "any application"},
    {0x0001, "push.sia", "x-wap-application:push.sia", "session initiation application"},
    {0x0002, "wml.ua", "x-wap-application:wml.ua", "browser"},
    {0x0003, "wta.ua", "x-wap-application:wta.ua", "telephony application"},
    {0x0004, "mms.ua", "x-wap-application:mms.ua", "MMS client"},
    {0x0005, "push.syncml", "x-wap-application:push.syncml", "data synchronisation alert"},
    {0x0006, "loc.ua", "x-wap-application:loc.ua", "location invocation"},
    {0x0007, "syncml.dm", "x-wap-application:syncml.dm", "device management"},
    {0x0008, "drm.ua", "x-wap-application:drm.ua", "rights management (DRM)"},
    {0x0009, "emn.ua", "x-wap-application:emn.ua", "e-mail notification"},
    {0x000A, "wv.ua", "x-wap-application:wv.ua", "instant messaging and presence (Wireless Village)"},
    {0x0010, "ulp.ua", "x-oma-application:ulp.ua", "location (SUPL)"},
    {0x0011, "dlota.ua", "x-oma-application:dlota.ua", "download over the air"},
    {0x0012, "java-ams", "x-oma-application:java-ams", "Java application manager"},
    {0x0013, "bcast.ua", "x-oma-application:bcast.ua", "mobile broadcast (BCAST)"},
    {0x0014, "dpe.ua", "x-oma-application:dpe.ua", "device profile evolution"},
    {0x0015, "cpm:ua", "x-oma-application:cpm:ua", "converged messaging (CPM)"},
    {0x001A, "lwm2m.dm", "x-wap-application:lwm2m.dm", "LightweightM2M device management"},
    {0x8000, "localcontent.ua", "x-wap-microsoft:localcontent.ua", "Microsoft: local content"},
    {0x8001, "IMclient.ua", "x-wap-microsoft:IMclient.ua", "Microsoft: instant messaging"},
    {0x8002, "imode.mail.ua", "x-wap-docomo:imode.mail.ua", "NTT DOCOMO: i-mode mail"},
    {0x8003, "imode.mr.ua", "x-wap-docomo:imode.mr.ua", "NTT DOCOMO: i-mode message request"},
    {0x8004, "imode.mf.ua", "x-wap-docomo:imode.mf.ua", "NTT DOCOMO: i-mode message free"},
    {0x8005, "location.ua", "x-motorola:location.ua", "Motorola: location"},
    {0x8006, "now.ua", "x-motorola:now.ua", "Motorola"},
    {0x8007, "otaprov.ua", "x-motorola:otaprov.ua", "Motorola: provisioning"},
    {0x8008, "browser.ua", "x-motorola:browser.ua", "Motorola: browser"},
    {0x8009, "splash.ua", "x-motorola:splash.ua", "Motorola: splash screen"},
    {0x800B, "mvsw.command", "x-wap-nai:mvsw.command", "NAI"},
    {0x8010, "iota.ua", "x-wap-openwave:iota.ua", "Openwave: provisioning"},
    {0x9000, "imode.mail2.ua", "x-wap-docomo:imode.mail2.ua", "NTT DOCOMO: i-mode mail 2"},
    {0x9001, "otaprov.ua", "x-oma-nec:otaprov.ua", "NEC: provisioning"},
    {0x9002, "call.ua", "x-oma-nokia:call.ua", "Nokia: call"},
    {0x9003, "sqa.ua", "x-oma-coremobility:sqa.ua", "Core Mobility"},
    {0x9004, "doja.jam.ua", "x-oma-docomo:doja.jam.ua", "NTT DOCOMO: DoJa application manager"},
    {0x9010, "sip.ua", "x-oma-nokia:sip.ua", "Nokia: SIP"},
    {0x9011, "otaprov.ua", "x-oma-vodafone:otaprov.ua", "Vodafone: provisioning"},
    {0x9012, "ad.ua", "x-hutchison:ad.ua", "Hutchison"},
    {0x9013, "voip.ua", "x-oma-nokia:voip.ua", "Nokia: VoIP"},
    {0x9014, "voice.ua", "x-oma-docomo:voice.ua", "NTT DOCOMO: voice"},
    {0x9015, "browser.ctl", "x-oma-docomo:browser.ctl", "NTT DOCOMO: browser control"},
    {0x9016, "dan.ua", "x-oma-docomo:dan.ua", "NTT DOCOMO"},
    {0x9017, "vs.ua", "x-oma-nokia:vs.ua", "Nokia"},
    {0x9018, "voip.ext1.ua", "x-oma-nokia:voip.ext1.ua", "Nokia: VoIP extension"},
    {0x9019, "casting.ua", "x-wap-vodafone:casting.ua", "Vodafone: casting"},
    {0x901A, "imode.data.ua", "x-oma-docomo:imode.data.ua", "NTT DOCOMO: i-mode data"},
    {0x901B, "otaprov.ctl", "x-oma-snapin:otaprov.ctl", "SNAPin: provisioning"},
    {0x901C, "vrs.ua", "x-oma-nokia:vrs.ua", "Nokia"},
    {0x901D, "vrpg.ua", "x-oma-nokia:vrpg.ua", "Nokia"},
    {0x901E, "screen3.ua", "x-oma-motorola:screen3.ua", "Motorola: Screen3"},
    {0x901F, "device.ctl", "x-oma-docomo:device.ctl", "NTT DOCOMO: device control"},
    {0x9020, "msc.ua", "x-oma-nokia:msc.ua", "Nokia"},
    {0x9021, "lcs.ua", "x-3gpp2:lcs.ua", "3GPP2: location services"},
    {0x9022, "dcd.ua", "x-wap-vodafone:dcd.ua", "Vodafone"},
    {0x9023, "mbms.service.announcement.ua", "x-3gpp:mbms.service.announcement.ua", "3GPP: MBMS service announcement"},
    {0x9024, "dltmtbl.ua", "x-oma-vodafone:dltmtbl.ua", "Vodafone"},
    {0x9025, "dvcctl.ua", "x-oma-vodafone:dvcctl.ua", "Vodafone"},
    {0x9026, "mail.ua", "x-oma-cmcc:mail.ua", "China Mobile: mail"},
    {0x9027, "vmb.ua", "x-oma-nokia:vmb.ua", "Nokia"},
    {0x9028, "ldapss.ua", "x-oma-nokia:ldapss.ua", "Nokia"},
    {0x9029, "al.ua", "x-hutchison:al.ua", "Hutchison"},
    {0x902A, "uma.ua", "x-oma-nokia:uma.ua", "Nokia"},
    {0x902B, "news.ua", "x-oma-nokia:news.ua", "Nokia: news"},
    {0x902C, "pf", "x-oma-docomo:pf", "NTT DOCOMO"},
    {0x902D, "ub", "x-oma-docomo:ub", "NTT DOCOMO"},
    {0x902E, "nat.traversal.ua", "x-oma-nokia:nat.traversal.ua", "Nokia: NAT traversal"},
    {0x902F, "intropad.ua", "x-oma-intromobile:intropad.ua", "IntroMobile: IntroPad"},
    {0x9030, "uin.ua", "x-oma-docomo:uin.ua", "NTT DOCOMO"},
    {0x9031, "iptv.ua", "x-oma-nokia:iptv.ua", "Nokia: IPTV"},
    {0x9032, "il.ua", "x-hutchison:il.ua", "Hutchison"},
    {0x9033, "voip.general.ua", "x-oma-nokia:voip.general.ua", "Nokia: VoIP"},
    {0x9034, "drm.meter", "x-microsoft:drm.meter", "Microsoft: DRM metering"},
    {0x9035, "drm.license", "x-microsoft:drm.license", "Microsoft: DRM licence"},
    {0x9036, "ic.ctl", "x-oma-docomo:ic.ctl", "NTT DOCOMO"},
    {0x9037, "SPM.ua", "x-oma-slingmedia:SPM.ua", "Sling Media"},
    {0x9038, "odp.ua", "x-cibenix:odp.ua", "Cibenix"},
    {0x9039, "voip.ua", "x-oma-motorola:voip.ua", "Motorola: VoIP"},
    {0x903A, "ims", "x-oma-motorola:ims", "Motorola: IMS"},
    {0x903B, "imode.remote.ctl", "x-oma-docomo:imode.remote.ctl", "NTT DOCOMO: i-mode remote control"},
    {0x903C, "device.ctl.um", "x-oma-docomo:device.ctl.um", "NTT DOCOMO: device control"},
    {0x903D, "playready.drm.initiator", "x-microsoft:playready.drm.initiator", "Microsoft: PlayReady initiator"},
    {0x903E, "playready.drm", "x-microsoft:playready.drm", "Microsoft: PlayReady"},
    {0x903F, "ms.mexa.ua", "x-oma-sbm:ms.mexa.ua", "SoftBank Mobile"},
    {0x9040, "urn:oma:drms:org-LGE:L650V", "urn:oma:drms:org-LGE:L650V", "LG Electronics"},
    {0x9041, "um", "x-oma-docomo:um", "NTT DOCOMO"},
    {0x9042, "uin.um", "x-oma-docomo:uin.um", "NTT DOCOMO"},
    {0x9043, "urn:oma:drms:org-LGE:KU450", "urn:oma:drms:org-LGE:KU450", "LG Electronics"},
    {0x9044, "cfgmgr.ua", "x-wap-microsoft:cfgmgr.ua", "Microsoft: configuration manager"},
    {0x9045, "mbms.download.delivery.ua", "x-3gpp:mbms.download.delivery.ua", "3GPP: MBMS download delivery"},
    {0x9046, "star.ctl", "x-oma-docomo:star.ctl", "NTT DOCOMO"},
    {0x9047, "urn:oma:drms:org-LGE:KU380", "urn:oma:drms:org-LGE:KU380", "LG Electronics"},
    {0x9048, "pf2", "x-oma-docomo:pf2", "NTT DOCOMO"},
    {0x9049, "blogcentral.ua", "x-oma-motorola:blogcentral.ua", "Motorola: blogs"},
    {0x904A, "imode.agent.ua", "x-oma-docomo:imode.agent.ua", "NTT DOCOMO: i-mode agent"},
    {0x904C, "destination.network.ua", "x-oma-nokia:destination.network.ua", "Nokia"},
    {0x904D, "mid2.ua", "x-oma-sbm:mid2.ua", "SoftBank Mobile"},
    {0x904E, "avm.ctl", "x-carrieriq:avm.ctl", "Carrier IQ"},
    {0x904F, "ms.xml.ua", "x-oma-sbm:ms.xml.ua", "SoftBank Mobile"},
    {0x9050, "urn:dvb:ipdc:notification:2008", "urn:dvb:ipdc:notification:2008", "DVB: IPDC notification"},
    {0x9051, "imode.mvch.ua", "x-oma-docomo:imode.mvch.ua", "NTT DOCOMO: i-mode"},
    {0x9052, "webui.ua", "x-oma-motorola:webui.ua", "Motorola: web interface"},
    {0x9053, "cid.ua", "x-oma-sbm:cid.ua", "SoftBank Mobile"},
    {0x9054, "vcc.v1.ua", "x-oma-nokia:vcc.v1.ua", "Nokia"},
    {0x9055, "open.ctl", "x-oma-docomo:open.ctl", "NTT DOCOMO"},
    {0x9056, "sp.mail.ua", "x-oma-docomo:sp.mail.ua", "NTT DOCOMO: sp-mode mail"},
    {0x9057, "push.erace", "x-essoy-application:push.erace", "Essoy"},
    {0x9058, "open.fu", "x-oma-docomo:open.fu", "NTT DOCOMO"},
    {0x9059, "osp.ua", "x-samsung:osp.ua", "Samsung: push service"},
    {0x905A, "imode.mchara.ua", "x-oma-docomo:imode.mchara.ua", "NTT DOCOMO: i-mode"},
    {0x905B, "scidm.ua", "x-oma-application:scidm.ua", "SCIDM"},
    {0x905C, "xmd.mail.ua", "x-oma-docomo:xmd.mail.ua", "NTT DOCOMO: mail"},
    {0x905D, "pal.ua", "x-oma-application:pal.ua", "presence access layer (PAL)"},
    {0x905E, "imode.relation.ua", "x-oma-docomo:imode.relation.ua", "NTT DOCOMO: i-mode"},
    {0x905F, "xmd.storage.ua", "x-oma-docomo:xmd.storage.ua", "NTT DOCOMO: storage"},
    {0x9060, "xmd.lcsapp.ua", "x-oma-docomo:xmd.lcsapp.ua", "NTT DOCOMO"},
    {NO_CODE, "crbt.ua", NULL, "ring-back tones"},
    {NO_CODE, "fs.ua", NULL, "file sharing"},
    {NO_CODE, "nab.ua", NULL, "network address book"},
    {NO_CODE, "sms.ua", NULL, "SMS client"},
    {NO_CODE, "vms.ua", NULL, "voice mail"},
};

const struct om_push_app *
om_push_app_by_code(guint code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(apps); i++) {
        if (apps[i].code == code && code != NO_CODE)
            return &apps[i];
    }
    return NULL;
}

/* Hexadecimal, at most the six digits that a code may have. */
static gboolean
read_hex(struct om_slice text, guint *code)
{
    *code = 0;
    for (gsize i = 0; i < text.l; i++) {
        if (!g_ascii_isxdigit(text.p[i]))
            return FALSE;
        *code = *code * 16 + (guint) g_ascii_xdigit_value(text.p[i]);
    }
    return text.l > 0 && text.l <= 6;
}

static const struct om_push_app *
find_code(struct om_slice text)
{
    const struct om_push_app *app = NULL;
    gboolean hex = om_slice_istarts_str(text, "0x");
    guint64 number;
    guint code;

    if (!hex && om_slice_u64(text, &number) && number < NO_CODE)
        app = om_push_app_by_code((guint) number);
    if (!app && read_hex(om_slice_from(text, hex ? 2 : 0), &code))
        app = om_push_app_by_code(code);
    return app;
}

const struct om_push_app *
om_push_app_find(struct om_slice text)
{
    struct om_slice plain;

    text = om_slice_trim(text);
    plain = om_slice_istarts_str(text, "urn:") ? om_slice_from(text, strlen("urn:")) : text;
    for (gsize i = 0; i < G_N_ELEMENTS(apps); i++) {
        if (om_slice_ieq_str(text, apps[i].name) ||
            (apps[i].urn && (om_slice_ieq_str(text, apps[i].urn) || om_slice_ieq_str(plain, apps[i].urn))))
            return &apps[i];
    }
    return find_code(text);
}

static gboolean
same_name(const struct om_push_app *a, const struct om_push_app *b)
{
    return a && b && g_ascii_strcasecmp(a->name, b->name) == 0;
}

gboolean
om_push_app_may_be(struct om_slice text, const struct om_push_app *app)
{
    guint code;

    return same_name(om_push_app_find(text), app) ||
           (read_hex(om_slice_trim(text), &code) && same_name(om_push_app_by_code(code), app));
}
