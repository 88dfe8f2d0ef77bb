// A programme → the SPARQL that gives the rows of its table of adopters, or, of none, those of the list of programmes.
"use strict";

const diffusionQuestion = (() => {
  const note = (zh, en) => `# ${say(zh, en)}\n`;
  function all() {
    return `${tableQuestion.HEAD}${note("表中另有“最早的记录”和“层级”两列，并只列出名称含有所填词的项目：查询不含这些。",
      "The table has two columns more (earliest record, levels), and leaves out what the words typed into the field do not find.")}SELECT ?name ?adopters (COUNT(?place) AS ?passing) (IF(MIN(?upper) = "${awayAdopters.OPEN}", "", MIN(?upper)) AS ?first) (MAX(?known) AS ?last) WHERE {
  ${awayAdopters.ranked(-1)}${awayAdopters.passing(-1)}  BIND(SUBSTR(?rank, 1, 4) AS ?upper) BIND(IF(?upper = "${awayAdopters.OPEN}", "", ?upper) AS ?known)
  { SELECT ?program (COUNT(DISTINCT ?by) AS ?adopters) WHERE {
    ?any a pol:Adoption ; pol:program ?program ; pol:place ?by . FILTER NOT EXISTS { ?any pol:status pol:Ended }
  } GROUP BY ?program }
  { SELECT ?program (MIN(?label) AS ?name) WHERE { ?program a pol:Program ; skos:prefLabel ?label } GROUP BY ?program }
}
GROUP BY ?program ?name ?adopters
ORDER BY DESC(?passing) ?name
`;
  }
  function one(program) {
    const { dated } = diffusionWords, word = (kind) => awayAdopters.quoted(dated(kind));
    return `${tableQuestion.HEAD}${note("地方同名时，表中在名称前加上级地名，查询中没有：请按标识对照。", "Where two places have one name, the table puts the place above before it; here it stands alone: go by the id.")}${
      note("起始为一段年份（2013—2016年启动）而更早已有记录的，表中的下限可能更紧。", "Where a beginning lies in a span of years and another record is earlier, the table may know a closer lower bound.")
    }SELECT ?programName ?name ?levelWord ?province ?years ?statusWord ?rests ?sentence ?file ?id WHERE {
  ${awayAdopters.ranked(program)}${awayAdopters.passing(program)}${awayAdopters.told(say("不详", "unknown"))}  ?first pol:evidence/pol:cleaned ?sentence ; pol:source/pol:file ?file .
  OPTIONAL { ?first pol:dateKind ?on }
  BIND(IF(?until = "${awayAdopters.OPEN}", ${word("open")}, IF(?dated = "1", ${word("continued")}, IF(?dated = "3", ${word("document")}, IF(?on = pol:Effective, ${word("effective")}, ${word("stated")})))) AS ?rests)
  { SELECT (MIN(?label) AS ?programName) WHERE { ${tableQuestion.iri(data.things.iri.at(program))} skos:prefLabel ?label } }
${awayAdopters.place()}}
ORDER BY ?until ?since ?name
`;
  }
  return { of: (program) => (program < 0 ? all() : one(program)) };
})();
