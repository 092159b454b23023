#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Delivers a set of pushes to a device under test, records them, and checks the recording.

    deliver.py 192.0.2.4:5060 [--only message,chunked] [--interface eth0] [--keep push.pcapng]

SIP over UDP, MSRP over TCP; the device connects, or is connected to, as its answer says. Needs dumpcap and tshark
with the plugin, and the right to capture. Exit code: 0 everything went as it should, 1 something did not, 2 it could
not be tried or recorded.
"""
import argparse
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import ends     # first: it makes the modules of make/ known
import msrp
import push
import sdp
import sip
from ends import NoAnswer

CHECK = Path(__file__).resolve().parent.parent.parent / 'tools' / 'omapush-check'
CHUNK = 2048
ARRIVED = ('accepted', 'confirmed')
# What the device is asked for, and what the check has to say of it.
DELIVERIES = {
    'message': ('a push in a MESSAGE', ARRIVED),
    'small': ('an object in one SEND', ARRIVED),
    'chunked': ('an object in ten chunks', ARRIVED),
    'report': ('an object in ten chunks that asks for a success report', ('confirmed',)),
    'refused': ('an offer of a type that no device has: it is to be refused', ('refused',)),
    'aborted': ('an object whose first try is aborted, and that is sent again', ARRIVED),
}


class Sender:
    """The push sender agent of all deliveries."""

    def __init__(self, options):
        self.options = options
        self.remote = options.device
        self.sip = ends.SipEnd((options.address or '', 0), self.remote)
        self.here = self.sip.address[0]
        self.calls = {}     # delivery: Call-ID

    def target(self):
        return self.options.uri or f'sip:user@{self.remote[0]}:{self.remote[1]}'

    def headers(self, method, call, number, tag='', app='mms.ua'):
        host, port = self.sip.address[:2]
        return [f'Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{secrets.token_hex(6)}', 'Max-Forwards: 70',
                f'From: <sip:psa@{host}>;tag=psa{call[:8]}', f'To: <{self.target()}>{tag}', f'Call-ID: {call}',
                f'CSeq: {number} {method}', f'Contact: <sip:psa@{host}:{port}>;{sip.app_tag(app)}',
                'User-Agent: omapush-deliver/1']

    def call(self, delivery):
        self.calls[delivery] = f'{delivery}-{secrets.token_hex(6)}@{self.here}'
        return self.calls[delivery]

    def accept_contact(self):
        return f'Accept-Contact: *;{sip.ICSI_TAG};{sip.app_tag("mms.ua")}'

    def message(self, delivery):
        request = sip.message(f'MESSAGE {self.target()} SIP/2.0',
                              [*self.headers('MESSAGE', self.call(delivery), 1)[:6], self.accept_contact(),
                               'User-Agent: omapush-deliver/1', f'Content-Type: {sdp.PUSH_TYPE}'], push.mms_push())
        return f'{ends.status_of(self.sip.ask(request))} to the MESSAGE'

    def session(self, delivery, data, transfer, media_type=sdp.PUSH_TYPE):
        """Offers an object, has transfer(msrp end, own path, its path) send it, and hangs up."""
        call = self.call(delivery)
        with socket.create_server((self.here, 0)) as listener:
            listener.settimeout(10)
            port = listener.getsockname()[1]
            path = f'msrp://{self.here}:{port}/{secrets.token_hex(6)};tcp'
            offer = sdp.session(self.here, sdp.media(
                path, port=port, selectors=[sdp.selector(data, f'deliver-{delivery}', media_type)],
                transfer_id=secrets.token_hex(6), accept_types=media_type))
            answer = self.sip.ask(sip.message(
                f'INVITE {self.target()} SIP/2.0',
                [*self.headers('INVITE', call, 1), self.accept_contact(), 'Content-Type: application/sdp'], offer))
            self.acknowledge(call, answer)
            if ends.status_of(answer) >= 300:
                return f'{ends.status_of(answer)} to the INVITE'
            try:
                media = re.search(r'^m=message (\d+)', ends.body_of(answer), re.M)
                if not media or media[1] == '0':
                    return 'the answer refuses the file'
                return self.transfer(answer, listener, path, transfer)
            finally:
                self.hang_up(call, answer)

    def transfer(self, answer, listener, path, transfer):
        body = ends.body_of(answer)
        there = ends.first(r'^a=path:(\S+)', body, 'a=path')[1]
        setup = re.search(r'^a=setup:(\S+)', body, re.M)
        if setup and setup[1] == 'active':
            connection = listener.accept()[0]
        else:
            place = urllib.parse.urlsplit(there.replace('msrp:', 'http:', 1))
            connection = socket.create_connection((place.hostname, place.port or 2855), timeout=10)
        end = ends.MsrpEnd(connection)
        try:
            return transfer(end, path, there)
        finally:
            end.close()

    def acknowledge(self, call, answer):
        to_tag = re.search(r';tag=[^;>\s]+', sip.header(answer, 'To') or '')
        self.sip.tell(sip.message(f'ACK {self.contact(answer)} SIP/2.0',
                                  [*self.routes(answer), *self.headers('ACK', call, 1, to_tag[0] if to_tag else '')]))

    def hang_up(self, call, answer):
        to_tag = re.search(r';tag=[^;>\s]+', sip.header(answer, 'To') or '')
        self.sip.ask(sip.message(f'BYE {self.contact(answer)} SIP/2.0',
                                 [*self.routes(answer), *self.headers('BYE', call, 2, to_tag[0] if to_tag else '')]))

    def contact(self, answer):
        found = re.search(r'<([^>]+)>', sip.header(answer, 'Contact') or '')
        return found[1] if found else self.target()

    @staticmethod
    def routes(answer):
        """The route set: Record-Route from the last to the first (RFC 3261 section 12.1.2)."""
        found = re.findall(rb'(?im)^Record-Route\s*:\s*([^\r]*)', answer.partition(b'\r\n\r\n')[0])
        return [f'Route: {route.strip()}' for line in reversed(found) for route in reversed(line.decode().split(','))]


def send_object(end, here, there, data, patience, success=None, stop_after=None):
    """One message in chunks; aborted with "#" behind stop_after of them. The statuses of the answers."""
    identifier = secrets.token_hex(6)
    pieces = msrp.cut(data, CHUNK)
    waiting = []
    for number, (start, piece) in enumerate(pieces, 1):
        flag = '$' if number == len(pieces) else '#' if number == stop_after else '+'
        tid = secrets.token_hex(4)
        waiting.append(tid)
        end.send(msrp.send(tid, there, here, identifier, piece, start, len(data), end='*', flag=flag,
                           success='yes' if success else None))
        if flag == '#':
            break
    statuses, reported = [], not success
    while waiting or not reported:
        message = end.receive(patience)
        if message is None:
            raise NoAnswer('the connection was closed')
        if message[0] in waiting:
            waiting.remove(message[0])
            statuses.append(message[1].split(' ')[0])
        elif message[1] == 'REPORT':
            reported = True
    return sorted(set(statuses))


def deliver(sender, delivery):
    """Does one delivery; what was seen of it here."""
    if delivery == 'message':
        return sender.message(delivery)
    data = push.mms_push() if delivery == 'small' else push.opaque_push(CHUNK * 10 - 100, len(delivery))
    if delivery == 'refused':
        return sender.session(delivery, data, lambda *_: 'the offer was accepted', 'application/x-omapush-unknown')

    patience = sender.options.patience

    def transfer(end, here, there):
        if delivery == 'aborted':
            send_object(end, here, there, data, patience, stop_after=3)
        return ', '.join(send_object(end, here, there, data, patience, success=delivery == 'report')) + ' to the SENDs'
    return sender.session(delivery, data, transfer)


class Recording:
    """dumpcap beside the deliveries."""

    def __init__(self, path, interface, host):
        self.process = subprocess.Popen(['dumpcap', '-q', '-i', interface, '-f', f'host {host}', '-w', str(path)],
                                        stderr=subprocess.PIPE, text=True)
        line = ''
        while not line.startswith('File:'):
            line = self.process.stderr.readline()
            if not line:
                raise OSError('dumpcap cannot capture here')

    def stop(self):
        time.sleep(1)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)


def judge(document, call):
    """(delivery, diagnosis) of the session, or the MESSAGE, of a call."""
    for item in [*document['sessions'], *[o for o in document['objects'] if o['carrier'] == 'MESSAGE']]:
        if item['call_id'] == call:
            delivery = item['delivery']
            # A first try that was aborted is what was asked for: the last object decides.
            objects = [o for o in document['objects'] if o['id'] in (item.get('objects') or [])]
            if objects and objects[0]['state'] == 'aborted' and len(objects) > 1:
                return objects[-1]['delivery'], objects[-1]['diagnosis']
            return delivery, item['diagnosis']
    return 'not in the recording', None


def arguments():
    parser = argparse.ArgumentParser(description='Delivers a set of pushes to a device, records and checks them.')
    parser.add_argument('device', help='ADDRESS:PORT of its SIP over UDP')
    parser.add_argument('--uri', help='whom to address (default: sip:user@ADDRESS:PORT)')
    parser.add_argument('--address', help='own address (default: the one that leads there)')
    parser.add_argument('--only', default=','.join(DELIVERIES), help='deliveries, with commas (default: all): '
                        + '; '.join(f'{name}: {what}' for name, (what, _) in DELIVERIES.items()))
    parser.add_argument('--interface', help='to record on (default: lo for 127.*, else any)')
    parser.add_argument('--patience', type=float, default=35, metavar='SECONDS',
                        help='how long an MSRP answer or REPORT is waited for (default: 35, above the 30 of RFC 4975)')
    parser.add_argument('--keep', type=Path, metavar='FILE', help='keep the recording')
    parser.add_argument('--tshark', default=os.environ.get('TSHARK', 'tshark'))
    options = parser.parse_args()
    host, _, port = options.device.rpartition(':')
    if not port.isdecimal():
        host, port = options.device, '5060'
    options.device = (host.strip('[]'), int(port))
    options.only = options.only.split(',')
    for name in options.only:
        if name not in DELIVERIES:
            parser.error(f'{name}: no such delivery; there are {", ".join(DELIVERIES)}')
    return options


def main():
    options = arguments()
    loopback = options.device[0].startswith('127.') or options.device[0] == '::1'
    with tempfile.TemporaryDirectory(prefix='omapush-') as folder:
        path = options.keep or Path(folder) / 'push.pcapng'
        try:
            recording = Recording(path, options.interface or ('lo' if loopback else 'any'), options.device[0])
        except OSError as error:
            print(f'deliver: {error}', file=sys.stderr)
            return 2
        sender = Sender(options)
        seen = {}
        for name in options.only:
            try:
                seen[name] = deliver(sender, name)
            except (NoAnswer, OSError) as error:
                seen[name] = str(error)
        recording.stop()
        done = subprocess.run([str(CHECK), '--tshark', options.tshark, '--json', str(path)], stdout=subprocess.PIPE,
                              check=False)
    if not done.stdout:
        return 2
    return tell(options.only, seen, sender.calls, json.loads(done.stdout))


def tell(names, seen, calls, document):
    """A line for each delivery, and why where it did not go as it should."""
    failed = 0
    print(f'{"delivery":10} {"wanted":24} {"found":14} what this side saw')
    for name in names:
        found, diagnosis = judge(document, calls.get(name))
        good = found in DELIVERIES[name][1]
        failed += not good
        print(f'{name:10} {" or ".join(DELIVERIES[name][1]):24} {found:14} {seen[name]}{"" if good else "   <- FAIL"}')
        if not good and diagnosis:
            print(f'{"":10} {diagnosis}')
    print('all deliveries went as they should' if not failed else f'{failed} of {len(names)} deliveries did not')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
