# shellcheck shell=bash
# Functions and paths that the scripts share; sourced by them.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Everything that set-up installs, apart from the system's packages.
installed=$root/.splitface
export root installed

# Messages go to standard error: standard output is for results.
say() { printf '[splitface] %s\n' "$*" >&2; }

# Prints one line and ends the script.
fail() {
  printf '[splitface] failed: %s\n' "$*" >&2
  exit 1
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# is_file FILE SHA256: succeeds if the file exists and has this checksum.
is_file() { [ -f "$1" ] && [ "$(sha256 "$1")" = "$2" ]; }
