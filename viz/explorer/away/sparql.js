// A view → the SPARQL that gives on the graph what the page shows; where a view has no question of its own, all claims that
// pass the filters, one row each.
"use strict";

const awaySparql = (() => {
  const FORBIDDEN = /[\u0000-\u0020<>"{}|\\^`\ud800-\udfff]/u; // by the grammar of SPARQL, in an IRI

  // <https://…/place/210200>, whole where it lies elsewhere; a RangeError where this is no IRI.
  function iri(short) {
    const whole = short.includes("://") ? short : data.meta.base + short;
    if (FORBIDDEN.test(whole)) throw new RangeError(say("这一名称不能写成 IRI", "this is no IRI"));
    return `<${whole}>`;
  }
  const comment = (text) => `# ${dom.inert(text).replace(/\s+/g, " ")}\n`;

  function claims() {
    return `${tableQuestion.HEAD}SELECT ?claim ?relation ?kind ?program ?document ?where ?year ?yearTo ?dateKind ?status ?confidence ?rule ?sentence ?file WHERE {
  VALUES ?relation { ${data.meta.relations.map((id) => `pol:${id}`).join(" ")} }
  ?claim a ?relation ; pol:source ?source ; pol:evidence ?evidence ; pol:foundBy ?rule .
  ?source pol:file ?file .
  OPTIONAL { ?evidence pol:cleaned ?sentence }
  OPTIONAL { ?claim pol:kind ?kind }
  OPTIONAL { ?claim pol:program ?program }
  OPTIONAL { ?claim pol:document ?document }
  OPTIONAL { ?claim pol:dateKind ?dateKind }
${tableQuestion.passing()}}
ORDER BY COALESCE(?year, 9999) ?claim
`;
  }

  function text(view) {
    const own = view.question?.() ?? "";
    const what = own ? awayWords.title(view) : say("符合筛选条件的全部论断，每行一条", "all claims that pass the filters, one row each");
    return comment(what) + comment(awayWords.source())
      + comment(say("用法：kg query graph/ 此文件.rq，或贴入 kg serve 的提问页", "use: kg query graph/ this-file.rq, or the query page of kg serve")) + (own || claims());
  }
  return { iri, text };
})();
