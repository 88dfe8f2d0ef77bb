// What the network knows of every thing and tie, whatever is looked at: networkIndex.now() gives typed arrays.
//
//   degree[thing]      ties that rest on a claim; those of a register (jurisdiction, within) do not count
//   weight[thing]      how large its mark is, times the usual one
//   byDegree           the things, most tied first
//   style[tie]         number into networkIndex.STYLES: said, adopts, other, structure
//   status[tie]        the furthest status of its claims, number into data.meta.statuses
//   bend[tie]          0, 1, 2 …: the how-manieth tie between the same two things it is
"use strict";

const networkIndex = (() => {
  const STYLES = ["said", "adopts", "other", "structure"];
  const SAID = new Set(["learnsFrom", "promotes", "cooperates"]);
  const STRUCTURE = new Set(["jurisdiction", "within"]);
  const LARGEST = 3.4;
  let known = null;

  const styleOf = (link) => (SAID.has(link) ? 0 : link === "adopts" ? 1 : STRUCTURE.has(link) ? 3 : 2);

  function furthest() {
    const { ties, claims } = data;
    const status = new Uint8Array(ties.rows);
    for (let e = 0; e < ties.rows; e++) for (const claim of ties.claims.at(e)) status[e] = Math.max(status[e], claims.status[claim]);
    return status;
  }
  function bends() {
    const { things, ties } = data;
    const before = new Map();
    const bend = new Uint8Array(ties.rows);
    for (let e = 0; e < ties.rows; e++) {
      const a = ties.source[e], b = ties.target[e];
      const pair = Math.min(a, b) * things.rows + Math.max(a, b);
      const nth = before.get(pair) ?? 0;
      before.set(pair, nth + 1);
      bend[e] = Math.min(nth, 255);
    }
    return bend;
  }
  function degrees(style) {
    const degree = new Uint32Array(data.things.rows);
    for (let e = 0; e < data.ties.rows; e++) {
      if (style[e] === 3) continue;
      degree[data.ties.source[e]]++;
      degree[data.ties.target[e]]++;
    }
    return degree;
  }
  function made() {
    const styleByLink = data.meta.links.map(styleOf);
    const style = Uint8Array.from(data.ties.link, (link) => styleByLink[link]);
    const degree = degrees(style);
    const weight = Float32Array.from(degree, (n) => Math.min(0.8 + 0.32 * Math.sqrt(n), LARGEST));
    const byDegree = Uint32Array.from(degree, (_, i) => i).sort((a, b) => degree[b] - degree[a] || a - b);
    return { degree, weight, byDegree, style, status: furthest(), bend: bends() };
  }

  // Register ties are drawn only where they are asked for.
  const structureWanted = () => state.get("network.structure") === "yes" || state.list("links").some((link) => STRUCTURE.has(link));
  const other = (tie, thing) => (data.ties.source[tie] === thing ? data.ties.target[tie] : data.ties.source[tie]);

  return { STYLES, STRUCTURE, now: () => (known ??= made()), structureWanted, other };
})();
