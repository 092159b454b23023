@rem SPDX-License-Identifier: GPL-2.0-or-later
@rem omapush-check on Windows: needs Python 3.11 or newer from python.org.
@py -3 "%~dp0omapush-check" %*
