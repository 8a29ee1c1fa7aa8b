#!/usr/bin/env python3
"""usage: long-runs.py PROGRAM FOLDER [--clips 100] [--minutes 10] [--size 640x360] [--rate 30] [--plot FILE.png]

Runs `PROGRAM process` twice for a long time, on many different short clips in one command and on one long clip, and samples its resident
memory and open descriptors ten times per second. The clips are made in FOLDER from faces beside the repository. Afterwards some of
the clips are processed alone: their tables must be identical, byte for byte. For Linux; --plot needs ImageMagick.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "testdata"
OPTIONS = ["--providers", "cpu", "--progress", "none", "--force"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-y", "-v", "error", "-nostdin", *map(str, arguments)], check=True)


def make_clips(folder, count):
    """Makes clips with different faces, sizes, lengths, starting points and orientations."""
    generator = random.Random(7)
    clips = []
    for number in range(count):
        source, length = generator.choice([("carphone_pristine.mp4", 3.5), ("single_face.mp4", 2), ("face_noface.mov", 3)])
        start = generator.uniform(0, length - 0.6)
        filters = [f"scale={generator.choice([176, 240, 320, 352])}:-2"] + generator.choice([[], [], ["hflip"], ["transpose=1"]])
        path = folder / f"clip{number:03}.{generator.choice(['mp4', 'mkv', 'mov'])}"
        if not path.exists():
            ffmpeg("-ss", f"{start:.2f}", "-i", DATA / source, "-vf", ",".join(filters), "-frames:v", generator.randint(4, 14), "-c:v", "libx264",
                   "-preset", "ultrafast", path)  # fmt: skip
        clips.append(path)
    return clips


def make_long(folder, minutes, size, rate):
    path = folder / f"long{minutes:g}-{size}-{rate:g}.mp4"
    if not path.exists():
        # Encoded once, then repeated.
        part, filters = folder / "part.mp4", f"scale={size.replace('x', ':')},fps={rate:g}"
        ffmpeg("-i", DATA / "single_face.mp4", "-vf", filters, "-c:v", "libx264", "-preset", "ultrafast", "-bf", 0, "-c:a", "copy", part)
        ffmpeg("-stream_loop", -1, "-i", part, "-t", minutes * 60, "-c", "copy", path)
        part.unlink()
    return path


def sample(command):
    """Runs a command and returns samples: seconds since its start, megabytes of resident memory, open descriptors."""
    words = tempfile.TemporaryFile("w+")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words)
    began, samples = time.monotonic(), []
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
            resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
            samples.append((time.monotonic() - began, resident / 1024, len(os.listdir(f"/proc/{process.pid}/fd"))))
        except (OSError, StopIteration):
            break
        # A short clip takes a fifth of a second; the mean of a quarter of the run needs many samples.
        time.sleep(0.1)
    process.wait()
    if process.returncode != 0:
        words.seek(0)
        sys.exit(f"ended with {process.returncode}: {words.read()[-1000:]}")
    return samples


def report(name, samples):
    """Compares the second quarter of a run with the last one: a leak continues, warm-up does not."""
    quarter = max(1, len(samples) // 4)
    second, last = samples[quarter : 2 * quarter], samples[-quarter:]

    def mean(part, column):
        return sum(line[column] for line in part) / max(1, len(part))

    print(
        f"{name}: {samples[-1][0]:.0f} s, peak {max(line[1] for line in samples):.0f} MB, second quarter {mean(second, 1):.1f} MB, last "
        f"quarter {mean(last, 1):.1f} MB; descriptors {mean(second, 2):.1f} and {mean(last, 2):.1f}, at most {max(line[2] for line in samples)}",
        flush=True)  # fmt: skip
    return mean(last, 1) <= 1.1 * mean(second, 1) + 5 and mean(last, 2) <= mean(second, 2) + 2


def plot(runs, target):
    """Draws one panel per run: memory in blue, descriptors in red, each scaled from zero to its peak."""
    width, height, gap = 900, 260, 50
    draw = ["-size", f"{width + 2 * gap}x{len(runs) * (height + gap) + gap}", "xc:white", "-pointsize", "14"]
    for index, (name, samples) in enumerate(runs):
        top = gap + index * (height + gap)
        longest = samples[-1][0] or 1
        draw += ["-fill", "none", "-stroke", "gray", "-draw", f"rectangle {gap},{top} {gap + width},{top + height}"]
        for column, colour in ((1, "blue"), (2, "red")):
            peak = max(line[column] for line in samples)
            points = " ".join(f"{gap + width * line[0] / longest:.1f},{top + height - height * 0.95 * line[column] / peak:.1f}" for line in samples)
            draw += ["-fill", "none", "-stroke", colour, "-draw", f"polyline {points}"]
            text = f"resident memory, peak {peak:.0f} MB" if column == 1 else f"open descriptors, peak {peak}"
            draw += ["-stroke", "none", "-fill", colour, "-draw", f"text {gap + 10 + 300 * (column - 1)},{top + height - 12} '{text}'"]
        draw += ["-fill", "black", "-draw", f"text {gap},{top - 8} '{name}, {longest:.0f} s'"]
    subprocess.run(["convert", *draw, str(target)], check=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clips", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--size", default="640x360", help="size of the long clip")
    parser.add_argument("--rate", type=float, default=30, help="frames per second of the long clip")
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    command = ["nice", arguments.program, "process", *OPTIONS]
    clips = make_clips(arguments.folder, arguments.clips)
    runs, right = [], True

    def measure(name, command):
        nonlocal right
        samples = sample(command)
        right = report(name, samples) and right
        runs.append((name, samples))
        if arguments.plot:
            plot(runs, arguments.plot)

    together, alone = arguments.folder / "together", arguments.folder / "alone"
    if clips:
        measure(f"{len(clips)} clips in one command", command + ["-o", str(together), *map(str, clips)])
        tables = [path for clip in clips for path in together.glob(f"{clip.stem}_*.csv")]
        chosen = clips[:: max(1, len(clips) // 6)]
        for clip in chosen:
            subprocess.run(command + ["-o", str(alone), str(clip)], check=True, capture_output=True)
        same = [path for path in sorted(alone.glob("*.csv")) if path.read_bytes() == (together / path.name).read_bytes()]
        count = len(list(alone.glob("*.csv")))
        print(f"{len(tables)} tables; {len(chosen)} clips were also processed on their own: {len(same)} of {count} tables are byte-identical", flush=True)
        right = right and count > 0 and len(same) == count
    if arguments.minutes > 0:
        clip = make_long(arguments.folder, arguments.minutes, arguments.size, arguments.rate)
        measure(f"one clip of {arguments.minutes:g} minutes", command + ["-o", str(together), str(clip)])
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
