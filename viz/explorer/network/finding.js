// A field in which a thing is found by its name: networkFinding(label, key) writes its short IRI into the state under `key`.
"use strict";

const networkFinding = (() => {
  const MOST = 8;

  // Names that begin with the words first, then names that hold them; of either the most tied first.
  function suggested(text) {
    const forms = searchScript.forms(text.trim().toLowerCase());
    const { name, aliases } = data.things;
    const first = [], then = [];
    if (!forms[0]) return first;
    for (const thing of networkIndex.now().byDegree) {
      const own = name.at(thing).toLowerCase();
      if (forms.some((form) => own.startsWith(form))) first.push(thing);
      else if (then.length < MOST && forms.some((form) => own.includes(form) || aliases.at(thing).toLowerCase().includes(form))) then.push(thing);
      if (first.length === MOST) break;
    }
    return [...first, ...then].slice(0, MOST);
  }
  const option = (thing, id, on, choose) => dom.element("li", {
    id, role: "option", "aria-selected": on ? "true" : "false", onpointerdown: (event) => { event.preventDefault(); choose(thing); },
  }, marks.icon(data.meta.kinds[data.things.kind[thing]]), dom.named(data.things.name.at(thing), 60));

  return (label, key) => {
    const list = dom.element("ul", { role: "listbox", id: `net-${key}-list`, "aria-label": label, hidden: true });
    const input = dom.element("input", {
      type: "text", role: "combobox", id: `net-${key}`, autocomplete: "off", spellcheck: "false", placeholder: say("名称", "name"),
      "aria-label": label, "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
    });
    let found = [], at = -1;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function draw() {
      list.replaceChildren(...found.map((thing, i) => option(thing, `${list.id}-${i}`, i === at, choose)));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      if (at >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${at}`); else input.removeAttribute("aria-activedescendant");
    }
    function choose(thing) {
      close();
      state.set({ [key]: data.things.iri.at(thing) });
    }
    function typed() {
      found = suggested(input.value);
      at = found.length ? 0 : -1;
      draw();
      if (input.value.trim()) dom.tell(say(`${found.length} 个名称`, `${found.length} names`));
      else if (state.get(key)) state.set({ [key]: "" });
    }
    function pressed(event) {
      if (event.key === "Escape") { close(); follow(); return; }
      if (event.key === "Enter" && at >= 0 && !list.hidden) { choose(found[at]); return; }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (found.length) { at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length; draw(); }
    }
    function follow() {
      const thing = state.get(key) ? data.thing(state.get(key)) : -1;
      input.value = thing < 0 ? "" : dom.cut(data.things.name.at(thing), 60);
    }
    input.addEventListener("input", typed);
    input.addEventListener("keydown", pressed);
    input.addEventListener("blur", () => { close(); follow(); });
    follow();
    return { box: dom.element("span", { class: "net-find" }, dom.element("label", { for: input.id }, label), input, list), follow };
  };
})();
