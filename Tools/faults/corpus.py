#!/usr/bin/env python3
"""usage: corpus.py FOLDER [--quick]

Makes unusual videos to test `splitface process` on, with ffmpeg, from real faces beside the repository (../shared/testdata), and
cases.json, which says what is right for each: a number of frames, an error, or either. run-corpus.py runs them.
The result is always the same: the places that are damaged are drawn with a fixed seed.
"""

import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "testdata"
FACE = DATA / "carphone_pristine.mp4"  # 176×144
WIDE = DATA / "single_face.mp4"  # 640×360, with audio
PORTRAIT = DATA / "obama.jpg"
FRAMES = 12
TONE = ["-f", "lavfi", "-t", "0.4", "-i", "sine=frequency=440:sample_rate=48000"]

folder = Path()
cases = []
# Whether to make all cases, or only a few representative ones (--quick).
everything = True


def ffmpeg(*arguments):
    command = ["ffmpeg", "-y", "-v", "error", "-nostdin", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(" ".join(command) + "\n" + done.stderr)


def case(name, path, expect="frames", quick=False, **more):
    """Adds a case. `expect`: frames (as many as ffprobe decodes, or `frames`), error, or either. `size`: width and height of the output videos."""
    cases.append({"name": name, "path": os.fsdecode(path), "expect": expect, "quick": quick, **more})


def clip(name, file, *options, source=FACE, inputs=(), frames=FRAMES, quick=False, **more):
    """Makes a short clip of a face, encoded with these options, and adds it as a case."""
    path = folder / file
    if quick or everything:
        ffmpeg("-i", source, *inputs, *options, "-frames:v", frames, path)
        case(name, file, quick=quick, **more)
    return path


X264 = ["-c:v", "libx264", "-preset", "veryfast"]


def orientations():
    # Display matrix (a, b, c, d), and the filter that turns an upright image into the stored one.
    turns = {
        "up": ((1, 0, 0, 1), "null"), "90": ((0, 1, -1, 0), "transpose=2"), "180": ((-1, 0, 0, -1), "hflip,vflip"),
        "270": ((0, -1, 1, 0), "transpose=1"), "mirrored": ((-1, 0, 0, 1), "hflip"), "flipped": ((1, 0, 0, -1), "vflip"),
        "transposed": ((0, 1, 1, 0), "transpose=0"), "transversed": ((0, -1, -1, 0), "transpose=3"),
    }  # fmt: skip
    for name, (matrix, stored) in turns.items():
        path = clip(f"display matrix: {name}", f"matrix-{name}.mp4", "-vf", stored, *X264, "-an", quick=name in ("90", "transversed"),
                    options=["--orientation", "metadata"], size=[176, 144], face=True, roll=25)  # fmt: skip
        if not path.exists():
            continue
        data = bytearray(path.read_bytes())
        a, b, c, d = (value * 65536 for value in matrix)
        struct.pack_into(">9i", data, data.index(b"tkhd") + 44, a, b, 0, c, d, 0, 0, 0, 1 << 30)
        path.write_bytes(data)
    for degrees, stored in (("90", "transpose=2"), ("180", "hflip,vflip"), ("270", "transpose=1")):
        clip(f"turned, without metadata: {degrees}", f"untold-{degrees}.mp4", "-vf", stored, *X264, "-an", size=[176, 144], face=True, roll=25)


def timing():
    clip("variable frame rate, gap of 20 s", "vfr.mp4", "-vf", "setpts=(N*N/60+20*gte(N\\,8))/TB", "-fps_mode", "vfr", *X264, "-an",
         "-video_track_timescale", 90000, quick=True)  # fmt: skip
    clip("variable frame rate in Matroska", "vfr.mkv", "-vf", "setpts=(N*N/60+3*gte(N\\,8))/TB", "-fps_mode", "vfr", *X264)
    clip("B-frames", "bframes.mp4", *X264, "-bf", 3, "-g", 8)
    clip("open GOP", "opengop.mp4", *X264, "-x264-params", "open-gop=1:bframes=3:keyint=6:scenecut=0")
    ffmpeg("-i", FACE, "-frames:v", 40, *X264, "-bf", 3, "-g", 10, folder / "long.mp4")
    ffmpeg("-ss", 0.5, "-i", folder / "long.mp4", "-c", "copy", "-frames:v", 20, folder / "edited.mp4")
    case("edit list", "edited.mp4", quick=True)
    ffmpeg("-i", folder / "long.mp4", "-c", "copy", "-frames:v", 12, "-output_ts_offset", -0.7, "-avoid_negative_ts", "disabled",
           folder / "negative.mkv")  # fmt: skip
    case("negative timestamps", "negative.mkv")
    ffmpeg("-i", folder / "long.mp4", "-c", "copy", "-frames:v", 30, folder / "whole.ts")
    data = (folder / "whole.ts").read_bytes()
    (folder / "middle.ts").write_bytes(data[len(data) * 2 // 5 // 188 * 188 :])
    case("starts in the middle of a stream", "middle.ts", expect="either", quick=True)
    clip("timestamps wrap around", "wrap.ts", *X264, "-output_ts_offset", 95443.5, frames=20)
    clip("starts at a late timestamp", "late.ts", *X264, "-output_ts_offset", 5000)
    jumps()
    clip("one frame", "one.mp4", *X264, "-an", frames=1, quick=True)
    clip("1 frame per second", "slow.mp4", "-vf", "setpts=N/TB", "-r", 1, *X264, "-an", frames=6)
    clip("240 frames per second", "fast.mp4", "-vf", "setpts=N/240/TB", "-r", 240, *X264, "-an", frames=24)


def jumps():
    """Timestamps that start at the time of day, and Matroska clusters whose timestamps are nine thousand years in the future."""
    ffmpeg("-i", FACE, *TONE, "-map", "0:v", "-map", "1:a", *X264, "-bf", 0, "-g", 4, "-c:a", "pcm_s16le", "-frames:v", FRAMES, "-cluster_time_limit", 100,
           "-output_ts_offset", 1700000000, folder / "clock.mkv")  # fmt: skip
    case("starts at the time of day", "clock.mkv", quick=True)
    data = (folder / "clock.mkv").read_bytes()
    # A cluster, then its timestamp of six bytes (matroska.org/technical/elements).
    places = [match.end() for match in re.finditer(rb"\x1f\x43\xb6\x75.{1,14}?\xe7\x86", data, re.DOTALL)]
    for name, chosen in (("jump", places[2:3]), ("jumps", places[1:]), ("first-jump", places[:1])):
        damaged = bytearray(data)
        for number, place in enumerate(chosen):
            damaged[place : place + 6] = ((1 << 47) - 1 - (number % 2 << 40)).to_bytes(6, "big")
        (folder / f"{name}.mkv").write_bytes(damaged)
        case(f"impossible timestamps: {name}", f"{name}.mkv", expect="either", frames=FRAMES, quick=name == "jump")
    clip("gap of two hours", "hours.mp4", "-vf", "setpts=(N/25+7200*gte(N\\,6))/TB", "-fps_mode", "vfr", *X264, "-bf", 0, "-an",
         "-video_track_timescale", 90000)  # fmt: skip
    clip("clock of 10 MHz", "fineclock.mov", *X264, "-an", "-video_track_timescale", 10000000)


def pictures():
    for name, options in {
        "10-bit HEVC": ["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-x265-params", "log-level=error"],
        "HDR10": ["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace",
                  "bt2020nc", "-x265-params", "log-level=error:max-cll=1000,400"],
        "HLG": ["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace",
                "bt2020nc", "-x265-params", "log-level=error"],
        "4:2:2": [*X264, "-pix_fmt", "yuv422p"], "4:4:4": [*X264, "-pix_fmt", "yuv444p"], "grey": [*X264, "-pix_fmt", "gray"],
        "10-bit 4:2:2": [*X264, "-pix_fmt", "yuv422p10le"],
        "ProRes": ["-c:v", "prores_ks", "-profile:v", 2], "RGB": ["-c:v", "libx264rgb", "-pix_fmt", "rgb24"],
        "ProRes 4444 with alpha": ["-c:v", "prores_ks", "-profile:v", 4, "-pix_fmt", "yuva444p10le"],
        "RGB with alpha": ["-c:v", "qtrle", "-pix_fmt", "argb"], "Motion JPEG": ["-c:v", "mjpeg", "-pix_fmt", "yuvj422p"],
        "full range": [*X264, "-pix_fmt", "yuvj420p", "-color_range", "pc"],
        "BT.601": [*X264, "-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m"],
        "BT.709": [*X264, "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"],
        "BT.2020": [*X264, "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "bt2020-10"],
        "interlaced": [*X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1"],
        "anamorphic": [*X264, "-aspect", "16:9"],
    }.items():  # fmt: skip
        quick = name in ("10-bit HEVC", "RGB with alpha", "anamorphic")
        clip(name, "picture-" + name.replace(" ", "-").replace(":", "") + ".mov", *options, "-an", quick=quick, size=[176, 144])
    clip("VP9 with alpha", "alpha.webm", "-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-cpu-used", 8, "-deadline", "realtime")
    for size in ("16x16", "2x2", "18x400"):
        clip(size, f"size-{size}.mp4", "-vf", "scale=" + size.replace("x", ":"), *X264, "-an", quick=size == "16x16")
    clip("odd sizes", "odd.mp4", "-vf", "scale=175:143", "-c:v", "mpeg4", "-an", quick=True, size=[176, 144])
    clip("odd sizes, 4:4:4", "odd444.mkv", "-vf", "scale=175:143", "-c:v", "ffv1", "-pix_fmt", "yuv444p", size=[176, 144])
    clip("7680×4320", "large.mp4", "-vf", "scale=7680:4320", "-c:v", "libx264", "-preset", "ultrafast", "-an", source=WIDE, frames=1)
    parts = b""
    for width, offset in ((176, 0), (240, 0.4), (176, 0.8)):
        ffmpeg("-i", FACE, "-vf", f"scale={width}:-2", "-frames:v", FRAMES, *X264, "-bf", 0, "-output_ts_offset", offset, folder / "part.ts")
        parts += (folder / "part.ts").read_bytes()
    (folder / "resized.ts").write_bytes(parts)
    case("size changes in the middle", "resized.ts", size=[176, 144], quick=True)


def streams():
    ffmpeg("-i", FACE, "-i", WIDE, "-map", "0:v", "-map", "1:v", "-frames:v", FRAMES, *X264, folder / "two.mkv")
    case("two video streams", "two.mkv", size=[176, 144])
    ffmpeg("-i", FACE, "-i", PORTRAIT, "-map", "0:v", "-map", "1:v", "-frames:v:0", FRAMES, "-c:v:0", "libx264", "-c:v:1", "mjpeg",
           "-disposition:v:1", "attached_pic", folder / "cover.mp4")  # fmt: skip
    case("cover art", "cover.mp4", size=[176, 144], quick=True)
    clip("time code track", "timecode.mov", *X264, "-timecode", "01:00:00:00")
    clip("no audio", "silent.mp4", *X264, "-an")
    five = sum((["-map", "1:a"] for _ in range(5)), [])
    clip("five audio tracks", "five.mkv", "-map", "0:v", *five, *X264, "-c:a", "aac", inputs=TONE, quick=True)
    for name, codec, container in (("PCM", "pcm_s16le", "mov"), ("Vorbis", "libvorbis", "mkv"), ("Opus", "libopus", "mkv"),
                                   ("AC-3", "ac3", "ts"), ("µ-law", "pcm_mulaw", "avi"), ("8 kHz", "aac", "mp4")):  # fmt: skip
        rate = ["-ar", 8000] if name in ("8 kHz", "µ-law") else []
        clip(f"audio: {name}", f"audio-{codec}.{container}", "-map", "0:v", "-map", "1:a", *X264, "-c:a", codec, *rate, inputs=TONE)
    clip("audio longer than the video", "longaudio.mp4", "-map", "0:v", "-map", "1:a", *X264, "-c:a", "aac", frames=5, inputs=TONE)
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:00,300\nHello\n")
    clip("subtitles", "subtitles.mkv", "-map", "0:v", "-map", "1", *X264, "-c:s", "srt", inputs=["-i", folder / "words.srt"])
    clip("subtitles in MP4", "subtitles.mp4", "-map", "0:v", "-map", "1", *X264, "-c:s", "mov_text", inputs=["-i", folder / "words.srt"])


def containers():
    h264, small = X264, ["-vf", "scale=176:144"]
    for container, options in {
        "mp4": h264, "mov": h264, "mkv": h264, "webm": ["-c:v", "libvpx", "-deadline", "realtime"], "avi": ["-c:v", "mpeg4"],
        "mpg": ["-c:v", "mpeg2video", "-r", 25], "ts": h264, "m2ts": h264, "3gp": [*small, "-c:v", "h263"], "gif": [],
        "flv": ["-c:v", "flv1"], "wmv": ["-c:v", "wmv2"], "mxf": ["-c:v", "mpeg2video", "-r", 25], "ogv": ["-c:v", "libtheora"],
        "apng": ["-plays", 0, "-c:v", "apng"],
    }.items():  # fmt: skip
        clip(f"container: {container}", f"container.{container}", *options, "-an", quick=container in ("webm", "avi", "gif"))
    ffmpeg("-i", FACE, "-frames:v", FRAMES, *X264, "-movflags", "frag_keyframe+empty_moov", "-g", 4, folder / "fragmented.mp4")
    case("container: fragmented mp4", "fragmented.mp4")


def damage():
    options = [*X264, "-g", 6, "-map", "0:v", "-map", "1:a", "-c:a", "aac"]
    sources = {}
    for name, more in {"front.mp4": ["-movflags", "+faststart"], "back.mp4": [], "whole.mkv": [], "whole2.ts": []}.items():
        ffmpeg("-i", FACE, *TONE, *options, "-frames:v", FRAMES, *more, folder / name)
        sources[name] = (folder / name).read_bytes()
    for name, places in {"front.mp4": 20, "back.mp4": 4, "whole.mkv": 8, "whole2.ts": 8}.items():
        data = sources[name]
        for place in range(1, places + 1):
            file = f"cut-{place:02}-{name}"
            (folder / file).write_bytes(data[: len(data) * place // (places + 1)])
            case(f"cut at {place}/{places + 1}: {name}", file, expect="either", quick=name == "front.mp4" and place in (1, 10))
    generator = random.Random(5)
    for name, count in {"front.mp4": 50, "whole.mkv": 25, "whole2.ts": 25}.items():
        for number in range(count):
            data = bytearray(sources[name])
            # Half of the damage goes to the headers, where it has the most effect.
            places = [generator.randrange(min(1500, len(data))) if number % 2 else generator.randrange(len(data)) for _ in range(3)]
            for place in places:
                data[place] ^= 1 << generator.randrange(8)
            file = f"flip-{number:02}-{name}"
            (folder / file).write_bytes(data)
            case(f"bits flipped {number + 1}: {name}", file, expect="either", quick=name == "front.mp4" and number in (3, 5))


def stills():
    pictures = ("jpg", "png", "bmp", "tiff", "webp", "gif") if everything else ("jpg",)
    for extension in pictures:
        ffmpeg("-i", PORTRAIT, "-vf", "scale=240:-2", "-frames:v", 1, folder / f"still.{extension}")
        case(f"image: {extension}", f"still.{extension}", frames=1, quick=extension == "jpg", face=extension != "gif")
    shutil.copy(folder / "still.jpg", folder / "still-%03d.jpg")
    case("image whose name is a pattern", "still-%03d.jpg", frames=1)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)
    (folder / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b""))  # fmt: skip
    case("image of 3.6 billion pixels", "bomb.png", expect="error", quick=True)


def names():
    ffmpeg("-i", FACE, "-frames:v", 3, *X264, folder / "plain.mp4")
    plain = (folder / "plain.mp4").read_bytes()
    for name, file in {
        "spaces": "two  words .mp4", "unicode": "Gesichtslähmung 顔 🙂.mp4", "decomposed unicode": "Gesichtsla\u0308hmung.mp4",
        "newline": "two\nlines.mp4", "leading dash": "-clip.mp4", "looks like an option": "--force.mp4", "colon": "http:clip.mp4",
        "quotes": "a'b\"c.mp4", "backslash": "a\\b.mp4", "percent": "50%25.mp4", "hidden": ".clip.mp4", "no extension": "clip",
        "several dots": "clip.tar.final.mp4", "shell": "$(reboot);`x`&.mp4", "longest that works": "n" * 236 + ".mp4",
    }.items():  # fmt: skip
        (folder / file).write_bytes(plain)
        case(f"name: {name}", file, quick=name in ("newline", "leading dash", "unicode"))
    (folder / ("n" * 251 + ".mp4")).write_bytes(plain)
    case("name: 255 bytes", "n" * 251 + ".mp4", expect="error", message="rename the input", quick=True)
    (folder / "missing\nname.mp4").unlink(missing_ok=True)
    case("name with newline, missing", "missing\nname.mp4", expect="error")
    os.symlink("plain.mp4", folder / "link.mp4")
    case("symbolic link", "link.mp4")
    os.symlink("nowhere.mp4", folder / "broken.mp4")
    case("broken link", "broken.mp4", expect="error")


def refused():
    ffmpeg("-i", FACE, "-frames:v", FRAMES, *X264, "-f", "hls", folder / "list.m3u8")
    shutil.copy(folder / "list.m3u8", folder / "disguised.mp4")
    (folder / "far.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    (folder / "list.ffconcat").write_text("ffconcat version 1.0\nfile plain.mp4\n")
    (folder / "list.sdp").write_text("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")
    (folder / "list.m3u").write_text("plain.mp4\n")
    (folder / "list.mpd").write_text('<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period/></MPD>\n')
    for file, quick in (("list.m3u8", True), ("disguised.mp4", True), ("far.m3u8", False), ("list.ffconcat", True), ("list.sdp", False)):  # fmt: skip
        case(f"refused: {file}", file, expect="error", message="refer|list of other files", quick=quick)
    for file in ("list.m3u", "list.mpd"):
        case(f"refused: {file}", file, expect="error")
    (folder / "text.mp4").write_text("This is not a video.\n")
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "noise.mp4").write_bytes(random.Random(1).randbytes(100_000))
    (folder / "folder.mp4").mkdir()
    os.mkfifo(folder / "pipe.mp4")
    ffmpeg(*TONE, "-c:a", "aac", folder / "sound.m4a")
    for file in ("text.mp4", "empty.mp4", "noise.mp4", "folder.mp4", "pipe.mp4", "sound.m4a", "nothing.mp4", "/dev/zero"):
        case(f"no video: {file}", file, expect="error", quick=file in ("text.mp4", "sound.m4a"))


def main():
    global folder, everything
    everything = "--quick" not in sys.argv
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(arguments) != 1:
        sys.exit(__doc__)
    folder = Path(arguments[0]).resolve()
    folder.mkdir(parents=True)
    for group in (orientations, timing, pictures, streams, containers, damage, stills, names, refused):
        group()
    chosen = [case for case in cases if case["quick"] or everything]
    (folder / "cases.json").write_text(json.dumps(chosen, indent=1))
    print(f"{len(chosen)} cases in {folder}")


if __name__ == "__main__":
    main()
