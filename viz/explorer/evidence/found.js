// All that a search found, as a list in the panel: things, and sentences with the words marked.
"use strict";

const evidenceFound = (() => {
  const { element } = dom;
  const { head, part, folded } = evidenceParts;

  function thingRow(thing) {
    return element("li", {}, marks.icon(data.meta.kinds[data.things.kind[thing]]), " ", dom.opens(thing));
  }
  // A sentence opens the first of its claims.
  function sentenceRow(needles) {
    return (quote) => {
      const { quotes, sources, claims } = data;
      const of = evidenceClaim.ofQuote(quote), source = quotes.source[quote];
      return element("li", { class: of.some((claim) => filters.now().claims[claim]) ? null : "faded" },
        element("button", { type: "button", class: "goto found", onclick: () => state.set({ claim: claims.id.at(of[0]), chosen: "" }) }, searchSentences.marked(quotes.text.at(quote), needles, 90)),
        element("span", { class: "notes" }, dom.cut(sources.title.at(source) || sources.file.at(source), 60), of.length > 1 ? say(` · ${of.length} 条论断`, ` · ${of.length} claims`) : ""));
    };
  }
  function card(query) {
    const things = searchThings.find(query), sentences = searchSentences.find(query);
    const none = !things.length && !sentences.length;
    return [
      head(say("搜索", "Search"), [say("“", "“"), dom.named(query, 60), say("”", "”")], null),
      none ? element("p", {}, say("什么也没有找到。几个词之间用空格隔开，表示都要有。", "Nothing found. Words with a space between them must all stand there.")) : null,
      things.length ? part(say(`名称（${things.length}）`, `Names (${things.length})`), folded(things.map(({ thing }) => thing), thingRow, 8)) : null,
      sentences.length ? part(say(`句子（${sentences.length}）`, `Sentences (${sentences.length})`), folded([...sentences], sentenceRow(searchSentences.needles(query)), 50)) : null,
    ];
  }
  return { card };
})();
