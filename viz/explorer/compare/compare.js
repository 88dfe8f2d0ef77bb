// Two places or two programmes side by side: what they share and who was first, what only one has, goals, learning, coverage.
//
// Its state: a and b (short IRIs), compare.of (places or programs, while none is chosen), compare.more (lists shown whole).
"use strict";

const compareView = (() => {
  const { element } = dom;
  const OWN = new Set(["a", "b", "compare.of", "compare.more", ...filters.KEYS]);
  let parts = null;

  const thing = (side) => { const found = data.thing(state.get(side)); return ["Place", "Program"].includes(compareFound.kindOf(found)) ? found : -1; };
  const kind = () => compareFound.kindOf(thing("a")) || compareFound.kindOf(thing("b")) || (state.get("compare.of") === "programs" ? "Program" : "Place");
  // The two and what they share, or null as long as there are no two of one kind.
  function found() {
    const a = thing("a"), b = thing("b");
    return a >= 0 && b >= 0 && a !== b && compareFound.kindOf(a) === compareFound.kindOf(b) ? compareFound.of(a, b) : null;
  }
  const other = { a: "b", b: "a" };
  const now = (side) => () => ({ kind: kind(), thing: thing(side), other: thing(other[side]) });

  function enter(stage) {
    const fields = { a: comparePicker.field("a", say("甲方", "First side"), now("a")), b: comparePicker.field("b", say("乙方", "Second side"), now("b")) };
    const of = (value, text) => element("button", {
      type: "button", "data-of": value, onclick: () => state.set({ "compare.of": value, a: "", b: "", "compare.more": "" }),
    }, text);
    const kinds = [of("places", say("两个地方", "Two places")), of("programs", say("两个政策项目", "Two programmes"))];
    const swap = element("button", {
      type: "button", class: "swap", "aria-label": say("两方互换", "Swap the two"), onclick: () => state.set({ a: state.get("b"), b: state.get("a") }),
    }, "⇄");
    parts = { fields, kinds, result: element("div", { class: "result" }), width: 0 };
    stage.append(element("div", { class: "choose" },
      element("div", { role: "group", class: "tabs", "aria-label": say("比较什么", "What is compared") }, kinds),
      element("div", { class: "fields" }, fields.a.box, swap, fields.b.box)), parts.result);
    parts.watch = new ResizeObserver(() => { if (parts.slot && Math.abs(width() - parts.width) > 8) drawPicture(); });
    parts.watch.observe(stage);
  }
  const leave = () => parts?.watch.disconnect();
  const width = () => Math.max(300, Math.min(parts.result.clientWidth, 980));

  function drawPicture() {
    parts.width = width();
    const picture = comparePicture.draw(parts.found, parts.width);
    parts.slot.replaceChildren(...(picture ? [picture, legend()] : []));
  }
  function legend() {
    const { both } = parts.found, { mark } = comparePicture;
    const item = (sign, words) => element("span", {}, sign, words);
    const side = (which) => item(comparePicker.sideMark(which), dom.named(compareClaims.name(parts.found[which]), 40));
    const signs = (...drawn) => dom.svg("svg", { width: 40, height: 20, viewBox: "0 0 40 20", "aria-hidden": "true", class: "mark" }, drawn);
    const dots = dom.svg("line", { x1: 0, x2: 40, y1: 10, y2: 10, stroke: "var(--edge)", "stroke-width": 2, "stroke-dasharray": "2 3" });
    const ring = (which, x) => [mark(which, x, 10, 9, false, { fill: "none", "stroke-width": 1.5 }), mark(which, x, 10, 5, true)];
    const hasFirst = both.some(({ first }) => first === "a" || first === "b");
    return element("p", { class: "legend quiet" }, side("a"), side("b"),
      item(signs(mark("a", 10, 10, 5, true), mark("b", 30, 10, 5, true)), say("年份写明", "year stated")),
      item(signs(dots, mark("a", 10, 10, 5, false), mark("b", 30, 10, 5, false)), say("不晚于这一年", "not later than this year")),
      hasFirst ? item(signs(ring("a", 10), ring("b", 30)), say("确定在先", "surely first")) : null,
      both.length > comparePicture.MOST ? item(null, say(`图中为最早的 ${comparePicture.MOST} 项`, `the ${comparePicture.MOST} earliest`)) : null);
  }
  function invitation(of, chosen) {
    if (chosen >= 0) return of === "Place" ? say("再选一个地方。", "Choose another place.") : say("再选一个政策项目。", "Choose another programme.");
    return of === "Place"
      ? say("选两个地方，看共有哪些政策项目、谁先采纳、目标完成得如何。",
        "Choose two places to see which programmes they share, who was first, and what became of their goals.")
      : say("选两个政策项目，看哪些地方两项都采纳、哪一项在先。",
        "Choose two programmes to see which places adopted both, and which came first.");
  }
  const offer = ([one, two, n]) => element("li", {}, element("button", {
    type: "button", class: "pair", onclick: () => state.set({ a: data.things.iri.at(one), b: data.things.iri.at(two) }),
  }, dom.named(compareClaims.name(one), 40), say(" 与 ", " and "), dom.named(compareClaims.name(two), 40),
  element("span", { class: "quiet" }, say(`共有 ${n}`, `${n} in common`))));

  // Pairs with much in common; with the one that is chosen, where one is.
  function drawOffers() {
    const of = kind(), a = thing("a"), b = thing("b"), chosen = a >= 0 ? a : b;
    const isMixed = a >= 0 && b >= 0 && compareFound.kindOf(a) !== compareFound.kindOf(b), pairs = compareFound.pairs(of, 6, chosen);
    parts.result.replaceChildren(
      compareParts.quiet(isMixed ? say("一个是地方，一个是政策项目，不能比较。请换一个。", "One is a place, the other a programme: choose another.") : invitation(of, chosen)),
      ...(pairs.length ? [element("h2", {}, say("共同点最多的", "Most in common")), element("ul", { class: "pairs" }, pairs.map(offer))]
        : [compareParts.quiet(say("图中没有与之有共同点的。", "Nothing in this graph has anything in common with it."))]));
  }
  function drawFound() {
    const { found } = parts, { both } = found, isOfPlaces = found.mode === "Place";
    const title = isOfPlaces ? say("共有的政策项目", "Programmes in common") : say("两项都采纳的地方", "Places that adopted both");
    const none = compareParts.quiet(say("没有。请看下面各方读过的文件。", "None. See below what was read of each."));
    parts.slot = element("div", { class: "wide picture" });
    parts.result.replaceChildren(
      compareShared.summary(found),
      compareParts.part("both", title, compareParts.counted(both), parts.slot, both.length ? compareShared.table(found) : none),
      element("div", { class: "two" }, compareOnly.draw(found, "a"), compareOnly.draw(found, "b")),
      ...(isOfPlaces ? comparePlaces : comparePrograms).draw(found).filter(Boolean));
    if (both.length) drawPicture();
  }
  function update(changed) {
    if (parts.result.firstChild && ![...changed].some((key) => OWN.has(key))) return;
    const key = document.activeElement?.dataset?.key;
    parts.found = found();
    parts.slot = null;
    parts.kinds.forEach((button) => button.setAttribute("aria-pressed", String((button.dataset.of === "programs") === (kind() === "Program"))));
    parts.fields.a.draw();
    parts.fields.b.draw();
    if (parts.found) drawFound(); else drawOffers();
    if (key) parts.result.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    if (parts.found && (changed.has("a") || changed.has("b"))) dom.tell(parts.result.querySelector(".summary").textContent);
  }

  function rows() {
    const shown = found(), names = { a: shown ? compareClaims.name(shown.a) : "", b: shown ? compareClaims.name(shown.b) : "" };
    const columns = [
      ["name", "名称", "Name"], ["in", "见于", "Found in"], ["a", `${names.a}年份`, `Years of ${names.a}`], ["b", `${names.b}年份`, `Years of ${names.b}`],
      ["first", "先后", "First"], ["seen", "先见于文件", "In the earlier text"],
    ];
    if (!shown) return { name: say("比较", "Compare"), columns, rows: [] };
    const years = (adoption) => (adoption < 0 ? "" : compareYears.orUnknown(compareYears.text(compareYears.of(adoption))));
    const lists = [[shown.both, say("两方", "both")], [shown.onlyA, names.a], [shown.onlyB, names.b]];
    const all = lists.flatMap(([list, where]) => list.filter((row) => row.passes).map((row) => ({ ...row, where })));
    const line = (row) => [
      compareClaims.name(row.thing), row.where, years(row.a), years(row.b), row.first && compareShared.firstWords(shown, row.first), row.seen && names[row.seen],
    ];
    return {
      name: say(`${names.a}与${names.b}`, `${names.a} and ${names.b}`), columns, rows: all.map(line),
      open: (at) => ({ chosen: data.things.iri.at(all[at].thing), claim: "" }),
    };
  }
  const picture = () => parts?.slot?.querySelector("svg.timeline") ?? null;
  const question = () => { const shown = found(); return shown ? compareQuestion.asked(shown) : null; };

  return { id: "compare", name: ["比较", "Compare"], enter, update, leave, rows, picture, question };
})();
