// A view → the SPARQL that gives on the graph what the page shows; where a view has no question of its own, all claims that
// pass the filters, one row each.
"use strict";

const awaySparql = (() => {
  const FORBIDDEN = /[\u0000-\u0020<>"{}|\\^`\ud800-\udfff]/u; // by the grammar of SPARQL, in an IRI
  const PREFIXES = {
    pol: "https://w3id.org/policy-kg/ontology#", skos: "http://www.w3.org/2004/02/skos/core#",
    xsd: "http://www.w3.org/2001/XMLSchema#",
  };

  // <https://…/place/210200>, whole where it lies elsewhere; a RangeError where this is no IRI.
  function iri(short) {
    const whole = short.includes("://") ? short : data.meta.base + short;
    if (FORBIDDEN.test(whole)) throw new RangeError(say("这一名称不能写成 IRI", "this is no IRI"));
    return `<${whole}>`;
  }
  const prefixes = (text) => Object.entries(PREFIXES).filter(([name]) => text.includes(`${name}:`))
    .map(([name, start]) => `PREFIX ${name}: <${start}>\n`).join("");
  const comment = (text) => `# ${dom.inert(text).replace(/\s+/g, " ")}\n`;
  const year = (key) => (/^\d{1,4}$/.test(state.get(key)) ? Number(state.get(key)) : 0);

  // ?x must be one of the words of a list that are wanted; "-" stands for none being said.
  function among(key, known, variable) {
    const wanted = state.list(key).filter((id) => id === "-" || known.includes(id));
    if (!state.list(key).length) return "";
    const terms = wanted.filter((id) => id !== "-").map((id) => `pol:${id}`).join(", ");
    const unsaid = wanted.includes("-") ? `!BOUND(${variable}) || ` : "";
    return `  FILTER(${unsaid}${variable} IN (${terms}))\n`;
  }
  function province() {
    const place = state.get("province");
    return place && data.thing(place) >= 0 ? `  ?held pol:within* ${iri(place)} .\n` : "";
  }
  function years() {
    const since = year("since"), until = year("until");
    const last = "COALESCE(?yearTo, ?year)";
    const within = [since && `${last} >= ${since}`, until && `?year <= ${until}`].filter(Boolean).join(" && ");
    if (state.get("undated") === "no") return `  FILTER(BOUND(?year)${within && ` && ${within}`})\n`;
    return within ? `  FILTER(!BOUND(?year) || (${within}))\n` : "";
  }

  // Where a claim holds: its place, the receiver of what travelled, else the place whose text says it. ?held is never unbound,
  // or a pattern with it would match every place.
  function claims() {
    const { relations, levels, statuses, genres } = data.meta;
    const sure = Number(state.get("sure")) || 0;
    return `SELECT ?claim ?relation ?kind ?program ?document ?where ?year ?yearTo ?dateKind ?status ?confidence ?rule ?sentence ?file WHERE {
  VALUES ?relation { ${relations.map((id) => `pol:${id}`).join(" ")} }
  ?claim a ?relation ; pol:source ?source ; pol:evidence ?evidence ; pol:foundBy ?rule ; pol:confidence ?confidence .
  ?source pol:file ?file .
  OPTIONAL { ?evidence pol:cleaned ?sentence }
  OPTIONAL { ?claim pol:kind ?kind }
  OPTIONAL { ?claim pol:program ?program }
  OPTIONAL { ?claim pol:document ?document }
  OPTIONAL { ?claim pol:place ?place }
  OPTIONAL { ?claim pol:to ?to }
  OPTIONAL { ?source pol:jurisdiction ?speaking }
  BIND(COALESCE(?place, ?to, ?speaking) AS ?where)
  BIND(COALESCE(?where, pol:Place) AS ?held)
  OPTIONAL { ?claim pol:year ?year }
  OPTIONAL { ?claim pol:yearTo ?yearTo }
  OPTIONAL { ?claim pol:dateKind ?dateKind }
  OPTIONAL { ?claim pol:status ?status }
  OPTIONAL { ?source pol:genre ?genre }
${province()}${years()}${sure ? `  FILTER(?confidence >= ${sure / 100})\n` : ""}${state.get("levels") && "  OPTIONAL { ?held pol:level ?level }\n"}${among("levels", levels, "?level")}${
  among("statuses", statuses, "?status")}${among("genres", genres, "?genre")}}
ORDER BY COALESCE(?year, 9999) ?claim
`;
  }

  function text(view) {
    const own = view.question?.() ?? "";
    const body = own || claims();
    const what = own ? awayWords.title(view) : say("符合筛选条件的全部论断，每行一条", "all claims that pass the filters, one row each");
    const head = comment(what) + comment(awayWords.source())
      + comment(say("用法：kg query graph/ 此文件.rq，或贴入 kg serve 的提问页", "use: kg query graph/ this-file.rq, or the query page of kg serve"));
    return head + (own ? "" : prefixes(body)) + body;
  }
  return { iri, text };
})();
