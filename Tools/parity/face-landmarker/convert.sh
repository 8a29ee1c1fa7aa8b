#!/bin/sh
# usage: convert.sh FILE.task DIRECTORY   writes the networks of a bundle, unchanged and as ONNX, for compare.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
mkdir -p "$2"
swiftc -O -swift-version 6 -package-name SplitFace -module-name Convert -o "$build/convert" \
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
  "$here/main.swift" "$here"/../../../Sources/ModelConversion/*.swift \
  "$here"/../../../Sources/ModelConversion/ONNX/*.swift \
  "$here"/../../../Sources/ModelConversion/Containers/*.swift \
  "$here"/../../../Sources/ModelConversion/TensorFlowLite/*.swift
"$build/convert" "$1" "$2"
