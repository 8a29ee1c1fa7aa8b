#!/usr/bin/env bash
# usage: swift.sh ARGUMENTS…   runs `swift` with the settings that demo and test share, so that neither rebuilds what the other built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Warnings are errors with the compiler that this was written with; a newer one may know more of them, and a user must not suffer from that.
case $(swift --version 2>/dev/null) in
  *"Swift version 6.3"*) export SPLITFACE_STRICT=1 ;;
  *) unset SPLITFACE_STRICT ;;
esac
exec swift "$@"
