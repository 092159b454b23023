# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP messages as literal bytes: RFC 4975 section 9."""


def request(tid, method, to_path, from_path, headers=(), body=None, flag='$'):
    """A request; a body of None has no blank line and no Content-Type (RFC 4975 section 7.1)."""
    lines = [f'MSRP {tid} {method}', f'To-Path: {to_path}', f'From-Path: {from_path}',
             *(h for h in headers if h is not None)]
    head = '\r\n'.join(lines).encode() + b'\r\n'
    if body is not None:
        head += b'\r\n' + body + b'\r\n'
    return head + f'-------{tid}{flag}\r\n'.encode()


def send(tid, to_path, from_path, message_id, body, start=1, total=None, end='fixed', flag='$',
         content_type='application/vnd.oma.push', success='yes', failure=None, byte_range=True, extra=()):
    """One chunk. end: 'fixed' or '*'; total: a number, '*', or None for a whole message."""
    last = '*' if end == '*' else start + len(body) - 1
    total = len(body) if total is None else total
    return request(tid, 'SEND', to_path, from_path, [
        f'Message-ID: {message_id}',
        f'Byte-Range: {start}-{last}/{total}' if byte_range else None,
        f'Success-Report: {success}' if success else None,
        f'Failure-Report: {failure}' if failure else None,
        *extra,
        f'Content-Type: {content_type}' if content_type else None], body, flag)


def bind(tid, to_path, from_path, message_id='bind0001', byte_range='1-0/0'):
    """The empty SEND with which the active side binds the session (RFC 4975 section 5.4)."""
    return request(tid, 'SEND', to_path, from_path, [
        f'Message-ID: {message_id}', f'Byte-Range: {byte_range}' if byte_range else None])


def response(tid, to_path, from_path, status='200 OK'):
    """A transaction response (RFC 4975 section 7.2)."""
    return f'MSRP {tid} {status}\r\nTo-Path: {to_path}\r\nFrom-Path: {from_path}\r\n-------{tid}$\r\n'.encode()


def report(tid, to_path, from_path, message_id, start, end, total, status='000 200 OK'):
    return request(tid, 'REPORT', to_path, from_path, [
        f'Message-ID: {message_id}', f'Byte-Range: {start}-{end}/{total}', f'Status: {status}'])


def cut(data, sizes):
    """(start, piece) of each chunk; sizes is one number or a list whose last number repeats."""
    sizes = [sizes] if isinstance(sizes, int) else list(sizes)
    out, at = [], 0
    while at < len(data) or not out:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        out.append((at + 1, data[at:at + size]))
        at += size
    return out
