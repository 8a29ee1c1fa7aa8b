#!/usr/bin/env python3
"""usage: kill-runs.py PROGRAM VIDEO [--runs 50] [--options='--providers cpu']

Starts `PROGRAM process VIDEO` repeatedly in one output folder and kills it with SIGKILL, until 50 runs have died: two thirds of them at
a random moment, the others when the first file has been moved to its place. After each, every file with a final name must be
complete, and where there is a record, every file must be as it says. The run after the last one must complete and leave nothing else.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def frame_count(path):
    command = ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of",
               "csv=p=0", str(path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    return int(done.stdout.strip().strip(",") or 0) if done.returncode == 0 and not done.stderr else -1


def problems(out, frames):
    """Returns the files with final names, and what is wrong with them. Files in the hidden folder of a killed run are ignored."""
    visible = [out / name for name in os.listdir(out) if not name.endswith(".splitface-partial")]
    found = []
    for path in visible:
        if path.suffix == ".mp4" and frame_count(path) != frames:
            found.append(f"{path.name} has {frame_count(path)} frames")
        if path.name.endswith(("mirrored.csv", "face.csv", "asymmetry.csv")) and len(list(csv.reader(open(path, newline="")))) != frames + 1:
            found.append(f"{path.name} is short")
        if path.name.endswith("_run.json"):
            for output in json.loads(path.read_text())["outputs"]:
                file = out / output["file"]
                if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != output["sha256"]:
                    found.append(f"{output['file']} does not match {path.name}")
    return visible, found


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("video")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--options", default="--providers cpu")
    arguments = parser.parse_args()
    frames = frame_count(arguments.video)
    generator = random.Random()
    with tempfile.TemporaryDirectory(prefix="splitface-kill-") as place:
        out = Path(place) / "out"
        command = [arguments.program, "process", "--force", "--progress", "none", *arguments.options.split(), "-o", str(out), arguments.video]

        def start():
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

        began = time.monotonic()
        if start().wait() != 0:
            sys.exit("a run that is not killed fails")
        whole = time.monotonic() - began
        names = sorted(os.listdir(out))
        for path in out.iterdir():
            path.unlink()
        print(f"an undisturbed run takes {whole:.1f} s and has {frames} frames")
        killed = ended = bad = 0
        states = {}
        while killed < arguments.runs:
            began = time.monotonic()
            process = start()
            if (killed + ended) % 3 == 0:
                # As soon as files are being moved into place, or shortly after.
                while process.poll() is None and not (out.is_dir() and any(not name.startswith(".") for name in os.listdir(out))):
                    pass
                moment = generator.uniform(0, 0.002)
            else:
                moment = generator.uniform(0.1, 1) * whole
            try:
                process.wait(moment)
                ended += 1
                # The machine is less busy than before, so the expected time is shortened.
                whole = (whole + time.monotonic() - began) / 2
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += process.returncode == -signal.SIGKILL
            process.stderr.close()
            moment = time.monotonic() - began
            visible, found = problems(out, frames)
            partial = [name for name in os.listdir(out) if name.endswith(".splitface-partial")]
            state = f"{len(visible)} final files, {'partial folder' if partial else 'no partial folder'}"
            states[state] = states.get(state, 0) + 1
            if found:
                bad += 1
                print(f"killed after {moment:.2f} s: {found}")
            # Every run starts without final files; hidden folders of killed runs stay.
            for path in visible:
                path.unlink()
        last = start()
        errors = last.communicate()[1]
        visible, found = problems(out, frames)
        left = sorted(os.listdir(out))
        complete = last.returncode == 0 and not found and left == names
        print(f"{killed} runs killed, {ended} ended before that; {bad} left an incomplete file")
        for state, count in sorted(states.items()):
            print(f"  {count} × {state}")
        print(f"the next run {'completes' if complete else 'FAILS: ' + errors}: {len(left)} files, nothing else" if complete else left)
        sys.exit(0 if complete and bad == 0 else 1)


if __name__ == "__main__":
    main()
