// What stands around the picture: the bar above it, the strip of the chosen thing, the legend with its counts.
"use strict";

const networkPanel = (() => {
  const { element, svg } = dom;
  const button = (text, act, attributes = {}) => element("button", { type: "button", onclick: act, ...attributes }, text);

  function choice(key, value, text) {
    const on = (state.get(key) || "") === value;
    return button(text, () => state.set({ [key]: value }), { "aria-pressed": String(on) });
  }
  function toggled(iri) {
    const now = state.list("network.focus");
    return now.includes(iri) ? now.filter((one) => one !== iri) : [...now, iri];
  }
  const unfold = (thing) => state.set({ "network.focus": toggled(data.things.iri.at(thing)) });

  // The bar: a way between two things, how far around, register ties.
  function bar(box) {
    const from = networkFinding(say("从", "From"), "from"), to = networkFinding(say("到", "to"), "to");
    const way = element("span", { class: "net-group", role: "group", "aria-label": say("怎样的路", "Kind of way") });
    const around = element("span", { class: "net-group", role: "group", "aria-label": say("周围", "Surroundings") });
    const structure = element("input", { type: "checkbox", onchange: () => state.set({ "network.structure": structure.checked ? "yes" : "" }) });
    box.append(from.box, to.box, way, around, element("label", { class: "net-check" }, structure, say("隶属与位置", "Register ties")));
    return () => {
      from.follow();
      to.follow();
      way.replaceChildren(choice("network.way", "", say("最短", "Shortest")), choice("network.way", "time", say("按年份先后", "In order of years")));
      way.hidden = !(state.get("from") && state.get("to"));
      around.replaceChildren(...surroundings());
      around.hidden = !around.childElementCount;
      structure.checked = networkIndex.structureWanted();
    };
  }
  function surroundings() {
    if (!networkScene.focus().length) return [];
    const far = [1, 2, 3].map((n) => button(String(n), () => state.set({ "network.depth": n === 1 ? "" : n }),
      { "aria-pressed": String(networkScene.depth() === n), "aria-label": say(`${n} 步以内`, `within ${n} steps`) }));
    return [element("span", {}, say("步数", "Steps")), ...far, button(say("显示全部", "Show all"), () => state.set({ "network.focus": "", "network.depth": "" }))];
  }

  function unfoldWord(open) {
    if (open) return say("收起", "Collapse");
    return state.get("network.focus") ? say("展开", "Expand") : say("只看周围", "Only around it");
  }
  // The strip below: what can be done with the chosen thing.
  function strip(box) {
    const thing = networkScene.thingAt("chosen");
    box.hidden = thing < 0;
    if (thing < 0) return;
    const iri = data.things.iri.at(thing), open = state.list("network.focus").includes(iri);
    box.replaceChildren(
      element("span", {}, marks.icon(data.meta.kinds[data.things.kind[thing]]), dom.named(data.things.name.at(thing), 40),
        element("span", { class: "quiet" }, ` ${networkWords.degree(thing)}`)),
      button(unfoldWord(open), () => unfold(thing), { class: "net-unfold" }),
      button(say("从这里", "From here"), () => state.set({ from: iri })),
      button(say("到这里", "To here"), () => state.set({ to: iri })),
      data.meta.kinds[data.things.kind[thing]] === "Program" ? button(say("轨迹", "Trace"), () => trace(iri)) : "",
    );
  }
  const trace = (iri) => state.set({ program: iri, "network.trace": "", from: "", to: "" });

  const GRADES = [["said", ""], ["document", "8 5"], ["inferred", "2 4"]];
  const STATUSES = [["Planned", "7 5"], ["Started", "14 4"], ["Ended", "2 4"]];
  const line = (color, width, dashes = "") => svg("svg", { width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 30, y2: 5, stroke: `var(--${color})`, "stroke-width": width, "stroke-dasharray": dashes }));
  const row = (mark, ...text) => element("li", {}, mark, text);

  function counted(list, groupOf, passing) {
    const all = new Map(), passed = new Map();
    for (const i of list) {
      all.set(groupOf(i), (all.get(groupOf(i)) ?? 0) + 1);
      if (passing[i]) passed.set(groupOf(i), (passed.get(groupOf(i)) ?? 0) + 1);
    }
    return (group) => (all.has(group) ? `${passed.get(group) ?? 0} / ${all.get(group)}` : "");
  }
  function legend(box, scene) {
    const { meta, things } = data, passing = filters.now(), { STYLES } = networkIndex, { style } = networkIndex.now();
    const ofKind = counted(scene.things, (i) => things.kind[i], passing.things);
    const ofStyle = counted(scene.ties, (e) => style[e], passing.ties);
    const tail = (count) => element("span", { class: "quiet" }, ` ${count}`);
    const kinds = meta.kinds.map((kind, k) => (ofKind(k) ? row(marks.icon(kind), words.kinds(kind), tail(ofKind(k))) : null));
    const named = [["said", 3, say("原文写明的扩散", "diffusion said in a text")], ["ink", 1.6, words.links("adopts")],
      ["edge", 1.4, say("其他关系", "other ties")], ["line", 1.4, say("隶属与位置", "register ties")]];
    const ties = STYLES.map((_, s) => (ofStyle(s) ? row(line(named[s][0], named[s][1]), named[s][2], tail(ofStyle(s))) : null));
    const grades = (scene.steps.length ? GRADES : []).map(([grade, dashes]) => row(line("said", 2.4, dashes), say("轨迹：", "trace: "), words.grades(grade)));
    const statuses = STATUSES.map(([status, dashes]) => row(line("ink", 1.4, dashes), words.statuses(status)));
    box.replaceChildren(element("ul", {}, kinds, ties, grades, statuses),
      element("p", { class: "quiet" }, say("灰色：未通过筛选。虚线在放大后可见。", "Grey: does not pass the filters. Dashes show when zoomed in.")));
  }
  function counts(scene, drawn) {
    const passing = filters.now();
    const of = (list, marked) => list.reduce((sum, i) => sum + marked[i], 0);
    const things = `${of(scene.things, passing.things)} / ${scene.things.length}`, ties = `${of(scene.ties, passing.ties)} / ${scene.ties.length}`;
    const thinned = drawn && drawn.ties.length < drawn.inSight
      ? say(`；画出 ${drawn.ties.length} / ${drawn.inSight} 条线，放大可见其余`, `; ${drawn.ties.length} of ${drawn.inSight} lines drawn, zoom in for the rest`) : "";
    return say(`图例 · 事物 ${things}，关系 ${ties}`, `Key · things ${things}, ties ${ties}`) + thinned;
  }

  return { bar, strip, legend, counts, button, unfold };
})();
