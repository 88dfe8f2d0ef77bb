// Where a programme was taken up: the provinces as tiles, or the places at their longitude and latitude; a list beside it.
//
// Its own state: places.mode (tiles, scatter), places.shade (count, share), places.province (code of the chosen unit),
// places.at (longitude, latitude and zoom of the scatter).
"use strict";

const placesView = (() => {
  const { element } = dom;
  const LISTED = 80, WIDEST = 780;
  const FOLLOWED = ["program", "year", "chosen", "places.mode", "places.shade", "places.province", ...filters.KEYS];
  let parts = null; // {bar, picture, list, tip, watching}
  let drawn = null;

  const mode = () => (state.get("places.mode") === "scatter" ? "scatter" : "tiles");
  const choose = (code) => state.set({ "places.province": code });
  const open = (place) => state.set({ chosen: data.things.iri.at(place), claim: "" });

  // The programmes with most adopters, and the one that is looked at.
  function programs() {
    const adopters = new Map();
    for (const program of data.adoptions.program) adopters.set(program, (adopters.get(program) ?? 0) + 1);
    const most = [...adopters].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, LISTED);
    const now = placesData.now().program;
    return now < 0 || most.some(([program]) => program === now) ? most : [[now, adopters.get(now) ?? 0], ...most];
  }
  function programField() {
    const field = element("select", { class: "program", onchange: () => state.set({ program: field.value }) },
      element("option", { value: "" }, say("全部项目", "all programmes")),
      programs().map(([program, n]) => element("option", { value: data.things.iri.at(program) }, `${dom.cut(data.things.name.at(program), 30)}（${n}）`)));
    field.value = state.get("program");
    return element("label", {}, say("政策项目 ", "Programme "), field);
  }
  function yearField() {
    const years = [...data.adoptions.upper, ...data.read.year].filter(Boolean);
    if (!years.length) return null;
    const first = years.reduce((a, b) => Math.min(a, b)), last = years.reduce((a, b) => Math.max(a, b));
    const said = element("output", {});
    const field = element("input", {
      type: "range", class: "year", min: first, max: last + 1, step: 1,
      oninput: () => state.set({ year: Number(field.value) > last ? "" : field.value }, { replace: true }),
    });
    parts.showYear = () => {
      field.value = state.get("year") || last + 1;
      said.textContent = state.get("year") || say("全部", "all");
      field.setAttribute("aria-valuetext", said.textContent);
    };
    return element("label", {}, say("截至 ", "Up to "), field, said);
  }
  function choice(key, ...options) {
    return element("span", { class: "choice", role: "group", "data-key": key }, options.map(([value, text]) => element("button", {
      type: "button", "data-value": value, onclick: () => state.set({ [key]: value === options[0][0] ? "" : value }),
    }, text)));
  }
  function pressed() {
    for (const group of parts.bar.querySelectorAll(".choice")) {
      const now = state.get(group.dataset.key);
      for (const [i, button] of [...group.children].entries()) button.setAttribute("aria-pressed", String(now ? button.dataset.value === now : i === 0));
    }
    parts.bar.querySelector(".shade").hidden = mode() !== "tiles";
    parts.bar.querySelector(".zoom").hidden = mode() !== "scatter";
    parts.showYear?.();
    const field = parts.bar.querySelector(".program");
    if (field.value !== state.get("program")) parts.bar.querySelector(".program").closest("label").replaceWith(programField());
  }
  function zoomField() {
    const button = (text, name, onclick) => element("button", { type: "button", "aria-label": name, title: name, onclick }, text);
    return element("span", { class: "zoom" }, button("+", say("放大", "Zoom in"), () => placesScatter.zoom(1.6)),
      button("−", say("缩小", "Zoom out"), () => placesScatter.zoom(1 / 1.6)), button("⌂", say("全图", "Whole picture"), placesScatter.home));
  }

  function redraw() {
    const held = parts.picture.contains(document.activeElement) ? document.activeElement.dataset : null;
    const width = Math.max(280, Math.min(WIDEST, parts.picture.clientWidth));
    drawn = mode() === "tiles" ? placesTiles.draw(width) : placesScatter.draw(width);
    parts.picture.replaceChildren(drawn, parts.tip);
    parts.width = parts.picture.clientWidth;
    placesHands.settle(drawn, mode(), held);
    placesList.draw(parts.list, choose);
    pressed();
    const told = `${placesWords.title()}${say("，", ", ")}${placesWords.subtitle()}`;
    if (parts.told && parts.told !== told) dom.tell(told);
    parts.told = told;
  }

  return {
    id: "places",
    name: ["地方", "Places"],
    enter(stage) {
      parts = { tip: element("p", { class: "tip", hidden: true, "aria-hidden": "true" }), picture: element("div", { class: "drawing" }), list: element("div", { class: "list" }) };
      parts.bar = element("div", { class: "controls" }, programField(),
        choice("places.mode", ["tiles", say("方格图", "Tiles")], ["scatter", say("分布图", "Scatter")]), yearField(),
        element("span", { class: "shade" }, choice("places.shade", ["count", say("按数量", "By number")], ["share", say("按占比", "By share")])), zoomField());
      stage.append(parts.bar, parts.picture, parts.list);
      placesHands.listen(parts.picture, parts.tip, { choose, open, mode });
      parts.watching = new ResizeObserver(() => { if (parts.width && parts.width !== parts.picture.clientWidth) redraw(); });
      parts.watching.observe(parts.picture);
    },
    update(changed) {
      if (!changed.size || FOLLOWED.some((key) => changed.has(key))) redraw();
      else if (changed.has("places.at") && mode() === "scatter") placesScatter.place();
    },
    leave() { parts.watching.disconnect(); parts = null; },
    rows: () => placesAway.rows(),
    picture: () => drawn,
    question: () => placesAway.question(),
  };
})();
