// What the places view shows → a table to take away, and the SPARQL that gives the same rows.
"use strict";

const placesAway = (() => {
  function rows() {
    const { program, places, tiles } = placesData.now();
    const columns = [
      ["province", "省份", "Province"], ["place", "地方", "Place"], ["level", "层级", "Level"], ["year", "采纳年份", "Year of adoption"],
      ["status", "状态", "Status"], ["claims", "论断", "Claims"], ["documents", "已读文件", "Documents read"], ["id", "地方标识", "Place id"],
    ];
    const row = (one) => [
      one.code ? placesWords.name(tiles.get(one.code).tile) : "", data.things.name.at(one.place), words.levels(data.meta.levels[one.level]),
      placesScale.year(one), one.adoption >= 0 ? words.statuses(data.meta.statuses[one.status]) : "",
      one.adoption >= 0 ? data.adoptions.claims.at(one.adoption).length : one.claims, one.documents, data.things.iri.at(one.place),
    ];
    const all = places.filter((one) => one.passes);
    return {
      name: program < 0 ? "places" : "places-adopted", columns, rows: all.map(row),
      open: (at) => ({ chosen: data.things.iri.at(all[at].place), claim: "" }),
    };
  }

  // ?place with its ?years, ?statusWord and number of ?claims: who adopted the programme.
  function adopters(program, until) {
    const by = tableQuestion.iri(data.things.iri.at(program));
    return `${awayAdopters.ranked(program, until)}${awayAdopters.passing(program)}${awayAdopters.told(say("年份不详", "no year"))}  { SELECT ?place (COUNT(DISTINCT ?one) AS ?claims) WHERE { ?one a pol:Adoption ; pol:program ${by} ; pol:place ?place } GROUP BY ?place }`;
  }
  // ?place and its number of ?claims: of whom something is said.
  const spoken = (until, some) => `{ SELECT ?place (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
    ?claim pol:evidence ?evidence ; pol:source ?source .
${some}    FILTER(BOUND(?where)) BIND(?where AS ?place)${until < Infinity ? ` FILTER(COALESCE(?yearTo, ?year, 9999) <= ${until})` : ""}
  } GROUP BY ?place }`;
  const documents = (until) => `{ SELECT ?place (COUNT(DISTINCT ?text) AS ?read) WHERE {
    ?text pol:part ?part ; pol:jurisdiction ?place ; pol:reportYear ?of .${until < Infinity ? ` FILTER(?of <= ${until})` : ""}
  } GROUP BY ?place }`;
  // Those of which something was read pass the filters with any claim in which they stand.
  function touched() {
    const kinds = state.list("kinds");
    if (kinds.length && !kinds.includes("Place")) return "FILTER(false)";
    return filters.isOn() ? `FILTER EXISTS {\n  ?claim ?role ?place ; pol:evidence ?evidence ; pol:source ?source .\n${tableQuestion.passing()}  }` : "";
  }

  function question() {
    const { program, until } = placesData.now(), { passing, known } = tableQuestion;
    const [shown, all] = program >= 0 ? [adopters(program, until), awayAdopters.ranked(program, until)] : [spoken(until, passing()), spoken(until, known())];
    const note = (zh, en) => `# ${say(zh, en)}\n`;
    return `${tableQuestion.HEAD}${note("省级行政区一列是中文全称。", "Provinces are named in Chinese.")}${
      filters.isOn() ? note("只读过而没有论断的地方，筛选后不在查询中。", "With filters, places that were read and of which nothing is claimed are left out.") : ""
    }SELECT ?province ?name ?levelWord ?years ?statusWord (COALESCE(?claims, 0) AS ?claimed) (COALESCE(?read, 0) AS ?documents) ?id WHERE {
  {
  ${shown}
  } UNION {
  ${documents(until)}
  MINUS ${all}
  ${touched()}
  }
  OPTIONAL ${documents(until)}
${awayAdopters.place()}}
ORDER BY COALESCE(?years, "~") ?id
`;
  }
  return { rows, question };
})();
