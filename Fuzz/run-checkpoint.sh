#!/bin/sh
# usage: run-checkpoint.sh checkpoint|pickle SECONDS CORPUS-DIRECTORY [SEED…]
# Builds the target with libFuzzer and the address sanitizer (Linux; Apple's toolchains lack libFuzzer) and runs it. Seeds are
# small checkpoints of both containers, e.g. Tests/ModelConversionTests/Fixtures/Checkpoint/types/* (for the pickle target: the
# data.pkl out of one).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$1
seconds=$2
corpus=$3
shift 3
build=${FUZZ_BUILD:-$here/../.build/fuzz}
mkdir -p "$build" "$corpus"
case $target in
checkpoint) flag=FUZZ_CHECKPOINT ;;
pickle) flag=FUZZ_PICKLE ;;
*) sed -n 2,5p "$0" && exit 64 ;;
esac
swiftc -O -sanitize=fuzzer,address -parse-as-library -D "$flag" -swift-version 6 -package-name SplitFace -module-name Fuzz \
  -o "$build/$target" "$here/CheckpointTargets.swift" "$here"/../Sources/ModelConversion/*.swift \
  "$here"/../Sources/ModelConversion/ONNX/*.swift "$here"/../Sources/ModelConversion/Containers/*.swift \
  "$here"/../Sources/ModelConversion/Checkpoint/*.swift
for seed in "$@"; do cp "$seed" "$corpus/"; done
corpus=$(cd "$corpus" && pwd)
cat > "$build/$target.dict" <<'DICTIONARY'
"ccollections\x0aOrderedDict\x0a"
"ctorch._utils\x0a_rebuild_tensor_v2\x0a"
"ctorch._utils\x0a_rebuild_parameter\x0a"
"ctorch\x0aFloatStorage\x0a"
"ctorch\x0aHalfStorage\x0a"
"cposix\x0asystem\x0a"
"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"
"X\x07\x00\x00\x00storage"
"data.pkl"
"byteorder"
"module."
DICTIONARY
cd "$build"
exec nice -n 19 "$build/$target" -max_total_time="$seconds" -max_len="${FUZZ_LENGTH:-65536}" -rss_limit_mb=2048 -timeout=20 \
  -dict="$build/$target.dict" -print_final_stats=1 -verbosity=1 "$corpus"
