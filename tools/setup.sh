# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What ./analyse and ./run-tests share: packages, build, and a tshark with the built plugin.
# Everything told here goes to standard error; standard output is for the report alone.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # used by the scripts that source this file
BUILD_PACKAGES=(build-essential cmake pkgconf wireshark-dev libgcrypt20-dev libglib2.0-dev zlib1g-dev tshark
    python3)

say() { echo "omapush: $*" >&2; }

stop() {
    say "$*"
    exit 2
}

as_root() {
    if [ "$EUID" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        stop "cannot install packages: neither root nor sudo. As root: apt-get install ${missing[*]}"
    fi
}

apt() {
    # wireshark-common would ask whether others may capture: nobody is there to answer. A machine that has just
    # been started may be busy with updates of its own.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

# Installs those of the named packages that are missing; asks apt nothing when none is.
install_packages() {
    local package missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "not Debian or Ubuntu: nothing installed. What these packages hold is needed: $*"
        return
    fi
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed*) ;;
        *) missing+=("$package") ;;
        esac
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    # A new machine has no package lists, an old one may have stale ones.
    if ! apt-get -qq -s install "${missing[@]}" >/dev/null 2>&1; then
        apt update || stop "apt-get update failed"
    fi
    apt install -y --no-install-recommends "${missing[@]}" ||
        { apt update && apt install -y --no-install-recommends "${missing[@]}"; } ||
        stop "apt-get could not install ${missing[*]}"
}

# build_plugin DIR [CMAKE OPTION...]: configures DIR once, then builds what has changed.
build_plugin() {
    local dir=$1 log
    shift
    log=$dir/setup.log
    mkdir -p "$dir"
    [ -n "$(built_plugin "$dir")" ] || say "building the plugin in ${dir#"$root"/}/"
    {
        # A tree that was moved or copied brings a cache that names its old place.
        if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
            rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles"
        fi
        { [ -f "$dir/CMakeCache.txt" ] || cmake -S "$root" -B "$dir" "$@"; } &&
            cmake --build "$dir" -j "$(nproc)"
    } >"$log" 2>&1 </dev/null || {
        cat "$log" >&2
        # What failed half-way through configuring would not be configured again.
        [ -f "$dir/Makefile" ] || [ -f "$dir/build.ninja" ] || rm -f "$dir/CMakeCache.txt"
        stop "the build failed"
    }
}

built_plugin() { find "$1" -name omapush.so -not -path '*/CMakeFiles/*' -print -quit; }

# private_tshark PLUGIN: sets TSHARK to a tshark that loads PLUGIN and reads none of the user's
# own settings. Its folder is in /tmp, not TMPDIR, because another user must reach it.
private_tshark() {
    private=$(mktemp -d /tmp/omapush.XXXXXX)
    trap 'rm -rf "$private"' EXIT
    "$root/tools/private-tshark" "$private" "$1" || stop "tshark does not start"
    export TSHARK=$private/tshark
}
