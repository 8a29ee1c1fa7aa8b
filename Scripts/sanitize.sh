#!/usr/bin/env bash
# usage: sanitize.sh [address|thread]…   the tests under the address and the thread sanitizer; both without arguments.
#
# All tests but FaultTests run, with whole jobs and the built program among them, both of which are built with the sanitizer too.
# FaultTests preloads failing functions instead of what is preloaded here, and asks for OpenVINO. What is not watched inside: libraries that
# come without instrumentation, that is Swift's own, FFmpeg and ONNX Runtime. Their pthread and Dispatch locks are seen, so there is no list
# of suppressions; Swift's `Mutex` needs Tools/sanitizers/ContendedMutex.c. Networks run on ONNX Runtime's own kernels: OpenVINO's loader
# asks for a mode (RTLD_DEEPBIND) with which the sanitizers end the process. In release, like all tests.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

# use_plain_runtime FOLDER: a copy without the providers' libraries beside it, which is where ONNX Runtime looks for them.
use_plain_runtime() {
  local library
  for library in "$installed"/onnxruntime/libonnxruntime.{so,dylib}; do
    [ -e "$library" ] || continue
    mkdir -p "$1/onnxruntime"
    cp -L "$library" "$1/onnxruntime/"
    export SPLITFACE_ONNXRUNTIME=$1/onnxruntime/${library##*/}
  done
}

# watch_mutexes FOLDER: has the tests, which are run by `with`, tell of what Swift's `Mutex` does.
watch_mutexes() {
  # On macOS `Mutex` is a lock of the system's that the sanitizer knows.
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

  # Reports go to files, so that none is lost in the output of a program that a test runs.
  rm -f "$folder"/report.*
  options="log_path=$folder/report exitcode=66"
  # Swift's runtime keeps what it knows of types where no leak checker finds it.
  export ASAN_OPTIONS="$options detect_leaks=0"
  # A second of waiting at the end of each process is for programs that leave threads running.
  export TSAN_OPTIONS="$options atexit_sleep_ms=0"
  # Swift's own reporter would come before the sanitizer's.
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
