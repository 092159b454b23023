#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A push by MESSAGE over TLS on real sockets: sip_tls.py CERTIFICATE KEY KEYLOG. Answered 200 by the other end."""
import re
import socket
import ssl
import sys
import threading

import plan     # first: it makes the modules of make/ known
import push
from message_flow import MessageFlow

PORT = 5061


def flow():
    return MessageFlow(push.mms_push_sized(900, 5), psa=plan.PSA, pra=plan.PRA, transport='tls')


def read_message(sock):
    data = b''
    while b'\r\n\r\n' not in data:
        data += sock.recv(65536)
    size = int(re.search(rb'Content-Length: (\d+)', data)[1])
    while len(data.partition(b'\r\n\r\n')[2]) < size:
        data += sock.recv(65536)
    return data


def answer(listener, context, data):
    with context.wrap_socket(listener.accept()[0], server_side=True) as sock:
        read_message(sock)
        sock.sendall(data)
        sock.recv(1)            # until the other end closes


def main(certificate, key, keylog):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.load_verify_locations(certificate)
    client.keylog_filename = keylog
    steps = flow()
    with socket.create_server((plan.PRA, PORT)) as listener:
        thread = threading.Thread(target=answer, args=(listener, server, steps['ok'].data))
        thread.start()
        plain = socket.create_connection((plan.PRA, PORT), source_address=(plan.PSA, 0))
        with client.wrap_socket(plain) as sock:
            request = steps['message'].data
            sock.sendall(request[:400])         # two TLS records
            sock.sendall(request[400:])
            read_message(sock)
            sock.unwrap()
        thread.join(5)


if __name__ == '__main__':
    main(*sys.argv[1:])
