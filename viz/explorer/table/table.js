// Whatever is filtered, as a table: sortable, a hundred rows at a time, the accessible twin of every picture.
//
// Its state: table.of (claims, adoptions, things, ties, documents, picture), table.view (whose picture), table.relation,
// table.only (short IRI of a thing), table.source (short IRI of a document), table.words, table.page, and sort.
"use strict";

const tableView = (() => {
  const { element } = dom;
  const PAGE = 100;
  const OWN = new Set(["table.of", "table.view", "table.relation", "table.only", "table.source", "table.words", "table.page", "sort", ...filters.KEYS]);
  const OF = [
    ["claims", "论断", "Claims"], ["adoptions", "采纳", "Adoptions"], ["things", "事物", "Things"], ["ties", "关系", "Ties"],
    ["documents", "文件", "Documents"], ["picture", "图中数据", "Picture"],
  ];
  const viewed = () => { const view = state.get("view") || "diffusion"; return Object.hasOwn(tableSets.VIEWS, view) ? view : ""; };
  let parts = null, drawn = "", typing = 0, last = viewed() || "diffusion";
  state.watch(() => { last = viewed() || last; });

  const restart = (changes) => state.set({ "table.page": "", ...changes });
  const pages = () => Math.max(1, Math.ceil(tableRows.now().rows.length / PAGE));
  const page = () => Math.min(Math.max(1, Math.floor(Number(state.get("table.page"))) || 1), pages());
  const named = () => say(...OF.find(([id]) => id === tableSets.of()).slice(1));

  function switched(of) {
    restart({ "table.of": of, sort: "", "table.view": of === "picture" ? state.get("table.view") || last : "" });
  }
  const tab = ([of, zh, en]) => element("button", { type: "button", "data-of": of, onclick: () => switched(of) }, say(zh, en));
  const options = (list, now) => list.map(([value, text]) => element("option", { value, selected: value === now }, text));
  const choice = (key, label) => element("select", { "data-choice": key, "aria-label": label, onchange: (event) => restart({ [key]: event.target.value, sort: "" }) });

  function field() {
    return element("input", {
      type: "search", class: "words", placeholder: say("筛选各行文字", "Filter by words"), "aria-label": say("按行内文字筛选", "Filter rows by their words"),
      oninput: (event) => {
        clearTimeout(typing);
        typing = setTimeout(() => state.set({ "table.words": event.target.value.trim(), "table.page": "" }, { replace: true }), 150);
      },
    });
  }
  const turn = (text, label, to) => element("button", {
    type: "button", "aria-label": label, "data-turn": to, onclick: () => {
      const wanted = { first: 1, back: page() - 1, on: page() + 1, last: pages() }[to];
      if (wanted >= 1 && wanted <= pages() && wanted !== page()) state.set({ "table.page": wanted > 1 ? wanted : "" });
    },
  }, text);

  function enter(stage) {
    const tabs = OF.map(tab);
    const relation = choice("table.relation", say("哪种论断", "Which claims")), view = choice("table.view", say("哪个视图", "Which view"));
    const turns = [
      turn("«", say("第一页", "First page"), "first"), turn("‹", say("上一页", "Previous page"), "back"),
      turn("›", say("下一页", "Next page"), "on"), turn("»", say("最后一页", "Last page"), "last"),
    ];
    parts = {
      tabs, relation, view, turns, words: field(), chips: element("div", { class: "chips" }), count: element("p", { class: "count" }),
      caption: element("caption"), head: element("thead"), body: element("tbody"),
    };
    parts.sheet = element("div", { class: "sheet", tabindex: 0, role: "region", "aria-label": say("表格，可滚动", "Table, scrolls") },
      element("table", {}, parts.caption, parts.head, parts.body));
    stage.append(
      element("div", { class: "choose" }, element("div", { role: "group", class: "tabs", "aria-label": say("列出什么", "What is listed") }, tabs), relation, view, parts.words),
      parts.chips, parts.sheet,
      element("nav", { class: "pages", "aria-label": say("分页", "Pages") }, turns.slice(0, 2), parts.count, turns.slice(2)));
    drawn = "";
  }

  function drawChoices() {
    const of = tableSets.of();
    parts.tabs.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.of === of)));
    parts.relation.hidden = of !== "claims";
    const relations = [["", say("所有关系", "All relations")], ...data.meta.relations.map((name) => [name, words.relations(name)])];
    parts.relation.replaceChildren(...options(relations, state.get("table.relation")));
    parts.view.hidden = of !== "picture";
    const views = Object.entries(tableSets.VIEWS).filter(([, view]) => view().rows).map(([id, view]) => [id, say(...view().name)]);
    parts.view.replaceChildren(...options(views, state.get("table.view")));
    if (document.activeElement !== parts.words) parts.words.value = state.get("table.words");
    tableChips.draw(parts.chips);
  }
    function heading(column) {
    return element("th", { scope: "col", class: column.kind ?? "text", "data-column": column.id }, element("button", {
      type: "button", "data-key": `sort-${column.id}`, onclick: () => {
        const { id, sign } = tableRows.sorted();
        restart({ sort: id === column.id && sign > 0 ? `-${column.id}` : column.id });
      },
    }, say(column.zh, column.en), element("span", { class: "arrow", "aria-hidden": "true" })));
  }
  function drawHead(columns) {
    const key = [tableSets.of(), state.get("table.relation"), state.get("table.view"), state.get("lang")].join(" ");
    if (drawn !== key) parts.head.replaceChildren(element("tr", {}, columns.map(heading)));
    drawn = key;
    const { id, sign } = tableRows.sorted();
    for (const head of parts.head.querySelectorAll("th")) {
      const on = head.dataset.column === id;
      if (on) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending"); else head.removeAttribute("aria-sort");
      head.querySelector(".arrow").textContent = on ? (sign > 0 ? "▲" : "▼") : "";
    }
  }

  function content(set, row, column, at) {
    const value = column.value(row);
    const text = column.id === "confidence" ? value.toFixed(2) : dom.cut(String(value), column.kind === "sentence" ? 160 : 80);
    if (at === 0 && set.open) return element("button", { type: "button", class: "goto", "data-open": "" }, element("bdi", {}, text || say("（不详）", "(unknown)")));
    if (column.id === "claims" && set.leads && value) return element("button", {
      type: "button", class: "goto", "aria-label": say(`${value} 条论断`, `${value} claims`),
      onclick: () => restart({ "table.of": "claims", "table.relation": "", sort: "", ...set.leads(row) }),
    }, text);
    return value === "" ? "" : element("bdi", {}, text);
  }
  function cell(set, row, column, at) {
    const long = column.kind === "sentence" || column.kind === "file";
    return element(at === 0 ? "th" : "td", { scope: at === 0 ? "row" : null, class: column.kind ?? "text", title: long ? dom.cut(String(column.value(row))) : null },
      element("div", { class: "cell" }, content(set, row, column, at)));
  }
  function line(set, row) {
    const open = (event) => { if (!event.target.closest("button:not([data-open])") && !String(getSelection())) state.set(set.open(row)); };
    return element("tr", { "data-row": row, onclick: set.open && open, class: set.open ? "opens" : null }, set.columns.map((column, at) => cell(set, row, column, at)));
  }
  function drawRows() {
    const { set, rows, base } = tableRows.now(), start = (page() - 1) * PAGE, shown = rows.slice(start, start + PAGE);
    parts.body.replaceChildren(...shown.map((row) => line(set, row)));
    if (!shown.length) parts.body.append(element("tr", {}, element("td", { colspan: Math.max(1, set.columns.length), class: "none" }, say("没有符合的行。", "No row passes."))));
    const count = rows.length ? `${start + 1}–${start + shown.length} / ${rows.length}` : "0";
    const all = rows.length === base ? "" : say(`（全部 ${base}）`, ` (of ${base})`);
    parts.count.textContent = count + all;
    parts.caption.textContent = `${set.name ? `${dom.cut(set.name, 120)}${say("：", ": ")}` : ""}${named()} ${count}${all}`;
    parts.turns.forEach((button) => button.setAttribute("aria-disabled", String(["first", "back"].includes(button.dataset.turn) ? page() === 1 : page() === pages())));
  }
  function markOpened() {
    const { set } = tableRows.now(), claim = state.get("claim"), chosen = state.get("chosen");
    for (const row of parts.body.querySelectorAll("tr.opens")) {
      const opens = set.open(Number(row.dataset.row));
      const on = opens.claim ? opens.claim === claim : Boolean(opens.chosen) && opens.chosen === chosen && !claim;
      if (on) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    }
  }
  function update(changed) {
    const own = !parts.body.firstChild || [...changed].some((key) => OWN.has(key));
    if (own) {
      const key = document.activeElement?.dataset?.key;
      drawChoices();
      drawHead(tableRows.now().set.columns);
      drawRows();
      if (changed.size) dom.tell(parts.caption.textContent);
      if (["table.page", "table.of", "sort"].some((name) => changed.has(name))) parts.sheet.scrollTop = 0;
      if (key?.startsWith("chip-") && !document.activeElement?.dataset?.key) (parts.chips.querySelector("button") ?? parts.words).focus();
    }
    markOpened();
  }
  function rows() {
    const { set, rows: found } = tableRows.now();
    const name = [set.name || named(), ...tableChips.words()].join(say("，", ", "));
    return { name, columns: set.columns.map(({ id, zh, en }) => [id, zh, en]), rows: found.map((row) => set.columns.map((column) => column.value(row))) };
  }
  return { id: "table", name: ["表格", "Table"], enter, update, rows, question: () => tableQuestion.asked() };
})();
