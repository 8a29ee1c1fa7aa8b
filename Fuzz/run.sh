#!/usr/bin/env bash
# usage: run.sh checkpoint|pickle|tflite|zip|onnx|csv|video SECONDS CORPUS-DIRECTORY [SEED…]
# Builds the targets with libFuzzer and sanitizers into .build-fuzz (Linux) and runs one. Seeds are small real files; without any,
# Fuzz/seeds.sh TARGET makes or finds some. FUZZ_LENGTH is the longest input (bytes); further options for libFuzzer in FUZZ_OPTIONS.
#
# What is watched: our Swift and C by the address sanitizer and libFuzzer's coverage, our C by the undefined-behaviour sanitizer too
# (Swift traps by itself where C is undefined). FFmpeg comes from the system: its allocations are watched, its code is not instrumented.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
(($# >= 3)) || { sed -n 2,8p "${BASH_SOURCE[0]}"; exit 64; }
target=$1 seconds=$2 corpus=$3
shift 3
cd "$root"
export SPLITFACE_FUZZ=1
build=(-c release --scratch-path .build-fuzz --sanitize address --product Fuzz -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing -Xswiftc -Xclang-linker
  -Xswiftc -fuse-ld=lld
  -Xcc "-fsanitize=undefined,fuzzer-no-link" -Xcc -fno-sanitize-recover=undefined)
nice -n 15 Scripts/swift.sh build "${build[@]}" >&2
program=$(Scripts/swift.sh build "${build[@]}" --show-bin-path)/Fuzz

mkdir -p "$corpus"
if (($#)); then cp -r "$@" "$corpus/"; else Fuzz/seeds.sh "$target" "$corpus"; fi
[ "$target" != onnx ] || FUZZ_ONNX_SEEDS=$corpus "$program"
dictionary=()
[ ! -e "Fuzz/$target.dict" ] || dictionary=("-dict=$root/Fuzz/$target.dict")
read -ra more <<<"${FUZZ_OPTIONS:-}"
corpus=$(cd "$corpus" && pwd)
# Findings are written to where libFuzzer runs.
cd "$root/.build-fuzz"
# Swift's runtime keeps what it found out about types in memory that only it knows how to reach.
# A trap is reported by libFuzzer; Swift's own reporter would trip over the address sanitizer.
export FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
exec nice -n 19 "$program" -max_total_time="$seconds" -max_len="${FUZZ_LENGTH:-65536}" -rss_limit_mb=2048 -timeout=20 \
  -artifact_prefix="$target-" "${dictionary[@]}" -print_final_stats=1 -verbosity=1 "${more[@]}" "$corpus"
