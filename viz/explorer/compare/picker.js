// A field with suggestions for one side of a comparison: by name, alias, pinyin initials or code.
"use strict";

const comparePicker = (() => {
  const { element } = dom;
  const MOST = 12;
  const kept = new Map(); // kind → what can be chosen, the most adopted first

  function candidates(kind) {
    if (kept.has(kind)) return kept.get(kind);
    const { name, aliases, initials, code } = data.things, counts = compareFound.counts(kind);
    const found = [...counts].sort((one, two) => two[1] - one[1] || one[0] - two[0]).map(([thing, adoptions]) => ({
      thing, adoptions, name: name.at(thing).toLowerCase(), latin: initials.at(thing).toLowerCase(), code: code.at(thing),
      aliases: aliases.at(thing).toLowerCase(),
    }));
    kept.set(kind, found);
    return found;
  }
  // 0 for the best hit; null for none.
  function grade(each, wanted) {
    if (each.name.startsWith(wanted)) return 0;
    if (each.latin.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    if (each.name.includes(wanted) || (each.code && each.code.startsWith(wanted))) return 2;
    return each.aliases.includes(wanted) ? 3 : null;
  }
  function suggested(kind, text, without) {
    const forms = searchScript.forms(text.trim().toLowerCase());
    const best = (each) => forms.map((wanted) => grade(each, wanted)).find((found) => found !== null) ?? null;
    return candidates(kind).filter(({ thing }) => thing !== without)
      .map((each) => ({ ...each, grade: best(each) })).filter((each) => each.grade !== null)
      .sort((one, two) => one.grade - two.grade).slice(0, MOST);
  }
  function where(thing) {
    const { province, level } = data.things, above = province[thing];
    const parts = [above >= 0 && above !== thing ? compareClaims.name(above) : "", level[thing] ? words.levels(data.meta.levels[level[thing]]) : ""];
    return parts.filter(Boolean).join(" · ");
  }

  // side: "a" or "b"; now() gives {kind, thing, other}; the picked thing goes into the state.
  function field(side, label, now) {
    const list = element("ul", { id: `compare-${side}-list`, role: "listbox", "aria-label": label, hidden: true });
    const input = element("input", {
      id: `compare-${side}`, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-label": label,
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
      oninput: () => open(0), onkeydown: keyed, onblur: () => close(true), onclick: () => open(-1),
    });
    let shown = [], at = -1;

    function mark(wanted) {
      at = wanted;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      if (at >= 0 && list.children[at]) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    }
    function option({ thing, adoptions }, i) {
      return element("li", { id: `compare-${side}-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(i); } },
        dom.named(compareClaims.name(thing), 60), element("span", { class: "quiet" }, where(thing)), element("span", { class: "quiet number" }, say(`${adoptions} 项`, String(adoptions))));
    }
    const nothing = () => element("li", { class: "quiet none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, say("没有这个名字", "No such name"));
    // What stands there already is no search: all are suggested then.
    function open(marked) {
      const { kind, thing, other } = now();
      const typed = thing >= 0 && input.value === compareClaims.name(thing) ? "" : input.value;
      shown = suggested(kind, typed, other);
      list.replaceChildren(...(shown.length ? shown.map(option) : [nothing()]));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(shown.length ? marked : -1);
    }
    function close(restored) {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
      if (restored) draw();
    }
    function take(i) {
      if (!shown[i]) return;
      const { thing } = shown[i];
      close(false);
      input.value = compareClaims.name(thing);
      state.set({ [side]: data.things.iri.at(thing) });
    }
    function keyed(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) open(0); else if (shown.length) mark((at + step + shown.length) % shown.length);
      } else if (event.key === "Enter" && !list.hidden) { event.preventDefault(); take(Math.max(at, 0)); }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(true); }
    }
    function draw() {
      const { kind, thing } = now();
      input.value = thing < 0 ? "" : compareClaims.name(thing);
      input.placeholder = kind === "Place" ? say("地方：名称或拼音首字母", "A place: name or initials") : say("政策项目：名称或拼音首字母", "A programme: name or initials");
    }
    return { box: element("div", { class: `field side-${side}` }, sideMark(side), input, list), draw };
  }
  // A disc for the first side, a square for the second: told apart by shape and colour.
  const sideMark = (side) => dom.svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true", class: "mark" },
    comparePicture.mark(side, 7, 7, 5, true));
  return { field, suggested, sideMark };
})();
