// The programme, the year and the filters of the state → what is known of each place and of each of the 34 units.
//
//   placesData.now()      {program, until, places, tiles, outside}; a place is {place, level, code, documents, adoption, lower,
//                         upper, status, claims, marked, passes}: `marked` if it adopted the programme (without a programme: if
//                         a claim holds of it), `passes` if the filters let that through. A year of 0 is unknown or open.
//   placesData.whole()    the same for all years and without the filters: what scales and extents are made of
"use strict";

const placesData = (() => {
  let codes = null; // province thing → code of its tile
  let latest = null, asked = "", passed = null;
  const wholes = new Map();

  function codeOf(place) {
    codes ??= new Map(data.meta.tiles.map(({ code }) => [data.thing(`place/${code}`), code]));
    return data.things.province[place] < 0 ? "" : codes.get(data.things.province[place]) ?? "";
  }
  const blank = (place) => ({
    place, level: data.things.level[place], code: codeOf(place), documents: 0, years: new Map(),
    adoption: -1, lower: 0, upper: 0, status: 0, claims: 0, marked: false, passes: true,
  });

  function readUntil(until, at, missing) {
    const { read } = data;
    for (let r = 0; r < read.rows; r++) {
      if (read.year[r] > until) continue;
      const code = codeOf(read.place[r]);
      missing.set(code, (missing.get(code) ?? 0) + read.missing[r]);
      if (!read.documents[r]) continue;
      const one = at(read.place[r]);
      one.documents += read.documents[r];
      one.years.set(read.year[r], read.documents[r]);
    }
  }
  function adopted(program, until, pass, at) {
    const { adoptions } = data;
    for (let a = 0; a < adoptions.rows; a++) {
      const upper = adoptions.upper[a];
      if (adoptions.program[a] !== program || (until < Infinity && (!upper || upper > until))) continue;
      Object.assign(at(adoptions.place[a]), {
        adoption: a, lower: adoptions.lower[a], upper, status: adoptions.status[a], marked: true,
        passes: !pass || pass.adoptions[a] === 1,
      });
    }
  }
  function claimed(until, pass, at) {
    const { claims, things, meta } = data;
    const isPlace = (thing) => thing >= 0 && meta.kinds[things.kind[thing]] === "Place";
    for (let c = 0; c < claims.rows; c++) {
      const year = claims.yearTo[c];
      if (!isPlace(claims.place[c]) || (until < Infinity && (!year || year > until))) continue;
      const one = at(claims.place[c]);
      if (!one.marked) Object.assign(one, { marked: true, passes: false });
      if (!pass || pass.claims[c]) { one.claims += 1; one.passes = true; }
    }
  }

  // Those that took it up first, in order of the year; the others in order of their codes.
  const order = (a, b) => b.marked - a.marked || (a.upper || 9999) - (b.upper || 9999) || a.level - b.level || a.place - b.place;

  function gathered(tile, places, missing) {
    const marked = places.filter((one) => one.marked);
    const read = places.filter((one) => one.documents);
    const years = new Map();
    for (const one of read) for (const [year, n] of one.years) years.set(year, (years.get(year) ?? 0) + n);
    return {
      tile, places, missing, years: new Map([...years].sort((a, b) => a[0] - b[0])),
      all: marked.length,
      count: marked.filter((one) => one.passes).length,
      claims: marked.reduce((sum, one) => sum + one.claims, 0),
      documents: read.reduce((sum, one) => sum + one.documents, 0),
      read: read.length,
      readMarked: read.filter((one) => one.marked && one.passes).length,
      first: Math.min(...marked.map((one) => one.upper || Infinity)),
    };
  }
  function counted(program, until, pass) {
    const found = new Map();
    const at = (place) => { if (!found.has(place)) found.set(place, blank(place)); return found.get(place); };
    const missing = new Map(); // code → documents that should exist and were not read
    readUntil(until, at, missing);
    if (program >= 0) adopted(program, until, pass, at); else claimed(until, pass, at);
    const places = [...found.values()].sort(order);
    for (const one of places) if (!one.marked) one.passes = !pass || pass.things[one.place] === 1;
    const of = grouped(places);
    const tiles = new Map(data.meta.tiles.map((tile) => [tile.code, gathered(tile, of.get(tile.code) ?? [], missing.get(tile.code) ?? 0)]));
    return { program, until, places, tiles, outside: of.get("") ?? [] };
  }
  function grouped(places) {
    const of = new Map();
    for (const one of places) {
      if (!of.has(one.code)) of.set(one.code, []);
      of.get(one.code).push(one);
    }
    return of;
  }

  const program = () => (state.get("program") ? data.thing(state.get("program")) : -1);
  function now() {
    const question = `${program()} ${state.get("year")}`;
    if (asked !== question || passed !== filters.now()) {
      asked = question;
      passed = filters.now();
      latest = counted(program(), Number(state.get("year")) || Infinity, filters.isOn() ? passed : null);
    }
    return latest;
  }
  function whole() {
    if (!wholes.has(program())) wholes.set(program(), counted(program(), Infinity, null));
    return wholes.get(program());
  }
  return { now, whole };
})();
