// Ties and things of the network in words: networkWords.tie(e) gives 采纳 2014.
"use strict";

const networkWords = (() => {
  const link = (tie) => words.links(data.meta.links[data.ties.link[tie]]);
  const kind = (thing) => words.kinds(data.meta.kinds[data.things.kind[thing]]);
  const name = (thing, most = 40) => dom.cut(data.things.name.at(thing), most);
  const bound = (claim) => data.meta.dateKinds[data.claims.dateKind[claim]] === "Document";

  // 2014, 2013–2015; ≤2014 where only the year of the document is known; empty where none is.
  function years(claim) {
    const { claims } = data;
    if (claim < 0 || !claims.year[claim]) return "";
    if (bound(claim)) return `≤${claims.yearTo[claim]}`;
    return claims.yearTo[claim] > claims.year[claim] ? `${claims.year[claim]}–${claims.yearTo[claim]}` : `${claims.year[claim]}`;
  }
  function span(tie) {
    const all = [...data.ties.claims.at(tie)].filter((claim) => data.claims.year[claim]);
    all.sort((a, b) => data.claims.yearTo[a] - data.claims.yearTo[b] || bound(a) - bound(b));
    const told = [...new Set(all.map(years))];
    return told.length > 2 ? `${told[0]} … ${told.at(-1)}` : told.join(say("、", ", "));
  }
  const tie = (e) => [link(e), span(e)].filter(Boolean).join(" ");
  const degree = (thing) => {
    const n = networkIndex.now().degree[thing];
    return say(`${n} 条关系`, `${n} ${n === 1 ? "tie" : "ties"}`);
  };
  const thing = (i) => `${name(i)}${say("，", ", ")}${kind(i)}${say("，", ", ")}${degree(i)}`;
  const sentence = (e) => `${name(data.ties.source[e])} ${link(e)} ${name(data.ties.target[e])}`;

  return { link, kind, name, years, span, tie, degree, thing, sentence };
})();
