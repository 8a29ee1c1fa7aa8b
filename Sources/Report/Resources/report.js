(() => {
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const frameCount = data.frames.count;
const times = new Float64Array(frameCount);
for (let i = 0, ticks = 0; i < frameCount; i++) {
  if (data.frames.deltas) { ticks += data.frames.deltas[i]; times[i] = data.start + ticks / 10000; }
  else times[i] = data.start + i * data.frames.step;
}
const frameDuration = frameCount > 1 ? data.length / (frameCount - 1) : 0.04;
const endTime = data.start + data.length;
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
// The frame that is shown at a time: the last one that begins no later.
const frameAt = (time) => {
  let low = 0, high = frameCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time + 0.0005) low = middle; else high = middle - 1;
  }
  return low;
};
// A time inside the frame, not at its start, because players round times.
const middleOf = (frame) => times[frame] + Math.min(((frame + 1 < frameCount ? times[frame + 1] : times[frame] + frameDuration) - times[frame]) / 2, 0.02);
const clockText = (seconds) => {
  const hundredths = Math.round(Math.max(seconds, 0) * 100), minutes = Math.floor(hundredths / 6000), rest = hundredths % 6000;
  const two = (n) => String(n).padStart(2, "0");
  return (minutes >= 60 ? Math.floor(minutes / 60) + ":" + two(minutes % 60) : minutes) + ":" + two(Math.floor(rest / 100)) + "." + two(rest % 100);
};

const videos = all("video");
const playable = new Set(videos);
let now = data.start, playing = false;
const master = () => videos.find((v) => v.closest(".source") && playable.has(v)) || videos.find((v) => playable.has(v));
const speed = () => Number(byId("speed")?.value || 1);
for (const video of videos) {
  video.addEventListener("error", () => {
    playable.delete(video);
    video.hidden = true;
    video.nextElementSibling.hidden = false;
  });
  // The error may have been reported before this script runs.
  if (video.error) video.dispatchEvent(new Event("error"));
  video.addEventListener("click", () => toggle());
  video.addEventListener("ended", () => { if (video === master()) pause(); });
}
const show = () => {
  const frame = frameCount ? frameAt(now) : 0;
  const seek = byId("seek");
  if (seek) {
    seek.value = String((now - data.start) / data.length);
    seek.setAttribute("aria-valuetext", clockText(frameCount ? times[frame] : now) + ", frame " + (frame + 1));
    byId("clock").textContent = clockText(frameCount ? times[frame] : now) + " · frame " + (frame + 1);
  }
  moveCursor(now, frame);
};
const seekTo = (time) => {
  now = clamp(time, data.start, endTime + frameDuration / 2);
  for (const video of playable) video.currentTime = now;
  show();
};
const seekFrame = (frame) => { if (frameCount) { pause(); seekTo(middleOf(clamp(frame, 0, frameCount - 1))); } };
const step = (frames) => seekFrame(frameAt(now) + frames);
const label = () => {
  const button = byId("play");
  if (!button) return;
  button.setAttribute("aria-label", playing ? "Pause" : "Play");
  button.firstElementChild.textContent = playing ? "❚❚" : "▶";
};
const pause = () => {
  if (!playing) return;
  playing = false;
  for (const video of playable) video.pause();
  const lead = master();
  if (lead) seekTo(lead.currentTime);
  label();
};
const play = () => {
  const lead = master();
  if (playing || !lead) return;
  if (now >= endTime - frameDuration / 2 || lead.ended) seekTo(data.start);
  playing = true;
  for (const video of playable) {
    video.playbackRate = speed();
    video.play().catch((reason) => { if (reason.name === "NotAllowedError") pause(); });
  }
  label();
  requestAnimationFrame(tick);
};
const toggle = () => (playing ? pause() : play());
// Keeps the other videos in step with the middle one: by playing them slightly faster or slower, or, if they are far off, by seeking.
const tick = () => {
  if (!playing) return;
  const lead = master();
  if (!lead) { playing = false; label(); return; }
  now = lead.currentTime;
  for (const video of playable) {
    if (video === lead || video.seeking || lead.seeking) continue;
    const ahead = video.currentTime - now;
    if (Math.abs(ahead) > 0.25) { video.currentTime = now; video.playbackRate = speed(); }
    else video.playbackRate = speed() * (Math.abs(ahead) > 0.012 ? clamp(1 - ahead * 2, 0.7, 1.3) : 1);
    if (video.paused && !video.ended) video.play().catch(() => {});
  }
  show();
  requestAnimationFrame(tick);
};
byId("play")?.addEventListener("click", toggle);
byId("back")?.addEventListener("click", () => step(-1));
byId("on")?.addEventListener("click", () => step(1));
byId("seek")?.addEventListener("input", (event) => { pause(); seekTo(data.start + event.target.value * data.length); });
byId("speed")?.addEventListener("change", () => { for (const video of playable) video.playbackRate = speed(); });
byId("sound")?.addEventListener("change", (event) => { const lead = master(); if (lead) lead.muted = !event.target.checked; });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  const onSlider = target.id === "seek", onControl = target.closest("button, a, select, summary, input:not([type=range])");
  if (event.key === " " && !onControl) toggle();
  else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && (onSlider || !target.closest("select, .scroll"))) {
    const sign = event.key === "ArrowRight" ? 1 : -1;
    if (event.shiftKey) { pause(); seekTo(now + sign); } else step(sign);
  }
  else if (event.key === "Home" && onSlider) seekFrame(0);
  else if (event.key === "End" && onSlider) seekFrame(frameCount - 1);
  else return;
  event.preventDefault();
});

const panels = all(".panel[data-unit]").map((panel) => ({
  panel, plot: panel.querySelector(".plot"), svg: panel.querySelector("svg"), unit: data.units[panel.dataset.unit],
  right: panel.querySelector("[data-side=r]"), left: panel.querySelector("[data-side=l]"), peaks: all(".peak", panel),
}));
const cursors = all(".plot .cursor");
// Marks a number that is the extreme of several frames.
const about = data.buckets < frameCount ? "~" : "";
const hundredths = (value) => (value === null || value === undefined ? "–" : about + (value / 100).toFixed(2));
const bucketOf = (frame) => Math.min(data.buckets - 1, Math.floor(((frame + 1) * data.buckets - 1) / Math.max(frameCount, 1)));
const moveCursor = (time, frame) => {
  const left = clamp((time - data.start) / data.length, 0, 1) * 100 + "%";
  for (const cursor of cursors) cursor.style.left = left;
  const bucket = bucketOf(frame);
  for (const { panel, unit, right, left } of panels) {
    if (panel.hidden) continue;
    right.textContent = hundredths(unit.r[bucket]);
    left.textContent = hundredths(unit.l[bucket]);
  }
  const yaw = document.querySelector("[data-strip=yaw]"), quality = document.querySelector("[data-strip=quality]");
  if (yaw) yaw.textContent = data.yaw[bucket] === null ? "–" : about + (data.yaw[bucket] / 10).toFixed(1) + "°";
  if (quality) quality.textContent = hundredths(data.quality[bucket]);
};
const scaleChart = ({ panel, svg, peaks }) => {
  const full = Number(panel.dataset.maximum), top = byId("fit").checked ? Number(panel.dataset.fitted) : full;
  const height = (1000 * top) / full;
  svg.setAttribute("viewBox", `0 ${1000 - height} 3000 ${height}`);
  panel.querySelector(".top").textContent = top === full ? String(full) : top.toFixed(2);
  for (const peak of peaks) peak.style.top = (1 - Math.min(peak.dataset.value / top, 1)) * 100 + "%";
};
const choose = () => {
  for (const box of all("input[data-unit]")) byId("panel-" + box.dataset.unit).hidden = !box.checked;
  show();
};
for (const box of all("input[data-unit]")) box.addEventListener("change", choose);
for (const button of all("button[data-units]")) button.addEventListener("click", () => {
  const units = button.dataset.units.split(" ");
  for (const box of all("input[data-unit]")) box.checked = units.includes(box.dataset.unit);
  choose();
});
byId("fit")?.addEventListener("change", () => panels.forEach(scaleChart));
for (const plot of all("[data-seek]")) {
  const seek = (event) => {
    const box = plot.getBoundingClientRect();
    const time = data.start + clamp((event.clientX - box.left) / box.width, 0, 1) * data.length;
    if (frameCount) seekFrame(frameAt(time + frameDuration / 2));
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".peak")) return;
    if (event.pointerType === "mouse") { event.preventDefault(); plot.setPointerCapture(event.pointerId); }
    seek(event);
  });
  plot.addEventListener("pointermove", (event) => { if (event.buttons & 1 && plot.hasPointerCapture(event.pointerId)) seek(event); });
}
for (const button of all("button[data-frame]")) button.addEventListener("click", () => seekFrame(button.dataset.frame - 1));
// A link to a hidden chart shows the chart.
for (const link of all('a[href^="#panel-"]')) link.addEventListener("click", () => {
  const box = document.querySelector(`input[data-unit="${link.hash.slice(7)}"]`);
  if (box && !box.checked) { box.checked = true; choose(); }
});

let folded = [];
addEventListener("beforeprint", () => { folded = all("details:not([open])"); folded.forEach((d) => (d.open = true)); });
addEventListener("afterprint", () => folded.forEach((d) => (d.open = false)));
show();
})();
