# SPDX-License-Identifier: GPL-2.0-or-later
"""Push objects: the envelope's headers and the usual contents. Everything random is seeded."""
import random
import struct
import zlib


def seeded(size, seed):
    return random.Random(seed).randbytes(size)


def words(size, seed):
    """Printable text of exactly that size."""
    return bytes(random.Random(seed).choices(b'abcdefghijklmnopqrstuvwxyz     ', k=size))


def envelope(content_type, content, app=None, extra=(), eol='\r\n'):
    """Text push message headers, a blank line, the content."""
    lines = [f'Content-Type: {content_type}',
             *([f'X-Wap-Application-Id: x-wap-application:{app}'] if app else []), *extra]
    return eol.join(lines).encode() + eol.encode() * 2 + content


def gzipped(data):
    """RFC 1952 around one stored block: the same bytes whatever zlib there is."""
    block = struct.pack('<BHH', 1, len(data), len(data) ^ 0xFFFF) + data
    return b'\x1f\x8b\x08' + bytes(6) + b'\xff' + block + struct.pack('<II', zlib.crc32(data), len(data))


def mms_notification(transaction='T10001', location='http://mmsc.domain.com/10001', size=30720):
    """m-notification-ind, OMA MMS Encapsulation section 6.2."""
    sender = b'+15555550100/TYPE=PLMN\0'
    return (b'\x8c\x82\x98' + transaction.encode() + b'\0\x8d\x92'
            + b'\x89' + bytes([len(sender) + 1]) + b'\x80' + sender
            + b'\x8a\x80' + b'\x8e\x02' + size.to_bytes(2, 'big')
            + b'\x88\x05\x81\x03\x02\xa3\x00' + b'\x83' + location.encode() + b'\0')


def mms_push(seed=1):
    """The push most captures use: text headers around an MMS notification (mms.ua)."""
    return envelope('application/vnd.wap.mms-message',
                    mms_notification(f'T{seed:05d}', f'http://mmsc.domain.com/{seed:05d}'), 'mms.ua')


def mms_push_sized(size, seed=1):
    """The same, made longer by its location."""
    base = envelope('application/vnd.wap.mms-message', mms_notification(f'T{seed:05d}', 'http://mmsc.domain.com/'),
                    'mms.ua')
    pad = ''.join(random.Random(seed).choices('0123456789abcdef', k=size - len(base)))
    return envelope('application/vnd.wap.mms-message',
                    mms_notification(f'T{seed:05d}', 'http://mmsc.domain.com/' + pad), 'mms.ua')


def opaque_push(size, seed):
    """Text headers around random bytes; `size` is the whole object's."""
    head = envelope('application/octet-stream', b'', 'mms.ua')
    return head + seeded(size - len(head), seed)


SI = (b'<?xml version="1.0"?>\r\n'
      b'<!DOCTYPE si PUBLIC "-//WAPFORUM//DTD SI 1.0//EN" "http://www.wapforum.org/DTD/si.dtd">\r\n'
      b'<si><indication href="http://www.domain.com/mail/1" si-id="1@domain.com" action="signal-high">'
      b'You have 4 new e-mails</indication></si>\r\n')

SL = (b'<?xml version="1.0"?>\r\n'
      b'<!DOCTYPE sl PUBLIC "-//WAPFORUM//DTD SL 1.0//EN" "http://www.wapforum.org/DTD/sl.dtd">\r\n'
      b'<sl href="http://www.domain.com/now" action="execute-high"/>\r\n')

# SI in WBXML (public id 5, inline strings): the same indication as SI.
SIC = (b'\x02\x05\x6a\x00\x45\xc6\x0c\x03www.domain.com/mail/1\0\x11\x031@domain.com\0\x08\x01'
       b'\x03You have 4 new e-mails\0\x01\x01')

NOTICE = (b'<?xml version="1.0" encoding="UTF-8"?>\r\n<ums-service><ni-data service="voicemail">'
          b'<mailbox>sip:user@domain.com</mailbox><new>2</new></ni-data></ums-service>\r\n')


def connectivity(size, seed=1):
    """text/vnd.wap.connectivity-xml of exactly that size."""
    head = b'<?xml version="1.0"?>\r\n<wap-provisioningdoc version="1.0">\r\n'
    tail = b'</wap-provisioningdoc>\r\n'
    rng = random.Random(seed)
    body = b''
    while True:
        n = b'%08x' % rng.getrandbits(32)
        block = (b'<characteristic type="NAPDEF">\r\n<parm name="NAPID" value="NAP%s"/>\r\n'
                 b'<parm name="NAP-ADDRESS" value="%s.domain.com"/>\r\n</characteristic>\r\n' % (n, n))
        if len(head) + len(body) + len(block) + len(tail) > size - 10:
            break
        body += block
    room = size - len(head) - len(body) - len(tail) - len(b'<!--  -->\r\n')
    pad = b'<!-- ' + words(room, seed) + b' -->\r\n' if room >= 0 else b''
    return head + body + pad + tail


class Bits:
    def __init__(self):
        self.text = ''

    def put(self, value, width):
        self.text += format(value, f'0{width}b')
        return self

    def bytes(self):
        text = self.text + '0' * (-len(self.text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, 'big')


def supl_init():
    """ULP-PDU with SUPL INIT in unaligned PER: OMA ULP 1.0 section 7."""
    def encode(length):
        b = Bits().put(length, 16).put(1, 8).put(0, 8).put(0, 8)
        b.put(0b01, 2)                                      # SLP session id only
        b.put(0xA1B2C3D4, 32).put(0, 1).put(0, 1).put(0, 1).put(0xC0000205, 32)    # slpId: IPv4 192.0.2.5
        b.put(0, 1).put(0, 3)                               # UlpMessage: msSUPLINIT
        b.put(0, 1).put(0, 5)                               # no extension, no optional part
        b.put(0, 1).put(1, 4)                               # posMethod agpsSETbased
        b.put(0, 1)                                         # sLPMode proxy
        return b.bytes()
    return encode(len(encode(0)))


def wsp_headers(app_code=4, content_type=0x3E):
    """WSP-encoded Content-Type (short integer: 3E is application/vnd.wap.mms-message), application id."""
    return bytes([content_type | 0x80]), bytes([0x2F | 0x80, app_code | 0x80])


def wsp_push(content, app_code=4, content_type=0x3E, tid=0x25):
    """A connectionless WSP Push PDU: TID, type 06, headers length, Content-Type, headers, data."""
    kind, headers = wsp_headers(app_code, content_type)
    return bytes([tid, 0x06, len(kind + headers)]) + kind + headers + content


def cpim(body, content_type='application/vnd.oma.push', headers=None):
    """message/cpim: RFC 3862 section 2."""
    headers = headers or ['From: <sip:psa@domain.com>', 'To: <sip:user@domain.com>',
                          'DateTime: 2023-11-14T22:13:20Z']
    return ('\r\n'.join(headers) + f'\r\n\r\nContent-Type: {content_type}\r\n\r\n').encode() + body


def multipart(parts, boundary='b0undary'):
    """(type, bytes) parts as multipart/mixed."""
    out = b''
    for kind, data in parts:
        out += f'--{boundary}\r\nContent-Type: {kind}\r\n\r\n'.encode() + data + b'\r\n'
    return out + f'--{boundary}--\r\n'.encode()
