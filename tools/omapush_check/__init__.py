# SPDX-License-Identifier: GPL-2.0-or-later
"""The trace check: runs tshark with the omapush plugin and judges what its report says."""
