#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# install.sh [--remove]
#
# For yourself alone, without root: puts the plugin that fits your tshark into your own plugin folder, the profile
# OMA-Push among your profiles, and omapush-check into ~/.local; then asks tshark whether it has the plugin.
# --remove takes away what it put there, and nothing else: a profile file that you changed stays.
#
# In an unpacked release the plugins are in plugins/VERSION/; in the source tree the one of build/ is taken.
# $TSHARK names another tshark. Exit 0: done; 2: it cannot be done, with the reason.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tshark=${TSHARK:-$(command -v tshark || echo /Applications/Wireshark.app/Contents/MacOS/tshark)}
list=${XDG_DATA_HOME:-$HOME/.local/share}/omapush/installed

stop() {
    echo "install.sh: $*" >&2
    exit 2
}

sum() { cksum <"$1" | tr ' ' -; }

# A folder of tshark -G folders.
folder() { "$tshark" -G folders 2>/dev/null | sed -n "s/^$1:[[:space:]]*//p" | sed 's,/*$,,'; }

# Copies a file and notes that it did: put FROM TO
put() {
    mkdir -p "$(dirname "$2")"
    rm -f "$2"
    cp "$1" "$2"
    echo "$(sum "$2") $2" >>"$list"
}

# What an earlier run put there; a file that is not as it was put stays.
remove() {
    local sum path
    [ -e "$list" ] || return 0
    while read -r sum path; do
        [ -e "$path" ] || continue
        if [ "$(sum "$path")" = "$sum" ]; then
            rm -f "$path"
            # Folders that are empty now, up to the ones that were not.
            rmdir -p "$(dirname "$path")" 2>/dev/null || true
        else
            echo "kept, for you changed it: $path"
        fi
    done <"$list"
    rm -f "$list"
    rmdir -p "$(dirname "$list")" 2>/dev/null || true
}

# The plugin for this version, of an unpacked release or of the source tree; nothing where there is none.
plugin_for() {
    local place
    for place in "$here/plugins/$1/omapush.so" "$here/../build/plugin/wireshark/omapush.so"; do
        [ ! -e "$place" ] || { echo "$place"; return; }
    done
}

# --- What it does ---

case ${1:-} in
--remove)
    [ -e "$list" ] || stop "nothing to remove: $list is not there"
    remove
    echo "omapush is removed"
    exit
    ;;
"") ;;
*)
    sed -n '4,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac

[ "$(id -u)" -ne 0 ] || stop "Wireshark takes no personal plugins where root runs it. Run this as yourself, or install" \
    "for all users: the .deb, or: cmake --install build"
version=$("$tshark" --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9]*\.[0-9]*\)\..*/\1/p') || true
[ -n "$version" ] || stop "$tshark: no such tshark; install it, or name it: TSHARK=/path/to/tshark $0"
plugin=$(plugin_for "$version")
[ -n "$plugin" ] || stop "no plugin for Wireshark $version here: $(cd "$here/plugins" 2>/dev/null && echo "there is one for" * ||
    echo "build it first: cmake -B build && cmake --build build")"
plugins=$(folder "Personal Plugins")
settings=$(folder "Personal configuration")
case $plugins:$settings in :* | *:) stop "$tshark does not tell its folders" ;; esac
# In an unpacked release beside this file, in the source tree above it.
[ -d "$here/profiles" ] && top=$here || top=$here/..
[ -d "$here/omapush_check" ] && tools=$here || tools=$here/tools

remove
mkdir -p "$(dirname "$list")"
: >"$list"
put "$plugin" "$plugins/epan/omapush.so"
for file in "$top"/profiles/OMA-Push/*; do
    name=$settings/profiles/OMA-Push/$(basename "$file")
    [ ! -e "$name" ] || { echo "kept, for it is yours: $name"; continue; }
    put "$file" "$name"
done
put "$tools/omapush-check" "$HOME/.local/bin/omapush-check"
for file in "$tools"/omapush_check/*.py "$tools"/omapush_check/*.css; do
    put "$file" "$HOME/.local/share/omapush/omapush_check/$(basename "$file")"
done
put "$top/docs/rules.md" "$HOME/.local/share/omapush/rules.md"

loaded=$("$tshark" -G plugins 2>&1 | grep -i omapush || true)
case $loaded in
omapush.so*) echo "installed: $loaded" ;;
*)
    remove
    stop "tshark does not take the plugin, it is removed again: ${loaded:-no word why}"
    ;;
esac
case :$PATH: in
*":$HOME/.local/bin:"*) ;;
*) echo "omapush-check is in $HOME/.local/bin, which is not in your PATH" ;;
esac
echo "in the GUI: wireshark -C OMA-Push trace.pcap; in a terminal: omapush-check trace.pcap"
