// A user's own base map → paths in steps of its grid, to be laid below the places; nothing where the page holds none.
"use strict";

const placesBasemap = (() => {
  const THIN = 0.8; // pixels
  let texts = null;
  const given = () => data.meta.basemap;

  function line(points, closed) {
    let text = `M${points[0]} ${points[1]}`;
    if (points.length === 2) return `${text}h0`; // what shrank to a point stays one
    for (let i = 2; i < points.length; i += 2) text += `L${points[i]} ${points[i + 1]}`;
    return closed ? `${text}Z` : text;
  }
  // One path for the areas of a feature, with its holes, and one for its lines: [area?, text].
  function traced() {
    const { basemap } = data;
    const of = new Map();
    for (let i = 0; i < basemap.rows; i++) {
      const key = `${basemap.feature[i]} ${basemap.area[i]}`;
      if (!of.has(key)) of.set(key, []);
      of.get(key).push(line(basemap.points.at(i), basemap.area[i]));
    }
    return [...of].map(([key, lines]) => [key.endsWith(" 1"), lines.join("")]);
  }
  function draw() {
    texts ??= traced();
    const around = { class: "basemap", "aria-hidden": "true", stroke: "var(--edge)", "stroke-linecap": "round", "stroke-linejoin": "round" };
    return dom.svg("g", around, texts.map(([area, text]) => dom.svg("path", {
      d: text, fill: area ? "var(--raised)" : "none", "fill-rule": "evenodd",
    })));
  }
  // To its place in a projection; its lines stay thin.
  function lay(layer, seen) {
    const { west, north, step } = given();
    layer.setAttribute("transform", `translate(${seen.x(west)},${seen.y(north)}) scale(${step * seen.across},${step * seen.down})`);
    layer.setAttribute("stroke-width", THIN / (step * Math.sqrt(seen.across * seen.down)));
  }
  const number = () => (given() ? `审图号：${dom.cut(given().approval)}` : "");
  return { given, draw, lay, number };
})();
