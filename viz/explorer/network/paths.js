// From one thing to another: networkPaths.found(from, to, timed) → {steps, sure, why}; steps is null where there is no way.
//
// Each step is {from, to, tie, claim, lo, hi}: years in which it happened at the earliest and at the latest, infinite where
// open. The shortest way follows all ties that pass the filters, in either direction. A way in time follows what travels:
// out of whom is learned, to whom is promoted, through a programme from one adopter to the next; each step not before the
// last one. It is sure if every step is certainly not earlier than the one before, and possible if it may be so.
"use strict";

const networkPaths = (() => {
  const WAYS = { learnsFrom: [false, true], promotes: [true, false], cooperates: [true, true], adopts: [true, true] };
  let adopted = null;

  const sure = (time, lo, hi) => (lo >= time && hi < Infinity ? hi : null);
  const possible = (time, lo, hi) => (hi >= time ? Math.max(time, lo) : null);
  const whenever = () => 0;

  function adoptionOf(place, program) {
    const { adoptions, things } = data;
    adopted ??= new Map([...adoptions.place].map((at, row) => [at * things.rows + adoptions.program[row], row]));
    return adopted.get(place * things.rows + program) ?? -1;
  }
  // Only what a text dates itself has a first year; the year of a document is an upper bound.
  function yearsOfClaim(claim) {
    const { claims, meta } = data;
    if (!claims.year[claim]) return { claim, lo: -Infinity, hi: Infinity };
    const bound = meta.dateKinds[claims.dateKind[claim]] === "Document";
    return { claim, lo: bound ? -Infinity : claims.year[claim], hi: claims.yearTo[claim] };
  }
  // When it happened, in one or several ways that are told. An adoption happens once: for the first time.
  function options(tie, passing) {
    const { ties, adoptions, meta } = data;
    const of = [...ties.claims.at(tie)].filter((claim) => passing.claims[claim]);
    const row = meta.links[ties.link[tie]] === "adopts" ? adoptionOf(ties.source[tie], ties.target[tie]) : -1;
    if (row < 0) return of.map(yearsOfClaim);
    const lower = adoptions.lower[row], upper = adoptions.upper[row];
    const claim = adoptions.claims.at(row).find((one) => passing.claims[one]) ?? of[0];
    return [{ claim, lo: lower ? lower + 1 : -Infinity, hi: upper || Infinity }];
  }
  function mayGo(tie, forward) {
    const ways = WAYS[data.meta.links[data.ties.link[tie]]];
    return ways !== undefined && ways[forward ? 0 : 1];
  }

  // The way of fewest steps; of equally long ones the one that arrives earliest.
  function walk(from, to, advance, directed, usable, passing) {
    const best = new Float64Array(data.things.rows).fill(Infinity);
    best[from] = -Infinity;
    let front = [{ thing: from, time: -Infinity }];
    while (front.length) {
      const reached = [];
      for (const here of front) {
        if (here.time > best[here.thing]) continue;
        for (const tie of data.tiesOf(here.thing)) {
          if (!usable(tie) || (directed && !mayGo(tie, data.ties.source[tie] === here.thing))) continue;
          const thing = networkIndex.other(tie, here.thing);
          for (const { claim, lo, hi } of directed ? options(tie, passing) : [{ claim: data.ties.claims.at(tie)[0] ?? -1 }]) {
            const time = advance(here.time, lo, hi);
            if (time === null || time >= best[thing]) continue;
            best[thing] = time;
            reached.push({ thing, time, tie, claim, lo, hi, before: here });
          }
        }
      }
      const end = reached.findLast?.((one) => one.thing === to) ?? reached.filter((one) => one.thing === to).pop();
      if (end) return unrolled(end);
      front = reached;
    }
    return null;
  }
  function unrolled(end) {
    const steps = [];
    for (let at = end; at.before; at = at.before) {
      steps.unshift({ from: at.before.thing, to: at.thing, tie: at.tie, claim: at.claim ?? -1, lo: at.lo, hi: at.hi });
    }
    return steps;
  }

  function found(from, to, timed) {
    const passing = filters.now();
    const structure = networkIndex.structureWanted(), { style } = networkIndex.now();
    const usable = (tie) => passing.ties[tie] && (structure || style[tie] !== 3);
    if (from === to) return { steps: null, sure: false, why: "same" };
    if (!timed) {
      const steps = walk(from, to, whenever, false, usable, passing);
      return { steps, sure: true, why: steps ? "" : "apart" };
    }
    const certain = walk(from, to, sure, true, usable, passing);
    if (certain) return { steps: certain, sure: true, why: "" };
    const maybe = walk(from, to, possible, true, usable, passing);
    if (maybe) return { steps: maybe, sure: false, why: "years" };
    return { steps: null, sure: false, why: walk(from, to, whenever, true, usable, passing) ? "decreasing" : "apart" };
  }

  return { found };
})();
