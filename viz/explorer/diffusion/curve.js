// The adopters of a programme that pass → how many there were by each year: at least (upper years) and at most (lower years).
"use strict";

const diffusionCurve = (() => {
  const { svg } = dom;
  const { text, line } = diffusionScales;
  const EDGE = { left: 40, right: 24, top: 26, bottom: 30 };

  // [{year, least, most}]: by the end of each year. Adopters without a year are in neither.
  function counted({ passing, from, to }) {
    const dated = passing.filter((one) => one.upper), found = [];
    for (let year = from; year <= to; year++) {
      found.push({ year, least: dated.filter((one) => one.upper <= year).length, most: dated.filter((one) => one.lower < year).length });
    }
    return found;
  }
  function outline(points, key, x, y) {
    return points.map((point, i) => `${i ? "L" : "M"}${x.left + i * x.step},${y.at(point[key])}H${x.left + (i + 1) * x.step}`).join("");
  }
  function band(points, x, y) {
    const back = [...points].reverse().map((point,
      i) => `L${x.right - i * x.step},${y.at(point.least)}H${x.right - (i + 1) * x.step}`).join("");
    return svg("path", { d: `${outline(points, "most", x, y)}${back}Z`, fill: "var(--place)", opacity: 0.16, class: "band" });
  }
  function told({ year, least, most }) {
    return least === most ? say(`${year}年末：${least} 个采纳者`, `By the end of ${year}: ${least} adopter${least === 1 ? "" : "s"}`)
      : say(`${year}年末：至少 ${least} 个，至多 ${most} 个`, `By the end of ${year}: at least ${least}, at most ${most}`);
  }
  function columns(points, x, height) {
    return points.map((point, i) => svg("rect",
      { x: x.left + i * x.step, y: EDGE.top, width: x.step, height: height - EDGE.top - EDGE.bottom, fill: "transparent", class: "year",
      role: "button", tabindex: "-1", "data-stop": "", "data-tip": "", "data-year": point.year, "aria-label": told(point),
      onclick: () => state.set({ year: Number(state.get("year")) === point.year ? "" : point.year }, { replace: true }) }));
  }
  function founding({ founded, from, to }, x, height) {
    if (!founded || founded < from || founded > to) return [];
    const at = x.at(founded), isRight = at > (x.left + x.right) / 2;
    return [line(at, EDGE.top - 4, at, height - EDGE.bottom, { stroke: "var(--ink)", "stroke-dasharray": "2 3" }),
      text(at + (isRight ? -5 : 5), EDGE.top + 4, say(`创始 ${founded}`, `founded ${founded}`),
        { "text-anchor": isRight ? "end" : "start" })];
  }
  // What the two curves are, written where they lie furthest apart.
  const range = ({ least, most }) => (least === most ? `${least}` : `${least}–${most}`);
  function labels(points, x, y) {
    const last = points.at(-1), widest = points.reduce((best, point) => (point.most - point.least > best.most - best.least ? point : best),
      points[0]);
    const total = text(x.right - 2, y.at(last.least) - 7, say(`${last.least} 个`, `${last.least}`),
      { "text-anchor": "end", "font-weight": 700, fill: "var(--place)" });
    if (widest.most - widest.least < last.least / 5) return [total];
    const at = Math.min(Math.max(x.at(widest.year), x.left + 6), x.right - 60);
    return [total, text(at, y.at((widest.most + widest.least) / 2) + 4, say("可能的范围", "possible range"), { fill: "var(--quiet)" })];
  }
  // What comes after the year is veiled, and the number up to it is told.
  function played(year, x, y, points, height) {
    const point = points.find((one) => one.year === year), edge = x.left + (year - x.from + 1) * x.step;
    return [svg("rect", { x: edge, y: EDGE.top, width: Math.max(0, x.right - edge), height: height - EDGE.top - EDGE.bottom,
      fill: "var(--ground)", opacity: 0.72 }),
      line(edge, EDGE.top - 4, edge, height - EDGE.bottom, { stroke: "var(--accent)", "stroke-width": 1.5 }),
      svg("circle", { cx: edge, cy: y.at(point.least), r: 4, fill: "var(--accent)" }),
      text(edge + 7, y.at(point.least) - 5, range(point), { "font-weight": 700, fill: "var(--place)" })];
  }
  function drawn(facts, width, height, year = 0) {
    const points = counted(facts), most = Math.max(1, ...points.map((point) => point.most));
    const x = diffusionScales.years(facts.from, facts.to, EDGE.left, width - EDGE.right),
      y = diffusionScales.counts(most, height - EDGE.bottom, EDGE.top + 14);
    return diffusionScales.sheet(width, height, say("累计采纳者", "Cumulative adopters"),
      text(4, 14, say("累计采纳者（个）", "cumulative adopters"), { fill: "var(--quiet)" }),
      diffusionScales.countAxis(y, EDGE.left, width - EDGE.right), diffusionScales.yearAxis(x, height - EDGE.bottom), band(points, x, y),
      svg("path", { d: outline(points, "least", x, y), fill: "none", stroke: "var(--place)", "stroke-width": 2.5,
        "stroke-linejoin": "round", class: "least" }),
      founding(facts, x, height),
      points.some((point) => point.year === year) ? played(year, x, y, points, height) : labels(points, x, y),
      columns(points, x, height));
  }
  function note({ passing }) {
    const undated = passing.filter((one) => !one.upper).length;
    return say("实线：按每个采纳者的上限年份，即至少有多少；淡色：区间所允许的至多。",
      "Line: by upper years, that is at least; pale: at most, as the intervals allow.")
      + (undated ? say(`另有 ${undated} 个采纳者年份不详，不计入。`,
        ` ${undated} adopter${undated === 1 ? " has" : "s have"} no year and ${undated === 1 ? "is" : "are"} not counted.`) : "");
  }
  function draw(box, facts, width) {
    if (!facts.from) return box.replaceChildren();
    const hadFocus = box.contains(document.activeElement) && document.activeElement.dataset.year;
    const picture = drawn(facts, width, Math.round(Math.max(200, Math.min(300, width * 0.62))), Number(state.get("year")) || 0);
    const all = () => [...picture.querySelectorAll(".year")];
    box.replaceChildren(diffusionTip.over(diffusionKeys.roving(picture, diffusionKeys.inOrder(all))),
      dom.element("p", { class: "quiet" }, note(facts)));
    if (hadFocus) all().find((one) => one.dataset.year === hadFocus)?.focus();
  }
  return { draw, drawn, counted };
})();
