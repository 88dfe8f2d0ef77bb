// How a kind of thing looks, in an <svg> and on a canvas: told apart by shape as well as by colour.
"use strict";

const marks = (() => {
  // Corners on a square from -1 to 1; a place is a disc.
  const CORNERS = {
    Program: [[0, -1], [1, 0], [0, 1], [-1, 0]],
    PolicyDocument: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
    Agency: [[0, -1], [1, 0.8], [-1, 0.8]],
    Organization: [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]],
    TargetGroup: [[-1, -0.8], [1, -0.8], [0, 1]],
  };
  const COLORS = {
    Program: "program", Place: "place", PolicyDocument: "document", Agency: "agency", Organization: "organization",
    TargetGroup: "group",
  };

  // The outline of a mark around (x, y) with radius r, as a path to fill or stroke.
  function trace(context, kind, x, y, r) {
    const corners = CORNERS[kind];
    if (!corners) { context.moveTo(x + r, y); context.arc(x, y, r, 0, 2 * Math.PI); return; }
    corners.forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    context.closePath();
  }
  function shape(kind, x, y, r, attributes = {}) {
    const corners = CORNERS[kind];
    const given = { fill: `var(--${COLORS[kind]})`, ...attributes };
    return corners ? dom.svg("polygon", { points: corners.map(([dx, dy]) => `${x + dx * r},${y + dy * r}`).join(" "), ...given })
      : dom.svg("circle", { cx: x, cy: y, r, ...given });
  }
  const icon = (kind) => dom.svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true", class: "mark" }, shape(kind, 7, 7, 6));

  return { trace, shape, icon, color: (kind) => dom.color(COLORS[kind]) };
})();
