# SPDX-License-Identifier: GPL-2.0-or-later
"""What a hostile peer sends, at any scale: each scene writes a capture of about n of its units.

A unit is what the peer repeats: a chunk, a message, a segment, a dialog, a header. The bytes of a capture grow with n
alone, so work and memory that grow faster than n are the dissector's own doing.
"""
from . import (abuse, bodies, leverage, objects, sessions, streams,  # noqa: F401  (each declares its scenes)
               transactions, websocket)
from .stage import SCENES, Writer, write  # noqa: F401

# Those whose first messages are large.
ONE_FOR_MANY = [name for name, (function, _) in SCENES.items() if function.__module__ == leverage.__name__]
