// A programme → the SPARQL that gives its adopters (ontology/queries/01-who-adopted.rq with the programme filled in), or, of
// none, the number of adopters of every programme.
"use strict";

const diffusionQuestion = (() => {
  const PREFIXES = `PREFIX pol: <https://w3id.org/policy-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
`;
  const ALL = `${PREFIXES}
SELECT ?programName (COUNT(DISTINCT ?place) AS ?adopters) (MIN(?year) AS ?first) (MAX(?year) AS ?last) ?program WHERE {
  ?claim a pol:Adoption ; pol:program ?program ; pol:place ?place .
  FILTER NOT EXISTS { ?claim pol:status pol:Ended }
  OPTIONAL { ?claim pol:year ?year }
  { SELECT DISTINCT ?program ?programName WHERE { ?program skos:prefLabel ?programName } }
}
GROUP BY ?program ?programName
ORDER BY DESC(?adopters) ?programName
`;
  const one = (iri) => `${PREFIXES}
# Who adopted it, in which year, by which sentence?
SELECT ?programName ?placeName ?year ?dateKind ?status ?sentence ?file ?program ?place ?claim WHERE {
  VALUES ?program { ${iri} }
  ?claim a pol:Adoption ;
    pol:program ?program ;
    pol:source/pol:file ?file ;
    pol:evidence/pol:cleaned ?sentence .
  { SELECT DISTINCT ?program ?programName WHERE { ?program skos:prefLabel ?programName } }
  OPTIONAL { ?claim pol:place ?place . { SELECT DISTINCT ?place ?placeName WHERE { ?place skos:prefLabel ?placeName } } }
  OPTIONAL { ?claim pol:year ?year }
  OPTIONAL { ?claim pol:dateKind ?dateKind }
  OPTIONAL { ?claim pol:status ?status }
}
ORDER BY ?programName COALESCE(?year, 9999) ?placeName ?claim
`;
  // What an IRI may not hold is percent-encoded, so that no name ends it.
  const percent = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  const escaped = (text) => text.replace(/[\u0000-\u0020<>"{}|\\^`]/g, percent);
  function iri(thing) {
    const short = data.things.iri.at(thing);
    return `<${escaped(short.includes("://") ? short : data.meta.base + short)}>`;
  }
  return { of: (program) => (program < 0 ? ALL : one(iri(program))) };
})();
