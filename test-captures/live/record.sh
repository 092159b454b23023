#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Records the live captures again: SIPp on both ends for the SIP, peers.py on both ends for the MSRP, on loopback.
# Needs sip-tester, wireshark-common (dumpcap, editcap), openssl, python3-websockets, and the right to capture.
# Usage: record.sh [MODE...]   (tcp tls12 tls13 ws wss sips; default all)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(dirname "$here")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 3650 -subj /CN=push.example \
  -addext subjectAltName=IP:127.0.0.4 2>/dev/null

# capture FILE FORMAT FILTER: starts dumpcap; its process is in $dumpcap.
capture() {
  dumpcap -q -i lo "$2" -w "$1" -f "$3" 2>/dev/null &
  dumpcap=$!
  sleep 1
}

# finish FILE TARGET: ends the capture and puts the key log, if there is one, inside.
finish() {
  sleep 0.5
  kill -INT "$dumpcap"
  wait "$dumpcap" || true
  if [ -f keys ]; then
    editcap --inject-secrets tls,keys "$1" "$out/$2"
  else
    cp "$1" "$out/$2"
  fi
  rm -f keys
  chmod 644 "$out/$2"
  ls -l "$out/$2"
}

record() {
  local mode=$1 file calls format=-P
  file=$(cd "$here" && /usr/bin/python3 -c "import plan; print(plan.MODES['$mode'][0])")
  /usr/bin/python3 "$here/plan.py" "$mode" > "$mode.csv"
  calls=$(($(wc -l < "$mode.csv") - 1))
  case $file in *.pcapng) format=-n ;; esac
  capture "$mode.cap" $format 'net 127.0.0.0/29 and (udp port 25060 or tcp port 28888)'
  sipp -sf "$here/uas.xml" -i 127.0.0.4 -p 25060 -m "$calls" -nostdin -timeout 20 > /dev/null 2>&1 &
  local uas=$!
  sleep 0.5
  sipp 127.0.0.4:25060 -sf "$here/uac.xml" -i 127.0.0.3 -p 25060 -inf "$mode.csv" -m "$calls" -r 10 -nostdin \
    -timeout 20 > uac.log 2>&1 &
  local uac=$!
  sleep 1
  /usr/bin/python3 "$here/peers.py" "$mode" cert.pem key.pem keys
  wait "$uac" "$uas"
  finish "$mode.cap" "$file"
}

# A MESSAGE over TLS: no SIPp, both ends are sip_tls.py.
record_sips() {
  capture sips.cap -n 'net 127.0.0.0/29 and tcp port 5061'
  /usr/bin/python3 "$here/sip_tls.py" cert.pem key.pem keys
  finish sips.cap live-sip-tls.pcapng
}

[ $# -gt 0 ] || set -- tcp tls12 tls13 ws wss sips
for mode in "$@"; do
  if [ "$mode" = sips ]; then record_sips; else record "$mode"; fi
done
