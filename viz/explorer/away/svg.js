// An <svg> of the page → the same standing alone: colours and fonts written out, no class, no variable, no script.
"use strict";

const awaySvg = (() => {
  const INITIAL = {
    fill: "rgb(0, 0, 0)", "fill-opacity": "1", "fill-rule": "nonzero", stroke: "none", "stroke-width": "1px", "stroke-opacity": "1",
    "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter", "font-weight": "400", "font-style": "normal",
    "text-anchor": "start", "paint-order": "normal", visibility: "visible",
  };
  const INHERITED = [...Object.keys(INITIAL), "font-family", "font-size"];
  const OWN = { opacity: "1", "dominant-baseline": "auto", "stop-color": "rgb(0, 0, 0)", "stop-opacity": "1", "mix-blend-mode": "normal" };
  const KEPT = new Set(("id x y x1 y1 x2 y2 cx cy r rx ry d points width height viewBox preserveAspectRatio transform dx dy href offset "
    + "gradientUnits gradientTransform patternUnits patternContentUnits patternTransform clipPathUnits markerWidth markerHeight refX "
    + "refY orient markerUnits marker-start marker-mid marker-end clip-path mask textLength lengthAdjust pathLength").split(" "));
  const LEFT_OUT = new Set(["script", "style", "foreignObject", "animate", "animateTransform", "set"]);
  const NO_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
  const clean = (text) => dom.cut(text.replace(NO_XML, "\ufffd"));

  // "rgb(0, 114, 178)" or "color(srgb 0 0.45 0.7 / 0.5)" as [#0072b2, 0.5]: what older programs read, too.
  function paint(value) {
    const found = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(value);
    if (!found) return [value, 1];
    const numbers = found[2].split(/[\s,/]+/).map(Number);
    const scale = found[1] === "color" ? 255 : 1;
    const hex = numbers.slice(0, 3).map((part) => Math.round(part * scale).toString(16).padStart(2, "0")).join("");
    return [`#${hex}`, numbers[3] ?? 1];
  }
  function write(made, name, value) {
    if (!["fill", "stroke", "stop-color"].includes(name)) { made.setAttribute(name, value.replace(/(\d)px\b/g, "$1")); return; }
    const [plain, opacity] = paint(value);
    made.setAttribute(name, plain);
    if (opacity < 1) made.setAttribute(name === "stop-color" ? "stop-opacity" : `${name}-opacity`, opacity);
  }

  // What the sheets say of an element, where it is not what it has from the one around it.
  function dress(made, style, around) {
    for (const name of INHERITED) {
      const value = style.getPropertyValue(name);
      if (value && value !== (around ? around.getPropertyValue(name) : INITIAL[name])) write(made, name, value);
    }
    for (const [name, usual] of Object.entries(OWN)) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual) write(made, name, value);
    }
    if (style.transform !== "none" && !made.hasAttribute("transform")) made.setAttribute("transform", style.transform);
  }

  function copied(shown, around) {
    if (shown.nodeType === Node.TEXT_NODE) return document.createTextNode(clean(shown.data));
    if (shown.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(shown.localName)) return null;
    const style = getComputedStyle(shown);
    if (style.display === "none" && shown.localName !== "title" && !shown.closest("defs")) return null;
    const made = dom.svg(shown.localName === "a" ? "g" : shown.localName);
    for (const { name, value } of shown.attributes) {
      if (KEPT.has(name) && (name !== "href" || value.startsWith("#"))) made.setAttribute(name, clean(value));
    }
    if (shown.localName !== "title" && shown.localName !== "desc") dress(made, style, around);
    for (const child of shown.childNodes) {
      const inside = copied(child, style);
      if (inside) made.append(inside);
    }
    return made;
  }

  // A copy with its size in pixels, at (x, y).
  function standing(svg, x, y) {
    const made = copied(svg, null);
    const { width, height } = svg.getBoundingClientRect();
    const whole = svg.viewBox.baseVal;
    const size = { width: width || whole?.width || 1, height: height || whole?.height || 1 };
    if (!svg.hasAttribute("viewBox")) made.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    for (const [name, value] of Object.entries({ x, y, ...size, overflow: "visible" })) made.setAttribute(name, value);
    made.removeAttribute("transform");
    return { made, ...size };
  }
  return { standing, paint, clean };
})();
