#!/usr/bin/env bash
# usage: bench.sh   times the kernels and the networks, then whole jobs against the Python peer and the floor, and writes the table into
# docs/performance.md. The comparison needs the folder of peer_python.py and floor.py (BENCH, by default ../shared/bench) and takes half an
# hour or more, most of it in the peer, which it installs into ~/.cache/splitface-peer the first time.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

bench=${BENCH:-$root/../shared/bench}
results=$root/.build/bench
mkdir -p "$results"

say "timing kernels and networks (the first build takes some minutes)"
swift package --package-path Benchmarks --disable-sandbox benchmark | tee "$results/kernels.txt"

[ -f "$bench/peer_python.py" ] || fail "there is no $bench/peer_python.py to compare with; name its folder with: make bench BENCH=path"
"$scripts/swift.sh" build -c release --product splitface
program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface
peer=$("$bench/peer-setup.sh" "${PEER:-$HOME/.cache/splitface-peer}" | tail -1)
[ -s "$results/reference.mp4" ] || "$bench/reference-clip.sh" "$results/reference.mp4"

say "comparing with the Python peer and the floor"
python3 Tools/bench/compare.py "$program" "$bench" "$peer" "$results/reference.mp4" --rounds "${ROUNDS:-3}" --json "$results/rounds.json" \
  >"$results/table.md"
cat "$results/table.md"
# The last measurement replaces what is between the page's two marks.
python3 - "$results/table.md" docs/performance.md <<'P'
import pathlib, sys
table, page = map(pathlib.Path, sys.argv[1:])
head, opening, rest = page.read_text().partition("<!-- bench -->\n")
_, closing, tail = rest.partition("<!-- /bench -->\n")
if not closing:
    sys.exit(f"{page} has no marks <!-- bench --> and <!-- /bench --> to write the table between")
page.write_text(f"{head}{opening}{table.read_text()}{closing}{tail}")
P
say "the table is in docs/performance.md; update the date and the figures below it by hand"
