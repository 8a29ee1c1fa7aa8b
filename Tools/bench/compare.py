#!/usr/bin/env python3
"""Runs SplitFace, the Python peer and the floor on the same clip in the same session, and prints a table in Markdown.

usage: compare.py PROGRAM BENCH PEER CLIP [--rounds N] [--peer-frames N] [--json FILE]

PROGRAM is the built splitface, BENCH the folder with peer_python.py and floor.py, PEER what BENCH/peer-setup.sh made, CLIP what
BENCH/reference-clip.sh made. Every round runs everything, one after the other, so that a machine whose speed changes affects
all of it; the medians of the rounds count. The peer takes minutes where SplitFace takes seconds, so a round runs SplitFace's
jobs before the peer and again after it, and counts both together: a rate is the frames of both over the time of both. Rates
are frames over the whole time from start to exit, loading included; the peer's are what it prints itself, without starting
Python. Each of SplitFace's two turns begins with a few frames that do not count, so that the system has the program's files
in memory, as it has the peer's once the peer has imported its own.

The peer takes the whole clip too, for six to ten minutes per round. With --peer-frames it takes the first frames only, which
is quicker and favours SplitFace: starting the peer's networks and filling its batches then weighs more.
"""
import argparse, json, os, shutil, statistics, subprocess, sys, tempfile, time
from pathlib import Path


WARM_UP, WARM_UP_FRAMES = "warm-up.mp4", 8


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("bench", type=Path)
    parser.add_argument("peer", type=Path)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-frames", type=int, help="number of frames that the peer processes")
    parser.add_argument("--json", type=Path, help="also write the figures of every round to this file")
    return parser.parse_args()


def timed(command):
    """Runs a command to completion and returns its seconds, processor seconds, peak megabytes and standard output."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if status:
            sys.exit(f"{command[0]} failed with the status {status}: {' '.join(map(str, command))}")
        output.seek(0)
        text = output.read().decode()
    return dict(seconds=seconds, cpu=usage.ru_utime + usage.ru_stime, peak_mb=usage.ru_maxrss * 1024 / 1e6, text=text)


def count_frames(clip):
    text = subprocess.check_output(
        ["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", clip])
    return int(text.decode().strip().strip(","))


def splitface(options, job, clip, frames, folder, *more):
    arguments = ["--force", "--quiet", *more, "-o", folder, clip]
    if job != "mirror":
        arguments = ["--engine", "openface3", "--model", f"multitask={options.peer}/multitask.onnx"] + arguments
    result = timed([options.program, job] + arguments)
    # One frame less to compute than frames are counted would be a wrong rate.
    record = json.loads(next(Path(folder).glob(f"{clip.stem}_run.json")).read_text())
    assert record["frames"]["read"] == frames, record["frames"]
    return dict(fps=frames / result["seconds"], cpu_ms=1000 * result["cpu"] / frames, peak_mb=result["peak_mb"])


def our_jobs(options, frames, scratch):
    clip, figures = options.clip, {}
    splitface(options, "process", scratch / WARM_UP, WARM_UP_FRAMES, scratch / "warm-up")
    figures["process"] = splitface(options, "process", clip, frames, scratch / "process")
    mirrored = scratch / f"{clip.stem}_left_mirrored.mp4"
    shutil.copy(scratch / "process" / mirrored.name, mirrored)
    figures["extract"] = splitface(options, "extract", mirrored, frames, scratch / "extract")
    figures["mirror"] = splitface(options, "mirror", clip, frames, scratch / "mirror")
    for job in ["process", "mirror"]:
        figures[f"{job} crf"] = splitface(options, job, clip, frames, scratch / f"{job}-crf", "--rate-control", "crf")
    return figures


def together(one, other):
    """Combines two runs of one job on the same frames; the peak is the higher of the two."""
    return dict(
        fps=statistics.harmonic_mean([one["fps"], other["fps"]]), cpu_ms=(one["cpu_ms"] + other["cpu_ms"]) / 2,
        peak_mb=max(one["peak_mb"], other["peak_mb"]), runs_fps=[one["fps"], other["fps"]])


def one_round(options, frames, scratch):
    clip = options.clip
    figures = our_jobs(options, frames, scratch)

    # The cache may also contain the network of an earlier version.
    meshes = Path(os.environ.get("SPLITFACE_CACHE", Path.home() / ".cache/splitface")).glob("onnx/faceMesh*/faceMesh.onnx")
    mesh = max(meshes, key=lambda file: file.stat().st_mtime)
    floor = json.loads(timed([options.peer / "ov/bin/python", options.bench / "floor.py", clip, mesh, options.peer / "multitask.onnx"])["text"])
    figures["floor"] = dict(fps=floor["floor_fps"], cpu_ms=floor["floor_cpu_ms_per_frame"])

    arguments = [clip, scratch / "peer", options.peer / "multitask.onnx", options.peer / "retinaface.onnx"]
    if options.peer_frames: arguments.append(options.peer_frames)
    peer = json.loads(timed([options.peer / "mp/bin/python", options.bench / "peer_python.py"] + arguments)["text"].splitlines()[-1])
    figures["peer process"] = dict(fps=peer["total_fps"], peak_mb=peer["peak_rss_mb"] * 1.048576)
    figures["peer extract"] = dict(fps=peer["au_fps"])
    figures["peer mirror"] = dict(fps=peer["mirror_fps"])
    for job, again in our_jobs(options, frames, scratch).items():
        figures[job] = together(figures[job], again)
    return figures


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown processor")
    memory = int(open("/proc/meminfo").readline().split()[1]) / 1024**2
    system = dict(line.strip().split("=", 1) for line in open("/etc/os-release") if "=" in line).get("PRETTY_NAME", "").strip('"')
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, {system}"


def table(options, frames, rounds):
    def median(row, key):
        values = [figures[row][key] for figures in rounds if key in figures[row]]
        return statistics.median(values) if values else None

    def cell(value, digits=1):
        return "" if value is None else f"{value:.{digits}f}"

    def spread(row):
        values = [figures[row]["fps"] for figures in rounds]
        return f"{min(values):.1f}–{max(values):.1f}"

    def ratio(row, other):
        return f"{statistics.median([figures[row]['fps'] / figures[other]['fps'] for figures in rounds]):.2f}"

    lines = [
        f"{machine()}; {options.clip.name}, {frames} frames of 1920×1080; medians of {len(rounds)} rounds, each of which ran everything"
        + f" (SplitFace's jobs twice{f', the peer {options.peer_frames} frames' if options.peer_frames else ''}).",
        "",
        "| | frames per second | lowest–highest | × the peer | of the floor | processor ms per frame | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    names = {
        "process": "`process`, whole job", "extract": "`extract` of one mirrored video", "mirror": "`mirror`",
        "process crf": "`process --rate-control crf`", "mirror crf": "`mirror --rate-control crf`",
        "floor": "floor: decoding, three encodings (CRF), bare networks", "peer process": "Python peer, whole job (CRF)",
        "peer extract": "Python peer, Action Units of one mirrored video", "peer mirror": "Python peer, mirroring (CRF)",
    }
    for row, name in names.items():
        job = row.removesuffix(" crf")
        peer = ratio(row, f"peer {job}") if f"peer {job}" in names else ""
        floor = ratio(row, "floor") if job == "process" else ""
        lines.append(
            f"| {name} | {cell(median(row, 'fps'), 2)} | {spread(row)} | {peer} | {floor} | {cell(median(row, 'cpu_ms'))} "
            f"| {cell(median(row, 'peak_mb'), 0)} |")
    return "\n".join(lines)


def main():
    options = parse()
    frames = count_frames(options.clip)
    rounds = []
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.check_call(
            ["ffmpeg", "-v", "error", "-i", options.clip, "-frames:v", str(WARM_UP_FRAMES), "-c", "copy", Path(scratch) / WARM_UP])
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            rounds.append(one_round(options, frames, Path(scratch)))
    if options.json:
        options.json.write_text(json.dumps(rounds, indent=1))
    print(table(options, frames, rounds))


main()
