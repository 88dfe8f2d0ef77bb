// Two things of one kind → what they share: {mode, a, b, both, onlyA, onlyB}. Two places share programmes, two programmes
// the places that adopted them. A row is {thing, a, b, first, seen, passes}: a and b are numbers of adoptions or -1.
"use strict";

const compareFound = (() => {
  const MOST = 200; // that are held against each other to find pairs with much in common

  const kindOf = (thing) => (thing < 0 ? "" : data.meta.kinds[data.things.kind[thing]]);
  const own = (kind) => data.adoptions[kind === "Place" ? "place" : "program"];
  const other = (kind) => data.adoptions[kind === "Place" ? "program" : "place"];

  // What a place or programme is joined with by adoption → the number of the adoption.
  function adoptionsOf(thing, kind) {
    const mine = own(kind), others = other(kind), found = new Map();
    for (let row = 0; row < data.adoptions.rows; row++) if (mine[row] === thing) found.set(others[row], row);
    return found;
  }
  function row(thing, a, b) {
    const pass = filters.now().adoptions;
    const told = (by) => (a >= 0 && b >= 0 ? by(compareYears.of(a), compareYears.of(b)) : "");
    return { thing, a, b, first: told(compareYears.first), seen: told(compareYears.seen), passes: (a < 0 || pass[a] === 1) && (b < 0 || pass[b] === 1) };
  }
  function inOrder(rows) {
    const year = (adoption) => (adoption < 0 ? Infinity : data.adoptions.upper[adoption] || Infinity);
    const earliest = new Map(rows.map((each) => [each, Math.min(year(each.a), year(each.b))]));
    return rows.sort((one, two) => (earliest.get(one) === earliest.get(two) ? one.thing - two.thing : earliest.get(one) - earliest.get(two)));
  }
  function of(a, b) {
    const mode = kindOf(a), ofA = adoptionsOf(a, mode), ofB = adoptionsOf(b, mode);
    const mine = [...ofA], its = [...ofB];
    return {
      mode, a, b,
      both: inOrder(mine.filter(([thing]) => ofB.has(thing)).map(([thing, adoption]) => row(thing, adoption, ofB.get(thing)))),
      onlyA: inOrder(mine.filter(([thing]) => !ofB.has(thing)).map(([thing, adoption]) => row(thing, adoption, -1))),
      onlyB: inOrder(its.filter(([thing]) => !ofA.has(thing)).map(([thing, adoption]) => row(thing, -1, adoption))),
    };
  }

  // How many adoptions each thing has.
  function counts(kind) {
    const found = new Map();
    for (const thing of own(kind)) found.set(thing, (found.get(thing) ?? 0) + 1);
    return found;
  }
  // The `most` pairs of places (or of programmes) with most in common: [a, b, how many]; of one thing, if it is given.
  function pairs(kind, most, thing = -1) {
    return (thing < 0 ? pairsOfAll(kind) : pairsOfOne(thing, kind)).sort((one, two) => two[2] - one[2]).slice(0, most);
  }
  function pairsOfOne(thing, kind) {
    const shared = adoptionsOf(thing, kind), counted = new Map();
    own(kind).forEach((mate, adoption) => { if (mate !== thing && shared.has(other(kind)[adoption])) counted.set(mate, (counted.get(mate) ?? 0) + 1); });
    return [...counted].map(([mate, n]) => [thing, mate, n]);
  }
  function pairsOfAll(kind) {
    const busiest = [...counts(kind)].sort((one, two) => two[1] - one[1] || one[0] - two[0]).slice(0, MOST).map(([thing]) => thing);
    const at = new Map(busiest.map((thing, i) => [thing, i])), groups = new Map();
    own(kind).forEach((thing, adoption) => {
      const group = other(kind)[adoption];
      if (!at.has(thing)) return;
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(at.get(thing));
    });
    const shared = new Uint32Array(MOST * MOST), found = [];
    for (const members of groups.values()) for (const one of members) for (const two of members) if (one < two) shared[one * MOST + two]++;
    shared.forEach((n, pair) => { if (n) found.push([busiest[Math.floor(pair / MOST)], busiest[pair % MOST], n]); });
    return found;
  }

  // Year → documents read of a place.
  function readOf(place) {
    const found = new Map();
    for (let r = 0; r < data.read.rows; r++) if (data.read.place[r] === place) found.set(data.read.year[r], data.read.documents[r]);
    return new Map([...found].sort((one, two) => one[0] - two[0]));
  }
  // Of a programme that one place adopted: was the other read in that year ("read"), in other years ("other"), never ("never")?
  function reading(adoption, read) {
    if (!read.size) return "never";
    const { lower, upper } = compareYears.of(adoption);
    for (let year = lower ? lower + 1 : upper; year && year <= upper; year++) if (read.has(year)) return "read";
    return "other";
  }
  // Other claims in which both have a role, such as one that carries out what it was not said to adopt.
  const together = (one, two) => Array.from(data.claimsOf(one)).filter((claim) => compareClaims.has(claim, two));

  return { kindOf, of, counts, pairs, readOf, reading, together };
})();
