// What the table can be of → a set of rows: {rows, passes(row), touches(row, thing), columns, open(row), leads?(row)}.
//
// open gives the state that shows a row in the panel; leads the state that lists the claims behind it.
"use strict";

const tableSets = (() => {
  const { name } = compareClaims;
  const BASES = {
    stated: ["句中写明", "stated"], effective: ["生效日期", "effective"], document: ["文件年份", "document’s year"],
    continued: ["称继续，早已开始", "said to go on: began before"], given: ["用户表格", "given in a table"], open: ["年份不详", "no year"],
  };
  const VIEWS = { diffusion: () => diffusionView, places: () => placesView, network: () => networkView, compare: () => compareView };
  const iri = (thing) => data.things.iri.at(thing);
  const level = (thing) => { const word = thing < 0 ? "" : data.meta.levels[data.things.level[thing]]; return word && words.levels(word); };
  const claimOf = (claim) => ({ claim: claim >= 0 ? compareClaims.id(claim) : "" });
  const passing = (list) => { const pass = filters.now().claims; return list.filter((claim) => pass[claim]); };
  const few = (id, zh, en, value) => ({ id, zh, en, kind: "number", value });
  const yearly = (id, zh, en, value) => ({ id, zh, en, kind: "year", value: (row) => value(row) || "" });

  const claims = () => {
    const relation = data.meta.relations.indexOf(state.get("table.relation")), source = state.get("table.source");
    const isOf = (row) => (relation < 0 || data.claims.relation[row] === relation)
      && (!source || data.sources.iri.at(compareClaims.source(row)) === source);
    return {
      rows: data.claims.rows, belongs: isOf, passes: (row) => filters.now().claims[row] === 1, touches: compareClaims.has,
      columns: state.get("table.relation") === "Goal" ? tableClaims.GOALS : tableClaims.CLAIMS, open: claimOf,
    };
  };
  const adoptions = () => {
    const { place, program, lower, upper, dated, status, silent, claims: of, claim } = data.adoptions;
    return {
      rows: data.adoptions.rows, passes: (row) => filters.now().adoptions[row] === 1,
      touches: (row, thing) => place[row] === thing || program[row] === thing,
      open: (row) => ({ chosen: iri(place[row]), ...claimOf(claim[row]) }),
      columns: [
        { id: "place", zh: "地方", en: "Place", value: (row) => name(place[row]) },
        { id: "program", zh: "政策项目", en: "Programme", value: (row) => name(program[row]) },
        { id: "years", zh: "采纳年份", en: "Adopted", kind: "year", value: (row) => compareYears.text(compareYears.of(row)), key: (row) => upper[row] || "" },
        yearly("after", "晚于", "After", (row) => lower[row]), yearly("until", "不晚于", "Not later than", (row) => upper[row]),
        { id: "status", zh: "状态", en: "Status", kind: "word", value: (row) => { const word = data.meta.statuses[status[row]]; return word && words.statuses(word); } },
        { id: "dated", zh: "年份依据", en: "Year rests on", kind: "word", value: (row) => say(...BASES[data.meta.dated[dated[row]]]) },
        yearly("silent", "此前已读而未见", "Read without it", (row) => silent[row]),
        { id: "level", zh: "层级", en: "Level", kind: "word", value: (row) => level(place[row]) },
        { id: "province", zh: "省份", en: "Province", value: (row) => name(data.things.province[place[row]]) },
        few("claims", "论断", "Claims", (row) => passing(of.at(row)).length),
      ],
    };
  };
  function neighbours(thing) {
    const near = new Set([thing]);
    if (thing >= 0) for (const tie of data.tiesOf(thing)) near.add(data.ties.source[tie]).add(data.ties.target[tie]);
    return near;
  }
  const things = () => {
    const { kind, jurisdiction, within, province, code, aliases } = data.things;
    const near = neighbours(data.thing(state.get("table.only")));
    return {
      rows: data.things.rows, passes: (row) => filters.now().things[row] === 1,
      touches: (row) => near.has(row),
      open: (row) => ({ chosen: iri(row), claim: "" }), leads: (row) => ({ "table.only": iri(row) }),
      columns: [
        { id: "name", zh: "名称", en: "Name", value: name },
        { id: "kind", zh: "种类", en: "Kind", kind: "word", value: (row) => words.kinds(data.meta.kinds[kind[row]]) },
        { id: "level", zh: "层级", en: "Level", kind: "word", value: level },
        { id: "above", zh: "上级或所属", en: "Within or serves", value: (row) => name(jurisdiction[row] >= 0 ? jurisdiction[row] : within[row]) },
        { id: "province", zh: "省份", en: "Province", value: (row) => name(province[row]) },
        { id: "code", zh: "代码", en: "Code", kind: "word", value: (row) => code.at(row) },
        few("claims", "论断", "Claims", (row) => passing(data.claimsOf(row)).length),
        few("ties", "关系", "Ties", (row) => data.tiesOf(row).filter((tie) => filters.now().ties[tie]).length),
        { id: "aliases", zh: "又称", en: "Also called", kind: "sentence", value: (row) => aliases.at(row).replaceAll("\n", "、") },
      ],
    };
  };
  const ties = () => {
    const { source, target, link, claims: of } = data.ties;
    const years = (row) => Array.from(of.at(row), (claim) => data.claims.year[claim]).filter(Boolean);
    const most = (list, better) => (list.length ? better(...list) : "");
    return {
      rows: data.ties.rows, passes: (row) => filters.now().ties[row] === 1,
      touches: (row, thing) => source[row] === thing || target[row] === thing,
      open: (row) => ({ chosen: iri(source[row]), ...claimOf(of.at(row)[0]) }),
      columns: [
        { id: "source", zh: "从", en: "From", value: (row) => name(source[row]) },
        { id: "link", zh: "关系", en: "Tie", kind: "word", value: (row) => words.links(data.meta.links[link[row]]) },
        { id: "target", zh: "到", en: "To", value: (row) => name(target[row]) },
        yearly("first", "最早年份", "First year", (row) => most(years(row), Math.min)),
        yearly("last", "最晚年份", "Last year", (row) => most(years(row), Math.max)),
        few("claims", "论断", "Claims", (row) => passing(of.at(row)).length),
      ],
    };
  };

  let ofSources = null;
  const claimsOfSource = (row) => (ofSources ??= listed())[row] ?? [];
  function listed() {
    const lists = [];
    for (let claim = 0; claim < data.claims.rows; claim++) (lists[compareClaims.source(claim)] ??= []).push(claim);
    return lists;
  }
  const documents = () => {
    const { iri: id, file, part, title, place, year, genre } = data.sources;
    return {
      rows: data.sources.rows, passes: (row) => !filters.isOn() || passing(claimsOfSource(row)).length > 0,
      touches: (row, thing) => place[row] === thing || claimsOfSource(row).some((claim) => compareClaims.has(claim, thing)),
      open: (row) => (claimsOfSource(row).length ? claimOf(claimsOfSource(row)[0]) : { chosen: place[row] < 0 ? "" : iri(place[row]) }),
      leads: (row) => ({ "table.source": id.at(row) }),
      columns: [
        { id: "file", zh: "文件", en: "File", kind: "file", value: (row) => file.at(row) },
        { id: "part", zh: "部分", en: "Part", kind: "number", value: (row) => part[row] || "" },
        { id: "title", zh: "标题", en: "Title", kind: "sentence", value: (row) => title.at(row) },
        { id: "place", zh: "地方", en: "Place", value: (row) => name(place[row]) },
        yearly("year", "年份", "Year", (row) => year[row]),
        { id: "genre", zh: "文种", en: "Genre", kind: "word", value: (row) => { const word = data.meta.genres[genre[row]]; return word && words.genres(word); } },
        few("claims", "论断", "Claims", (row) => passing(claimsOfSource(row)).length),
      ],
    };
  };
  const view = () => (Object.hasOwn(VIEWS, state.get("table.view")) ? VIEWS[state.get("table.view")]() : null);
  // The rows() of another view, which knows what each of them opens.
  const picture = () => {
    const shown = view()?.rows?.() ?? { name: "", columns: [], rows: [] };
    const column = ([id, zh, en], at) => ({
      id, zh, en, value: (row) => shown.rows[row][at] ?? "",
      kind: shown.rows.length && shown.rows.every((row) => typeof (row[at] ?? 0) === "number") ? "number" : "text",
    });
    return { name: shown.name, rows: shown.rows.length, passes: () => true, touches: () => true, columns: shown.columns.map(column), open: shown.open };
  };

  const SETS = { claims, adoptions, things, ties, documents, picture };
  return {
    VIEWS, view,
    of: () => (Object.hasOwn(SETS, state.get("table.of")) ? state.get("table.of") : "claims"),
    now() { return SETS[this.of()](); },
  };
})();
