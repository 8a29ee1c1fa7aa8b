#!/usr/bin/env bash
# usage: manual.sh page|completions   writes the man page to .build/manual, or the completions for bash, zsh and fish to
# .build/completions, from the command line's own definitions.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

page() {
  local made=.build/plugins/GenerateManual/outputs/splitface-command/splitface.1
  rm -f "$made"
  "$scripts/swift.sh" package -c release generate-manual >&2
  [ -s "$made" ] || fail "swift-argument-parser's generate-manual did not write $made"
  mkdir -p .build/manual
  mv "$made" .build/manual/splitface.1
  say "the man page is written; to read it: man -l .build/manual/splitface.1"
  printf '%s\n' .build/manual/splitface.1
}

completions() {
  local program shell file
  "$scripts/swift.sh" build -c release --product splitface >&2
  program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface
  mkdir -p .build/completions
  for shell in bash:splitface.bash zsh:_splitface fish:splitface.fish; do
    file=.build/completions/${shell#*:}
    "$program" --generate-completion-script "${shell%%:*}" >"$file.partial"
    mv "$file.partial" "$file"
    printf '%s\n' "$file"
  done
}

case ${1:-} in
  page) page ;;
  completions) completions ;;
  *) fail "usage: manual.sh page|completions" ;;
esac
