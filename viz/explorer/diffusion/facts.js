// The tables of the page → what is known of one programme (`diffusionFacts.of(program)`) and of all of them (`.programs()`).
//
// An adopter is {row, place, name, level, province, lower, upper, status, dated, silent, claims, claim, passes}: years of 0
// are open or unknown, `claim` is the one that the year rests on, `passes` says whether the filters leave it.
"use strict";

const diffusionFacts = (() => {
  const LEVELS = ["Nation", "Province", "Prefecture", "County", "Township", "Zone", "Foreign", ""];
  const OLDER = 12; // years: a founding document older than this is told in words, not drawn on the axis
  const LONGEST = 120; // signs of a name that are shown
  let listed = null, places = null, readYears = null;

  function grouped() {
    const { adoptions } = data;
    const rows = new Map();
    for (let row = 0; row < adoptions.rows; row++) {
      const program = adoptions.program[row];
      if (!rows.has(program)) rows.set(program, []);
      rows.get(program).push(row);
    }
    return rows;
  }
  const programs = () => (listed ??= grouped());

  // 鼓楼区 is in several cities: those of one name bear the name of the place above them.
  function placeNames() {
    const kind = data.meta.kinds.indexOf("Place"), times = new Map(), found = new Map();
    for (let i = 0; i < data.things.rows; i++) {
      if (data.things.kind[i] !== kind) continue;
      found.set(i, data.things.name.at(i));
      times.set(found.get(i), (times.get(found.get(i)) ?? 0) + 1);
    }
    const told = new Map(found);
    for (const [i, name] of found) {
      const above = data.things.within[i];
      if (times.get(name) > 1 && found.has(above)) told.set(i, found.get(above) + name);
    }
    return told;
  }
  const placeName = (i) => dom.cut((places ??= placeNames()).get(i) ?? data.things.name.at(i), LONGEST);

  function yearsRead() {
    const { read } = data, found = new Map();
    for (let r = 0; r < read.rows; r++) {
      if (!found.has(read.place[r])) found.set(read.place[r], new Map());
      found.get(read.place[r]).set(read.year[r], read.documents[r]);
    }
    return found;
  }
  const read = () => (readYears ??= yearsRead());

  function adopter(row) {
    const { adoptions, things, meta } = data, place = adoptions.place[row];
    const one = {
      row, place, name: placeName(place), level: meta.levels[things.level[place]], province: things.province[place],
      lower: adoptions.lower[row], upper: adoptions.upper[row], statusAt: adoptions.status[row],
      status: meta.statuses[adoptions.status[row]], dated: meta.dated[adoptions.dated[row]], silent: adoptions.silent[row],
      claims: adoptions.claims.at(row), claim: adoptions.claim[row], passes: filters.now().adoptions[row] === 1,
    };
    one.exact = one.upper > 0 && one.lower > 0 && one.upper - one.lower <= 1;
    return one;
  }

  // Nobody is known to have come before them: their interval begins before the earliest upper year.
  function firsts(adopters) {
    const dated = adopters.filter((one) => one.upper);
    const year = Math.min(...dated.map((one) => one.upper));
    const leading = dated.filter((one) => one.upper === year);
    return {
      year: dated.length ? year : 0, leading,
      possible: dated.filter((one) => one.upper > year && one.lower < year),
      undated: adopters.filter((one) => !one.upper),
    };
  }
  function stepsByPlace(some) {
    const found = new Map();
    for (const step of some) {
      for (const place of [step.origin, step.destination]) {
        if (!found.has(place)) found.set(place, []);
        found.get(place).push(step);
      }
    }
    return found;
  }
  function foundedIn(program) {
    const { things } = data, document = things.founding[program];
    return (document >= 0 && Number(things.issued.at(document).slice(0, 4))) || things.since[program] || 0;
  }
  function extent(adopters, founded) {
    const known = adopters.flatMap((one) => [one.upper, one.lower && one.lower + 1,
      ...(read().get(one.place)?.keys() ?? [])]).filter(Boolean);
    if (!known.length) return founded ? [founded - 1, founded + 1] : [0, 0];
    const from = Math.min(...known), to = Math.max(...known);
    const near = founded && from - founded <= OLDER;
    return [Math.min(from, near ? founded : from) - 1, Math.max(to, near ? founded : to)];
  }
  function steps(program) {
    const { steps: rows, meta } = data, found = [];
    for (let s = 0; s < rows.rows; s++) {
      if (rows.program[s] !== program) continue;
      found.push({ origin: rows.origin[s], destination: rows.destination[s], grade: meta.grades[rows.grade[s]],
        basis: meta.bases[rows.basis[s]], note: rows.note.at(s), claims: [...rows.claims.at(s)] });
    }
    return found;
  }
  // The places whose agencies issued the founding document.
  function founders(program) {
    const { things } = data, document = things.founding[program];
    return document < 0 ? [] : [...things.issuers.at(document)].map((agency) => things.jurisdiction[agency]).filter((place) => place >= 0);
  }
  function of(program) {
    const adopters = (programs().get(program) ?? []).map(adopter), known = steps(program);
    const founded = foundedIn(program), [from, to] = extent(adopters, founded);
    return { program, name: dom.cut(data.things.name.at(program), LONGEST), adopters, passing: adopters.filter((one) => one.passes),
      firsts: firsts(adopters), founded, founders: founders(program), from, to, steps: known, stepsOf: stepsByPlace(known) };
  }

  return { LEVELS, programs, of, placeName, read, yearOfFounding: foundedIn };
})();
