#!/usr/bin/env python3
"""Learns from healthy clips how far the two sides differ in each Action Unit, and tells what a rule with these limits would find.

usage: limits.py TRUTH.csv RESULTS      TRUTH.csv: of make_clips.py; RESULTS: the folder that `splitface process CLIPS -o RESULTS` filled

Prints the `spread` of every unit, as Sources/ActionUnits/Engines/MediaPipeLimits.swift has it for the engine `mediapipe`, and then how the rule does on each person
with the limits learnt from the others. The noise of a clip's still moments and the comparison of levels are not in it: the program's own
findings (evaluate.py) have both.
"""
import csv, json, math, statistics, sys
from pathlib import Path

GROWTH, FLOOR, FEWEST, FALSE_FINDINGS, ADDED = 0.1, 0.25, 10, 0.1, 8
LEAST_SHARE = {"AU01": 0.6, "AU12": 0.38, "AU45": 0.38}  # others: 0.5
CAUTION = {"AU01": 1, "AU02": 1, "AU12": 1, "AU45": 1}  # others: 2
NOT_SIDED = {"AU26"}
MOVEMENT = {"happy": {"AU12"}, "sleepy": {"AU45"}, "wink": {"AU45"}, "surprised": {"AU01", "AU02"}}
BROWS_MOVE = {1, 2, 3, 4, 7, 8, 10, 12, 13, 15}  # as in evaluate.py


def share(unit):
    return LEAST_SHARE.get(unit, 0.5)


def learn(clips):
    squares, scale = {}, {}
    for clip in clips:
        for unit, row in clip["rows"].items():
            scale[unit] = clip["scale"].get(unit, 1)
            values = squares.setdefault(unit, [])
            larger = max(row["right_range"], row["left_range"])
            difference = abs(row["right_range"] - row["left_range"])
            if larger >= FLOOR:
                values.append(max(0, difference**2 - (GROWTH * larger) ** 2) if difference >= share(unit) * larger else 0)
    every = [v / scale[u] ** 2 for u, values in squares.items() for v in values]
    pooled = statistics.fmean(every) if every else 0
    return {u: math.sqrt((sum(values) + ADDED * pooled * scale[u] ** 2) / (len(values) + ADDED)) for u, values in squares.items()}


def named(clip, spread):
    rows = {u: r for u, r in clip["rows"].items() if u not in NOT_SIDED}
    moving = sum(max(r["right_range"], r["left_range"]) >= FLOOR for r in rows.values())
    tail = 1 - (1 - FALSE_FINDINGS) ** (1 / max(1, moving))
    factor = max(1, statistics.NormalDist().inv_cdf(1 - tail / 2) / 1.96) if moving > 1 else 1
    found = {}
    for unit, r in rows.items():
        right, left = r["right_range"], r["left_range"]
        larger, difference = max(right, left), right - left
        peaks = r["right_peak"] - r["right_neutral"], r["left_peak"] - r["left_neutral"]
        apart = (peaks[0] - peaks[1]) * (1 if difference >= 0 else -1)
        error = 1.96 * math.hypot(spread[unit], GROWTH * larger)
        limit = factor * error * CAUTION.get(unit, 2)
        if larger < FLOOR or r["frames_used"] < FEWEST or min(abs(difference), apart) < limit:
            continue
        if abs(difference) >= share(unit) * larger and apart >= share(unit) * max(peaks):
            found[unit] = "left" if difference > 0 else "right"
    return found


def main(truth, results):
    clips = []
    for clip in csv.DictReader(open(truth)):
        stem = results / clip["file"].removesuffix(".mp4")
        rows = {}
        for row in csv.DictReader(open(f"{stem}_summary.csv")):
            numbers = {k: float(row[k]) for k in row if k.startswith(("right_", "left_")) or k == "frames_used"}
            if not math.isnan(numbers["right_range"]):
                rows[row["au"]] = numbers
        # The largest value of each unit's scale.
        columns = [c for t in json.load(open(f"{stem}_columns.json"))["tables"] for c in t["tableSchema"]["columns"]]
        scale = {c["name"][:-6]: c["datatype"]["maximum"] for c in columns if c["name"].endswith("_right") and c["name"].startswith("AU")}
        clips.append(clip | {"rows": rows, "scale": scale, "subject": int(clip["subject"])})
    healthy = [c for c in clips if c["moving"] in ("both", "none")]
    print("spread:", ", ".join(f"{u} {v:.2f}" for u, v in learn(healthy).items()))
    clean = findings = found = total = wrong = 0
    for person in sorted({c["subject"] for c in clips}):
        spread = learn([c for c in healthy if c["subject"] != person])
        for clip in (c for c in clips if c["subject"] == person):
            sides = named(clip, spread)
            if clip["moving"] in ("both", "none"):
                clean, findings = clean + (not sides), findings + len(sides)
            elif clip["expression"] != "surprised" or person in BROWS_MOVE:
                own = {s for u, s in sides.items() if u in MOVEMENT[clip["expression"]]}
                total, wrong = total + 1, wrong + (clip["moving"] in own)
                found += bool(own - {clip["moving"]})
    print(f"limits learnt from the other people: {clean} of {len(healthy)} healthy clips without a finding, {findings} findings;")
    print(f"one-sided: right side named in {found} of {total}, wrong side in {wrong}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
