// The start view: all programmes, or the one of the state: who adopted it first, when, where, after whom, by which sentence.
"use strict";

const diffusionView = (() => {
  const { element, at } = dom;
  const AFRESH = ["program", "lang", "theme", "diffusion.read", "diffusion.rows"];
  let facts = null, box = null, parts = null, drawnFor = null, wide = 0, widths = null, left = { scroll: 0, program: "" };

  const scroller = () => (at("stage").scrollHeight > at("stage").clientHeight + 1 && getComputedStyle(at("stage")).overflowY !== "visible"
    ? at("stage") : document.scrollingElement);
  const program = () => {
    const thing = state.get("program") ? data.thing(state.get("program")) : -1;
    return thing >= 0 && data.meta.kinds[data.things.kind[thing]] === "Program" ? thing : -1;
  };

  // The page of one programme -------------------------------------------------------------------------------------------
  function section(id, zh, en, ...children) {
    return element("section", { "aria-labelledby": `diffusion-${id}`, class: id }, element("h3", { id: `diffusion-${id}` }, say(zh, en)),
      children);
  }
  function choice(key, value, zh, en) {
    return element("button", { type: "button", "data-choice": `${key}=${value}`, "aria-pressed": String(state.get(key) === value),
      onclick: () => state.set({ [key]: value }, { replace: true }) }, say(zh, en));
  }
  function controls() {
    const unread = state.get("diffusion.read");
    return element("div", { class: "controls" },
      element("div", { class: "switch", role: "group", "aria-label": say("行的次序", "Order of the rows") },
        choice("diffusion.rows", "", "按层级", "by level"), choice("diffusion.rows", "province", "按省份", "by province")),
      element("label", { class: "check" }, element("input", { type: "checkbox", checked: Boolean(unread),
        onchange: (event) => state.set({ "diffusion.read": event.target.checked ? "yes" : "" }, { replace: true }) }),
          say("也列出读过而未见采纳的地方", "also places read that did not adopt")));
  }
  function legend() {
    const key = (className, zh, en, inner = "") => element("span", { class: "key" },
      element("span", { class: `swatch ${className}`, "aria-hidden": "true" }, inner), say(zh, en));
    return element("div", { class: "legend" },
      data.meta.statuses.filter((status) => facts.adopters.some((one) => one.status === status)).map((status) => element("span",
        { class: "key" },
        element("span", { class: `swatch exact is-${status || "none"}`, "aria-hidden": "true" }, diffusionWords.letter(status)),
          words.statuses(status))),
      key("exact is-none", "实心：年份确知", "full: the year is known"), key("bound is-none", "空心：仅知不晚于（≤）", "hollow: by then at the latest (≤)"),
        key("span is-none", "可能的年份，起点未知则淡出", "possible years; an open beginning fades"),
        key("read", "读过，没有采纳的句子", "read, no sentence that adopts it"),
      key("again", "该年又写到", "told of again"), key("", "空白：没有读到文件", "empty: nothing was read"));
  }
  function build() {
    parts = { head: diffusionFirst.head(facts), first: diffusionFirst.first(facts),
      play: element("div", { class: "play", role: "group", "aria-label": say("年份", "Years") }),
      chosen: element("p", { class: "also", hidden: true }), matrix: element("div", {}), curve: element("div", {}),
        lanes: element("div", {}), steps: element("div", {}), table: element("div", {}) };
    const many = facts.adopters.length > 0;
    box.replaceChildren(element("div", { class: "one" }, parts.head, parts.first, many ? [parts.play, parts.chosen,
      element("div", { class: "beside" }, section("years", "哪里、哪年", "Where and when", controls(), parts.matrix, legend()),
        section("growth", "多少、多快", "How many, how fast", parts.curve)),
      section("levels", "各级之间", "Across the levels", parts.lanes), section("after", "谁跟着谁", "Who after whom", parts.steps),
      section("who", "采纳者与原句", "Adopters and their sentences", parts.table)] : ""));
  }
  const inner = () => Math.max(280, box.clientWidth - 2);
  const widthOf = (part) => Math.max(260, part.clientWidth || inner());
  // All widths are asked for before anything is drawn, so that the browser lays the page out once.
  function draw() {
    wide = inner();
    widths = { matrix: widthOf(parts.matrix), curve: widthOf(parts.curve), lanes: Math.max(widthOf(parts.lanes), 460) };
    diffusionMatrix.draw(parts.matrix, facts, widths.matrix);
    diffusionLanes.draw(parts.lanes, facts, widths.lanes);
    diffusionSteps.draw(parts.steps, facts);
    diffusionTable.draw(parts.table, facts);
    diffusionPlay.draw(parts.play, facts);
    followYear();
    followChosen();
  }
  function followYear() {
    const year = Number(state.get("year")) || 0;
    diffusionPlay.update(parts.play, facts);
    diffusionMatrix.play(parts.matrix, year);
    diffusionCurve.draw(parts.curve, facts, widths.curve);
    diffusionLanes.play(parts.lanes, year);
    diffusionTable.play(parts.table, facts, year);
  }
  function sortTable() {
    diffusionTable.draw(parts.table, facts);
    diffusionTable.play(parts.table, facts, Number(state.get("year")) || 0);
    diffusionTable.choose(parts.table, state.get("chosen"));
  }
  // The chosen adopter stands out, and what else its place took up in the same year is told.
  function followChosen() {
    const iri = state.get("chosen"), thing = iri ? data.thing(iri) : -1;
    diffusionMatrix.choose(parts.matrix, iri);
    diffusionLanes.choose(parts.lanes, thing);
    diffusionTable.choose(parts.table, iri);
    const one = facts.adopters.find(({ place }) => place === thing);
    parts.chosen.hidden = !one;
    if (one) parts.chosen.replaceChildren(...also(one));
  }
  function also(one) {
    const { adoptions, things } = data, found = [];
    for (let row = 0; row < adoptions.rows; row++) {
      if (adoptions.place[row] === one.place && adoptions.upper[row] === one.upper
        && adoptions.program[row] !== facts.program) found.push(adoptions.program[row]);
    }
    const when = one.upper ? diffusionWords.year(one) : say("无年份", "without a year");
    const link = (other) => {
      const changes = { program: things.iri.at(other), year: "" };
      return element("a", { href: state.link(changes), onclick: (event) => { event.preventDefault(); state.set(changes); } },
        dom.named(things.name.at(other), 40));
    };
    const links = found.slice(0, 12).flatMap((other, i) => [i ? say("、", ", ") : "", link(other)]);
    const more = found.length - 12;
    return [element("strong", {}, dom.named(one.name, 60)), say(`（${when}）`, ` (${when}) `),
      found.length ? [say("该地同年还采纳：", "also adopted, with the same year: "), ...links,
      more > 0 ? say(` 等 ${found.length} 项`, ` and ${more} more`) : ""].flat()
      : say("同年没有读到别的采纳。", "no other adoption with this year was read.")].flat().filter((part) => part !== "");
  }

  // Following the state ---------------------------------------------------------------------------------------------------
  function noteMissing() {
    const missing = say("图中没有这个政策项目。", "The graph has no such programme.");
    box.prepend(element("p", { class: "also" }, missing));
    dom.tell(missing);
  }
  function open() {
    const thing = program(), before = drawnFor;
    diffusionPlay.stop();
    diffusionTip.hide();
    drawnFor = thing;
    facts = thing >= 0 ? diffusionFacts.of(thing) : null;
    if (!facts) {
      diffusionStart.draw(box);
      if (state.get("program")) noteMissing();
    } else {
      build();
      draw();
    }
    if (before !== null && before !== thing) arrive(before);
  }
  // From one page to the other: to its top and its heading; back in the list, to the row one came from.
  function arrive(before) {
    if (facts) {
      if (before < 0) left = { scroll: left.scroll, program: data.things.iri.at(facts.program) };
      scroller().scrollTop = 0;
      box.querySelector("h2").focus({ preventScroll: true });
      dom.tell(`${facts.name.slice(0, 100)}：${diffusionWords.count(facts)}`);
    } else {
      scroller().scrollTop = left.scroll;
      const row = [...box.querySelectorAll("[data-program]")].find((one) => one.dataset.program === left.program);
      row?.querySelector("a").focus({ preventScroll: true });
    }
  }
  const refit = () => { if (facts && box?.isConnected && Math.abs(inner() - wide) > 2) draw(); };
  const observer = new ResizeObserver(() => requestAnimationFrame(refit));

  function enter(stage) {
    drawnFor = null;
    box = element("div", { class: "view" });
    stage.append(box);
    observer.observe(box);
  }
  function update(changed) {
    const isNew = drawnFor === null || program() !== drawnFor || [...AFRESH, ...filters.KEYS].some((key) => changed.has(key));
    if (isNew) return open();
    if (!facts) return diffusionStart.update(box, changed);
    if (changed.has("year")) followYear();
    if (changed.has("chosen")) followChosen();
    if (changed.has("diffusion.table")) sortTable();
  }
  function leave() {
    diffusionPlay.stop();
    diffusionTip.hide();
    observer.disconnect();
    facts = null;
  }
  document.addEventListener("click", (event) => { // before the list gives way, where it stood
    if (!facts && box?.contains(event.target)) left.scroll = scroller().scrollTop;
  }, true);

  return {
    id: "diffusion", name: ["扩散", "Diffusion"], enter, update, leave,
    rows: () => (program() >= 0 ? diffusionTable.rows(facts ?? diffusionFacts.of(program())) : diffusionStart.rows()),
    picture: () => (facts ? diffusionPicture.of(facts) : null),
    question: () => diffusionQuestion.of(program()),
  };
})();
