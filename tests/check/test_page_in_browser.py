# SPDX-License-Identifier: GPL-2.0-or-later
"""The page in Chromium: on a phone nothing is scrolled sideways. Left out where there is no Chromium."""

import copy
import re
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium")
MEASURE = """<script>addEventListener("load", () => {
const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && getComputedStyle(e).position != "absolute" && !e.closest("svg"));
document.body.innerHTML = "<p>" + [innerWidth, document.documentElement.scrollWidth, wide.length,
  wide.slice(0, 3).map(e => e.className || e.tagName)].join(" ") + "</p>";
})</script></body>"""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(check, capture, failing, tmp_path, width):
    """With names that have no place to break, many hosts, and a chunk map."""
    long = "x" * 300
    item = failing["objects"][0]
    item.update(name=long, content_type=f"application/{long}", message_id=long)
    other = {**copy.deepcopy(item), "id": 2, "session": None, "from_path": f"msrp://{long}/s;tcp"}
    failing["objects"].append(other)
    failing["sessions"][0].update({"from": f"sip:{long}", "to": f"sip:{long}", "call_id": long})
    failing["findings"][0].update(text=long, section=f"RFC 4975 §7.3.1; {long}")
    failing["peers"][0].update(names=[long], address="2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff")
    hosts = [f"2001:db8:aaaa:bbbb:cccc:dddd:eeee:{n:04x}" for n in range(7)]
    flow = [{"frame.number": n + 1, "frame.time_epoch": 1000 + n, "ipv6.src": source, "ipv6.dst": target,
             "sip.Method": "INVITE", "sip.CSeq.seq": n, "omapush.session.id": 1}
            for n, (source, target) in enumerate(zip(hosts, hosts[1:]))]
    page = tmp_path / "page.html"
    check(capture(f"{long[:200]}.pcap", failing, flow=flow, contents={"1": (b"y" * 500).hex()}), "--html", str(page))
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    page.write_text(text.replace("</body>", MEASURE), encoding="utf-8")
    # A window may not be that narrow without a frame of its own: an iframe is.
    outer = tmp_path / "outer.html"
    outer.write_text(f'<iframe src="page.html" width="{width}" height="900" style="border:0"></iframe>'
                     "<script>onload = () => { const d = frames[0].document; document.title = d.body.innerText }"
                     "</script>")
    done = subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                           "--window-size=1400,1000", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
                           outer.as_uri()], check=True, capture_output=True, text=True, timeout=120)
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.S)
    inner, scroll, wide, *what = title[1].split(" ")
    assert (int(inner), int(wide)) == (width, 0), what
    assert int(scroll) <= width
