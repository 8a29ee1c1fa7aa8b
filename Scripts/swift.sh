#!/usr/bin/env bash
# usage: swift.sh ARGUMENTS…   runs `swift` with the settings that demo and test share, so that neither rebuilds what the other built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Warnings are errors with the compiler that this was written with; a newer one may know more of them, and a user must not suffer from that.
case $(swift --version 2>/dev/null) in
  *"Swift version 6.3"*) export SPLITFACE_STRICT=1 ;;
  *) unset SPLITFACE_STRICT ;;
esac

# The program carries Swift's library inside where the toolchain has what that needs: see Package.swift. Not beside sanitizers, which have
# runtimes of their own, and not in debug builds.
unset SPLITFACE_STATIC
case " $* " in
  *" --sanitize "*) ;;
  *" release "*)
    resources=$(swift -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    archives=${resources}_static/linux
    if [ "$(uname -s)" = Linux ] && [ -x "${resources%/lib/swift}/bin/ld.lld" ] && [ -f "$archives/libFoundation.a" ] &&
      [ -f "$archives/lib_FoundationICU.a" ]; then
      export SPLITFACE_STATIC=1
    fi
    ;;
esac
exec swift "$@"
