#!/usr/bin/env bash
# usage: swift.sh ARGUMENTS…   runs `swift` with the settings that demo and test share, so that neither rebuilds what the other built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Warnings are errors with the compiler that this was written with; a newer one may know more of them, and a user must not suffer from that.
case $(swift --version 2>/dev/null) in
  *"Swift version 6.3"*) export SPLITFACE_STRICT=1 ;;
  *) unset SPLITFACE_STRICT ;;
esac

# In release the program carries Swift's library inside where the toolchain has what that needs: see Package.swift. Sanitizers have runtimes
# of their own, and debug builds are for debuggers, which look for Swift's library beside the compiler.
unset SPLITFACE_STATIC
case $(uname -s)" $* " in
  *" --sanitize"*) ;;
  Linux*" -c release "*)
    resources=$(swift -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p') || resources=
    archives=${resources}_static/linux
    if [ -x "${resources%/lib/swift}/bin/ld.lld" ] && [ -f "$archives/libFoundation.a" ] && [ -f "$archives/lib_FoundationICU.a" ]; then
      export SPLITFACE_STATIC=1
    fi
    ;;
esac
exec swift "$@"
