#!/usr/bin/env bash
# usage: seeds.sh TARGET FOLDER   puts small sound files for one of run.sh's targets into a folder: the tests' own, or made with ffmpeg.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$1 folder=$2
fixtures=$root/Tests/ModelConversionTests/Fixtures

clip() {
  # Four frames of 16×16, the smallest that most encoders take, and a little sound.
  local file=$1
  shift
  ffmpeg -y -v error -nostdin -f lavfi -i "testsrc=size=32x32:rate=10" -f lavfi -i "sine=sample_rate=8000" -t 0.4 "$@" \
    -fflags +bitexact "$folder/$file" || echo "no seed: $file" >&2
}

case $target in
  checkpoint) cp "$fixtures"/Checkpoint/types/* "$fixtures"/Checkpoint/fuzz/* "$folder" ;;
  pickle)
    cp "$fixtures"/Checkpoint/types/*.pkl "$folder"
    unzip -p "$fixtures/Checkpoint/types/types-zip.pth" '*data.pkl' >"$folder/data.pkl"
    ;;
  tflite) cp "$fixtures"/TensorFlowLite/*.tflite "$fixtures"/FuzzTensorFlowLite/* "$folder" ;;
  zip) cp "$fixtures"/Zip/* "$fixtures"/FuzzZip/* "$folder" ;;
  onnx) [ ! -d "$fixtures/FuzzONNX" ] || cp "$fixtures"/FuzzONNX/* "$folder" ;;
  csv)
    [ ! -d "$root/Tests/ReportTests/Fixtures/FuzzTable" ] || cp "$root"/Tests/ReportTests/Fixtures/FuzzTable/* "$folder"
    printf 'au,name,right_range,left_range,range_ratio,weaker_side\nAU12,Lip corner puller,1.2,0.4,0.333,left\nAU04,Brow lowerer,0,nan,,neither\n' \
      >"$folder/summary.csv"
    ;;
  video)
    [ ! -d "$root/Tests/VideoIOTests/Fixtures/FuzzVideo" ] || cp "$root"/Tests/VideoIOTests/Fixtures/FuzzVideo/* "$folder"
    h264=(-c:v libx264 -preset ultrafast -bf 1 -c:a aac -b:a 16k)
    clip a.mp4 "${h264[@]}"
    clip front.mov "${h264[@]}" -movflags +faststart
    clip parts.mp4 "${h264[@]}" -movflags frag_keyframe+empty_moov
    clip a.mkv "${h264[@]}"
    clip a.ts "${h264[@]}"
    clip a.flv -c:v flv1 -c:a pcm_u8 -ar 11025
    clip a.avi -c:v mpeg4 -c:a pcm_mulaw
    clip a.webm -c:v libvpx -deadline realtime -c:a libvorbis -ar 16000
    clip a.mpg -c:v mpeg1video -r 25 -an
    clip a.3gp -c:v mpeg4 -an
    clip a.gif -an
    clip a.apng -an -c:v apng
    clip a.y4m -an -pix_fmt yuv420p -frames:v 2
    clip deep.mkv -an -c:v ffv1 -pix_fmt yuv422p10le -frames:v 2
    clip rgba.mov -an -c:v qtrle -pix_fmt argb
    clip a.png -an -frames:v 1 -update 1
    clip a.jpg -an -frames:v 1 -update 1
    ;;
  *) echo "seeds.sh: no target $target" >&2 && exit 64 ;;
esac
