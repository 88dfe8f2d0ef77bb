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
    const kinds = [["places", say("两个地方", "Two places")], ["programs", say("两个政策项目", "Two programmes")]].map(([of, text]) => element("button", {
      type: "button", "data-of": of, onclick: () => state.set({ "compare.of": of, a: "", b: "", "compare.more": "" }),
    }, text));
    const swap = element("button", { type: "button", class: "swap", "aria-label": say("两方互换", "Swap the two"), title: say("互换", "Swap"), onclick: () => state.set({ a: state.get("b"), b: state.get("a") }) }, "⇄");
    parts = { fields, kinds, result: element("div", { class: "result" }), width: 0 };
    stage.append(element("div", { class: "choose" }, element("div", { role: "group", class: "tabs", "aria-label": say("比较什么", "What is compared") }, kinds), element("div", { class: "fields" }, fields.a.box, swap, fields.b.box)), parts.result);
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
    const sign = (full) => dom.svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true", class: "mark" }, comparePicture.mark("a", 7, 7, 5, full));
    const more = parts.found.both.length > comparePicture.MOST ? say(`图中为最早的 ${comparePicture.MOST} 项，全部见下表。`, `The picture has the ${comparePicture.MOST} earliest; all are in the table.`) : "";
    const hasFirst = parts.found.both.some(({ first }) => first === "a" || first === "b");
    return element("p", { class: "legend quiet" }, element("span", {}, sign(true), say("年份写明", "year stated")), element("span", {}, sign(false), say("不晚于这一年", "not later than this year")), hasFirst ? element("span", {}, say("有圈：确定在先", "ring: surely first")) : null, more);
  }
  function examples() {
    const of = kind(), pairs = compareFound.pairs(of, 6);
    const a = thing("a"), b = thing("b"), mixed = a >= 0 && b >= 0 && compareFound.kindOf(a) !== compareFound.kindOf(b);
    const button = ([one, two, n]) => element("li", {}, element("button", { type: "button", class: "pair", onclick: () => state.set({ a: data.things.iri.at(one), b: data.things.iri.at(two) }) },
      dom.named(compareClaims.name(one), 40), say(" 与 ", " and "), dom.named(compareClaims.name(two), 40), element("span", { class: "quiet" }, say(`共有 ${n}`, `${n} in common`))));
    return [
      mixed ? element("p", {}, say("一个是地方，一个是政策项目，不能比较。请换一个。", "One is a place, the other a programme: choose another.")) : null,
      element("p", { class: "quiet" }, of === "Place" ? say("选两个地方，看共有哪些政策项目、谁先采纳、目标完成得如何。", "Choose two places to see which programmes they share, who was first, and what became of their goals.")
        : say("选两个政策项目，看哪些地方两项都采纳、哪一项在先。", "Choose two programmes to see which places adopted both, and which came first.")),
      pairs.length ? [element("h2", {}, say("共同点最多的", "Most in common")), element("ul", { class: "pairs" }, pairs.map(button))] : element("p", {}, say("图中没有两个有共同点的。", "No two in this graph have anything in common.")),
    ];
  }
  function drawFound() {
    const { both, mode } = parts.found;
    const title = mode === "Place" ? say("共有的政策项目", "Programmes in common") : say("两项都采纳的地方", "Places that adopted both");
    parts.slot = element("div", { class: "wide picture" });
    parts.result.replaceChildren(
      compareShared.summary(parts.found),
      compareShared.part("both", title, compareShared.counted(both), parts.slot, both.length ? compareShared.table(parts.found) : element("p", { class: "quiet" }, say("没有。请看下面各方读过的文件。", "None. See below what was read of each."))),
      element("div", { class: "two" }, compareShared.only(parts.found, "a"), compareShared.only(parts.found, "b")),
      ...compareAround.draw(parts.found).filter(Boolean));
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
    if (parts.found) drawFound(); else parts.result.replaceChildren(...examples().flat().filter(Boolean));
    if (key) parts.result.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    if (parts.found && (changed.has("a") || changed.has("b"))) dom.tell(parts.result.querySelector(".summary").textContent);
  }

  function rows() {
    const shown = found(), COLUMNS = [["name", "名称", "Name"], ["in", "见于", "Found in"], ["a", "甲方年份", "Years, first side"], ["b", "乙方年份", "Years, second side"], ["first", "先后", "First"], ["seen", "先见于文件", "In the earlier text"]];
    if (!shown) return { name: say("比较", "Compare"), columns: COLUMNS, rows: [] };
    const years = (adoption) => (adoption < 0 ? "" : compareYears.orUnknown(compareYears.text(compareYears.of(adoption))));
    const names = { a: compareClaims.name(shown.a), b: compareClaims.name(shown.b) };
    const line = (where) => (row) => [compareClaims.name(row.thing), where, years(row.a), years(row.b), row.first && compareShared.firstWords(shown, row.first), row.seen && names[row.seen]];
    const columns = COLUMNS.map(([id, zh, en]) => (names[id] ? [id, `${names[id]}年份`, `Years of ${names[id]}`] : [id, zh, en]));
    const passing = (list) => list.filter((row) => row.passes);
    return {
      name: say(`${names.a}与${names.b}`, `${names.a} and ${names.b}`), columns,
      rows: [...passing(shown.both).map(line(say("两方", "both"))), ...passing(shown.onlyA).map(line(names.a)), ...passing(shown.onlyB).map(line(names.b))],
    };
  }
  const picture = () => parts?.slot?.querySelector("svg.timeline") ?? null;
  const question = () => { const shown = found(); return shown ? compareQuestion.asked(shown) : ""; };

  return { id: "compare", name: ["比较", "Compare"], enter, update, leave, rows, picture, question };
})();
