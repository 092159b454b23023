# SPDX-License-Identifier: GPL-2.0-or-later
"""SDP of a push session: RFC 8866, RFC 4975 section 8, RFC 5547 section 6, RFC 6135."""
import hashlib

PUSH_TYPE = 'application/vnd.oma.push'


def hash_text(data, algorithm='sha-1'):
    """`sha-1:AB:CD..` as file-selector has it."""
    return f'{algorithm}:' + hash_value(data, algorithm)


def hash_value(data, algorithm='sha-1'):
    return hashlib.new(algorithm.replace('-', ''), data).digest().hex(':').upper()


def selector(data, name='pushid-a3cd20b8ae7f', media_type=PUSH_TYPE, algorithms=('sha-1',)):
    hashes = ' '.join('hash:' + hash_text(data, a) for a in algorithms)
    return f'name:"{name}" type:{media_type} size:{len(data)} {hashes}'


def media(path, *, port, setup='actpass', direction='sendonly', selectors=(), transfer_id='a3cd20b8ae7f',
          accept_types=PUSH_TYPE, proto='TCP/MSRP', extra=()):
    """One m=message section."""
    lines = [f'm=message {port} {proto} *']
    if setup:
        lines.append(f'a=setup:{setup}')
    if direction:
        lines.append(f'a={direction}')
    lines += [f'a=accept-types:{accept_types}', f'a=path:{path}']
    if selectors:
        lines.append(f'a=file-transfer-id:{transfer_id}')
        lines += [f'a=file-selector:{s}' for s in selectors]
    return [*lines, *extra]


def session(host, *sections, user='psa', version=1):
    """The description; host is a literal or a name."""
    family = 'IP6' if ':' in host else 'IP4'
    bare = host.strip('[]')
    lines = ['v=0', f'o={user} 2890844526 {version} IN {family} {bare}', 's=-', f'c=IN {family} {bare}', 't=0 0']
    for section in sections:
        lines += section
    return ''.join(line + '\r\n' for line in lines).encode()
