// Years and counts → positions in an <svg>; axes, and how wide a text is: shared by the curve, the lanes and the picture.
"use strict";

const diffusionScales = (() => {
  const { svg } = dom;
  const SIZE = 12; // px of the text in the charts

  // The years from–to in columns of equal width between two edges; at(year) is the middle of its column.
  function years(from, to, left, right) {
    const step = (right - left) / (to - from + 1);
    return { from, to, left, right, step, at: (year) => left + (year - from + 0.5) * step };
  }
  function counts(most, bottom, top) {
    return { most, bottom, top, at: (n) => bottom - (bottom - top) * (n / Math.max(1, most)) };
  }
  // 0, 5, 10 …: about `wanted` round whole numbers up to the greatest.
  function ticks(most, wanted = 4) {
    const rough = Math.max(1, most / wanted), power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough));
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  }
  // The years that get a label when a column is this wide: all, every second, fifth or tenth.
  function labelled(from, to, step) {
    const every = [1, 2, 5, 10, 20].find((n) => n * step >= 34) ?? 50;
    const found = [];
    for (let year = from; year <= to; year++) if (year % every === 0) found.push(year);
    return found.length ? found : [to];
  }
  const isWide = (sign) => sign.codePointAt(0) > 0x2e7f;
  const width = (text, size = SIZE) => [...text].reduce((sum, sign) => sum + (isWide(sign) ? size : size * 0.58), 0);
  function fitted(text, most, size = SIZE) {
    let kept = text;
    while (kept && width(`${kept}…`, size) > most) kept = [...kept].slice(0, -1).join("");
    return width(text, size) <= most ? text : `${kept}…`;
  }

  const text = (x, y, words, attributes = {}) => svg("text", {
    x, y, fill: "var(--ink)", "font-size": SIZE, "font-family": "var(--font)", ...attributes,
  }, words);
  const line = (x1, y1, x2, y2, attributes = {}) => svg("line", { x1, y1, x2, y2, stroke: "var(--line)", ...attributes });

  function yearAxis(scale, y) {
    const at = labelled(scale.from, scale.to, scale.step);
    return svg("g", { "aria-hidden": "true" }, line(scale.left, y, scale.right, y, { stroke: "var(--edge)" }),
      at.map((year) => [line(scale.at(year), y, scale.at(year), y + 4, { stroke: "var(--edge)" }),
        text(scale.at(year), y + 17, `${year}`, { "text-anchor": "middle", fill: "var(--quiet)" })]));
  }
  function countAxis(scale, left, right) {
    return svg("g", { "aria-hidden": "true" }, ticks(scale.most).map((n) => [line(left, scale.at(n), right, scale.at(n)),
      text(left - 6, scale.at(n) + 4, `${n}`, { "text-anchor": "end", fill: "var(--quiet)" })]));
  }
  function sheet(width, height, label, ...children) {
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group",
      "aria-label": label }, ...children);
  }
  return { SIZE, years, counts, ticks, labelled, width, fitted, text, line, yearAxis, countAxis, sheet };
})();
