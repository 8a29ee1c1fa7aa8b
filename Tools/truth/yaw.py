#!/usr/bin/env python3
"""Learns how much the difference between the sides changes per degree of yaw, from clips of healthy people who turn their heads.

usage: yaw.py RESULTS   (a folder of results of `splitface process` on such clips)

For each Action Unit and clip: the slope of right less left over the head's yaw (least squares), over the frames that are compared. Clips in
which the head turns little say nothing and are left out. Printed is the root mean square over the clips, per degree, which is
`SideLimits.perDegree`.
"""

import csv
import math
import pathlib
import statistics
import sys

LARGEST_YAW = 20  # as in ComparisonSettings.swift
LEAST_QUALITY = 1 / 3
LEAST_SPREAD = 2.5  # degrees, the standard deviation of a clip's yaw


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def slope(x, y):
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    variance = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / variance


def main():
    slopes = {}
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*_face.csv")):
        stem = str(path).removesuffix("_face.csv")
        faces, right, left = rows(path), rows(stem + "_right_mirrored.csv"), rows(stem + "_left_mirrored.csv")
        used = [
            index
            for index, face in enumerate(faces)
            if face["success"] == "1" and face["yaw"] and abs(float(face["yaw"])) <= LARGEST_YAW and float(face["quality"]) >= LEAST_QUALITY
            and right[index]["success"] == left[index]["success"] == "1"
        ]  # fmt: skip
        yaw = [float(faces[index]["yaw"]) for index in used]
        spread = statistics.pstdev(yaw) if used else 0
        print(f"{pathlib.Path(stem).name}: {len(used)} frames, yaw {spread:.1f}°", "" if spread >= LEAST_SPREAD else "(left out)")
        if spread < LEAST_SPREAD:
            continue
        for unit in (name for name in right[0] if name.startswith("AU") and name.endswith("_r")):
            difference = [float(right[index][unit]) - float(left[index][unit]) for index in used]
            slopes.setdefault(unit, []).append(slope(yaw, difference))
    for unit, values in slopes.items():
        root = math.sqrt(statistics.fmean([value * value for value in values]))
        print(unit, f"{root:.3f}", " ".join(f"{value:+.3f}" for value in values))


if __name__ == "__main__":
    main()
