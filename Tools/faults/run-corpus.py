#!/usr/bin/env python3
"""usage: run-corpus.py PROGRAM FOLDER [--jobs N] [--limit SECONDS] [--only TEXT] [--failed]

Runs `PROGRAM process` on every case of a folder that corpus.py made, each in a folder of its own and with a time limit, and prints
a table: case, expected, got. A run may end in two ways: with all outputs complete, with as many frames as ffprobe decodes from the
input and their timestamps; or with exit code 1, one line of message, and no files left. --failed prints only what is wrong.
"""

import argparse
import concurrent.futures
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VIDEOS = ["_left_mirrored.mp4", "_right_mirrored.mp4", "_debug.mp4"]
TABLES = ["_left_mirrored.csv", "_right_mirrored.csv", "_face.csv"]


class Wrong(Exception):
    """The way in which a result differs from the expected one."""


def probe(path, entries, stream="v:0"):
    # Without the prefix, ffprobe would take some names for protocols, options or patterns.
    command = ["ffprobe", "-v", "quiet", "-select_streams", stream, "-show_entries", entries, "-of", "json", "file:" + str(path)]
    done = subprocess.run(command, capture_output=True, timeout=600)
    return json.loads(done.stdout or b"{}")


def times(path, stream="v:0"):
    """Returns the presentation times, in seconds, of the frames that ffprobe decodes; None for a frame without one."""
    frames = probe(path, "frame=best_effort_timestamp_time", stream).get("frames", [])
    return [float(frame["best_effort_timestamp_time"]) if "best_effort_timestamp_time" in frame else None for frame in frames]


def check_outputs(case, stem, out):
    found = set(os.listdir(out))
    if stem + "_run.json" not in found:
        raise Wrong(f"outputs are {sorted(found)}")
    record = json.loads((out / (stem + "_run.json")).read_text())
    listed = {output["file"] for output in record["outputs"]}
    if found != listed | {stem + "_run.json"} or not listed >= {stem + suffix for suffix in VIDEOS + TABLES}:
        raise Wrong(f"outputs are {sorted(found)}")
    read = record["frames"]["read"]
    for suffix in VIDEOS:
        written = times(out / (stem + suffix))
        if len(written) != read:
            raise Wrong(f"{suffix} has {len(written)} frames, {read} were read")
        if any(b <= a for a, b in zip(written, written[1:])):
            raise Wrong(f"{suffix}: timestamps go backwards")
        if "size" in case:
            stream = probe(out / (stem + suffix), "stream=width,height")["streams"][0]
            if [stream["width"], stream["height"]] != case["size"]:
                raise Wrong(f"{suffix} is {stream['width']}×{stream['height']}")
    for suffix in TABLES:
        with open(out / (stem + suffix), newline="") as file:
            rows = list(csv.DictReader(file))
        if len(rows) != read:
            raise Wrong(f"{suffix} has {len(rows)} rows, {read} were read")
    if case.get("face") and record["frames"]["withFace"] == 0:
        raise Wrong("no face was found")
    if "roll" in case:
        rolls = [abs(float(row["roll"])) for row in rows if row["roll"] not in ("", "nan")]
        if not rolls or sum(rolls) / len(rolls) > case["roll"]:
            raise Wrong(f"the face is not upright: roll {rolls[:3]}")
    return read, written


def check_source(case, path, read, written):
    """Compares the outputs with what ffprobe decodes from the input. For damaged files, they may differ."""
    expected = times(path)
    count = case.get("frames", len(expected))
    if read != count:
        if case["expect"] == "frames":
            raise Wrong(f"{read} frames, ffprobe has {count}")
        return f", ffprobe has {count}"
    if case["expect"] == "frames" and len(expected) == len(written) and None not in expected:
        # The program may have shifted all timestamps so that they start at zero.
        shifts = [b - a for a, b in zip(expected, written)]
        if max(shifts) - min(shifts) > 0.0021:
            raise Wrong(f"timestamps differ by up to {max(shifts) - min(shifts):.3f} s")
    return ""


def check_error(case, errors):
    lines = [line for line in errors.splitlines() if "measuring with" not in line]
    if len(lines) != 1 or not lines[0].startswith("splitface: ") or len(lines[0]) < 25:
        raise Wrong(f"the message is not one line: {errors[-300:]!r}")
    if "message" in case and not re.search(case["message"], lines[0]):
        raise Wrong(f"the message lacks {case['message']!r}: {lines[0]}")
    return lines[0].removeprefix("splitface: ")


def run(case, program, folder, limit):
    path = folder / case["path"]
    name = os.path.basename(case["path"])
    stem = os.path.splitext(name)[0]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="splitface-corpus-") as place:
        out = Path(place) / "out"
        # The input is named relative to its folder, as a user in that folder would name it.
        command = [program, "process", "--progress", "none", "--providers", "cpu", "-o", str(out), *case.get("options", []), "--", case["path"]]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=limit, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return "hung", f"no result after {limit} s", limit
        errors = done.stderr.decode(errors="replace")
        try:
            if done.returncode == 0:
                read, written = check_outputs(case, stem, out)
                note = check_source(case, path, read, written)
                if case["expect"] == "error":
                    raise Wrong(f"{read} frames instead of an error")
                got = f"{read} frames{note}"
            elif done.returncode == 1:
                got = check_error(case, errors)
                if os.listdir(place) and os.listdir(out):
                    raise Wrong(f"left behind: {os.listdir(out)}")
                if case["expect"] == "frames":
                    raise Wrong(got)
            else:
                raise Wrong(f"ended with {done.returncode}: {errors[-300:]}")
        except Wrong as wrong:
            return "WRONG", str(wrong), time.monotonic() - started
    return "ok", got, time.monotonic() - started


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument("--only", default="")
    parser.add_argument("--failed", action="store_true")
    arguments = parser.parse_args()
    program, folder = os.path.abspath(arguments.program), arguments.folder.resolve()
    cases = [case for case in json.loads((folder / "cases.json").read_text()) if arguments.only in case["name"]]
    if not cases:
        sys.exit("no cases")
    before = sorted(os.listdir(folder))
    counts = {}
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = pool.map(lambda case: run(case, program, folder, arguments.limit), cases)
        for case, (verdict, got, seconds) in zip(cases, results):
            kind = verdict if verdict != "ok" else "frames" if re.match(r"\d+ frames", got) else "error"
            counts[kind] = counts.get(kind, 0) + 1
            if verdict != "ok" or not arguments.failed:
                expected = f"{case['frames']} frames" if "frames" in case else case["expect"]
                print(f"{verdict:5} | {case['name']!s:45} | {expected:9} | {got} ({seconds:.1f} s)", flush=True)
    if sorted(os.listdir(folder)) != before:
        counts["WRONG"] = counts.get("WRONG", 0) + 1
        print("WRONG | files were written next to the inputs")
    print(f"{len(cases)} cases: " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    sys.exit(1 if counts.keys() & {"WRONG", "hung"} else 0)


if __name__ == "__main__":
    main()
