// The search box: a combobox over things and sentences. Every key works: arrows, Home, End, Enter, Escape; “/” comes here.
"use strict";

const search = (() => {
  const { at, element } = dom;
  const THINGS = 8, SENTENCES = 5, WAIT = 60; // ms after the last key
  let input = null, list = null, options = [], active = -1, timer = 0, composing = false;

  function draw() {
    const held = input?.value ?? "";
    const label = say("搜索地方、项目、文件、句子", "Search places, programmes, documents, sentences");
    input = element("input", {
      type: "search", id: "search-box", role: "combobox", "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list", "aria-haspopup": "listbox",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: label, "aria-label": label, title: say("按 / 到这里；可用拼音首字母", "Press / to come here; initials of pinyin work too"),
      oninput: later, onkeydown: pressed, onfocus: focused, onblur: () => close(),
      oncompositionstart: () => { composing = true; }, oncompositionend: () => { composing = false; later(); },
    });
    input.value = held;
    list = element("div", { id: "search-list", role: "listbox", "aria-label": say("搜索结果", "Results"), hidden: true, onmousedown: (event) => event.preventDefault() });
    at("search").replaceChildren(input, list);
  }
  const focused = () => { if (input.value.trim()) later(); };
  function later() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(look, WAIT);
  }

  function option(make, act, kind = null) {
    const made = element("div", { role: "option", class: kind, id: `search-option-${options.length}`, "aria-selected": "false", onclick: act, onmousemove: () => choose(options.findIndex(({ made: one }) => one === made), false) }, make);
    options.push({ made, act });
    return made;
  }
  const titled = (id, title, rows) => (rows.length ? element("div", { role: "group", "aria-labelledby": id }, element("div", { id, class: "group", role: "presentation" }, title), rows) : null);

  function thingOption({ thing, rank }, query) {
    const { things, meta } = data;
    const forms = searchScript.forms(searchThings.folded(query));
    const alias = [1, 3, 7].includes(rank) ? things.aliases.at(thing).split("\n").find((one) => forms.some((form) => searchThings.folded(one).includes(form))) : null;
    const where = things.province[thing] >= 0 && things.province[thing] !== thing ? things.name.at(things.province[thing]) : "";
    return option([marks.icon(meta.kinds[things.kind[thing]]), " ", dom.named(things.name.at(thing), 60), alias ? element("span", { class: "quiet" }, say("又作 ", "also "), dom.named(alias, 40)) : null,
      element("span", { class: "kind" }, [words.kinds(meta.kinds[things.kind[thing]]), where && dom.cut(where, 20)].filter(Boolean).join(" · "))], () => openThing(thing));
  }
  function sentenceOption(quote, query) {
    const { quotes, sources } = data;
    const source = quotes.source[quote];
    return option([element("span", { class: "words" }, searchSentences.marked(quotes.text.at(quote), searchSentences.needles(query), 64)),
      element("span", { class: "kind" }, dom.cut(sources.title.at(source) || sources.file.at(source), 60))], () => openSentence(quote), "of-sentence");
  }

  // The names at once, the sentences as soon as they are found: what stands first does not wait for the long way.
  function look(patient = false) {
    clearTimeout(timer);
    timer = 0;
    const query = input.value.trim();
    if (!query) { close(); return; }
    const things = searchThings.find(query);
    if (patient) { show(query, things, searchSentences.find(query)); return; }
    active = -1;
    show(query, things, null);
    timer = setTimeout(() => { timer = 0; show(query, things, searchSentences.find(query)); }, 0);
  }
  function show(query, things, sentences) {
    const was = active, told = (n, most) => (n > most ? `${most} / ${n}` : `${n}`), count = sentences?.length ?? 0;
    options = [];
    const shownThings = things.slice(0, THINGS).map((hit) => thingOption(hit, query)), shownSentences = (sentences ?? []).slice(0, SENTENCES).map((quote) => sentenceOption(quote, query));
    const all = things.length > THINGS || count > SENTENCES
      ? option(say(`全部：${things.length} 个名称，${count} 条句子`, `All: ${things.length} names, ${count} sentences`), openAll, "all") : null;
    list.replaceChildren(...[
      titled("search-things", say(`名称 ${told(things.length, THINGS)}`, `Names ${told(things.length, THINGS)}`), shownThings),
      titled("search-sentences", say(`句子 ${told(count, SENTENCES)}`, `Sentences ${told(count, SENTENCES)}`), shownSentences),
      all, options.length || !sentences ? null : element("p", { class: "quiet none" }, say("什么也没有找到。", "Nothing found.")),
    ].filter(Boolean));
    list.hidden = false;
    list.setAttribute("aria-busy", String(!sentences));
    input.setAttribute("aria-expanded", "true");
    choose(was < options.length ? was : -1, false);
    if (sentences) dom.tell(say(`${things.length} 个名称，${count} 条句子`, `${things.length} names, ${count} sentences`));
  }

  function choose(next, scroll = true) {
    options[active]?.made.setAttribute("aria-selected", "false");
    active = next;
    const made = options[active]?.made;
    if (!made) { input.removeAttribute("aria-activedescendant"); return; }
    made.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", made.id);
    if (scroll) made.scrollIntoView({ block: "nearest" });
  }
  function close() {
    clearTimeout(timer);
    if (!list) return;
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function openThing(thing) {
    const iri = data.things.iri.at(thing), program = data.meta.kinds[data.things.kind[thing]] === "Program" && main.view().id === "diffusion";
    close();
    state.set({ chosen: iri, claim: "", "panel.words": "", ...(program ? { program: iri } : {}) });
  }
  function openSentence(quote) {
    const query = input.value.trim();
    close();
    state.set({ claim: data.claims.id.at(evidenceClaim.ofQuote(quote)[0]), chosen: "", "panel.words": query });
  }
  function openAll() {
    const query = input.value.trim();
    close();
    state.set({ chosen: "", claim: "", "panel.words": query });
  }

  function pressed(event) {
    if (event.isComposing || composing) return;
    const open = !list.hidden, last = options.length - 1;
    const moves = { ArrowDown: () => choose(active >= last ? 0 : active + 1), ArrowUp: () => choose(active <= 0 ? last : active - 1) };
    if (active >= 0) Object.assign(moves, { Home: () => choose(0), End: () => choose(last) });
    if (event.key === "Escape") {
      if (!open && !input.value) return;
      if (open) close(); else input.value = "";
    } else if (event.key === "Enter") {
      if (!open || timer) look(true);
      (options[Math.max(active, 0)] ?? { act() {} }).act();
    } else if (moves[event.key]) {
      if (!open || timer) look(true);
      if (options.length) moves[event.key]();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return { draw, update() {}, focus: () => { input.focus(); input.select(); } };
})();
