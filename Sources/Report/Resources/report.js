// The report's script: plays all videos in step and moves the cursor of all charts with them. It loads nothing.
(() => {
  "use strict";

  /**
   * The numbers in the page, written by ReportData.swift: whole numbers, null where there is no value.
   *
   * @typedef {object} ReportData
   * @property {number} start the time of the first frame in seconds
   * @property {number} length the time from the first to the last frame in seconds
   * @property {{count: number, step?: number, deltas?: number[]}} frames the number of frames, and either the seconds between any two of
   *   them, or the time from each frame's predecessor in tenths of milliseconds
   * @property {number} buckets the length of the lists below; fewer than the frames in a long clip
   * @property {(number | null)[]} yaw tenths of degrees
   * @property {(number | null)[]} quality hundredths
   * @property {Record<string, {r: (number | null)[], l: (number | null)[]}>} units hundredths, right and left, by the measure's name
   */

  /** @type {ReportData} */
  const data = JSON.parse(document.getElementById("data").textContent);
  /** @type {(selector: string, root?: ParentNode) => any[]} */
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  /** @type {(id: string) => any} */
  const byId = (id) => document.getElementById(id);
  /** @type {(x: number, low: number, high: number) => number} */
  const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

  // Times of frames, in seconds. Frames are counted from 0 here and from 1 on the page.

  const frameCount = data.frames.count;
  const times = new Float64Array(frameCount);
  for (let i = 0, ticks = 0; i < frameCount; i++) {
    if (data.frames.deltas) {
      ticks += data.frames.deltas[i];
      times[i] = data.start + ticks / 10000;
    } else {
      times[i] = data.start + i * data.frames.step;
    }
  }
  const frameDuration = frameCount > 1 ? data.length / (frameCount - 1) : 0.04;
  const endTime = data.start + data.length;

  /**
   * The frame that is shown at a time: the last one that begins no later.
   *
   * @param {number} time
   */
  const frameAt = (time) => {
    let low = 0;
    let high = frameCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= time + 0.0005) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  /**
   * A time well inside a frame: browsers round times, so that a seek to a frame's start may show the frame before it.
   *
   * @param {number} frame
   */
  const middleOf = (frame) => {
    const end = frame + 1 < frameCount ? times[frame + 1] : times[frame] + frameDuration;
    return times[frame] + Math.min((end - times[frame]) / 2, 0.02);
  };

  /** @param {number} seconds */
  const clockText = (seconds) => {
    const hundredths = Math.round(Math.max(seconds, 0) * 100);
    const minutes = Math.floor(hundredths / 6000);
    const rest = hundredths % 6000;
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    const whole = minutes >= 60 ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}` : minutes;
    return `${whole}:${two(Math.floor(rest / 100))}.${two(rest % 100)}`;
  };

  // The player. One video leads, the others follow it.

  /** @type {HTMLVideoElement[]} */
  const videos = all("video");
  const playable = new Set(videos);
  let now = data.start;
  let playing = false;

  const leader = () =>
    videos.find((video) => video.closest(".source") && playable.has(video)) || videos.find((video) => playable.has(video));
  const speed = () => Number(byId("speed")?.value || 1);

  const show = () => {
    const frame = frameCount ? frameAt(now) : 0;
    const slider = byId("seek");
    if (slider) {
      const time = clockText(frameCount ? times[frame] : now);
      slider.value = String((now - data.start) / data.length);
      slider.setAttribute("aria-valuetext", `${time}, frame ${frame + 1}`);
      byId("clock").textContent = `${time} · frame ${frame + 1}`;
    }
    moveCursor(now, frame);
  };

  /**
   * Moves all videos to the frame that is shown at a time.
   *
   * @param {number} time
   */
  const seekTo = (time) => {
    now = clamp(time, data.start, endTime + frameDuration / 2);
    // Into the middle of the frame, so that every video shows the frame whose number is shown.
    for (const video of playable) video.currentTime = frameCount ? middleOf(frameAt(now)) : now;
    show();
  };

  /** @param {number} frame */
  const seekFrame = (frame) => {
    if (!frameCount) return;
    pause();
    seekTo(middleOf(clamp(frame, 0, frameCount - 1)));
  };

  /** @param {number} frames */
  const step = (frames) => seekFrame(frameAt(now) + frames);

  const labelPlayButton = () => {
    const button = byId("play");
    if (!button) return;
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    button.firstElementChild.textContent = playing ? "❚❚" : "▶";
  };

  const pause = () => {
    if (!playing) return;
    playing = false;
    for (const video of playable) video.pause();
    const lead = leader();
    if (lead) seekTo(lead.currentTime);
    labelPlayButton();
  };

  const play = () => {
    const lead = leader();
    if (playing || !lead) return;
    if (now >= endTime - frameDuration / 2 || lead.ended) seekTo(data.start);
    playing = true;
    for (const video of playable) {
      video.playbackRate = speed();
      video.play().catch((reason) => {
        if (reason.name === "NotAllowedError") pause();
      });
    }
    labelPlayButton();
    requestAnimationFrame(follow);
  };

  const toggle = () => {
    if (playing) pause();
    else play();
  };

  // Keeps the other videos in step with the leader: by playing them slightly slower or faster, or, if they are far off, by seeking.
  const follow = () => {
    if (!playing) return;
    const lead = leader();
    if (!lead) {
      playing = false;
      labelPlayButton();
      return;
    }
    now = lead.currentTime;
    for (const video of playable) {
      if (video === lead || video.seeking || lead.seeking) continue;
      const ahead = video.currentTime - now;
      if (Math.abs(ahead) > 0.25) {
        video.currentTime = now;
        video.playbackRate = speed();
      } else {
        video.playbackRate = speed() * (Math.abs(ahead) > 0.012 ? clamp(1 - ahead * 2, 0.7, 1.3) : 1);
      }
      if (video.paused && !video.ended) video.play().catch(() => {});
    }
    show();
    requestAnimationFrame(follow);
  };

  for (const video of videos) {
    video.addEventListener("error", () => {
      playable.delete(video);
      video.hidden = true;
      /** @type {HTMLElement} */ (video.nextElementSibling).hidden = false;
    });
    // An error may have been reported before this script ran.
    if (video.error) video.dispatchEvent(new Event("error"));
    video.addEventListener("click", toggle);
    video.addEventListener("ended", () => {
      if (video === leader()) pause();
    });
  }
  byId("play")?.addEventListener("click", toggle);
  byId("back")?.addEventListener("click", () => step(-1));
  byId("on")?.addEventListener("click", () => step(1));
  byId("seek")?.addEventListener("input", (event) => {
    pause();
    seekTo(data.start + event.target.value * data.length);
  });
  byId("speed")?.addEventListener("change", () => {
    for (const video of playable) video.playbackRate = speed();
  });
  byId("sound")?.addEventListener("change", (event) => {
    const lead = leader();
    if (lead) lead.muted = !event.target.checked;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    const isOnSlider = target.id === "seek";
    const isOnControl = target.closest("button, a, select, summary, input:not([type=range])");
    if (event.key === " " && !isOnControl) {
      toggle();
    } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && (isOnSlider || !target.closest("select, .scroll"))) {
      const sign = event.key === "ArrowRight" ? 1 : -1;
      if (event.shiftKey) {
        pause();
        seekTo(now + sign);
      } else {
        step(sign);
      }
    } else if (event.key === "Home" && isOnSlider) {
      seekFrame(0);
    } else if (event.key === "End" && isOnSlider) {
      seekFrame(frameCount - 1);
    } else {
      return;
    }
    event.preventDefault();
  });

  // The charts and their cursor.

  const panels = all(".panel[data-unit]").map((panel) => ({
    panel,
    svg: panel.querySelector("svg"),
    unit: data.units[panel.dataset.unit],
    right: panel.querySelector("[data-side=r]"),
    left: panel.querySelector("[data-side=l]"),
    peaks: all(".peak", panel),
  }));
  const cursors = all(".plot .cursor");
  const [yaw] = all("[data-strip=yaw]");
  const [quality] = all("[data-strip=quality]");

  // Marks a number that is the extreme of several frames.
  const about = data.buckets < frameCount ? "~" : "";
  /** @type {(value: number | null | undefined, scale: number, digits: number, unit?: string) => string} */
  const decimal = (value, scale, digits, unit = "") =>
    value === null || value === undefined ? "–" : about + (value / scale).toFixed(digits) + unit;
  /** @type {(value: number | null | undefined) => string} */
  const hundredths = (value) => decimal(value, 100, 2);
  /** @param {number} frame */
  const bucketOf = (frame) => Math.min(data.buckets - 1, Math.floor(((frame + 1) * data.buckets - 1) / Math.max(frameCount, 1)));

  /**
   * Puts the cursor to a time, and shows the values of the frame at that time.
   *
   * @param {number} time
   * @param {number} frame
   */
  const moveCursor = (time, frame) => {
    const position = `${clamp((time - data.start) / data.length, 0, 1) * 100}%`;
    for (const cursor of cursors) cursor.style.left = position;
    const bucket = bucketOf(frame);
    for (const { panel, unit, right, left } of panels) {
      if (panel.hidden) continue;
      right.textContent = hundredths(unit.r[bucket]);
      left.textContent = hundredths(unit.l[bucket]);
    }
    if (yaw) yaw.textContent = decimal(data.yaw[bucket], 10, 1, "°");
    if (quality) quality.textContent = hundredths(data.quality[bucket]);
  };

  /** @param {{panel: any, svg: any, peaks: any[]}} chart */
  const scaleChart = ({ panel, svg, peaks }) => {
    const full = Number(panel.dataset.maximum);
    const top = byId("fit").checked ? Number(panel.dataset.fitted) : full;
    const height = (1000 * top) / full;
    svg.setAttribute("viewBox", `0 ${1000 - height} 3000 ${height}`);
    panel.querySelector(".top").textContent = top === full ? String(full) : top.toFixed(2);
    for (const peak of peaks) peak.style.top = `${(1 - Math.min(peak.dataset.value / top, 1)) * 100}%`;
  };

  const showChosenCharts = () => {
    for (const box of all("input[data-unit]")) byId(`panel-${box.dataset.unit}`).hidden = !box.checked;
    show();
  };

  for (const box of all("input[data-unit]")) box.addEventListener("change", showChosenCharts);
  for (const button of all("button[data-units]")) {
    button.addEventListener("click", () => {
      const units = button.dataset.units.split(" ");
      for (const box of all("input[data-unit]")) box.checked = units.includes(box.dataset.unit);
      showChosenCharts();
    });
  }
  byId("fit")?.addEventListener("change", () => panels.forEach(scaleChart));
  for (const plot of all("[data-seek]")) {
    const seekToPointer = (/** @type {PointerEvent} */ event) => {
      const box = plot.getBoundingClientRect();
      const time = data.start + clamp((event.clientX - box.left) / box.width, 0, 1) * data.length;
      if (frameCount) seekFrame(frameAt(time + frameDuration / 2));
    };
    plot.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest(".peak")) return;
      if (event.pointerType === "mouse") {
        event.preventDefault();
        plot.setPointerCapture(event.pointerId);
      }
      seekToPointer(event);
    });
    plot.addEventListener("pointermove", (event) => {
      if (event.buttons & 1 && plot.hasPointerCapture(event.pointerId)) seekToPointer(event);
    });
  }
  for (const button of all("button[data-frame]")) button.addEventListener("click", () => seekFrame(button.dataset.frame - 1));
  // A link to a hidden chart shows the chart.
  for (const link of all('a[href^="#panel-"]')) {
    link.addEventListener("click", () => {
      const [box] = all(`input[data-unit="${link.hash.slice(7)}"]`);
      if (box && !box.checked) {
        box.checked = true;
        showChosenCharts();
      }
    });
  }

  // Printed pages show everything that is folded on the screen.

  /** @type {HTMLDetailsElement[]} */
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });

  show();
})();
