#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Both MSRP ends of a recording, on real sockets: TCP, TLS 1.2, TLS 1.3, WebSocket, secure WebSocket.

Usage: peers.py MODE [CERTIFICATE KEY KEYLOG]. The sender (active) pipelines chunks of 2048 bytes and waits for
responses and the REPORT; the receiver answers each chunk at once and reports success at the end.
"""
import asyncio
import re
import ssl
import sys

import plan     # first: it makes the modules of make/ known
import msrp

CHUNK = 2048


class Stream:
    """TCP or TLS: a byte stream."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, data, number=0):
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self):
        return await self.reader.read(65536)

    async def close(self):
        self.writer.close()
        await self.writer.wait_closed()


class Socket:
    """WebSocket: one MSRP message in each binary message (RFC 7977 section 5), every third one fragmented."""

    def __init__(self, ws):
        self.ws = ws

    async def send(self, data, number=0):
        if number % 3 == 1:
            await self.ws.send([data[:11], data[11:len(data) // 2], data[len(data) // 2:]])
        else:
            await self.ws.send(data)

    async def receive(self):
        from websockets.exceptions import ConnectionClosed
        try:
            return await self.ws.recv()
        except ConnectionClosed:
            return b''

    async def close(self):
        await self.ws.close()


async def messages(link):
    """The complete messages of a link."""
    held = b''
    while True:
        start = re.match(rb'MSRP (\S+) ([^\r]*)\r\n', held)
        end = start and re.search(rb'-------' + re.escape(start[1]) + rb'[$+#]\r\n', held)
        if end:
            yield start[1].decode(), start[2].decode(), held[:end.end()]
            held = held[end.end():]
            continue
        more = await link.receive()
        if not more:
            return
        held += more


def field(data, name):
    return re.search(name.encode() + rb': ([^\r]*)', data)[1].decode()


async def receiver(link):
    async for tid, what, data in messages(link):
        if what != 'SEND':
            continue
        here, there = field(data, 'To-Path'), field(data, 'From-Path')
        await link.send(msrp.response(tid, there, here))
        if data.endswith(b'$\r\n') and b'\r\n\r\n' in data:
            total = int(field(data, 'Byte-Range').split('/')[1])
            await link.send(msrp.report('rep' + tid, there, here, field(data, 'Message-ID'), 1, total, total))


async def sender(link, session):
    tid, here, there, message_id, data = session
    pieces = msrp.cut(data, CHUNK)

    async def feed():
        for m, (start, body) in enumerate(pieces, 1):
            await link.send(msrp.send(f'{tid}c{m}', there, here, message_id, body, start, len(data), end='*',
                                      flag='$' if m == len(pieces) else '+'), m)
            if m % 16 == 0:
                await asyncio.sleep(0.002)
    task = asyncio.create_task(feed())
    async for _, what, _ in messages(link):
        if what == 'REPORT':
            break
    await task
    await link.close()


def tls(mode, files):
    """(server context, client context with a key log), or None for both."""
    if mode in ('tcp', 'ws'):
        return None, None
    certificate, key, keylog = files
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.load_verify_locations(certificate)
    client.keylog_filename = keylog
    version = ssl.TLSVersion.TLSv1_2 if mode == 'tls12' else ssl.TLSVersion.TLSv1_3
    client.minimum_version = client.maximum_version = version
    return server, client


async def main(mode, files):
    server_tls, client_tls = tls(mode, files)
    local = (plan.PSA, 0)
    if mode in ('ws', 'wss'):
        import websockets

        async def serve_ws(ws):
            await receiver(Socket(ws))
        options = {'subprotocols': ['msrp'], 'compression': None}
        async with websockets.serve(serve_ws, plan.PRA, plan.PORT_PRA, ssl=server_tls, **options):
            for session in plan.sessions(mode):
                uri = f'{"wss" if client_tls else "ws"}://{plan.PRA}:{plan.PORT_PRA}/'
                ws = await websockets.connect(uri, ssl=client_tls, local_addr=local, **options)
                await sender(Socket(ws), session)
        return

    async def serve(reader, writer):
        link = Stream(reader, writer)
        await receiver(link)
        await link.close()
    server = await asyncio.start_server(serve, plan.PRA, plan.PORT_PRA, ssl=server_tls)
    async with server:
        for session in plan.sessions(mode):
            reader, writer = await asyncio.open_connection(plan.PRA, plan.PORT_PRA, ssl=client_tls, local_addr=local)
            await sender(Stream(reader, writer), session)
        await asyncio.sleep(0.1)


if __name__ == '__main__':
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
