#!/usr/bin/env bash
# usage: sanitize.sh [address|thread]…   a part of the tests under the address and the thread sanitizer; both without arguments.
#
# The part: all that handles files, memory and threads of ours (pictures and kernels, FFmpeg, model files, tables and reports, the queues,
# the outputs). Left out is what runs networks: ONNX Runtime and OpenVINO come as they are, their locks are unknown to the thread
# sanitizer, which then reports races where there are none, and their memory is not watched. FFmpeg is the system's too, but its locks are
# pthread's, which the sanitizers see. Tests that run the built program are left out because it is built without sanitizers anyway.
# In release, like all tests: without optimisation this would take an hour.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

modules='^(ImagingTests|ModelConversionTests|VideoIOTests|ReportTests|MirroringTests)\.'
units='^SplitFaceTests\.(QueueTests|OutputSetTests|WrittenFileTests)'
# Tests in these modules that compare with ONNX Runtime are skipped where there is none: OpenVINO's loader asks for a mode (RTLD_DEEPBIND)
# with which the address sanitizer ends the process.
export SPLITFACE_ONNXRUNTIME=/nowhere
(($#)) || set -- address thread

# Swift's runtime keeps what it knows of types where no leak checker finds it.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=0 exitcode=66}
for sanitizer in "$@"; do
  folder=.build-${sanitizer:0:1}san
  say "building with the $sanitizer sanitizer"
  "$scripts/swift.sh" build -c release --build-tests --sanitize "$sanitizer" --scratch-path "$folder"
  say "testing with the $sanitizer sanitizer"
  run=("$scripts/swift.sh" test -c release --skip-build --disable-xctest --sanitize "$sanitizer" --scratch-path "$folder"
    --filter "$modules" --filter "$units")
  # The thread sanitizer's map of memory needs addresses that are not drawn at random (Linux on x86).
  if [ "$sanitizer" = thread ] && command -v setarch >/dev/null && setarch -R true 2>/dev/null; then run=(setarch -R "${run[@]}"); fi
  "${run[@]}"
done
