// The filters in the state → what passes them: filters.now() gives {claims, things, ties, adoptions}, a 1 for each that does.
//
// A claim passes by its own relation, year, status and confidence, the genre of its text, and the level and province of
// its place. A thing passes if its kind is wanted and something that passes touches it; one of which nothing is claimed
// passes with its place. A tie passes with one of its claims (one that rests on none passes with its ends), an adoption
// with one of its claims.
//
// filters.counts() says of every option what it would show under the other filters, and what it holds without any:
// {levels: {now, base}, …}, each a typed array by the number of the option (province: by the number of the place).
"use strict";

const filters = (() => {
  const KEYS = ["kinds", "links", "levels", "province", "statuses", "genres", "since", "until", "sure", "undated"];
  // Why a claim does not pass: one bit for each filter of claims.
  const NOT = { links: 1, levels: 2, province: 4, statuses: 8, genres: 16, years: 32, sure: 64 };
  const OF_RELATION = {
    Adoption: "adopts", Issuance: "issues", Implementation: "implements", Targeting: "targets", Succession: "succeeds",
    Membership: "partOf", Recognition: "recognizes", Goal: "Goal",
  };
  const OF_KIND = { Promotes: "promotes", LearnsFrom: "learnsFrom", Cooperates: "cooperates" };
  let known = null, whole = null;

  // The relations that can be chosen: the links of the network, and goals, which tie nothing to anything.
  const relations = () => [...data.meta.links, "Goal"];

  // null: all of them
  function wanted(key, list) {
    const names = state.list(key);
    if (!names.length) return null;
    const marks = new Uint8Array(list.length);
    for (const name of names) if (list.includes(name === "-" ? "" : name)) marks[list.indexOf(name === "-" ? "" : name)] = 1;
    return marks;
  }

  // What the state asks for, as marks by number.
  function asked() {
    const { meta } = data;
    return {
      kinds: wanted("kinds", meta.kinds), links: wanted("links", relations()), levels: wanted("levels", meta.levels),
      statuses: wanted("statuses", meta.statuses), genres: wanted("genres", meta.genres),
      province: state.get("province") ? data.thing(state.get("province")) : -1, anywhere: !state.get("province"),
      since: Number(state.get("since")) || -Infinity, until: Number(state.get("until")) || Infinity,
      undated: state.get("undated") !== "no", sure: Number(state.get("sure")) || 0,
    };
  }

  // What never changes: the relation of each claim, the seat of each thing, the things and ties that rest on no claim.
  function constants() {
    const { meta, things, claims, ties } = data;
    const names = relations(), place = meta.kinds.indexOf("Place");
    const byRelation = meta.relations.map((name) => names.indexOf(OF_RELATION[name])), byKind = meta.claimKinds.map((name) => names.indexOf(OF_KIND[name]));
    const link = new Int8Array(claims.rows), silent = new Uint8Array(things.rows), seat = new Int32Array(things.rows);
    for (let c = 0; c < claims.rows; c++) link[c] = byRelation[claims.relation[c]] < 0 ? byKind[claims.kind[c]] : byRelation[claims.relation[c]];
    for (let t = 0; t < things.rows; t++) {
      silent[t] = data.claimsOf(t).length ? 0 : 1;
      seat[t] = things.kind[t] === place ? t : things.jurisdiction[t];
    }
    const { ends } = ties.claims;
    const bare = (tie) => ends[tie] === ends[tie + 1];
    return { link, silent, seat, bare, base: null };
  }

  // For each place (shifted by one: the first is no place) the bits of level and province that it fails.
  function placing({ levels, province, anywhere }) {
    const { things } = data;
    const fails = new Uint8Array(things.rows + 1);
    for (let t = -1; t < things.rows; t++) {
      const level = t < 0 ? 0 : things.level[t];
      const inside = anywhere || (t >= 0 && (t === province || (province >= 0 && things.province[t] === province)));
      fails[t + 1] = (levels && !levels[level] ? NOT.levels : 0) | (inside ? 0 : NOT.province);
    }
    return fails;
  }

  function failing({ links, statuses, genres, since, until, undated, sure }, places) {
    const { sources, quotes, claims } = data;
    const fails = new Uint8Array(claims.rows);
    for (let c = 0; c < claims.rows; c++) {
      const dated = claims.year[c] ? claims.yearTo[c] >= since && claims.year[c] <= until : undated;
      fails[c] = places[claims.place[c] + 1]
        | (links && !links[whole.link[c]] ? NOT.links : 0)
        | (statuses && !statuses[claims.status[c]] ? NOT.statuses : 0)
        | (genres && !genres[sources.genre[quotes.source[claims.quote[c]]]] ? NOT.genres : 0)
        | (dated ? 0 : NOT.years) | (claims.confidence[c] >= sure ? 0 : NOT.sure);
    }
    return fails;
  }

  const inPlace = (places, thing) => places[whole.seat[thing] + 1] === 0;

  // Things that stay if their kind is wanted: touched by a claim that passes, or by a wanted tie that rests on no claim.
  function touching(fails, { links }, places) {
    const { things, claims, ties } = data;
    const touched = new Uint8Array(things.rows);
    const { ends, values } = claims.roles;
    for (let c = 0; c < claims.rows; c++) {
      if (fails[c]) continue;
      for (let r = ends[c] + 1; r < ends[c + 1]; r += 2) touched[values[r]] = 1;
    }
    if (!links) { for (let t = 0; t < things.rows; t++) if (whole.silent[t] && inPlace(places, t)) touched[t] = 1; return touched; }
    for (let e = 0; e < ties.rows; e++) {
      if (!whole.bare(e) || !links[ties.link[e]] || !inPlace(places, ties.source[e]) || !inPlace(places, ties.target[e])) continue;
      touched[ties.source[e]] = touched[ties.target[e]] = 1;
    }
    return touched;
  }

  function anyOf({ ends, values }, row, passes) {
    if (ends[row] === ends[row + 1]) return true;
    for (let at = ends[row]; at < ends[row + 1]; at++) if (passes[values[at]]) return true;
    return false;
  }

  function passing() {
    const { things, claims, ties, adoptions } = data;
    whole ??= constants();
    const ask = asked(), places = placing(ask), fails = failing(ask, places), touched = touching(fails, ask, places);
    const pass = { claims: new Uint8Array(claims.rows), things: new Uint8Array(things.rows), ties: new Uint8Array(ties.rows), adoptions: new Uint8Array(adoptions.rows) };
    for (let c = 0; c < claims.rows; c++) pass.claims[c] = fails[c] ? 0 : 1;
    for (let t = 0; t < things.rows; t++) pass.things[t] = touched[t] && (!ask.kinds || ask.kinds[things.kind[t]]) ? 1 : 0;
    for (let e = 0; e < ties.rows; e++) {
      pass.ties[e] = pass.things[ties.source[e]] && pass.things[ties.target[e]]
        && (!ask.links || ask.links[ties.link[e]]) && anyOf(ties.claims, e, pass.claims) ? 1 : 0;
    }
    for (let a = 0; a < adoptions.rows; a++) {
      pass.adoptions[a] = pass.things[adoptions.place[a]] && pass.things[adoptions.program[a]]
        && !places[adoptions.place[a] + 1] && anyOf(adoptions.claims, a, pass.claims) ? 1 : 0;
    }
    return { pass, ask, places, fails, touched };
  }

  // How many claims each option would show if it alone were changed; `years` by year, its 0 the undated.
  function tallied(fails) {
    const { meta, things, sources, quotes, claims } = data;
    const of = { links: new Uint32Array(relations().length), levels: new Uint32Array(meta.levels.length), province: new Uint32Array(things.rows), statuses: new Uint32Array(meta.statuses.length), genres: new Uint32Array(meta.genres.length), years: new Uint32Array(10_000), sure: new Uint32Array(101), claims: new Uint32Array(1) };
    for (let c = 0; c < claims.rows; c++) {
      const bits = fails[c], place = claims.place[c];
      if (bits & (bits - 1)) continue;
      const open = (bit) => bits === 0 || bits === bit;
      if (bits === 0) of.claims[0]++;
      if (open(NOT.links)) of.links[whole.link[c]]++;
      if (open(NOT.levels)) of.levels[place < 0 ? 0 : things.level[place]]++;
      if (open(NOT.province) && place >= 0 && things.province[place] >= 0) of.province[things.province[place]]++;
      if (open(NOT.statuses)) of.statuses[claims.status[c]]++;
      if (open(NOT.genres)) of.genres[sources.genre[quotes.source[claims.quote[c]]]]++;
      if (open(NOT.years)) for (let year = claims.year[c]; year <= Math.min(claims.yearTo[c], claims.year[c] + 50); year++) of.years[year]++;
      if (open(NOT.sure)) of.sure[claims.confidence[c]]++;
    }
    return of;
  }
  // Kinds count things; the links that rest on no claim count ties.
  function completed(of, touched, kindOn, placeOn) {
    const { meta, things, ties } = data;
    of.kinds = new Uint32Array(meta.kinds.length);
    for (let t = 0; t < things.rows; t++) if (touched[t]) of.kinds[things.kind[t]]++;
    const on = (thing) => kindOn(thing) && placeOn(thing);
    for (let e = 0; e < ties.rows; e++) if (whole.bare(e) && on(ties.source[e]) && on(ties.target[e])) of.links[ties.link[e]]++;
    return of;
  }
  function counting() {
    const { ask, places, fails, touched } = found();
    const always = () => true;
    whole.base ??= completed(tallied(new Uint8Array(data.claims.rows)), new Uint8Array(data.things.rows).fill(1), always, always);
    const now = completed(tallied(fails), touched, (t) => !ask.kinds || ask.kinds[data.things.kind[t]], (t) => inPlace(places, t));
    return Object.fromEntries(Object.keys(now).map((key) => [key, { now: now[key], base: whole.base[key] }]));
  }
  const found = () => (known ??= passing());

  state.watch((changed) => { if (KEYS.some((key) => changed.has(key))) known = null; });
  return {
    KEYS, relations,
    now: () => found().pass,
    counts: () => (found().counts ??= counting()),
    isOn: () => KEYS.some((key) => state.get(key)),
    clear: () => state.set(Object.fromEntries(KEYS.map((key) => [key, ""]))),
  };
})();
