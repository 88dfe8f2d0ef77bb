// Words → things, by name, alias and pinyin initials, the best first.
//
//   searchThings.find("县管 校聘")       [{thing, rank}, …]
//   searchThings.folded("ＩＣＴ教育")    as it is compared: NFKC, small letters
//
// A name that is the words comes before one that begins with them, that before one that has them inside; among equals the
// thing of which more is claimed.
"use strict";

const searchThings = (() => {
  let index = null;
  const folded = (text) => text.normalize("NFKC").toLowerCase().trim();
  const asked = (query) => folded(query).split(/\s+/).filter(Boolean);

  function indexed() {
    const { things } = data;
    const lines = (text) => (text ? folded(text).split("\n") : []);
    return Array.from({ length: things.rows }, (_, thing) => ({
      name: folded(things.name.at(thing)), aliases: lines(things.aliases.at(thing)), initials: lines(things.initials.at(thing)),
    }));
  }

  // 0 the name, 1 an alias, 2 the name begins so, 3 an alias begins so, 4 the initials, 5 they begin so, 6 inside the name,
  // 7 inside an alias; -1 not at all.
  function rank({ name, aliases, initials }, word, latin) {
    if (name === word) return 0;
    if (aliases.includes(word)) return 1;
    if (name.startsWith(word)) return 2;
    if (aliases.some((alias) => alias.startsWith(word))) return 3;
    if (latin && initials.includes(word)) return 4;
    if (latin && initials.some((line) => line.startsWith(word))) return 5;
    if (name.includes(word)) return 6;
    return aliases.some((alias) => alias.includes(word)) ? 7 : -1;
  }
  function rankOf(entry, needles, latins, whole) {
    let worst = needles.length > 1 ? rank(entry, whole, false) : -1;
    if (worst >= 0) return worst;
    for (let i = 0; i < needles.length; i++) {
      const one = rank(entry, needles[i], latins[i]);
      if (one < 0) return -1;
      worst = Math.max(worst, one);
    }
    return worst;
  }

  function find(query) {
    const needles = asked(query), whole = folded(query);
    if (!needles.length) return [];
    index ??= indexed();
    const latins = needles.map((word) => /^[a-z0-9]+$/.test(word)), found = [];
    index.forEach((entry, thing) => {
      const at = rankOf(entry, needles, latins, whole);
      if (at >= 0) found.push({ thing, rank: at, claims: data.claimsOf(thing).length, long: entry.name.length });
    });
    return found.sort((a, b) => a.rank - b.rank || b.claims - a.claims || a.long - b.long || a.thing - b.thing);
  }
  return { find, folded, ready: () => { index ??= indexed(); } };
})();
