// What passes the filters → GEXF 1.3 for Gephi: things and ties with years, positions and the sentences behind each tie. The
// ids and the names of attributes are those of `kg export -f gexf`.
"use strict";

const awayGexf = (() => {
  const NODE = { kind: "string", level: "string", code: "string", iri: "string", aliases: "string", first_year: "integer", last_year: "integer" };
  const EDGE = { relation: "string", year: "integer", last_year: "integer", status: "string", confidence: "double", claims: "integer", sentences: "string" };
  const NO_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;" };

  const escaped = (text) => String(text).replace(NO_XML, "\ufffd").replace(/[&<>"\n\t\r]/g, (sign) => ENTITIES[sign]);
  const attributes = (of) => Object.entries(of).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");

  function declared(kind, types) {
    const lines = Object.entries(types).map(([title, type]) => `      <attribute${attributes({ id: title, title, type })}/>\n`);
    return `    <attributes class="${kind}" mode="static">\n${lines.join("")}    </attributes>\n`;
  }
  function values(told) {
    const known = Object.entries(told).filter(([, value]) => value !== "" && value !== 0 && value !== undefined);
    return `        <attvalues>\n${known.map(([id, value]) => `          <attvalue${attributes({ for: id, value })}/>\n`).join("")}        </attvalues>\n`;
  }

  // The first and last year of those of some claims that pass and have one.
  function span(claims, pass) {
    let first = 0, last = 0;
    for (const claim of claims) {
      const year = data.claims.year[claim];
      if (!pass.claims[claim] || !year) continue;
      first = first ? Math.min(first, year) : year;
      last = Math.max(last, data.claims.yearTo[claim]);
    }
    return [first, last];
  }

  function node(thing, pass, placed) {
    const { things, meta } = data;
    const [first_year, last_year] = span(data.claimsOf(thing), pass);
    const told = {
      kind: meta.kinds[things.kind[thing]], level: meta.levels[things.level[thing]], code: things.code.at(thing),
      iri: data.meta.base + things.iri.at(thing), aliases: things.aliases.at(thing).replaceAll("\n", "|"), first_year, last_year,
    };
    // Gephi counts upwards, a screen downwards.
    const position = placed ? `        <viz:position x="${things.x[thing]}" y="${-things.y[thing]}" z="0"/>\n` : "";
    return `      <node${attributes({ id: things.iri.at(thing), label: things.name.at(thing) })}>\n${values(told)}${position}      </node>\n`;
  }

  function edge(tie, number, pass) {
    const { ties, things, claims, meta } = data;
    const of = [...ties.claims.at(tie)].filter((claim) => pass.claims[claim])
      .sort((a, b) => claims.year[a] - claims.year[b] || a - b);
    const relation = meta.links[ties.link[tie]];
    const [year, last_year] = span(of, pass);
    const told = {
      relation, year, last_year, status: of.length ? meta.statuses[claims.status[of.at(-1)]] : "",
      confidence: Math.max(0, ...of.map((claim) => claims.confidence[claim])) / 100, claims: of.length,
      sentences: [...new Set(of.map((claim) => data.quotes.text.at(claims.quote[claim])))].join("\n"),
    };
    const ends = { id: `e${number}`, source: things.iri.at(ties.source[tie]), target: things.iri.at(ties.target[tie]) };
    const shown = { kind: relation, label: words.links(relation), weight: Math.max(1, of.length) };
    return `      <edge${attributes({ ...ends, ...shown })}>\n${values(told)}      </edge>\n`;
  }

  // The numbers of what is taken: what passes, of that what a view has chosen.
  function selection(view, pass) {
    const chosen = view.selection?.();
    const wanted = chosen ? new Set(chosen) : null;
    const things = [], ties = [];
    for (let t = 0; t < data.things.rows; t++) if (pass.things[t] && (!wanted || wanted.has(t))) things.push(t);
    const among = (t) => pass.things[t] && (!wanted || wanted.has(t));
    for (let e = 0; e < data.ties.rows; e++) {
      if (pass.ties[e] && among(data.ties.source[e]) && among(data.ties.target[e])) ties.push(e);
    }
    return { things, ties };
  }

  function parts(view) {
    const pass = filters.now();
    const { things, ties } = selection(view, pass);
    const placed = data.things.x.some((x) => x !== 0);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n',
      `  <meta>\n    <creator>policy-kg</creator>\n    <description>${escaped(awayWords.source())}</description>\n  </meta>\n`,
      '  <graph defaultedgetype="directed" mode="static">\n', declared("node", NODE), declared("edge", EDGE),
      "    <nodes>\n", ...things.map((thing) => node(thing, pass, placed)),
      "    </nodes>\n    <edges>\n", ...ties.map((tie, number) => edge(tie, number, pass)),
      "    </edges>\n  </graph>\n</gexf>\n",
    ];
  }
  return { parts };
})();
