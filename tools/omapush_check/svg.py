# SPDX-License-Identifier: GPL-2.0-or-later
"""Bars of SVG as text. Colours are classes, so that the page's style sheet decides them."""

from html import escape

from .visible import visible


def stretched(width, height, shapes, title):
    """An inline picture as wide as there is room, of a fixed height."""
    return (f'<svg viewBox="0 0 {width} {height}" style="height:{height}px" preserveAspectRatio="none" '
            f'role="img" aria-label="{escape(visible(title))}">' + "".join(shapes) + "</svg>")


def rect(x, y, width, height, kind, tip=""):
    hint = f"<title>{escape(visible(tip))}</title>" if tip else ""
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'class="{kind}">{hint}</rect>')
