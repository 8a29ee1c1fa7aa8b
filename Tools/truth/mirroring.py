#!/usr/bin/env python3
"""Measures what mirroring buys, and prints it as tables in Markdown.

usage: mirroring.py SPLITFACE CLIPS OUT      (Python's standard library only)

SPLITFACE is the built program; CLIPS the folder that make_clips.py filled: clips of faces of which one half moves, half of the clips
flipped left for right, with truth.csv beside them; OUT a folder for results. Results that OUT already holds are used again.

  direct    MediaPipe's blendshape of the right and of the left side on the clip as it is:
            `splitface process --landmarks CLIP`, <clip>_landmarks.csv
  mirrored  the mean of the same two blendshapes on the clip's two mirrored videos:
            `splitface extract --landmarks <clip>_right_mirrored.mp4 <clip>_left_mirrored.mp4`
  unit      the Action Unit that the program makes of it: <clip>_right_mirrored.csv, <clip>_left_mirrored.csv

Each number is the median over the frames of the held movement less the median over the frames at rest before it, as a share of the
full scale (1 for a blendshape, 5 for an Action Unit), averaged over the clips.
"""
import csv, statistics, subprocess, sys
from pathlib import Path

# make_clips.py: frames 1 to 20 at rest, 29 to 48 held. Two at each end are left out, since tracking smooths over a few frames.
REST, HELD = range(3, 19), range(31, 47)
# The movements: what they are called, the blendshape that shows them (browInnerUp has no sides), the Action Unit.
MOVEMENTS = {"happy": ("smile", "mouthSmile", "AU12_r"), "sleepy": ("eye closed", "eyeBlink", "AU45_r"), "surprised": ("brows raised", "browOuterUp", "AU02_r")}
# The people who raise their brows plainly, as in evaluate.py.
BROWS_MOVE = {1, 2, 3, 4, 7, 8, 10, 12, 13, 15}
SIDES = ("right", "left")


def main(program, clips, out):
    chosen = [c for c in csv.DictReader(open(clips / "truth.csv")) if is_chosen(c)]
    results, mirrored = out / "results", out / "mirrored"
    stems = [c["file"].removesuffix(".mp4") for c in chosen]
    run([program, "process", "--no-report"], [clips / f"{s}.mp4" for s in stems], results)
    run([program, "extract"], [results / f"{s}_{side}_mirrored.mp4" for s in stems for side in SIDES], mirrored)
    people = sorted({int(c["subject"]) for c in chosen})
    print(f"{len(people)} people: {', '.join(map(str, people))}; {len(chosen)} clips\n")
    values = {}
    for clip in chosen:
        values.setdefault((clip["expression"], clip["moving"]), []).append(measure(clip, results, mirrored))
    by_side(values)
    print()
    by_role(values)


def is_chosen(clip):
    if clip["expression"] not in MOVEMENTS or clip["moving"] not in ("right", "left", "both"):
        return False
    return clip["expression"] != "surprised" or int(clip["subject"]) in BROWS_MOVE


def run(command, videos, folder):
    """Runs a job of the program on those of the videos that it has not done yet."""
    missing = [v for v in videos if not (folder / f"{v.stem}_run.json").exists()]
    for start in range(0, len(missing), 50):
        subprocess.check_call(
            [*command, "--engine", "mediapipe", "--landmarks", "--quiet", "-o", folder, *missing[start : start + 50]],
            stdout=subprocess.DEVNULL)


def measure(clip, results, mirrored):
    """Three pairs, each the change of the right and of the left side: direct, mirrored, unit."""
    stem, (_, shape, unit) = clip["file"].removesuffix(".mp4"), MOVEMENTS[clip["expression"]]
    both = (f"{shape}Right", f"{shape}Left")
    return (
        changes(results / f"{stem}_landmarks.csv", both),
        [statistics.mean(changes(mirrored / f"{stem}_{side}_mirrored_landmarks.csv", both)) for side in SIDES],
        [changes(results / f"{stem}_{side}_mirrored.csv", (unit,))[0] / 5 for side in SIDES],
    )


def changes(path, columns):
    """The change of each column from rest to the held movement."""
    rows = {int(r["frame"]): r for r in csv.DictReader(open(path)) if r["success"] == "1"}

    def median(frames, column):
        return statistics.median(float(rows[f][column]) for f in frames if f in rows)

    return [median(HELD, c) - median(REST, c) for c in columns]


def by_side(values):
    print("| movement | clips | direct: right, left | mirrored: right, left | unit: right, left |")
    print("|---|---|---|---|---|")
    for expression, (name, _, unit) in MOVEMENTS.items():
        for moving, words in (("right", "right half only"), ("left", "left half only"), ("both", "both sides")):
            own = values.get((expression, moving), [])
            if own:
                pairs = [", ".join(text(statistics.mean(v[kind][side] for v in own)) for side in (0, 1)) for kind in (0, 1, 2)]
                print(f"| {name}, {words} | {len(own)} | {pairs[0]} | {pairs[1]} | {unit.removesuffix('_r')} {pairs[2]} |")


def by_role(values):
    """One-sided movements alone: what shows on the side at rest, as a share of what shows on the side that moves."""
    print("| one-sided movement | clips | direct: moves, rests | share | mirrored: moves, rests | share | unit: moves, rests | share |")
    print("|---|---|---|---|---|---|---|---|")
    for expression, (name, _, _) in MOVEMENTS.items():
        own = [(SIDES.index(moving), v) for moving in SIDES for v in values.get((expression, moving), [])]
        if own:
            cells = []
            for kind in (0, 1, 2):
                moves = statistics.mean(v[kind][side] for side, v in own)
                rests = statistics.mean(v[kind][1 - side] for side, v in own)
                cells.append(f"{text(moves)}, {text(rests)} | {max(0, 100 * rests / moves):.0f} %")
            print(f"| {name} | {len(own)} | {' | '.join(cells)} |")


def text(number):
    return f"{round(number, 2) + 0.0:.2f}"


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
