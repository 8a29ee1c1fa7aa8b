#!/usr/bin/env python3
"""usage: faults.py PROGRAM VIDEO [--only TEXT]

Lets disks, inputs, encoders and other things fail while `PROGRAM process VIDEO` runs, and checks how each run ends: its exit code,
one line of message, and no files left behind. Prints a table with the messages. For Linux; needs a C compiler and the right to
mount file systems (root, or user namespaces). VIDEO should take some seconds.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNTIME = HERE.parents[1] / ".splitface" / "onnxruntime" / "libonnxruntime.so"
OPTIONS = ["--providers", "cpu", "--progress", "none"]


class Run:
    def __init__(self, program, video, out, options=(), **environment):
        self.out = out
        command = [program, "process", *OPTIONS, *options, "-o", str(out), str(video)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})  # fmt: skip

    def wait_for_writing(self, size=20_000):
        """Waits until a video in the staging folder has more than `size` bytes."""
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

    @contextlib.contextmanager
    def paused(self):
        """Pauses the run after it has started to write, so that it cannot finish before the fault even on a busy machine."""
        self.wait_for_writing()
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def end(self):
        errors = self.process.communicate(timeout=180)[1]
        lines = [line for line in errors.splitlines() if "measuring with" not in line]
        left = sorted(os.listdir(self.out)) if self.out.is_dir() else []
        return self.process.returncode, lines, left


def mounted(place, options):
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    return place


def faults(program, video, work, shims):
    """Yields the name of each fault, the accepted exit codes, words that the message must contain, and a function that runs it."""

    def on_tmpfs(name, options, prepare=lambda place: None, out=lambda place: place):
        place = mounted(work / name, options)
        try:
            prepare(place)
            return Run(program, video, out(place)).end()
        finally:
            subprocess.run(["umount", place], check=True)

    for kilobytes in (16, 200, 700, 1000):
        yield f"disk full after {kilobytes} kB", {1}, "No space left", lambda: on_tmpfs(f"full{kilobytes}", f"size={kilobytes}k")

    def read_only(place):
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)

    yield "read-only file system", {1}, "Read-only file system", lambda: on_tmpfs("readonly", "size=1m", read_only)
    yield "output folder cannot be made", {1}, "cannot create the folder", lambda: on_tmpfs(
        "readonly2", "size=1m", read_only, lambda place: place / "new")  # fmt: skip

    def file_for_folder():
        (work / "file").touch()
        return Run(program, video, work / "file").end()

    yield "output folder is a file", {1}, "is a file", file_for_folder

    def removed():
        run = Run(program, video, work / "removed")
        with run.paused():
            shutil.rmtree(run.out)
        return run.end()

    yield "output folder removed", {1}, "No such file or directory", removed

    def two_at_once(wanted):
        place = work / f"locked{wanted}"
        first = Run(program, video, place)
        with first.paused():
            code, lines, _ = Run(program, video, place).end()
        ended = first.end()
        return (code, lines, []) if wanted == 2 else ended if wanted == 1 else Run(program, video, place).end()

    yield "two runs at once: the second", {1}, "another run is writing", lambda: two_at_once(2)
    yield "two runs at once: the first", {0}, "", lambda: two_at_once(1)
    yield "outputs exist", {1}, "--force", lambda: two_at_once(0)

    whole = video.read_bytes()

    def changed(name, change):
        path = work / f"input-{name.replace(' ', '-')}.mp4"
        path.write_bytes(whole)
        run = Run(program, path, work / f"out-{name}")
        with run.paused():
            change(path)
        return run.end()

    for name, change, codes, words in (
        ("vanishes", lambda path: path.unlink(), {0}, ""),
        ("grows", lambda path: path.open("ab").write(bytes(100_000)), {1}, "changed while it was read"),
        ("is truncated", lambda path: os.truncate(path, len(whole) // 2), {1}, "changed while it was read"),
        ("is overwritten", lambda path: path.write_bytes(whole[: len(whole) // 3]), {1}, "changed while it was read"),
    ):
        yield f"input {name}", codes, words, lambda: changed(name, change)

    for call, number, codes, words in (
        ("avcodec_send_frame", 1, {1}, "encode"), ("avcodec_send_frame", 40, {1}, "encode"), ("fsync", 1, {1}, "finish"),
        *(("fsync", number, {1}, "Input/output error") for number in (9, 18, 30, 38, 40)),  # tables, directories, set, commit marker, move
        ("rename", 2, {1}, "finish"), ("rename", 8, {1}, "Input/output error"), ("link", 4, {0}, ""), ("flock", 1, {0}, "does not support locks"),
        ("lose_packet", 20, {1}, "frames, but"),
    ):  # fmt: skip
        yield f"{call} fails from call {number} on", codes, words, lambda: Run(
            program, video, work / f"{call}{number}", LD_PRELOAD=str(shims["calls"]), FAIL_CALL=f"{call}:{number}").end()  # fmt: skip

    yield "an unavailable provider before an available one", {0}, "CUDA", lambda: Run(
        program, video, work / "cuda", ["--providers", "cuda,cpu"]).end()  # fmt: skip
    yield "only an unavailable provider", {1}, "cuda", lambda: Run(program, video, work / "nocuda", ["--providers", "cuda"]).end()
    if RUNTIME.with_name("libonnxruntime_providers_openvino.so").exists():
        for number in (1, 30):
            yield f"a provider that fails at run {number}", {0}, "the device was lost", lambda: Run(
                program, video, work / f"provider{number}", ["--providers", "openvino,cpu"], SPLITFACE_ONNXRUNTIME=str(shims["provider"]),
                FAIL_RUNTIME=str(RUNTIME), FAIL_RUN=str(number)).end()  # fmt: skip
    yield "an unknown encoder", {1}, "encoder", lambda: Run(program, video, work / "noencoder", ["--encoder", "h264_nothing"]).end()

    def signalled(number, wanted):
        run = Run(program, video, work / f"signal{number}")
        run.wait_for_writing(number * 20_000)
        began = time.monotonic()
        run.process.send_signal(wanted)
        code, lines, left = run.end()
        seconds = time.monotonic() - began
        return code, lines + ([f"took {seconds:.1f} s"] if seconds > limit else []), left

    # A signal must end the run within a second; on a busy machine the limit can be raised.
    limit = float(os.environ.get("FAULTS_SIGNAL_SECONDS", "1"))
    for number, wanted in enumerate([signal.SIGINT, signal.SIGTERM] * 4):
        yield f"{wanted.name}, {number + 1}", {130, -wanted}, "", lambda: signalled(number, wanted)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("video", type=Path)
    parser.add_argument("--only", default="", help="run only faults whose names contain this text")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        # Mounts are made in a private namespace, which disappears when this script ends.
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        os.execvp("unshare", ["unshare", *user, "--mount", sys.executable, *sys.argv, "--inside"])
    bad = number = 0
    with tempfile.TemporaryDirectory(prefix="splitface-faults-") as place:
        work = Path(place)
        shims = {}
        for name in ("calls", "provider"):
            shims[name] = work / f"fail-{name}.so"
            subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-w", "-o", shims[name], HERE / f"fail-{name}.c", "-ldl"], check=True)
        for name, codes, words, run in faults(os.path.abspath(arguments.program), arguments.video, work, shims):
            if arguments.only not in name:
                continue
            code, lines, left = run()
            number += 1
            text = " / ".join(lines).replace(place, "…")
            complete = code == 0 and len(left) > 6 and not any(name.startswith(".") for name in left)
            # Earlier outputs, or a complete set of outputs, may be in the folder afterwards.
            clean = complete or not left or name == "outputs exist"
            # An error is one line, and so is the warning of a run that came through.
            one = sum("and now runs on" in line and "warning" in line for line in lines) <= 1 if code == 0 else len(lines) == 1
            right = code in codes and clean and one and (not words or any(words.lower() in line.lower() for line in lines))
            bad += not right
            print(f"{'ok' if right else 'WRONG':5} | {name:45} | {code} | {text}{'' if clean else f' | left: {left}'}", flush=True)
    print(f"{number} faults, {bad} wrong")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
