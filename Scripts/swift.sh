#!/usr/bin/env bash
# usage: swift.sh ARGUMENTS…   runs `swift` with the same settings for demo and tests, so that neither rebuilds what the other has built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Warnings are errors with the compiler that this project is developed with. A newer one may have more warnings, and must not fail for users.
case $(swift --version 2>/dev/null) in
  *"Swift version 6.3"*) export SPLITFACE_STRICT=1 ;;
  *) unset SPLITFACE_STRICT ;;
esac

# Release builds link Swift's library statically into the program if the toolchain has the archives for it: see Package.swift. Not with
# sanitizers, which have runtimes of their own, and not in debug builds: debuggers look for Swift's library beside the compiler.
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
