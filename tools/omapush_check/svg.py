# SPDX-License-Identifier: GPL-2.0-or-later
"""A few SVG shapes as text. Colours are classes, so that the page's style sheet decides them."""

from html import escape

from .visible import visible


def picture(width, height, shapes, title):
    """An inline picture that shrinks to a phone's width but is not blown up beyond its size."""
    return (f'<svg viewBox="0 0 {width} {height}" style="max-width:{width}px" role="img" '
            f'aria-label="{escape(visible(title))}">' + "".join(shapes) + "</svg>")


def rect(x, y, width, height, kind, tip=""):
    hint = f"<title>{escape(visible(tip))}</title>" if tip else ""
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'class="{kind}">{hint}</rect>')


def line(x1, y1, x2, y2, kind):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def arrow_head(x, y, direction, kind):
    """A tip at (x, y) that points right (1) or left (-1)."""
    back = x - direction * 8
    return (f'<polygon points="{x:.1f},{y:.1f} {back:.1f},{y - 4:.1f} {back:.1f},{y + 4:.1f}" '
            f'class="{kind}"/>')


def text(x, y, words, anchor="start", kind=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">'
            f"{escape(visible(words))}</text>")
