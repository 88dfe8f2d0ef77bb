// The years of a programme → a slider and buttons that set `year` in the state; played, it goes on by itself.
"use strict";

const diffusionPlay = (() => {
  const { element } = dom;
  const PAUSE = 900; // ms per year
  let waiting = 0;

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isPlaying = () => waiting !== 0;
  function stop() {
    clearTimeout(waiting);
    waiting = 0;
    const button = document.getElementById("diffusion-play");
    if (button) label(button);
  }
  function label(button) {
    button.textContent = isPlaying() ? say("暂停", "Pause") : say("逐年播放", "Play the years");
    button.dataset.playing = isPlaying() ? "yes" : "no";
  }
  const now = ({ from, to }) => {
    const year = Number(state.get("year"));
    return year ? Math.max(from, Math.min(to, year)) : to;
  };
  const go = ({ to }, year) => state.set({ year: year >= to ? "" : year }, { replace: true });

  function step(facts) {
    const year = now(facts) + 1;
    waiting = year < facts.to ? setTimeout(() => step(facts), PAUSE) : 0;
    go(facts, year);
    if (!waiting) stop();
  }
  function toggle(facts) {
    if (isPlaying()) return stop();
    if (now(facts) >= facts.to) state.set({ year: facts.from }, { replace: true });
    waiting = setTimeout(() => step(facts), PAUSE);
    label(document.getElementById("diffusion-play"));
  }
  function told(facts) {
    const year = now(facts);
    const point = diffusionCurve.counted(facts).find((one) => one.year === year) ?? { least: 0, most: 0 };
    const range = point.least === point.most ? `${point.least}` : say(`至少 ${point.least}、至多 ${point.most}`,
      `at least ${point.least}, at most ${point.most}`);
    const undated = facts.passing.filter((one) => !one.upper).length;
    return say(`到${year}年：${range} 个采纳者`,
      `By ${year}: ${range} adopter${point.most === 1 ? "" : "s"}`) + (undated ? say(`（另 ${undated} 个无年份）`, ` (${undated} without a year)`)
      : "");
  }
  function draw(box, facts) {
    stop();
    box.hidden = !facts.from || facts.from === facts.to;
    if (box.hidden) return;
    const by = (n) => () => { stop(); go(facts, Math.max(facts.from, now(facts) + n)); };
    const play = still() ? "" : element("button", { type: "button", id: "diffusion-play", onclick: () => toggle(facts) });
    box.replaceChildren(play,
      element("button", { type: "button", class: "step", "aria-label": say("前一年", "One year back"), onclick: by(-1) }, "‹"),
      element("input", { type: "range", min: facts.from, max: facts.to, step: 1, value: now(facts),
        "aria-label": say("到哪一年", "Up to the year"),
        oninput: (event) => { stop(); go(facts, Number(event.target.value)); } }),
      element("button", { type: "button", class: "step", "aria-label": say("后一年", "One year on"), onclick: by(1) }, "›"),
      element("output", {}));
    if (play) label(play);
    update(box, facts);
  }
  function update(box, facts) {
    if (box.hidden) return;
    const slider = box.querySelector("input"), text = told(facts);
    slider.value = now(facts);
    slider.setAttribute("aria-valuetext", text);
    box.querySelector("output").textContent = text;
  }
  return { draw, update, stop, isPlaying };
})();
