// The restrictions of the table → SPARQL that gives the same claims. Words searched for in the rows cannot be said in it.
"use strict";

const tableQuestion = (() => {
  const HEAD = `PREFIX pol: <https://w3id.org/policy-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
`;
  const iri = (short) => away.iri(short);
  const whole = (key) => { const read = Number(state.get(key)); return Number.isInteger(read) ? read : 0; };
  // A word of the ontology, or nothing: what stands in the address never gets into the question as it is.
  function among(key, list, variable) {
    const named = state.list(key), known = named.filter((name) => name && list.includes(name));
    if (!named.length) return "";
    const tests = [known.length && `${variable} IN (${known.map((name) => `pol:${name}`).join(", ")})`, named.includes("-") && `!BOUND(${variable})`];
    return `  FILTER(${tests.filter(Boolean).join(" || ") || "false"})\n`;
  }
  function years() {
    const since = whole("since"), until = whole("until"), undated = state.get("undated") !== "no";
    if (!since && !until && undated) return "";
    const tests = [since && `COALESCE(?yearTo, ?year) >= ${since}`, until && `?year <= ${until}`].filter(Boolean).join(" && ") || "true";
    return `  FILTER(${undated ? "!BOUND(?year) || " : "BOUND(?year) && "}(${tests}))\n`;
  }
  // What is known of a ?claim with its ?source, whatever the filters; ?where it holds is its place, the receiver of what
  // travelled, else the place whose text says it.
  const KNOWN = `  OPTIONAL { ?claim pol:year ?year } OPTIONAL { ?claim pol:yearTo ?yearTo } OPTIONAL { ?claim pol:status ?status } OPTIONAL { ?claim pol:confidence ?confidence }
  OPTIONAL { ?claim pol:place ?at } OPTIONAL { ?claim pol:to ?to } OPTIONAL { ?source pol:jurisdiction ?by }
  BIND(COALESCE(?at, ?to, ?by) AS ?where)
`;
  function placed() {
    const levels = state.list("levels"), province = state.get("province");
    const known = levels.filter((name) => name && data.meta.levels.includes(name)).map((name) => `pol:${name}`).join(", ");
    const tests = [known && `(BOUND(?where) && EXISTS { ?where pol:level ?level FILTER(?level IN (${known})) })`,
      levels.includes("-") && "!BOUND(?where) || NOT EXISTS { ?where pol:level ?any }"].filter(Boolean).join(" || ") || "false";
    return `${levels.length ? `  FILTER(${tests})\n` : ""}${province ? `  FILTER(BOUND(?where) && EXISTS { ?where pol:within* ${iri(province)} })\n` : ""}`;
  }
  const CLASSES = {
    adopts: "Adoption", issues: "Issuance", implements: "Implementation", targets: "Targeting", succeeds: "Succession", partOf: "Membership",
    recognizes: "Recognition", Goal: "Goal",
  };
  const KINDS = { promotes: "Promotes", learnsFrom: "LearnsFrom", cooperates: "Cooperates" };
  function linked() {
    const links = state.list("links");
    if (!links.length) return "";
    const tests = links.filter((link) => Object.hasOwn(CLASSES, link)).map((link) => `EXISTS { ?claim a pol:${CLASSES[link]} }`)
      .concat(links.filter((link) => Object.hasOwn(KINDS, link)).map((link) => `EXISTS { ?claim pol:kind pol:${KINDS[link]} }`));
    return `  FILTER(${tests.join(" || ") || "false"})\n`;
  }
  function restrictions() {
    const only = state.get("table.only"), source = state.get("table.source");
    return (only ? `  FILTER EXISTS { ?claim ?role ${iri(only)} }\n` : "") + (source ? `  FILTER(?source = ${iri(source)})\n` : "") + restricted();
  }
  // What the filters say of it.
  function restricted() {
    const sure = whole("sure");
    return linked() + years() + among("statuses", data.meta.statuses, "?status")
      + (state.get("genres") ? `  OPTIONAL { ?source pol:genre ?genre }\n${among("genres", data.meta.genres, "?genre")}` : "")
      + (sure ? `  FILTER(?confidence >= ${(sure - 0.5) / 100})\n` : "") + placed();
  }
  function claims(relation) {
    const types = relation ? `pol:${relation}` : "?relation";
    const goal = relation === "Goal" ? "    OPTIONAL { ?claim pol:indicator ?indicator } OPTIONAL { ?claim pol:operator ?operator } OPTIONAL { ?claim pol:value ?value } OPTIONAL { ?claim pol:unit ?unit } OPTIONAL { ?claim pol:kind ?kind }\n" : "";
    return `${HEAD}SELECT DISTINCT ?claim ${relation ? "" : "?relation "}${goal && "?indicator ?operator ?value ?unit ?kind "}?year ?status ?confidence ?sentence ?file WHERE {
${relation ? "" : `  VALUES ?relation { ${data.meta.relations.map((name) => `pol:${name}`).join(" ")} }\n`}  ?claim a ${types} ; pol:source ?source ; pol:evidence/pol:cleaned ?sentence .
  ?source pol:file ?file .
${goal}${KNOWN}${restrictions()}}
ORDER BY ?year ?claim
`;
  }
  const documents = () => `${HEAD}SELECT ?source ?file ?part ?title ?place ?year ?genre WHERE {
  ?source a pol:SourceDocument ; pol:file ?file .
  OPTIONAL { ?source pol:part ?part } OPTIONAL { ?source dcterms:title ?title } OPTIONAL { ?source pol:jurisdiction ?place }
  OPTIONAL { ?source pol:reportYear ?year } OPTIONAL { ?source pol:genre ?genre }
}
ORDER BY ?file ?part
`;
  function asked() {
    const of = tableSets.of();
    if (of === "picture") return tableSets.view()?.question?.() ?? null;
    if (of === "documents") return documents();
    return claims(of === "adoptions" ? "Adoption" : of === "claims" && data.meta.relations.includes(state.get("table.relation")) ? state.get("table.relation") : "");
  }
  return { asked, iri, known: () => KNOWN, passing: () => KNOWN + restricted(), HEAD };
})();
