// A programme → one <svg> with title, matrix, curve, lanes and legend: what is on view, to take away.
"use strict";

const diffusionPicture = (() => {
  const { svg } = dom;
  const { text, line } = diffusionScales;
  const WIDE = 1000, MARGIN = 24, NAMES = 150, ROW = 18;
  const color = (one) => `var(--${diffusionLanes.COLORS[one.status]})`;

  // The matrix as a picture: the twin of the table on the page --------------------------------------------------------------
  function mark(one, x, y) {
    const at = x.at(one.upper), side = Math.min(14, x.step - 2),
      years = one.exact ? 0 : Math.min(one.lower ? one.upper - one.lower - 1 : diffusionMatrix.FADE, one.upper - x.from);
    const bar = years > 0 ? svg("rect", { x: at - years * x.step, y: y - 2.5, width: years * x.step, height: 5,
      fill: one.lower ? color(one) : `url(#picture-fade-${diffusionLanes.COLORS[one.status]})` }) : "";
    return [bar, svg("rect", { x: at - side / 2, y: y - 7, width: side, height: 14, rx: 2, fill: one.exact ? color(one) : "var(--ground)",
      stroke: color(one), "stroke-width": one.exact ? 0 : 2 }),
      side > 12 ? text(at, y + 3.5, diffusionWords.letter(one.status),
        { "text-anchor": "middle", "font-size": 10,
        fill: one.exact && one.status === "Started" ? "#ffffff" : one.exact ? "#1a1a1a" : "var(--ink)" }) : ""];
  }
  function row(one, x, y, year) {
    const read = diffusionFacts.read().get(one.place) ?? new Map(), later = diffusionMatrix.again(one);
    const ticks = [...read.keys()].filter((at) => at !== one.upper
      && !later.has(at)).map((at) => line(x.at(at), y - 5, x.at(at), y + 5, { stroke: "var(--edge)" }));
    const again = [...later.keys()].filter((at) => at !== one.upper && at >= x.from
      && at <= x.to).map((at) => svg("circle", { cx: x.at(at), cy: y, r: 2.5, fill: "var(--quiet)" }));
    const faint = !one.passes || (year && one.upper > year);
    return svg("g", { opacity: faint ? 0.25 : 1 },
      text(NAMES - 10, y + 4, diffusionScales.fitted(dom.inert(one.name.slice(0, 60)), NAMES - 20), { "text-anchor": "end" }), ticks, again,
      one.upper ? mark(one, x, y) : one.row >= 0 ? text(x.right + 8, y + 4, "?", { fill: "var(--quiet)" }) : "");
  }
  function matrix(facts, year) {
    const x = diffusionScales.years(facts.from, facts.to, NAMES, WIDE - 2 * MARGIN - 20), parts = [];
    let y = 4;
    for (const group of diffusionMatrix.groups(facts)) {
      parts.push(text(0, y + 14, `${group.name}（${group.rows.length}）`, { "font-weight": 700 }), line(0, y + 20, x.right, y + 20));
      y += 32;
      for (const one of group.rows) { parts.push(row(one, x, y, year)); y += ROW; }
      y += 4;
    }
    return { drawn: svg("g", {}, parts, diffusionScales.yearAxis(x, y),
      facts.adopters.some((one) => !one.upper) ? text(x.right + 24, y + 17, say("不详", "?"),
      { "text-anchor": "end", fill: "var(--quiet)" }) : ""), height: y + 28 };
  }
  function legend() {
    const statuses = data.meta.statuses.map((status) => [words.statuses(status), `var(--${diffusionLanes.COLORS[status]})`]);
    let x = 0;
    const keys = statuses.map(([name, fill]) => {
      const key = [svg("rect", { x, y: 0, width: 12, height: 12, rx: 2, fill }), text(x + 17, 10, name)];
      x += 17 + diffusionScales.width(name) + 16;
      return key;
    });
    const bounds = say("实心：年份确知；空心、向左淡出：仅知不晚于；竖线：该年读过而没有采纳的句子。",
      "Full: the year is known; hollow, fading to the left: known by then at the latest; tick: read that year, no sentence that adopts it.");
    return svg("g", {}, keys, text(0, 32, bounds, { fill: "var(--quiet)" }));
  }
  function arrows({ steps }) {
    let x = 0;
    return svg("g", {}, Object.entries(diffusionLanes.ARROWS).map(([grade, look]) => {
      const name = `${words.grades(grade)} ${steps.filter((step) => step.grade === grade).length}`, at = x;
      x += 34 + diffusionScales.width(name) + 18;
      return [line(at, -4, at + 28, -4, { ...look, "marker-end": `url(#picture-${grade})` }), text(at + 34, 0, name)];
    }));
  }
  function title(facts, year) {
    const told = [diffusionWords.count(facts), year ? say(`到${year}年`, `up to ${year}`) : ""].filter(Boolean).join(say("，", ", "));
    return [text(0, 18, dom.inert(facts.name.slice(0, 60)), { "font-size": 20, "font-weight": 700 }),
      text(0, 40, told, { fill: "var(--quiet)" })];
  }
  const moved = (y, ...children) => svg("g", { transform: `translate(${MARGIN},${y})` }, ...children);

  function of(facts) {
    const year = Number(state.get("year")) || 0, inner = WIDE - 2 * MARGIN;
    const parts = [moved(MARGIN, title(facts, year))];
    let y = MARGIN + 64;
    if (facts.from) {
      const table = matrix(facts, year), curve = diffusionCurve.drawn(facts, inner, 260, year),
        lanes = diffusionLanes.drawn(facts, inner, "picture");
      for (const part of lanes.querySelectorAll("[data-year]")) if (year && Number(part.dataset.year) > year) part.setAttribute("opacity",
        0.2);
      for (const [drawn, height] of [[table.drawn, table.height], [curve, 260], [lanes, Number(lanes.getAttribute("height"))]]) {
        parts.push(moved(y, drawn));
        y += height + 20;
      }
    }
    parts.push(moved(y, legend()), moved(y + 58, arrows(facts)));
    y += 70 + MARGIN;
    return diffusionScales.sheet(WIDE, y, facts.name.slice(0, 200), svg("rect", { width: WIDE, height: y, fill: "var(--ground)" }), parts);
  }
  return { of };
})();
