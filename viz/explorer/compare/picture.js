// What two things share → a timeline: a row for each, in it one lane for either side, a line between the years of both.
//
// A full mark is a year that is known; a hollow one an upper bound, its lane drawn back to where the interval is open.
// What was surely first wears a ring.
"use strict";

const comparePicture = (() => {
  const { svg } = dom;
  const MOST = 40, ROW = 36, HEAD = 26;

  function mark(side, x, y, r, isFull, attributes = {}) {
    const given = { fill: isFull ? `var(--side-${side})` : "var(--ground)", stroke: `var(--side-${side})`, "stroke-width": 2, ...attributes };
    return side === "a" ? svg("circle", { cx: x, cy: y, r, ...given }) : svg("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, ...given });
  }
  // As much of a name as fits: a Chinese character is as wide as it is high.
  function fitted(text, width, size) {
    const inert = dom.cut(text, 200);
    let used = 0, end = 0;
    for (const sign of inert) {
      used += sign.codePointAt(0) < 0x2e80 ? size * 0.58 : size;
      if (used > width) return `${inert.slice(0, Math.max(1, end - 1))}…`;
      end += sign.length;
    }
    return inert;
  }
  function scaled(rows, width) {
    const of = rows.flatMap(({ a, b }) => [compareYears.of(a), compareYears.of(b)]).filter(({ upper }) => upper);
    const from = Math.min(...of.map(({ lower, upper }) => (lower ? Math.min(lower + 1, upper) : upper))), to = Math.max(...of.map(({ upper }) => upper));
    const isNarrow = width < 520, left = isNarrow ? 104 : 196, right = isNarrow ? 50 : 132;
    const undated = rows.some(({ a, b }) => !data.adoptions.upper[a] || !data.adoptions.upper[b]);
    const end = width - right - (undated ? 34 : 0), column = (end - left) / (to - from + 1);
    return { from, to, left, right, width, end, column, isNarrow, undated, at: (year) => left + (year - from + 0.5) * column };
  }
  function axis(scale, height) {
    const step = Math.ceil(38 / scale.column), drawn = [];
    for (let year = scale.from; year <= scale.to; year++) {
      drawn.push(svg("line", { x1: scale.at(year), x2: scale.at(year), y1: HEAD, y2: height, stroke: "var(--line)" }));
      if ((year - scale.from) % step === 0) drawn.push(svg("text", { x: scale.at(year), y: 15, "text-anchor": "middle", "font-size": 12, fill: "var(--quiet)" }, String(year)));
    }
    if (scale.undated) drawn.push(svg("text", { x: scale.end + 17, y: 15, "text-anchor": "middle", "font-size": 12, fill: "var(--quiet)" }, "?"));
    return drawn;
  }
  function lane(side, adoption, y, scale, isFirst) {
    const years = compareYears.of(adoption), x = years.upper ? scale.at(years.upper) : scale.end + 17;
    const open = years.upper && !compareYears.isExact(years);
    const back = years.lower ? scale.at(Math.min(years.lower + 1, years.upper)) : scale.left;
    const claim = data.adoptions.claim[adoption];
    const shown = [
      open && svg("line", { x1: back, x2: x, y1: y, y2: y, stroke: `var(--side-${side})`, "stroke-width": 2, "stroke-opacity": 0.45, "stroke-dasharray": years.lower ? null : "2 3" }),
      isFirst && mark(side, x, y, 9, false, { fill: "none", "stroke-width": 1.5 }),
      mark(side, x, y, 5, Boolean(years.upper) && !open),
    ];
    return svg("g", { class: claim >= 0 ? "opens" : null, onclick: claim >= 0 ? () => state.set({ claim: compareClaims.id(claim) }) : null },
      svg("title", {}, `${dom.cut(compareClaims.name(side === "a" ? scale.names.a : scale.names.b), 60)} ${compareYears.orUnknown(compareYears.text(years))}`), shown.filter(Boolean));
  }
  function verdict(row, y, scale) {
    const x = scale.width - scale.right + 12, sure = row.first === "a" || row.first === "b";
    const text = { same: say("同年", "same year"), open: scale.isNarrow ? "?" : say("先后不明", "unclear") }[row.first] ?? say("先", "first");
    const name = sure && !scale.isNarrow ? say(`${compareClaims.name(scale.names[row.first])}先`, `${compareClaims.name(scale.names[row.first])} first`) : text;
    return [sure ? mark(row.first, x + 4, y, 4, true) : [], svg("text", { x: x + (sure ? 14 : 0), y: y + 4, "font-size": 12, fill: sure ? `var(--side-${row.first})` : "var(--quiet)" }, fitted(name, scale.right - (sure ? 30 : 14), 12))];
  }
  function line(row, i, scale) {
    const top = HEAD + i * ROW, a = top + ROW * 0.3, b = top + ROW * 0.7;
    const x = (adoption) => { const { upper } = compareYears.of(adoption); return upper ? scale.at(upper) : scale.end + 17; };
    return svg("g", { class: row.passes ? null : "faded" },
      svg("g", { class: "opens", onclick: () => state.set({ chosen: data.things.iri.at(row.thing), claim: "" }) },
        svg("title", {}, dom.cut(compareClaims.name(row.thing), 200)),
        svg("text", { x: 6, y: top + ROW / 2 + 5, "font-size": 13, fill: "var(--ink)" }, fitted(compareClaims.name(row.thing), scale.left - 18, 13))),
      svg("line", { x1: x(row.a), y1: a, x2: x(row.b), y2: b, stroke: "var(--edge)", "stroke-width": 1.2 }),
      lane("a", row.a, a, scale, row.first === "a"), lane("b", row.b, b, scale, row.first === "b"),
      verdict(row, top + ROW / 2, scale));
  }
  // null where no year is known.
  function draw(found, width) {
    const rows = found.both.slice(0, MOST);
    if (!rows.some(({ a, b }) => data.adoptions.upper[a] || data.adoptions.upper[b])) return null;
    const height = HEAD + rows.length * ROW + 2, scale = { ...scaled(rows, width), names: found };
    const bands = rows.map((_, i) => (i % 2 ? null : svg("rect", { x: 0, y: HEAD + i * ROW, width, height: ROW, fill: "var(--raised)" })));
    return svg("svg", { class: "timeline", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": say("共有项的年份，与下表相同", "Years of what is shared, as in the table below") },
      bands, axis(scale, height), rows.map((row, i) => line(row, i, scale)));
  }
  return { draw, mark, MOST };
})();
