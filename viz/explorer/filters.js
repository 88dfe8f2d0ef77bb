// The filters in the state → what passes them: filters.now() gives {claims, things, ties, adoptions}, a 1 for each that does.
//
// A claim passes by its own relation, year, status and confidence, the genre of its text, and the level and province of
// its place. A tie passes with one of its claims (one that rests on none passes with its ends), a thing if its kind is
// wanted and something that passes touches it, an adoption with one of its claims.
"use strict";

const filters = (() => {
  const KEYS = ["kinds", "links", "levels", "province", "statuses", "genres", "since", "until", "sure", "undated"];
  let known = null;

  // null: all of them
  function wanted(key, list) {
    const names = state.list(key);
    if (!names.length) return null;
    const marks = new Uint8Array(list.length);
    for (const name of names) if (list.includes(name === "-" ? "" : name)) marks[list.indexOf(name === "-" ? "" : name)] = 1;
    return marks;
  }

  function passing() {
    const { meta, things, sources, quotes, claims, ties, adoptions } = data;
    const kinds = wanted("kinds", meta.kinds), links = wanted("links", meta.links);
    const levels = wanted("levels", meta.levels), statuses = wanted("statuses", meta.statuses), genres = wanted("genres", meta.genres);
    const province = state.get("province") ? data.thing(state.get("province")) : -1;
    const since = Number(state.get("since")) || -Infinity, until = Number(state.get("until")) || Infinity;
    const sure = Number(state.get("sure")) || 0, undated = state.get("undated") !== "no";

    const placed = (place) => (!levels || (place >= 0 && levels[things.level[place]]))
      && (province < 0 || (place >= 0 && (things.province[place] === province || place === province)));
    const dated = (from, to) => (from ? to >= since && from <= until : undated);

    const pass = { claims: new Uint8Array(claims.rows), things: new Uint8Array(things.rows), ties: new Uint8Array(ties.rows), adoptions: new Uint8Array(adoptions.rows) };
    for (let c = 0; c < claims.rows; c++) {
      pass.claims[c] = claims.confidence[c] >= sure && (!statuses || statuses[claims.status[c]])
        && (!genres || genres[sources.genre[quotes.source[claims.quote[c]]]])
        && dated(claims.year[c], claims.yearTo[c]) && placed(claims.place[c]) ? 1 : 0;
    }
    const kindOn = (thing) => !kinds || kinds[things.kind[thing]];
    const touched = new Uint8Array(things.rows);
    for (let c = 0; c < claims.rows; c++) {
      if (!pass.claims[c]) continue;
      const roles = claims.roles.at(c);
      for (let r = 1; r < roles.length; r += 2) touched[roles[r]] = 1;
    }
    for (let t = 0; t < things.rows; t++) {
      const silent = data.claimsOf(t).length === 0;
      pass.things[t] = kindOn(t) && (touched[t] || (silent && placed(things.kind[t] === meta.kinds.indexOf("Place") ? t : things.jurisdiction[t]))) ? 1 : 0;
    }
    for (let e = 0; e < ties.rows; e++) {
      const of = ties.claims.at(e);
      const ends = pass.things[ties.source[e]] && pass.things[ties.target[e]];
      pass.ties[e] = ends && (!links || links[ties.link[e]]) && (!of.length || of.some((c) => pass.claims[c])) ? 1 : 0;
    }
    for (let a = 0; a < adoptions.rows; a++) {
      const of = adoptions.claims.at(a);
      pass.adoptions[a] = pass.things[adoptions.place[a]] && pass.things[adoptions.program[a]]
        && placed(adoptions.place[a]) && (!of.length || of.some((c) => pass.claims[c])) ? 1 : 0;
    }
    return pass;
  }

  state.watch((changed) => { if (KEYS.some((key) => changed.has(key))) known = null; });
  return {
    KEYS,
    now: () => (known ??= passing()),
    isOn: () => KEYS.some((key) => state.get(key)),
    clear: () => state.set(Object.fromEntries(KEYS.map((key) => [key, ""]))),
  };
})();
