// What the cards of the panel are made of: headings, facts, long lists that fold, a text that can be copied, lines of claims.
"use strict";

const evidenceParts = (() => {
  const { element } = dom;
  const STEP = 200; // rows that one press of a button adds

  // The head of a card: what it is, its name, a way back and a way out.
  function head(kind, title, back) {
    return element("header", { class: "card-head" },
      element("div", { class: "card-line" },
        back ? element("button", { type: "button", class: "back", onclick: back.go }, "‹ ", dom.named(back.name, 40)) : null,
        element("span", { class: "kind" }, kind),
        element("button", { type: "button", class: "close", "aria-label": say("关闭依据", "Close the evidence"), title: say("关闭 (Esc)", "Close (Esc)"), onclick: () => evidence.close() }, "×")),
      element("h2", { tabindex: "-1", class: "card-name" }, title));
  }
  const part = (title, ...children) => element("section", {}, element("h3", {}, title), ...children);

  // [[term, description or null], …]: what is empty is left out.
  function facts(rows) {
    const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length));
    return element("dl", { class: "facts" }, told.map(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
  }

  // The first rows, and a button for the rest; `first` may leave out rows that `all` has.
  function folded(all, draw, most = 6, first = all.slice(0, most)) {
    const list = element("ul", { class: "rows" }, first.map(draw));
    if (all.length <= first.length) return list;
    let shown = 0;
    const button = element("button", { type: "button", class: "more" }, say(`显示全部 ${all.length} 条`, `show all ${all.length}`));
    button.addEventListener("click", () => {
      if (!shown) list.replaceChildren();
      const next = all.slice(shown, shown + STEP).map(draw);
      list.append(...next);
      shown += next.length;
      button.textContent = say(`再显示 ${Math.min(STEP, all.length - shown)} 条`, `show ${Math.min(STEP, all.length - shown)} more`);
      if (shown >= all.length) button.remove();
      next[0].querySelector("button, a")?.focus();
    });
    return element("div", {}, list, button);
  }

  // One claim in a list: the year, the phrase, what else is to be known; "sentence" opens it.
  function claimRow(claim, { withYear = true, self = -1 } = {}) {
    const { claims, meta } = data;
    const status = meta.statuses[claims.status[claim]];
    const notes = [status ? words.statuses(status) : "", `${claims.confidence[claim]}%`, claims.inferred[claim] ? say("推断", "inferred") : "", filters.now().claims[claim] ? "" : say("筛选之外", "filtered out")].filter(Boolean);
    const now = state.get("claim") === claims.id.at(claim);
    return element("li", { class: `claim${filters.now().claims[claim] ? "" : " faded"}`, "data-claim": claims.id.at(claim), "aria-current": now ? "true" : null },
      withYear ? element("span", { class: "when" }, phrases.year(claim) || say("年份不详", "no year"), " ") : null,
      phrases.line(claim, self), " ",
      element("span", { class: "notes" }, notes.join(" · ")), " ",
      element("button", { type: "button", class: "sentence-of", "aria-label": `${say("原句：", "Sentence: ")}${dom.cut(phrases.text(claim), 80)}`, onclick: () => state.set({ claim: claims.id.at(claim) }) }, say("原句", "sentence")));
  }

  // Copies where the browser lets it; where not, the text stands selected, to be copied by hand.
  async function copied(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      dom.tell(say("已复制", "Copied"));
      button.dataset.done = "yes";
    } catch {
      const area = element("textarea", { readonly: true, class: "by-hand", rows: "3", "aria-label": say("已选中，请按 Ctrl+C 复制", "Selected: copy with Ctrl+C") });
      area.value = text;
      button.after(area, element("p", { class: "quiet" }, say("浏览器不许直接复制：文字已选中，请按 Ctrl+C（⌘C）。", "The browser does not let a page copy: the text is selected, press Ctrl+C (⌘C).")));
      button.disabled = true;
      area.focus();
      area.select();
    }
  }
  const copier = (label, text, attributes = {}) => element("button", { type: "button", class: "copy", ...attributes, onclick: (event) => copied(text(), event.currentTarget) }, label);
  const goes = (label, changes, attributes = {}) => element("a", { class: "go", href: state.link(changes), ...attributes, onclick: (event) => { event.preventDefault(); state.set(changes); } }, label);

  return { head, part, facts, folded, claimRow, copier, goes };
})();
