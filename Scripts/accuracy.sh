#!/usr/bin/env bash
# usage: accuracy.sh   measures how often findings are right on clips whose truth is known, and prints the tables (ENGINE=mediapipe).
# The clips and the truth need a folder that is not in this repository (SHARED, by default ../shared, with bench/truth and testdata/yale).
# It takes some ten minutes. docs/accuracy.md explains the tables.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

shared=${SHARED:-$root/../shared}
engine=${ENGINE:-mediapipe}
work=$root/.build/accuracy
[ -f "$shared/bench/truth/evaluate.py" ] || fail "there is no $shared/bench/truth to measure with; name its folder with: make accuracy SHARED=path"
"$scripts/swift.sh" build -c release --product splitface
program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface
mkdir -p "$work"

if [ ! -f "$work/clips/truth.csv" ]; then
  python=${PYTHON:-}
  if [ -z "$python" ]; then
    [ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
    python=$work/python/bin/python
    "$python" -m pip install --quiet numpy opencv-python-headless
  fi
  say "making clips of people 1 to 8"
  "$python" "$shared/bench/truth/make_clips.py" "$shared/testdata/yale" "$shared/bench/truth/keypoints.json" "$work/clips" 1 2 3 4 5 6 7 8
fi

say "processing the clips with engine $engine"
"$program" process "$work/clips" -o "$work/$engine" --engine "$engine" --force --progress none >/dev/null

python3 "$shared/bench/truth/evaluate.py" "$work/clips/truth.csv" "$work/$engine" --verbose
python3 Tools/truth/limits.py "$work/clips/truth.csv" "$work/$engine"
