#!/usr/bin/env python3
"""Takes the picture of a report that README.md shows: shortened, with its parts numbered.

usage: report.py REPORT.html PICTURE.png      (chromium and ffmpeg on PATH; for docs/images/report.png that of `make demo`)

A copy of the report is opened beside the original, since it shows the videos that lie there. A script at its end goes to frame 60,
leaves the yaw, three curves and four rows of the table, hides the rest, and puts the numbers at the parts.
"""
import re, subprocess, sys, tempfile
from pathlib import Path

WIDTH, SCALE = 1120, 1.25
SCRIPT = """<script>addEventListener("load", () => {
  const shown = ["AU02", "AU16", "AU25"];
  for (const box of document.querySelectorAll("input[data-unit]"))
    if (box.checked !== shown.includes(box.dataset.unit)) box.click();
  const seek = document.getElementById("seek");
  seek.value = 59 / (JSON.parse(document.getElementById("data").textContent).frames.count - 1);
  seek.dispatchEvent(new Event("input"));
  for (const row of [...document.querySelectorAll(".summary tbody tr")].slice(4)) row.remove();
  for (const part of document.querySelectorAll(".summary ~ *, .summary .note, .keys, #strip-quality")) part.style.display = "none";
  document.body.style.paddingLeft = "56px";
  const parts = ["header h1", ".findings h2", ".player .videos", ".quality h2", ".curves h2", ".summary h2"];
  parts.forEach((selector, index) => {
    const mark = document.createElement("b");
    mark.textContent = index + 1;
    const top = document.querySelector(selector).getBoundingClientRect().top + scrollY;
    mark.style = `position:absolute;left:12px;top:${top - 2}px;width:30px;height:30px;border-radius:15px;background:#202124;color:#fff;` +
      "font:bold 17px/30px sans-serif;text-align:center";
    document.body.append(mark);
  });
  document.body.dataset.height = Math.ceil(document.querySelector(".summary").getBoundingClientRect().bottom + scrollY) + 12;
});</script></body>"""


def main(report, picture):
    with tempfile.TemporaryDirectory() as scratch:
        page, shot = report.with_name(f"{report.stem}.numbered.html"), Path(scratch) / "shot.png"
        page.write_text(report.read_text().replace("</body>", SCRIPT))
        try:
            height = int(re.search(r'data-height="(\d+)"', chromium(page, 4000, "--dump-dom"))[1])
            chromium(page, height, f"--screenshot={shot}")
        finally:
            page.unlink()
        # 256 colours: a third of the size, and the text stays sharp.
        subprocess.check_call(
            ["ffmpeg", "-v", "error", "-y", "-i", shot, "-vf", "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none", picture])


def chromium(page, height, *options):
    """Opens a page without a window, gives its videos time to load, and returns what the browser printed."""
    return subprocess.check_output(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
         f"--force-device-scale-factor={SCALE}", f"--window-size={WIDTH},{height}", "--virtual-time-budget=10000", *options, page.resolve().as_uri()],
        stderr=subprocess.DEVNULL, timeout=120).decode()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
