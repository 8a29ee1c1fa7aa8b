#!/bin/sh
# usage: run.sh tflite|zip SECONDS CORPUS-DIRECTORY [SEED…]
# Builds the target with libFuzzer and the address sanitizer (Linux; Apple's toolchains lack libFuzzer) and runs it. Seeds are
# real files, e.g. the networks out of face_landmarker.task; with large ones give their size as FUZZ_LENGTH.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$1
seconds=$2
corpus=$3
shift 3
build=${FUZZ_BUILD:-$here/../.build/fuzz}
mkdir -p "$build" "$corpus"
case $target in
tflite) flag=FUZZ_TFLITE ;;
zip) flag=FUZZ_ZIP ;;
*) sed -n 2,4p "$0" && exit 64 ;;
esac
swiftc -O -sanitize=fuzzer,address -parse-as-library -D "$flag" -swift-version 6 -package-name SplitFace -module-name Fuzz \
  -o "$build/$target" "$here/ConverterTargets.swift" "$here"/../Sources/ModelConversion/*.swift \
  "$here"/../Sources/ModelConversion/ONNX/*.swift "$here"/../Sources/ModelConversion/Containers/*.swift \
  "$here"/../Sources/ModelConversion/TensorFlowLite/*.swift
for seed in "$@"; do cp "$seed" "$corpus/"; done
cd "$build"
exec nice -n 19 "$build/$target" -max_total_time="$seconds" -max_len="${FUZZ_LENGTH:-65536}" -rss_limit_mb=2048 -timeout=20 \
  -print_final_stats=1 -verbosity=1 "$corpus"
