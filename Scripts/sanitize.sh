#!/usr/bin/env bash
# usage: sanitize.sh [address|thread]…   runs the tests under the address and the thread sanitizer; under both if none is named.
#
# All tests run except FaultTests, including whole jobs and the built program, which is built with the sanitizer too. FaultTests preloads a
# library of its own and needs OpenVINO. Swift's own libraries, FFmpeg and ONNX Runtime are not instrumented, so errors inside them are not
# found. The sanitizers see their pthread and Dispatch locks, so no suppressions are needed; Swift's `Mutex` needs
# Tools/sanitizers/ContendedMutex.c. Networks run on ONNX Runtime's own kernels: OpenVINO's loader uses a mode (RTLD_DEEPBIND) with which
# the sanitizers end the process. The build is a release build, as for all tests.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

# use_plain_runtime FOLDER: makes the tests use a copy of ONNX Runtime without the libraries of execution providers beside it.
use_plain_runtime() {
  local library
  for library in "$installed"/onnxruntime/libonnxruntime.{so,dylib}; do
    [ -e "$library" ] || continue
    mkdir -p "$1/onnxruntime"
    cp -L "$library" "$1/onnxruntime/"
    export SPLITFACE_ONNXRUNTIME=$1/onnxruntime/${library##*/}
  done
}

# watch_mutexes FOLDER: preloads the library that tells the thread sanitizer what Swift's `Mutex` does.
watch_mutexes() {
  # On macOS `Mutex` is a system lock that the sanitizer knows.
  [ "$(uname -s)" = Linux ] || return 0
  clang -Wall -Wextra -Werror -O2 -fPIC -shared Tools/sanitizers/ContendedMutex.c -o "$1/libContendedMutex.so"
  with+=("LD_PRELOAD=$1/libContendedMutex.so")
}

(($#)) || set -- address thread
for sanitizer in "$@"; do
  folder=$root/.build-${sanitizer:0:1}san with=(env)
  swift=(--sanitize "$sanitizer" --scratch-path "$folder" -c release)
  say "building with the $sanitizer sanitizer (the first time takes some minutes)"
  "$scripts/swift.sh" build "${swift[@]}" --build-tests
  use_plain_runtime "$folder"
  [ "$sanitizer" != thread ] || watch_mutexes "$folder"

  # Reports go to files: in the output of a program that a test runs, they could be lost.
  rm -f "$folder"/report.*
  options="log_path=$folder/report exitcode=66"
  # The leak checker would report the metadata that Swift's runtime keeps.
  export ASAN_OPTIONS="$options detect_leaks=0"
  # By default each process waits a second at its end, in case threads are still running.
  export TSAN_OPTIONS="$options atexit_sleep_ms=0"
  # Swift's own crash reporter would run before the sanitizer's.
  export SWIFT_BACKTRACE=enable=no
  say "testing with the $sanitizer sanitizer; output in $folder/tests.log"
  code=0
  "${with[@]}" "$scripts/swift.sh" test "${swift[@]}" --skip-build --disable-xctest --skip '^CommandTests\.FaultTests' \
    >"$folder/tests.log" 2>&1 || code=$?
  reports=("$folder"/report.*)
  if [ -e "${reports[0]}" ]; then
    cat "${reports[@]}" >&2
    fail "the $sanitizer sanitizer reports the above (${#reports[@]} processes)"
  fi
  if ((code)); then
    cat "$folder/tests.log" >&2
    fail "the tests fail under the $sanitizer sanitizer"
  fi
  tail -n 1 "$folder/tests.log"
done
