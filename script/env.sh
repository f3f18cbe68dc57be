# shellcheck shell=bash
# Sourced by every script beside it: where things are, which tools come first, how to be quiet.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

# The pinned Node and the Python tools of this checkout stand before whatever the machine has.
export PATH="$root/.tools/bin:$root/.tools/venv/bin:$PATH"

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# What was compiled in one checkout is found again in another: paths below it count as relative.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=true
# Without these ccache keeps nothing that was compiled with a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros

# quietly NAME COMMAND…: runs the command; nothing is printed unless it fails, then all it said is.
quietly() {
  local name=$1 log="$root/build/log/$1.log" status=0
  shift
  mkdir -p "$root/build/log"
  "$@" >"$log" 2>&1 || status=$?
  if ((status != 0)); then
    cat "$log" >&2
    say "$name failed (exit $status): $*" >&2
  fi
  return "$status"
}

# fingerprint PATH…: one hash over the names and contents of files, folders included, without what tools made there.
fingerprint() {
  find "$@" \( -name node_modules -o -name dist -o -name test-results -o -name playwright-report \) -prune \
    -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# port_taken PORT: does something answer on this loopback port?
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
