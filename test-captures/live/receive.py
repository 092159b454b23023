#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The reference receiver: takes pushes by MESSAGE and over MSRP, answers and reports them as the RFCs ask.

    receive.py [--address 127.0.0.4] [--port 5060] [--msrp-port 2855] [--active] [--fault FAULT]

Point a push sender at it, or deliver.py; it runs until it is ended. A fault makes it one of the devices that people
complain of, to see what a check says then.
"""
import argparse
import re
import socket
import struct
import threading
import urllib.parse

import ends     # first: it makes the modules of make/ known
import msrp
import sdp
import sip

FAULTS = {
    'no-response': 'takes SENDs at TCP and answers none',
    'no-report': 'never sends a REPORT',
    'refuse-send': 'answers each SEND with 415',
    'refuse-offer': 'answers each INVITE with 486',
    'refuse-message': 'answers each MESSAGE with 480',
    'take-everything': 'accepts types that it cannot know',
    'reset': 'resets the MSRP connection',
}


class Receiver:
    def __init__(self, options):
        self.options = options
        self.sip = socket.socket(socket.AF_INET6 if ':' in options.address else socket.AF_INET, socket.SOCK_DGRAM)
        self.sip.bind((options.address, options.port))
        self.listener = None if options.active else socket.create_server((options.address, options.msrp_port))
        self.dialogs = 0

    def run(self):
        if self.listener:
            threading.Thread(target=self.accept, daemon=True).start()
        while True:
            request, sender = self.sip.recvfrom(65535)
            answer = self.answer(request)
            if answer:
                self.sip.sendto(answer, sender)

    def answer(self, request):
        method = request.split(b' ', 1)[0]
        if method == b'INVITE':
            return self.invited(request)
        if method == b'MESSAGE':
            return sip.response(request, '480 Temporarily Unavailable' if self.options.fault == 'refuse-message'
                                else '200 OK')
        return sip.response(request, '200 OK') if method == b'BYE' else None

    def invited(self, request):
        offer = ends.body_of(request)
        path = re.search(r'^a=path:(\S+)', offer, re.M)
        types = re.search(r'^a=accept-types:(.*?)\r?$', offer, re.M)
        if self.options.fault == 'refuse-offer':
            return sip.response(request, '486 Busy Here')
        if not path or (self.options.fault != 'take-everything' and sdp.PUSH_TYPE not in (types[1] if types else '')):
            return sip.response(request, '488 Not Acceptable Here')
        self.dialogs += 1
        here = f'msrp://{self.host()}:{self.options.msrp_port}/r{self.dialogs};tcp'
        extra = [line for line in offer.splitlines() if line.startswith(('a=file-selector:', 'a=file-transfer-id:'))]
        media = sdp.media(here, port=self.options.msrp_port, setup='active' if self.options.active else 'passive',
                          direction='recvonly', accept_types=types[1] if types else sdp.PUSH_TYPE, extra=extra)
        if self.options.active:
            threading.Thread(target=self.connect, args=(here, path[1]), daemon=True).start()
        tag = re.search(rb'\+g\.oma\.pusheventapp="[^"]*"', request)
        contact = f'Contact: <sip:user@{self.host()}:{self.options.port}>' + (f';{tag[0].decode()}' if tag else '')
        return sip.response(request, '200 OK', extra=[contact, 'Content-Type: application/sdp', 'Server: Reference/1'],
                            body=sdp.session(self.host(), media, user='user'))

    def host(self):
        return f'[{self.options.address}]' if ':' in self.options.address else self.options.address

    def connect(self, here, there):
        place = urllib.parse.urlsplit(there.replace('msrp:', 'http:', 1))
        end = ends.MsrpEnd(socket.create_connection((place.hostname, place.port), 10, (self.options.address, 0)))
        end.send(msrp.bind('bind0001', there, here))
        self.serve(end)

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(ends.MsrpEnd(connection),), daemon=True).start()

    def serve(self, end):
        held = {}
        while message := self.next_message(end):
            if message[1] == 'SEND':
                try:
                    self.take(end, message, held)
                except OSError:
                    break
        end.close()

    @staticmethod
    def next_message(end):
        try:
            return end.receive(3600)
        except (ends.NoAnswer, OSError):
            return None

    def take(self, end, message, held):
        """Answers a chunk; reports an object that is whole."""
        data, fault = message[2], self.options.fault
        if fault == 'reset':
            # Closing with zero to linger resets.
            end.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            end.close()
            return
        if fault == 'no-response':
            return
        here, there = sip.header(data, 'To-Path'), sip.header(data, 'From-Path')
        end.send(ends.answer_to(message, here, there, '415 Unsupported' if fault == 'refuse-send' else '200 OK'))
        span = re.search(rb'Byte-Range: (\d+)-[\d*]+/(\d+)', data)
        body = data.partition(b'\r\n\r\n')[2]
        if not span or not body or fault in ('refuse-send', 'no-report'):
            return
        size = len(body) - len(f'\r\n-------{message[0]}$\r\n')
        identifier = sip.header(data, 'Message-ID')
        parts = held.setdefault(identifier, set())
        parts.update(range(int(span[1]), int(span[1]) + size))
        total = int(span[2])
        if len(parts) == total and data.endswith(b'$\r\n') and sip.header(data, 'Success-Report') == 'yes':
            end.send(msrp.report(f'rep{message[0]}', there, here, identifier, 1, total, total))


def main():
    parser = argparse.ArgumentParser(description='Takes OMA pushes, as a reference to send to.',
                                     epilog='faults: ' + '; '.join(f'{name}: {what}' for name, what in FAULTS.items()))
    parser.add_argument('--address', default='127.0.0.4')
    parser.add_argument('--port', type=int, default=5060)
    parser.add_argument('--msrp-port', type=int, default=2855)
    parser.add_argument('--active', action='store_true', help='connect to the sender (a=setup:active)')
    parser.add_argument('--fault', choices=sorted(FAULTS))
    Receiver(parser.parse_args()).run()


if __name__ == '__main__':
    main()
