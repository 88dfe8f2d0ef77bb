// The state → what is to be drawn: networkScene.made() gives {things, ties, x, y, box, thingTone, tieTone, badges, steps, …}.
//
//   things, ties       numbers of those that are drawn; shown[thing] is 1 for these
//   thingTone, tieTone 0 does not pass the filters, 1 stands back behind what is looked at, 2 plain, 3 looked at
//   badges             thing → a few words behind its name: 1 · 2010
//   steps              steps of the programme's way: rows of data.steps
//   claim              ties that rest on the chosen claim
//   litThings, litTies what is looked at
//   way                what networkPaths found, or null
"use strict";

const networkScene = (() => {
  const FADED = 0, BACK = 1, PLAIN = 2, LIT = 3;
  let shape = null; // what does not depend on the filters: kept while nothing of it changes

  const thingAt = (key) => (state.get(key) ? data.thing(state.get(key)) : -1);
  const focus = () => state.list("network.focus").map(data.thing).filter((thing) => thing >= 0);
  const depth = () => Math.min(3, Math.max(1, Number(state.get("network.depth")) || 1));

  // All that is within `most` steps of the roots, and how far from them.
  function around(roots, most, usable) {
    const far = new Map(roots.map((thing) => [thing, 0]));
    let front = roots;
    for (let step = 1; step <= most; step++) {
      const next = [];
      for (const thing of front) {
        for (const tie of data.tiesOf(thing)) {
          const other = networkIndex.other(tie, thing);
          if (usable(tie) && !far.has(other)) { far.set(other, step); next.push(other); }
        }
      }
      front = next;
    }
    return far;
  }
  function bounds(things, x, y) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const thing of things) {
      box.left = Math.min(box.left, x[thing]); box.right = Math.max(box.right, x[thing]);
      box.top = Math.min(box.top, y[thing]); box.bottom = Math.max(box.bottom, y[thing]);
    }
    if (!things.length) return { left: -1, top: -1, right: 1, bottom: 1, spacing: 1 };
    return { ...box, spacing: spacing(things, x, y, box) };
  }
  // How far things stand apart where there are any: the empty parts of the picture do not count.
  function spacing(things, x, y, { left, top, right, bottom }) {
    const side = Math.max(1, Math.ceil(Math.sqrt(things.length / 2)));
    const wide = Math.max(right - left, 1e-3), high = Math.max(bottom - top, 1e-3);
    const cells = new Uint8Array((side + 1) * (side + 1));
    let filled = 0;
    for (const thing of things) {
      const cell = Math.floor(((y[thing] - top) / high) * side) * (side + 1) + Math.floor(((x[thing] - left) / wide) * side);
      if (!cells[cell]) { cells[cell] = 1; filled++; }
    }
    return Math.sqrt((wide * high * Math.min(1, filled / (side * side * 0.86))) / things.length);
  }
  function shaped() {
    const key = [state.get("network.focus"), depth(), networkIndex.structureWanted()].join("|");
    if (shape?.key === key) return shape;
    const { style } = networkIndex.now();
    const structure = networkIndex.structureWanted(), roots = focus();
    const usable = (tie) => structure || style[tie] !== 3;
    const far = roots.length ? around(roots, depth(), usable) : null;
    const things = far ? Uint32Array.from(far.keys()).sort() : Uint32Array.from(data.things.kind, (_, i) => i);
    const ties = Uint32Array.from(data.ties.link.keys()).filter((tie) => usable(tie)
      && (!far || (far.has(data.ties.source[tie]) && far.has(data.ties.target[tie]))));
    const { x, y } = far ? networkPlaces.focused(things, ties, [...things].map((thing) => far.get(thing))) : networkPlaces.all();
    const shown = new Uint8Array(data.things.rows);
    for (const thing of things) shown[thing] = 1;
    shape = { key, things, ties, shown, x, y, box: bounds(things, x, y), focused: Boolean(far), roots };
    return shape;
  }

  function year(lower, upper) {
    if (!upper) return say("年份不详", "no year");
    if (!lower) return `≤${upper}`;
    return upper - lower > 1 ? `${lower + 1}–${upper}` : `${upper}`;
  }
  const traced = () => (state.get("network.trace") === "no" ? -1 : thingAt("program"));
  function adopters(program) {
    const { adoptions } = data, passing = filters.now();
    const rows = [...adoptions.program.keys()].filter((row) => adoptions.program[row] === program && passing.adoptions[row]);
    return rows.sort((a, b) => (adoptions.upper[a] || 9999) - (adoptions.upper[b] || 9999) || adoptions.lower[a] - adoptions.lower[b] || a - b);
  }
  // An edge that was chosen in the address or in the panel: all ties that rest on this claim.
  function tiesOfClaim(id) {
    const { claims, ties } = data;
    let claim = 0;
    while (claim < claims.rows && claims.id.at(claim) !== id) claim++;
    if (claim === claims.rows) return [];
    const roles = claims.roles.at(claim);
    const near = new Set([...roles.filter((_, r) => r % 2)].flatMap((thing) => [...data.tiesOf(thing)]));
    return [...near].filter((tie) => ties.claims.at(tie).includes(claim));
  }

  // What is looked at: a way, else the trace of a programme, else what was chosen.
  function lookedAt() {
    const ends = [thingAt("from"), thingAt("to")];
    const claim = state.get("claim") ? tiesOfClaim(state.get("claim")) : [];
    if (ends[0] >= 0 && ends[1] >= 0) return { ...wayLit(...ends), claim };
    const chosen = thingAt("chosen"), program = traced();
    if (program >= 0 && (chosen < 0 || chosen === program)) return { ...traceLit(program), claim };
    return { ...chosenLit(chosen, claim), claim, program };
  }
  function wayLit(from, to) {
    const way = networkPaths.found(from, to, state.get("network.way") === "time");
    const steps = way.steps ?? [];
    return { way, ties: steps.map((step) => step.tie), things: [from, to, ...steps.map((step) => step.to)] };
  }
  function traceLit(program) {
    const rows = adopters(program), { adoptions, ties, steps, meta } = data;
    const badges = new Map(rows.map((row, i) => [adoptions.place[row], `${i + 1} · ${year(adoptions.lower[row], adoptions.upper[row])}`]));
    const taken = [...data.tiesOf(program)].filter((tie) => meta.links[ties.link[tie]] === "adopts" && badges.has(ties.source[tie]));
    const way = [...steps.program.keys()].filter((row) => steps.program[row] === program);
    return { program, rows, badges, steps: way, ties: taken, things: [program, ...badges.keys(), ...way.flatMap((row) => [steps.origin[row], steps.destination[row]])] };
  }
  function chosenLit(chosen, claim) {
    const { style } = networkIndex.now(), passing = filters.now(), structure = networkIndex.structureWanted();
    const counts = (tie) => passing.ties[tie] && (structure || style[tie] !== 3);
    const own = chosen < 0 ? [] : [...data.tiesOf(chosen)].filter(counts);
    const ends = [...own, ...claim].flatMap((tie) => [data.ties.source[tie], data.ties.target[tie]]);
    return { ties: [...own, ...claim], things: chosen < 0 ? ends : [chosen, ...ends] };
  }

  function made() {
    const form = shaped(), passing = filters.now(), looked = lookedAt();
    const base = looked.things.length ? BACK : PLAIN;
    const thingTone = new Uint8Array(data.things.rows), tieTone = new Uint8Array(data.ties.rows);
    for (const thing of form.things) thingTone[thing] = passing.things[thing] ? base : FADED;
    for (const tie of form.ties) tieTone[tie] = passing.ties[tie] ? base : FADED;
    for (const thing of looked.things) thingTone[thing] = LIT;
    for (const tie of looked.ties) tieTone[tie] = LIT;
    const { ties: litTies, things: litThings, ...more } = looked;
    return { way: null, steps: [], badges: new Map(), rows: [], claim: [], program: -1, ...form, ...more, litTies, litThings, thingTone, tieTone };
  }

  return { made, focus, depth, thingAt, year, TONES: { FADED, BACK, PLAIN, LIT } };
})();
