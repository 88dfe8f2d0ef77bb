// A claim → its sentence as the file prints it, with the words that fill its roles marked.
//
// evidenceSentence.marks(claim) gives [{role, start, end}, …] in UTF-16 units of evidenceSentence.printed(claim): those that
// the graph kept, or, where it kept none, the names and aliases that are found in the sentence.
"use strict";

const evidenceSentence = (() => {
  const { element, inert } = dom;

  function printed(claim) {
    const { claims, quotes } = data;
    const quote = claims.quote[claim];
    return quotes.printed.isEmpty(quote) ? quotes.text.at(quote) : quotes.printed.at(quote);
  }

  // The place of a code point in a text that counts in UTF-16 units.
  function units(text) {
    if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
    const at = [0];
    for (const sign of text) at.push(at.at(-1) + sign.length);
    return (point) => at[Math.min(point, at.length - 1)];
  }

  function kept(claim, text) {
    const { claims, meta } = data;
    if (!claims.marks) return null;
    const at = units(text), triples = claims.marks.at(claim), names = meta.roles;
    const found = [];
    for (let m = 0; m < triples.length; m += 3) found.push({ role: names[triples[m]], start: at(triples[m + 1]), end: at(triples[m + 2]) });
    return found;
  }

  function searched(claim, text) {
    const { things } = data;
    const found = [];
    for (const { role, thing, value } of phrases.filled(claim)) {
      const names = thing === undefined ? [value] : [things.name.at(thing), ...things.aliases.at(thing).split("\n")];
      const name = names.filter((one) => one && text.includes(one)).sort((a, b) => b.length - a.length)[0];
      if (name && !["operator", "baseValue", "baseUnit", "unit"].includes(role)) found.push({ role, start: text.indexOf(name), end: text.indexOf(name) + name.length });
    }
    return found;
  }
  const marks = (claim) => {
    const text = printed(claim);
    return (kept(claim, text) ?? searched(claim, text)).filter(({ start, end }) => start < end && end <= text.length);
  };

  // Marks within marks are nested; one that crosses another is cut where the other ends.
  function nested(text, from, to, spans) {
    const waiting = spans.filter((span) => span.start < span.end).sort((a, b) => a.start - b.start || b.end - a.end);
    const made = [];
    let at = from;
    while (waiting.length) {
      const span = waiting.shift();
      const inside = waiting.filter(({ start }) => start < span.end);
      const later = waiting.filter(({ start }) => start >= span.end);
      const over = inside.filter(({ end }) => end > span.end).map((one) => ({ ...one, start: span.end }));
      waiting.splice(0, waiting.length, ...[...over, ...later].sort((a, b) => a.start - b.start || b.end - a.end));
      made.push(inert(text.slice(at, span.start)), element("mark", { class: `role role-${span.role}`, "data-role": words.roles(span.role) },
        nested(text, span.start, span.end, inside.map((one) => ({ ...one, end: Math.min(one.end, span.end) })))));
      at = span.end;
    }
    return [...made, inert(text.slice(at, to))];
  }

  // The text around it without its empty lines.
  const calm = (text) => inert(text).replace(/\n\s*\n/g, "\n");
  function drawn(claim) {
    const { claims, quotes } = data;
    const quote = claims.quote[claim], text = printed(claim), long = text.length > 600;
    return element("blockquote", { class: "sentence", tabindex: long ? "0" : null },
      element("span", { class: "around" }, calm(quotes.before.at(quote).trimStart())),
      element("span", { class: "printed" }, nested(text, 0, text.length, marks(claim))),
      element("span", { class: "around" }, calm(quotes.after.at(quote).trimEnd())));
  }

  return { printed, marks, drawn };
})();
