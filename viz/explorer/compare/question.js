// Two places or two programmes → the SPARQL question for what they share.
"use strict";

const compareQuestion = (() => {
  function asked({ mode, a, b }) {
    const iri = (thing) => tableQuestion.iri(data.things.iri.at(thing));
    const [own, other] = mode === "Place" ? ["place", "program"] : ["program", "place"];
    const adopted = (thing, years) => `  { SELECT ?${other} (MIN(?y) AS ?${years}) WHERE {
      ?claim a pol:Adoption ; pol:${own} ${iri(thing)} ; pol:${other} ?${other} .
      FILTER NOT EXISTS { ?claim pol:status pol:Ended }
      OPTIONAL { ?claim pol:year ?y }
    } GROUP BY ?${other} }
`;
    return `${tableQuestion.HEAD}# The first years in which a text says so, plans included; the year of a document is an upper bound.
SELECT ?${other} ?name ?yearA ?yearB WHERE {
${adopted(a, "yearA")}${adopted(b, "yearB")}  { SELECT DISTINCT ?${other} ?name WHERE { ?${other} skos:prefLabel ?name } }
}
ORDER BY ?yearA ?yearB ?name
`;
  }
  return { asked };
})();
