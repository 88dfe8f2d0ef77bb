// The panel: a claim with its sentence (state `claim`), a thing (state `chosen`), what a search found (`panel.words`), or,
// where nothing is chosen, a short help. On a narrow page it is a sheet over the stage.
"use strict";

const evidence = (() => {
  const { at, element } = dom;
  const KEYS = ["chosen", "claim", "panel.words"];
  let opener = null, shown = "";

  const chosen = () => data.thing(state.get("chosen"));
  const claimed = () => (state.get("claim") ? evidenceClaim.number(state.get("claim")) : -1);

  function help() {
    return [
      element("header", { class: "card-head" }, element("h2", { tabindex: "-1", class: "card-name" }, say("依据", "Evidence"))),
      element("p", {}, say("点任何一个名字、圆点或格子，这里就给出它的来历：谁、哪一年、出自哪份文件的哪一句。", "Click any name, dot or cell: here you read where it comes from, who, which year, by which sentence of which file.")),
      element("ul", { class: "legend", "aria-label": say("图例", "Legend") }, data.meta.kinds.map((kind) => element("li", {}, marks.icon(kind), " ", words.kinds(kind)))),
      element("dl", { class: "facts" },
        element("dt", {}, "2014"), element("dd", {}, say("句中写明，或文件生效的年份", "the year that the sentence states, or in which a document took effect")),
        element("dt", {}, "≤2014"), element("dd", {}, say("只知道不晚于这一年：这是文件的年份", "not later than this year: it is that of the document")),
        element("dt", {}, "2012–2014"), element("dd", {}, say("在这几年之间", "within these years"))),
      element("p", { class: "quiet" }, coverage.warning(), say("。灰色的是没有通过筛选的。", ". What is grey does not pass the filters.")),
      element("p", {}, element("button", { type: "button", onclick: () => shortcuts.open() }, say("键盘与帮助", "Keys and help"))),
    ];
  }
  // Where “back” of the present card leads.
  function back() {
    if (claimed() >= 0 && chosen() >= 0) return { name: data.things.name.at(chosen()), go: () => state.set({ claim: "" }) };
    if (state.get("panel.words")) return { name: say(`搜索 ${state.get("panel.words")}`, `Search ${state.get("panel.words")}`), go: () => state.set({ claim: "", chosen: "" }) };
    return null;
  }
  const missing = () => [
    evidenceParts.head(say("依据", "Evidence"), say("找不到", "Not found"), null),
    element("p", {}, say("这个地址所指的东西不在这张图里。", "What this address names is not in this graph.")),
  ];
  function card() {
    if (claimed() >= 0) return evidenceClaim.card(claimed(), back());
    if (state.get("claim") || (state.get("chosen") && chosen() < 0)) return missing();
    if (chosen() >= 0) return evidenceThing.card(chosen(), back());
    return state.get("panel.words") ? evidenceFound.card(state.get("panel.words")) : help();
  }

  const isOpen = () => KEYS.some((key) => state.get(key));
  function redraw() {
    const panel = at("panel"), inside = panel.contains(document.activeElement), was = shown;
    shown = KEYS.map((key) => state.get(key)).join("\n");
    panel.replaceChildren(...card().flat(Infinity).filter(Boolean));
    frame.sheet(isOpen());
    if (was === shown) return;
    panel.scrollTop = 0;
    if (inside || (frame.narrow() && isOpen())) panel.querySelector(".card-name").focus({ preventScroll: frame.narrow() });
    if (isOpen()) dom.tell(say(`依据：${panel.querySelector(".card-name").textContent.slice(0, 100)}`, `Evidence: ${panel.querySelector(".card-name").textContent.slice(0, 100)}`));
  }
  function close() {
    const to = opener;
    state.set({ chosen: "", claim: "", "panel.words": "" });
    (to?.isConnected && to.getClientRects().length ? to : at("stage")).focus({ preventScroll: true });
  }

  document.addEventListener("focusin", ({ target }) => { if (!at("panel").contains(target)) opener = target; });
  return {
    draw: redraw,
    update(changed) { if ([...KEYS, ...filters.KEYS].some((key) => changed.has(key))) redraw(); },
    close, isOpen,
  };
})();
