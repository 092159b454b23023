# SPDX-License-Identifier: GPL-2.0-or-later
"""A capture as it comes: dumpcap on the loopback interface, pushes over real sockets, tshark reading along."""
import hashlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import time

import pytest

HOST = "127.0.0.1"
SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
MEDIA = ("m=message {port} TCP/MSRP *\r\na=accept-types:application/vnd.oma.push\r\na=path:{path}\r\na=setup:{setup}\r\n"
         'a={direction}\r\na=file-selector:name:"{name}" type:application/vnd.oma.push size:{size} hash:sha-1:{hash}\r\n'
         "a=file-transfer-id:{name}\r\n")
HEAD = ("Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{method}{call}\r\nFrom: <sip:server@{host}>;tag=1\r\n"
        "To: <sip:client@{host}>{tag}\r\nCall-ID: {call}\r\nCSeq: {cseq} {method}\r\nMax-Forwards: 70\r\n"
        "Contact: <sip:{host}:{port}>\r\n")
ICSI = 'Accept-Contact: *;+g.oma.pusheventapp="mms.ua";+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.push"\r\n'


class Signalling:
    """The SIP of one push: what each end sends the other end has received before the next is sent."""

    def __init__(self, call):
        self.call = call
        self.ends = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        for end in self.ends:
            end.bind((HOST, 0))
            end.settimeout(10)

    def send(self, side, start, method, cseq, more="", body=""):
        port = self.ends[0].getsockname()[1]
        tag = "" if start.startswith("INVITE") else ";tag=2"
        text = start + "\r\n" + HEAD.format(host=HOST, port=port, call=self.call, cseq=cseq, method=method, tag=tag) + more
        text += ("Content-Type: application/sdp\r\n" if body else "") + f"Content-Length: {len(body)}\r\n\r\n{body}"
        self.ends[side].sendto(text.encode(), self.ends[1 - side].getsockname())
        self.ends[1 - side].recv(65535)

    def close(self):
        for end in self.ends:
            end.close()


def pass_on(source, target, message):
    source.sendall(message)
    left = len(message)
    while left:
        left -= len(target.recv(left))


def transfer(client, server, paths, content, number):
    """In chunks of 700 bytes, each answered."""
    to_path, from_path = paths
    for at in range(0, len(content), 700):
        part, tid = content[at:at + 700], f"t{number}c{at}"
        flag = "$" if at + 700 >= len(content) else "+"
        pass_on(client, server, (f"MSRP {tid} SEND\r\nTo-Path: {to_path}\r\nFrom-Path: {from_path}\r\nMessage-ID: m{number}\r\n"
                                 f"Byte-Range: {at + 1}-{at + len(part)}/{len(content)}\r\n"
                                 "Content-Type: application/vnd.oma.push\r\n\r\n").encode() + part +
                f"\r\n-------{tid}{flag}\r\n".encode())
        pass_on(server, client, f"MSRP {tid} 200 OK\r\nTo-Path: {from_path}\r\nFrom-Path: {to_path}\r\n-------{tid}$\r\n".encode())


def push(number):
    """One session with one object; returns its SHA-1."""
    content = b"<si><indication>%d</indication></si>" % number * 60
    digest = hashlib.sha1(content).digest().hex(":").upper()
    sip = Signalling(f"call{number}")
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        paths = f"msrp://{HOST}:{port}/to{number};tcp", f"msrp://{HOST}:9/from{number};tcp"
        about = {"name": f"push{number}", "size": len(content), "hash": digest}
        offer = SDP + MEDIA.format(port=9, path=paths[1], setup="active", direction="sendonly", **about)
        answer = SDP + MEDIA.format(port=port, path=paths[0], setup="passive", direction="recvonly", **about)
        sip.send(0, f"INVITE sip:client@{HOST} SIP/2.0", "INVITE", 1, ICSI, offer)
        sip.send(1, "SIP/2.0 200 OK", "INVITE", 1, "", answer)
        sip.send(0, f"ACK sip:client@{HOST} SIP/2.0", "ACK", 1)
        with socket.create_connection((HOST, port)) as client, listener.accept()[0] as server:
            transfer(client, server, paths, content, number)
        sip.send(0, f"BYE sip:client@{HOST} SIP/2.0", "BYE", 2)
        sip.send(1, "SIP/2.0 200 OK", "BYE", 2)
    sip.close()
    return digest


@pytest.fixture
def dumpcap():
    """Captures the loopback interface, to standard output."""
    program = shutil.which("dumpcap")
    listed = subprocess.run([program, "-D"], capture_output=True, text=True, check=False) if program else None
    if not listed or listed.returncode or "lo" not in listed.stdout:
        pytest.skip("this user may not capture on the loopback interface")
    with subprocess.Popen([program, "-i", "lo", "-f", f"host {HOST}", "-w", "-"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as running:
        yield running
        running.kill()


def wait_for_start(dumpcap):
    os.set_blocking(dumpcap.stderr.fileno(), False)
    said, end = b"", time.monotonic() + 30
    while b"File:" not in said:
        if dumpcap.poll() is not None or time.monotonic() > end:
            pytest.skip(f"the loopback interface cannot be captured: {said!r}")
        said += dumpcap.stderr.read() or b""
        time.sleep(0.05)


def wait_for_frame(reader):
    """The discard port (RFC 863): whatever came before it was captured too."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"the end", (HOST, 9))
    assert select.select([reader.stdout], [], [], 60)[0], "the last frame was not captured"
    reader.stdout.readline()


def test_pushes_while_they_are_captured(tshark, dumpcap):
    with subprocess.Popen([tshark.path, "-i", "-", "-n", "-l", "-Y", "udp.dstport == 9 && !icmp", "-z", "omapush,json"],
                          stdin=dumpcap.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        wait_for_start(dumpcap)
        sent = [push(number) for number in range(5)]
        wait_for_frame(reader)
        dumpcap.send_signal(signal.SIGINT)
        report = json.loads(reader.communicate(timeout=120)[0])
    assert [found["digests"]["sha-1"] for found in report["objects"]] == sent
    assert {(found["state"], found["verdict"]) for found in report["objects"]} == {("complete", "pass")}
    assert [(f["rule"], f["text"]) for f in report["findings"]] == []
