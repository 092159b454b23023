# SPDX-License-Identifier: GPL-2.0-or-later
"""The trace check: runs tshark with the omapush plugin and judges what its report says."""

# CMakeLists.txt has the same; tests hold the two together.
VERSION = "1.0.0"
