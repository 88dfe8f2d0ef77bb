// The page comes to life: five views, one at a time on the stage, the panel beside them; all of them follow the state.
//
// A view is {id, name: [zh, en], enter(stage), update(changed), leave?, rows?, picture?, question?, keys?}:
//   enter builds it once into the empty stage; update follows with an empty Set, and again whenever the state changes (changed: a Set of keys);
//   rows() gives {name, columns: [[id, zh, en], …], rows: [[…], …], open}, what it shows as a table; open(i) is the state that
//   shows a row in the panel; picture() the <svg> or <canvas> that can be taken away; question() the SPARQL that gives the same; keys (optional) its own keys for the help dialog.
"use strict";

const main = (() => {
  const VIEWS = [diffusionView, placesView, networkView, compareView, tableView];
  const PARTS = [frame, shortcuts, evidence, search, filtering, away]; // each fills its corner of the page: draw(), update(changed)
  const { at, element } = dom;
  let shown = null;

  const view = () => VIEWS.find(({ id }) => id === state.get("view")) ?? VIEWS[0];

  // The tabs stay the same elements, so that the one that was pressed keeps the focus.
  function drawTabs() {
    if (!at("tabs").childElementCount) at("tabs").append(...VIEWS.map(({ id }) => element("a", {
      "data-view": id, onclick: (event) => { event.preventDefault(); state.set({ view: id }); },
    })));
    [...at("tabs").children].forEach((tab, i) => {
      const { id, name } = VIEWS[i];
      tab.href = state.link({ view: id });
      tab.textContent = say(...name);
      if (view().id === id) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
    });
    at("tabs").setAttribute("aria-label", say("视图", "Views"));
    at("skip").textContent = say("跳到内容", "Skip to content");
    at("stage").setAttribute("aria-label", say(...view().name));
    at("panel").setAttribute("aria-label", say("依据", "Evidence"));
    at("filters").setAttribute("aria-label", say("筛选", "Filters"));
  }
  function dress() {
    const root = document.documentElement;
    root.lang = say("zh-CN", "en");
    at("title").textContent = dom.cut(words.title(), 200);
    if (state.get("theme")) root.dataset.theme = state.get("theme"); else delete root.dataset.theme;
  }
  function show() {
    shown?.leave?.();
    shown = view();
    at("stage").replaceChildren();
    at("stage").className = shown.id;
    shown.enter(at("stage"));
  }
  function follow(changed) {
    const redress = changed.has("lang") || changed.has("theme");
    if (redress) dress();
    drawTabs();
    const fresh = view() !== shown || redress;
    if (fresh) show();
    if (redress) PARTS.forEach((part) => part.draw());
    shown.update(fresh ? new Set() : changed);
    PARTS.forEach((part) => part.update(changed));
  }
  async function start() {
    await data.load();
    state.watch(follow);
    dress();
    drawTabs();
    PARTS.forEach((part) => part.draw());
    show();
    shown.update(new Set());
    PARTS.forEach((part) => part.update(new Set()));
    document.documentElement.dataset.ready = "yes";
  }
  start();
  return { view: () => shown };
})();
