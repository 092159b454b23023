# SPDX-License-Identifier: GPL-2.0-or-later
"""TLS records of a connection whose keys nobody has: a handshake as stacks send it, then what looks like ciphertext."""
import struct

from push import seeded

HANDSHAKE, CHANGE, DATA, ALERT = 22, 20, 23, 21


def record(kind, body, version=0x0303):
    return struct.pack('!BHH', kind, version, len(body)) + body


def message(kind, body):
    return bytes([kind]) + len(body).to_bytes(3, 'big') + body


def extension(number, body):
    return struct.pack('!HH', number, len(body)) + body


def client_hello(v13, seed=1):
    versions = extension(43, b'\x04\x03\x04\x03\x03') if v13 else b''
    share = extension(51, struct.pack('!HHH', 36, 29, 32) + seeded(32, seed + 2)) if v13 else b''
    more = (versions + share + extension(10, b'\0\x04\0\x1d\0\x17') + extension(11, b'\x01\0')
            + extension(13, b'\0\x06\x04\x03\x08\x04\x04\x01'))
    suites = b'\x13\x01\x13\x02' if v13 else b'\xc0\x2f\xc0\x30'
    body = (b'\x03\x03' + seeded(32, seed) + b'\x20' + seeded(32, seed + 1) + struct.pack('!H', len(suites)) + suites
            + b'\x01\0' + struct.pack('!H', len(more)) + more)
    return record(HANDSHAKE, message(1, body), 0x0301)


def server_hello(v13, seed=5):
    more = extension(43, b'\x03\x04') + extension(51, struct.pack('!HH', 29, 32) + seeded(32, seed + 2)) if v13 \
        else extension(11, b'\x01\0')
    body = (b'\x03\x03' + seeded(32, seed) + b'\x20' + seeded(32, 2) + (b'\x13\x01' if v13 else b'\xc0\x2f') + b'\0'
            + struct.pack('!H', len(more)) + more)
    return record(HANDSHAKE, message(2, body))


def opening(v13):
    """(who, bytes) until both sides may send data. Before 1.3 the certificate is in the clear: 1.3 is the shorter."""
    change = record(CHANGE, b'\x01')
    if v13:
        return [('client', client_hello(True)),
                ('server', server_hello(True) + change + record(DATA, seeded(1100, 7))),
                ('client', change + record(DATA, seeded(53, 8)))]
    # Resumed with the session id (RFC 5246 section 7.3): no certificates.
    return [('client', client_hello(False)), ('server', server_hello(False) + change + record(HANDSHAKE, seeded(40, 9))),
            ('client', change + record(HANDSHAKE, seeded(40, 10)))]


def sealed(data, seed):
    """What the message looks like inside: 16 or more bytes longer, and noise."""
    return record(DATA, seeded(len(data) + 17, seed))
