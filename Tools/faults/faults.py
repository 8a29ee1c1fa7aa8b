#!/usr/bin/env python3
"""usage: faults.py PROGRAM VIDEO [--only TEXT]

Makes happen what happens to a disk, an input and an encoder while `PROGRAM process VIDEO` runs, and checks the end of each: exit
code, one line of words, and nothing left behind. Prints a table with the words. Linux; needs the right to mount (root, or user
namespaces) and a C compiler. VIDEO should take some seconds.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPTIONS = ["--providers", "cpu", "--progress", "none"]


class Run:
    def __init__(self, program, video, out, options=(), **environment):
        self.out = out
        command = [program, "process", *OPTIONS, *options, "-o", str(out), str(video)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})  # fmt: skip

    def wait_for_writing(self, size=20_000):
        """Until a staged video has some bytes."""
        while self.process.poll() is None:
            try:
                for name in os.listdir(self.out):
                    staging = self.out / name
                    if name.endswith(".splitface-partial") and any(file.stat().st_size > size for file in staging.iterdir()):
                        return
            except OSError:
                pass
            time.sleep(0.005)
        raise RuntimeError("the run ended before the fault: " + self.process.stderr.read())

    def end(self):
        errors = self.process.communicate(timeout=180)[1]
        lines = [line for line in errors.splitlines() if "measuring with" not in line]
        left = sorted(os.listdir(self.out)) if self.out.is_dir() else []
        return self.process.returncode, lines, left


def mounted(place, options):
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    return place


def faults(program, video, work, shim):
    """Yields each fault's name, the exit codes that are right, words that must be in the message, and how the run ended."""
    for kilobytes in (16, 200, 700, 1000):
        place = mounted(work / f"full{kilobytes}", f"size={kilobytes}k")
        yield f"disk full after {kilobytes} kB", {1}, "No space left", Run(program, video, place).end()
        subprocess.run(["umount", place], check=True)

    place = mounted(work / "readonly", "size=1m")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    yield "read-only file system", {1}, "Read-only file system", Run(program, video, place).end()
    yield "output folder cannot be made", {1}, "cannot make the output folder", Run(program, video, place / "new").end()
    subprocess.run(["umount", place], check=True)
    (work / "file").touch()
    yield "output folder is a file", {1}, "output folder", Run(program, video, work / "file").end()

    run = Run(program, video, work / "removed")
    run.wait_for_writing()
    shutil.rmtree(run.out)
    yield "output folder removed", {1}, "No such file or directory", run.end()

    run = Run(program, video, work / "locked")
    run.wait_for_writing()
    second = Run(program, video, work / "locked").end()
    yield "two runs at once: the second", {1}, "another run is writing", (second[0], second[1], [])
    yield "two runs at once: the first", {0}, "", run.end()
    yield "outputs exist", {1}, "--force", Run(program, video, work / "locked").end()

    whole = video.read_bytes()
    for name, change, codes, words in (
        ("vanishes", lambda path: path.unlink(), {0}, ""),
        ("grows", lambda path: path.open("ab").write(bytes(100_000)), {1}, "changed while it was read"),
        ("is cut", lambda path: os.truncate(path, len(whole) // 2), {1}, "changed while it was read"),
        ("is written anew", lambda path: path.write_bytes(whole[: len(whole) // 3]), {1}, "changed while it was read"),
    ):
        path = work / f"input-{name.replace(' ', '-')}.mp4"
        path.write_bytes(whole)
        run = Run(program, path, work / f"out-{name}")
        run.wait_for_writing()
        change(path)
        yield f"input {name}", codes, words, run.end()

    for call, number, words in (
        ("avcodec_send_frame", 1, "encode"), ("avcodec_send_frame", 40, "encode"), ("fsync", 1, "finish"), ("fsync", 9, "Input/output error"),
        ("rename", 2, "finish"), ("rename", 11, "cannot write"),
    ):  # fmt: skip
        run = Run(program, video, work / f"{call}{number}", LD_PRELOAD=str(shim), FAIL_CALL=f"{call}:{number}")
        yield f"{call} fails from call {number} on", {1}, words, run.end()

    yield "a provider that is not there, before one that is", {0}, "CUDA", Run(
        program, video, work / "cuda", ["--providers", "cuda,cpu"]).end()  # fmt: skip
    yield "no provider that is there", {1}, "cuda", Run(program, video, work / "nocuda", ["--providers", "cuda"]).end()
    yield "an encoder that is not there", {1}, "encoder", Run(program, video, work / "noencoder", ["--encoder", "h264_nothing"]).end()

    for number, wanted in enumerate([signal.SIGINT, signal.SIGTERM] * 4):
        run = Run(program, video, work / f"signal{number}")
        run.wait_for_writing(number * 20_000)
        began = time.monotonic()
        run.process.send_signal(wanted)
        code, lines, left = run.end()
        seconds = time.monotonic() - began
        if seconds > 1:
            lines.append(f"took {seconds:.1f} s")
        yield f"{wanted.name} ({seconds:.2f} s)", {130, -wanted}, "", (code, lines, left)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("video", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        # Mounts are made in a namespace of their own, which goes with this script.
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        os.execvp("unshare", ["unshare", *user, "--mount", sys.executable, *sys.argv, "--inside"])
    bad = number = 0
    with tempfile.TemporaryDirectory(prefix="splitface-faults-") as place:
        work = Path(place)
        shim = work / "fail-calls.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "fail-calls.c", "-ldl"], check=True)
        for name, codes, words, (code, lines, left) in faults(os.path.abspath(arguments.program), arguments.video, work, shim):
            number += 1
            text = " / ".join(lines).replace(place, "…")
            complete = code == 0 and len(left) > 6 and not any(name.startswith(".") for name in left)
            # What stood there before, or a whole set, may stand there after.
            clean = complete or not left or name == "outputs exist"
            one = code == 0 or len(lines) == 1
            right = code in codes and clean and one and (not words or any(words.lower() in line.lower() for line in lines))
            bad += not right
            print(f"{'ok' if right else 'WRONG':5} | {name:45} | {code} | {text}{'' if clean else f' | left: {left}'}", flush=True)
    print(f"{number} faults, {bad} wrong")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
