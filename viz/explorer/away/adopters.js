// Parts of the questions for adopters: the graph then gives the rows of the table, dated as the page dates them.
//
// A variable ?rank holds all that is known of an adoption: of all its claims the least of upper year, weight of its date (0 a
// named year, 1 what goes on, 2 a plan, 3 the year of the document), first year, file and claim, as one text.
"use strict";

const awayAdopters = (() => {
  const { iri } = tableQuestion;
  const OPEN = "9999";
  const quoted = (text) => JSON.stringify(text);

  // ?place (and ?program, if none is given) with its ?rank; with a year only what was adopted by then.
  function ranked(program, until = Infinity) {
    const [shown, by] = program < 0 ? ["?program ?place", "?program"] : ["?place", iri(data.things.iri.at(program))];
    return `{ SELECT ${shown} (MIN(?key) AS ?rank) WHERE {
    ?said a pol:Adoption ; pol:program ${by} ; pol:place ?place ; pol:source/pol:file ?in .
    OPTIONAL { ?said pol:year ?from } OPTIONAL { ?said pol:yearTo ?to }
    OPTIONAL { ?said pol:dateKind ?dateKind } OPTIONAL { ?said pol:status ?state }
    BIND(COALESCE(?dateKind, "") AS ?kind) BIND(COALESCE(?state, "") AS ?stage) FILTER(?stage != pol:Ended)
    BIND(IF(?stage = pol:Started && COALESCE(?to, 0) > ?from, ?to, ?from) AS ?upper)
    BIND(IF(?kind = pol:Effective || (?kind = pol:Stated && ?stage != pol:Ongoing), IF(?stage = pol:Planned, "2", "0"), IF(?stage = pol:Ongoing, "1", "3")) AS ?weight)
    BIND(CONCAT(COALESCE(CONCAT(STR(?upper), ?weight, STR(?from)), "${OPEN}4${OPEN}"), ?in, "\\t", STR(?said)) AS ?key)
  } GROUP BY ${shown} HAVING(MIN(?key) < "${until < Infinity ? until + 1 : "A"}") }
`;
  }
  // What the filters leave: an adoption by one of its claims.
  function passing(program) {
    if (!filters.isOn()) return "";
    const kinds = state.list("kinds"), by = program < 0 ? "?program" : iri(data.things.iri.at(program));
    if (kinds.length && !["Place", "Program"].every((kind) => kinds.includes(kind))) return "  FILTER(false)\n";
    return `  FILTER EXISTS {
  ?claim a pol:Adoption ; pol:program ${by} ; pol:place ?place ; pol:source ?source .
${tableQuestion.passing()}  }
`;
  }
  const named = (variable, list, word) => `VALUES (?${variable} ?${variable}Name) { ${list.filter(Boolean).map((id) => `(pol:${id} ${quoted(word(id))})`).join(" ")} }`;
  // ?rank → ?years, ?statusWord, ?first: the claim on which it rests. No name is one that the filters use.
  const told = (unknown) => `  BIND(SUBSTR(?rank, 1, 4) AS ?until) BIND(SUBSTR(?rank, 5, 1) AS ?dated) BIND(SUBSTR(?rank, 6, 4) AS ?since)
  BIND(IF(?until = "${OPEN}", ${quoted(unknown)}, IF(?dated IN ("1", "3"), CONCAT("≤", ?until), IF(?since = ?until, ?until, CONCAT(?since, "–", ?until)))) AS ?years)
  BIND(IRI(STRAFTER(?rank, "\\t")) AS ?first)
  OPTIONAL { ?first pol:status ?stood ${named("stood", data.meta.statuses, words.statuses)} }
  BIND(COALESCE(?stoodName, ${quoted(words.statuses(""))}) AS ?statusWord)
`;
  // ?place → ?name, ?levelWord, ?province and ?id.
  const place = () => `  { SELECT ?place (MIN(?label) AS ?name) WHERE { ?place a pol:Place ; skos:prefLabel ?label } GROUP BY ?place }
  OPTIONAL { ?place pol:level ?tier ${named("tier", data.meta.levels, words.levels)} }
  BIND(COALESCE(?tierName, ${quoted(words.levels(""))}) AS ?levelWord)
  OPTIONAL { ?place pol:within* ?unit . ?unit pol:level pol:Province ; skos:prefLabel ?province }
  BIND(STRAFTER(STR(?place), ${quoted(data.meta.base)}) AS ?id)
`;
  return { ranked, passing, told, place, quoted, OPEN };
})();
