// A programme → its places as dots in lanes by level over the years, its steps as arrows: said, by document, inferred.
"use strict";

const diffusionLanes = (() => {
  const { svg, element } = dom;
  const { text, line } = diffusionScales;
  const { RADIUS, LEFT } = diffusionLaneLayout;
  const TOP = 8, BOTTOM = 28;
  const CROWD = 60; // steps: more of them are pale until their place is pointed at
  const ARROWS = {
    said: { stroke: "var(--said)", "stroke-width": 2.4 },
    document: { stroke: "var(--ink)", "stroke-width": 1.3 },
    inferred: { stroke: "var(--quiet)", "stroke-width": 1.3, "stroke-dasharray": "4 3" },
  };
  const COLORS = { "": "unknown", Planned: "planned", Started: "started", Ongoing: "ongoing", Completed: "completed", Ended: "ended" };
  const color = (one) => (one.row < 0 ? "var(--quiet)" : `var(--${COLORS[one.status]})`);

  function definitions(id) {
    const head = (grade) => svg("marker",
      { id: `${id}-${grade}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse",
      orient: "auto" },
      svg("path", { d: "M0,0.5L8,4L0,7.5Z", fill: ARROWS[grade].stroke }));
    const fade = Object.entries(COLORS).map(([, name]) => svg("linearGradient", { id: `${id}-fade-${name}` },
      svg("stop", { offset: 0, "stop-color": `var(--${name})`, "stop-opacity": 0 }),
        svg("stop", { offset: 1, "stop-color": `var(--${name})`, "stop-opacity": 0.9 })));
    return svg("defs", {}, Object.keys(ARROWS).map(head), fade);
  }
  function ground({ lanes, x, bottom, undated }, wide) {
    const bands = lanes.map(({ level, top, height }, i) => [
      svg("rect", { x: 0, y: top, width: wide, height, fill: i % 2 ? "var(--ground)" : "var(--raised)" }),
      text(8, top + Math.min(height / 2, 60) + 4, diffusionScales.fitted(words.levels(level), LEFT - 10), { "font-weight": 700 })]);
    const left = undated ? [line(x.left, TOP, x.left, bottom, { stroke: "var(--edge)", "stroke-dasharray": "2 3" }),
      text((LEFT + x.left) / 2, bottom + 17, say("年份不详", "no year"), { "text-anchor": "middle", fill: "var(--quiet)" })] : [];
    return svg("g", { "aria-hidden": "true" }, bands, left, diffusionScales.yearAxis(x, bottom));
  }
  function founding({ founded, from, to }, { x, bottom }) {
    if (!founded || founded < from || founded > to) return [];
    return [line(x.at(founded), TOP, x.at(founded), bottom, { stroke: "var(--ink)", "stroke-dasharray": "2 3" })];
  }

  // Dots ----------------------------------------------------------------------------------------------------------------
  function tail({ one, x, y, reach }, id) {
    if (!reach) return [];
    const from = x - RADIUS - reach;
    return one.lower ? [svg("rect", { x: from, y: y - 1, width: reach, height: 2, fill: color(one) }),
      line(from, y - 4, from, y + 4, { stroke: color(one), "stroke-width": 2 })]
      : [svg("rect", { x: from, y: y - 1.5, width: reach, height: 3, fill: `url(#${id}-fade-${COLORS[one.status]})` })];
  }
  function told(one, facts) {
    const steps = (facts.stepsOf.get(one.place) ?? []).slice(0, 6);
    const founder = say(`${one.name}：${one.upper}年发布创始文件，没有读到它自己采纳`,
      `${one.name}: issued the founding document in ${one.upper}; not known to have adopted it itself`);
    return [one.row >= 0 ? diffusionWords.adopter(one) : one.isFounder ? founder
      : say(`${one.name}：没有读到它自己采纳`, `${one.name}: not known to have adopted it itself`),
      ...steps.map((step) => diffusionSteps.told(step))].join("\n");
  }
  function dot(placed, facts, id) {
    const { one, x, y, label } = placed;
    const mark = one.isFounder ? marks.shape("PolicyDocument", x, y, RADIUS, { class: "dot" }) : svg("circle",
      { cx: x, cy: y, r: RADIUS - (one.exact ? 0 : 1), fill: one.exact ? color(one) : "var(--ground)", stroke: color(one),
      "stroke-width": one.exact ? 0 : 2, class: "dot" });
    const click = () => state.set({ chosen: data.things.iri.at(one.place), claim: one.claim >= 0 ? data.claims.id.at(one.claim) : "" });
    return svg("g", { class: one.row < 0 ? "place elsewhere" : "place", role: "button", tabindex: "-1", "data-stop": "", "data-tip": "",
      "data-place": one.place, "data-year": one.upper,
      "aria-label": told(one, facts), opacity: one.passes ? 1 : 0.22, onclick: click },
      tail(placed, id), svg("circle", { cx: x, cy: y, r: 9, fill: "transparent" }), mark,
      label ? text(x + RADIUS + 4, y + 4, label,
        { stroke: "var(--ground)", "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }) : "");
  }

  // Arrows --------------------------------------------------------------------------------------------------------------
  function path(from, to) {
    const dx = to.x - from.x, dy = to.y - from.y, far = Math.hypot(dx, dy) || 1;
    const isUpright = Math.abs(dx) < 2 * RADIUS; // then on the left: the names stand on the right
    const bend = Math.min(26, far * 0.18), side = isUpright ? Math.sign(dy) : dx > 0 ? -1 : 1;
    const [cx, cy] = [(from.x + to.x) / 2 - (dy / far) * bend * side, (from.y + to.y) / 2 + (dx / far) * bend * side];
    const end = Math.hypot(to.x - cx, to.y - cy) || 1, start = Math.hypot(from.x - cx, from.y - cy) || 1;
    const at = (point, length, r) => [point.x + ((cx - point.x) / length) * r,
      point.y + ((cy - point.y) / length) * r].map((n) => n.toFixed(1)).join(",");
    return `M${at(from, start, RADIUS + 1)}Q${cx.toFixed(1)},${cy.toFixed(1)} ${at(to, end, RADIUS + 2)}`;
  }
  function arrow(step, at, id) {
    const from = at.get(step.origin), to = at.get(step.destination);
    const year = Math.max(from.one.upper, to.one.upper), passes = from.one.passes && to.one.passes;
    return svg("path", { class: `step ${step.grade}`, d: path(from, to), fill: "none", ...ARROWS[step.grade],
      "marker-end": `url(#${id}-${step.grade})`,
      "data-from": step.origin, "data-to": step.destination, "data-year": year, "data-tip": "", opacity: passes ? 1 : 0.15,
      role: "img", "aria-label": diffusionSteps.told(step) });
  }

  // The picture ---------------------------------------------------------------------------------------------------------
  // {svg, height}; `id` begins the ids of its gradients and arrow heads.
  function drawn(facts, wide, id) {
    const laid = diffusionLaneLayout.of(facts, wide, TOP);
    const order = { inferred: 0, document: 1, said: 2 };
    const steps = [...facts.steps].sort((a, b) => order[a.grade] - order[b.grade]);
    const dots = laid.lanes.flatMap((lane) => lane.dots).sort((a, b) => (a.one.upper || 9999) - (b.one.upper || 9999) || a.y - b.y);
    return diffusionScales.sheet(wide, laid.bottom + BOTTOM, say("各级地方与年份", "Levels over the years"), definitions(id), ground(laid, wide),
      founding(facts, laid),
      svg("g", { class: steps.length > CROWD ? "steps crowd" : "steps" }, steps.map((step) => arrow(step, laid.at, id))),
        svg("g", { class: "places" }, dots.map((dot_) => dot(dot_, facts, id))));
  }
  function legend({ steps }) {
    const one = (grade) => element("span", { class: "key" },
      svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, svg("line", { x1: 1, y1: 5, x2: 26, y2: 5, ...ARROWS[grade] }),
      svg("path", { d: "M26,1.5L33,5L26,8.5Z", fill: ARROWS[grade].stroke })), words.grades(grade), " ",
      element("strong", { "data-grade": grade }, steps.filter((step) => step.grade === grade).length));
    return element("p", { class: "legend" }, Object.keys(ARROWS).map(one));
  }
  // The steps of one place stand out, the others step back; null: those of the chosen place.
  function light(picture, place) {
    const lit = place ?? picture.querySelector(".place.chosen")?.dataset.place;
    for (const step of picture.querySelectorAll(".step")) {
      const isOn = step.dataset.from === lit || step.dataset.to === lit;
      step.classList.toggle("on", isOn);
      step.classList.toggle("back", place !== null && !isOn);
    }
  }
  function draw(box, facts, wide) {
    if (!facts.from) return box.replaceChildren();
    const picture = drawn(facts, wide, "lanes"), all = () => [...picture.querySelectorAll(".place")];
    const over = (event) => light(picture, event.target.closest(".place")?.dataset.place ?? null);
    picture.addEventListener("pointerover", over);
    picture.addEventListener("focusin", over);
    picture.addEventListener("pointerleave", () => light(picture, null));
    picture.addEventListener("focusout", () => light(picture, null));
    const scroll = element("div", { class: "scroll" }, diffusionTip.over(diffusionKeys.roving(picture, diffusionKeys.inOrder(all))));
    box.replaceChildren(legend(facts), scroll);
  }
  function play(box, year) {
    for (const part of box.querySelectorAll("[data-year]")) part.classList.toggle("future", year > 0 && Number(part.dataset.year) > year);
  }
  function choose(box, thing) {
    for (const part of box.querySelectorAll(".place")) part.classList.toggle("chosen", Number(part.dataset.place) === thing);
    const picture = box.querySelector(".scroll svg");
    if (picture) light(picture, null);
  }
  return { draw, drawn, play, choose, ARROWS, COLORS };
})();
