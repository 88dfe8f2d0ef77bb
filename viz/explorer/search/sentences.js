// Words → the sentences in which all of them stand, by number, and a sentence with the words marked.
"use strict";

const searchSentences = (() => {
  const { element, inert } = dom;

  // Each word as it was typed, as NFKC has it (a sentence may print ，or , and １ or 1), and with Simplified characters.
  const needles = (query) => query.trim().split(/\s+/).filter(Boolean).map((word) => [...new Set([word, ...searchScript.forms(word.normalize("NFKC"))])]);

  // A single letter or figure is in most sentences and says nothing.
  const tells = (words) => words.some(([word]) => /[^\x00-\x7f]/.test(word) || word.length > 1);

  function find(query) {
    const { text } = data.quotes;
    const words = needles(query).sort((a, b) => b[0].length - a[0].length);
    if (!words.length || !tells(words)) return [];
    const [first, ...more] = words.map((forms) => forms.map(searchBytes.encoded));
    const rows = [...new Set(first.flatMap((form) => searchBytes.rows(text, form)))].sort((a, b) => a - b);
    return rows.filter((row) => more.every((forms) => forms.some((form) => searchBytes.stands(text, row, form))));
  }

  function spans(text, words) {
    const low = text.toLowerCase(), found = [];
    for (const form of words.flat().map((word) => word.toLowerCase())) {
      for (let at = low.indexOf(form); at >= 0 && found.length < 50; at = low.indexOf(form, at + form.length)) found.push([at, at + form.length]);
    }
    return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }

  // About `most` signs of the sentence around the first word, each word in a <mark>.
  function marked(text, words, most) {
    const found = spans(text, words);
    const from = Math.max(0, Math.min((found[0]?.[0] ?? 0) - Math.floor(most / 4), text.length - most));
    const to = Math.min(text.length, from + most);
    const pieces = [from ? "…" : ""];
    let at = from;
    for (const [start, end] of found) {
      if (start < at || end > to) continue;
      pieces.push(inert(text.slice(at, start)), element("mark", {}, inert(text.slice(start, end))));
      at = end;
    }
    pieces.push(inert(text.slice(at, to)), to < text.length ? "…" : "");
    return element("bdi", {}, pieces);
  }

  return { find, needles, marked };
})();
