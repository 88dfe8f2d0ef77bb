// Words → things, by name, alias and pinyin initials, the best first.
//
//   searchThings.find("县管 校聘")       [{thing, rank}, …]
//   searchThings.folded("ＩＣＴ教育")    as it is compared: NFKC, small letters
//
// Best is a thing whose name is the words, then whose alias is, then whose name or alias begins with them, then whose
// initials are or begin with them, then that has them inside; among equals the one of which more is claimed.
"use strict";

const searchThings = (() => {
  const { WHOLE, BEGINS, INSIDE } = searchBytes;
  const folded = (text) => text.normalize("NFKC").toLowerCase().trim();
  const RANKS = {
    name: { [WHOLE]: 0, [BEGINS]: 2, [INSIDE]: 6 }, aliases: { [WHOLE]: 1, [BEGINS]: 3, [INSIDE]: 7 }, initials: { [WHOLE]: 4, [BEGINS]: 5 },
  };
  const isLatin = (word) => /^[a-z0-9]+$/.test(word);

  // Thing → its rank for one word.
  function ranked(word) {
    const found = new Map(), columns = ["name", "aliases", ...(isLatin(word) ? ["initials"] : [])];
    for (const [form, column] of searchScript.forms(word).flatMap((form) => columns.map((column) => [form, column]))) {
      for (const [thing, grade] of searchBytes.graded(data.things[column], searchBytes.encoded(form))) {
        const rank = RANKS[column][grade];
        if (rank !== undefined && !(found.get(thing) <= rank)) found.set(thing, rank);
      }
    }
    return found;
  }
  // Things that have all of the words, each with the worst of its ranks; the words as they stand, spaces included, count too.
  function together(query) {
    const words = folded(query).split(/\s+/).filter(Boolean);
    const [first, ...more] = words.map(ranked);
    const all = new Map(), whole = more.length ? ranked(folded(query)) : new Map();
    for (const [thing, rank] of first ?? []) if (more.every((found) => found.has(thing))) all.set(thing, Math.max(rank, ...more.map((found) => found.get(thing))));
    for (const [thing, rank] of whole) all.set(thing, rank);
    return all;
  }

  function find(query) {
    const { ends } = data.things.name;
    const found = [...together(query)].map(([thing, rank]) => ({ thing, rank, claims: data.claimsOf(thing).length, long: ends[thing + 1] - ends[thing] }));
    return found.sort((a, b) => a.rank - b.rank || b.claims - a.claims || a.long - b.long || a.thing - b.thing);
  }
  return { find, folded };
})();
