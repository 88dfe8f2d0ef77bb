// What the places view shows → a table to take away, and the SPARQL that gives the numbers of its tiles.
"use strict";

const placesAway = (() => {
  function rows() {
    const { program, places, tiles } = placesData.now();
    const columns = [
      ["province", "省份", "Province"], ["place", "地方", "Place"], ["level", "层级", "Level"], ["year", "采纳年份", "Year of adoption"],
      ["status", "状态", "Status"], ["claims", "论断", "Claims"], ["documents", "已读文件", "Documents read"],
    ];
    const row = (one) => [
      one.code ? placesWords.name(tiles.get(one.code).tile) : "", data.things.name.at(one.place), words.levels(data.meta.levels[one.level]),
      placesScale.year(one), one.adoption >= 0 ? words.statuses(data.meta.statuses[one.status]) : "",
      one.adoption >= 0 ? data.adoptions.claims.at(one.adoption).length : one.claims, one.documents,
    ];
    return { name: program < 0 ? "places" : "places-adopted", columns, rows: places.filter((one) => one.passes).map(row) };
  }

  // No sign of an IRI may end it.
  const iri = (short) => `<${(data.meta.base + short).replace(/[\u0000-\u0020<>"{}|\\^`]/g, encodeURIComponent)}>`;
  const PREFIXES = "PREFIX pol: <https://w3id.org/policy-kg/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n";
  function question() {
    const { program, until } = placesData.now();
    const claim = program >= 0
      ? `  ?claim a pol:Adoption ; pol:program ${iri(data.things.iri.at(program))} ; pol:place ?place .`
      : `  ?claim pol:source ?source .
  OPTIONAL { ?claim pol:place ?held } OPTIONAL { ?claim pol:to ?reached } OPTIONAL { ?source pol:jurisdiction ?speaker }
  BIND(COALESCE(?held, ?reached, ?speaker) AS ?place)`;
    const year = until < Infinity ? `  ?claim pol:year ?year . FILTER(?year <= ${until})` : "  OPTIONAL { ?claim pol:year ?year }";
    return `${PREFIXES}SELECT ?province (COUNT(DISTINCT ?place) AS ?places) (MIN(?year) AS ?first) WHERE {
${claim}
${year}
  ?place pol:within* ?unit . ?unit pol:level pol:Province ; skos:prefLabel ?province .
}
GROUP BY ?province
ORDER BY DESC(?places) ?province
`;
  }
  return { rows, question };
})();
