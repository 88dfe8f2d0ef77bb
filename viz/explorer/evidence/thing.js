// The card of a thing: what it is, what is claimed of it, by relation and year; what else a place did each year, of which
// years something of it was read; its neighbours; and the ways into the views.
"use strict";

const evidenceThing = (() => {
  const { element, named, opens, cut } = dom;
  const { head, part, facts, folded, claimRow, copier, goes } = evidenceParts;
  const kindOf = (thing) => data.meta.kinds[data.things.kind[thing]];
  const iri = (thing) => data.things.iri.at(thing);

  // The IRI; at a server it leads to the page of the thing.
  function address(short) {
    const shown = element("code", { class: "iri" }, cut(data.meta.base + short, 300)), page = away.page(short);
    return page ? element("a", { href: page }, shown) : shown;
  }
  function aliases(thing) {
    const names = data.things.aliases.at(thing).split("\n").filter(Boolean);
    if (!names.length) return null;
    const list = (some) => some.flatMap((name, i) => [i ? say("、", ", ") : "", named(name, 120)]);
    if (names.length <= 6) return element("p", { class: "aliases quiet" }, say("又作 ", "also "), list(names));
    return element("details", { class: "aliases quiet" }, element("summary", {}, say("又作 ", "also "), list(names.slice(0, 4)), say(` 等 ${names.length} 个名称`, ` … ${names.length} names`)), list(names.slice(4)));
  }

  function told(thing) {
    const { things, meta } = data;
    const one = (column) => (column[thing] >= 0 ? opens(column[thing]) : null);
    const kind = kindOf(thing), level = meta.levels[things.level[thing]];
    return facts([
      [say("层级", "Level"), level ? words.levels(level) : null],
      [say("上级", "Within"), one(things.within)],
      [say("省份", "Province"), things.province[thing] !== thing && things.province[thing] !== things.within[thing] ? one(things.province) : null],
      [say("所属地方", "Serves"), one(things.jurisdiction)],
      [say("区划代码", "Code"), cut(things.code.at(thing), 40)],
      [say("文号", "Number"), cut(things.number.at(thing), 200)],
      [say("印发日期", "Issued"), cut(things.issued.at(thing), 40)],
      [say("发文机关", "Issuer"), [...things.issuers.at(thing)].flatMap((issuer, i) => [i ? say("、", ", ") : "", opens(issuer)])],
      [say("起始文件", "Founded by"), one(things.founding)],
      [say("起始年份", "Since"), things.since[thing] || null],
      [say("词表", "Lexicon"), kind === "Place" ? null : [say("不在词表中：由文本读出", "not in the lexicon: read from the texts"), say("在词表中", "in the lexicon"), null][things.inLexicon[thing]]],
      ["IRI", [address(iri(thing)), " ", copier(say("复制", "Copy"), () => data.meta.base + iri(thing), { "aria-label": say("复制 IRI", "Copy the IRI") })]],
    ]);
  }

  function ways(thing) {
    const kind = kindOf(thing), here = iri(thing), first = state.get("a");
    const pair = first && first !== here && data.thing(first) >= 0 && kindOf(data.thing(first)) === kind;
    const both = ["Program", "Place"].includes(kind), other = pair ? cut(data.things.name.at(data.thing(first)), 20) : "";
    return element("p", { class: "buttons" },
      kind === "Program" ? goes(say("在扩散图中看", "See its diffusion"), { view: "diffusion", program: here }) : null,
      kind === "Place" ? goes(say("在地方图中看", "See it among the places"), { view: "places", chosen: here, claim: "" }) : null,
      goes(say("在网络中看", "See it in the network"), { view: "network", "network.focus": here }),
      both ? goes(pair ? say(`与${other}比较`, `Compare with ${other}`) : say("比较", "Compare"), pair ? { view: "compare", b: here } : { view: "compare", a: here, b: "" }) : null);
  }

  // The claims of a relation by year, those that pass the filters first in the folded list.
  function grouped(thing) {
    const { claims, meta } = data;
    const groups = new Map();
    for (const claim of data.claimsOf(thing)) {
      const key = claims.relation[claim] * 16 + claims.kind[claim];
      if (groups.has(key)) groups.get(key).push(claim); else groups.set(key, [claim]);
    }
    const name = (claim) => {
      const kind = meta.claimKinds[claims.kind[claim]];
      return words.relations(meta.relations[claims.relation[claim]]) + (kind ? say(`（${words.claimKinds(kind)}）`, ` (${words.claimKinds(kind)})`) : "");
    };
    const inOrder = (a, b) => (claims.year[a] || 9999) - (claims.year[b] || 9999) || a - b;
    return [...groups].sort((a, b) => a[0] - b[0]).map(([, list]) => [name(list[0]), list.sort(inOrder)]);
  }
  function group([name, list], self) {
    const pass = filters.now().claims, on = list.filter((claim) => pass[claim]);
    const count = on.length === list.length ? String(list.length) : `${on.length} / ${list.length}`;
    let last = null;
    const row = (claim) => {
      const year = phrases.year(claim) || say("年份不详", "no year"), made = claimRow(claim, { withYear: false, self });
      made.prepend(element("span", { class: `when${year === last ? " again" : ""}` }, year, " "));
      last = year;
      return made;
    };
    const first = (on.length ? on : list).slice(0, 6);
    return element("section", { class: "relation" }, element("h4", {}, name, " ", element("span", { class: "count" }, count)), folded(list, row, 6, on.length === list.length ? list.slice(0, 6) : first));
  }
  function claimed(thing) {
    const all = data.claimsOf(thing), pass = filters.now().claims;
    const on = all.reduce((sum, claim) => sum + pass[claim], 0);
    const title = say(`论断（${on === all.length ? on : `${on} / ${all.length}`}）`, `Claims (${on === all.length ? on : `${on} / ${all.length}`})`);
    if (!all.length) return part(title, element("p", { class: "quiet" }, say("没有论断以它为角色；它因上下级关系或被提及而在图中。", "No claim has it in a role; it is here because something lies in it or belongs to it.")));
    return part(title, grouped(thing).map((one) => group(one, thing)));
  }

  const thatYear = (place, since, until = since) => ({
    view: "table", "table.only": iri(place), "table.of": "", "table.words": "", "table.source": "", "table.relation": "",
    since, until: Math.max(until, since), chosen: iri(place), claim: "",
  });
  function years(place) {
    const { claims } = data;
    const counts = new Map();
    for (const claim of data.claimsOf(place)) {
      if (claims.year[claim]) for (let year = claims.year[claim]; year <= Math.min(claims.yearTo[claim], claims.year[claim] + 50); year++) counts.set(year, (counts.get(year) ?? 0) + 1);
    }
    if (!counts.size) return null;
    const most = Math.max(...counts.values());
    const row = ([year, n]) => {
      const bar = element("span", { class: "bar", "aria-hidden": "true" });
      bar.style.setProperty("--share", n / most);
      return element("li", {}, goes([element("span", { class: "when" }, year), bar, element("span", { class: "count" }, say(`${n} 条`, `${n}`))], thatYear(place, year), { class: "go year", "aria-label": say(`${year} 年：${n} 条论断，在表格中打开`, `${year}: ${n} claims, open in the table`) }));
    };
    return part(say("逐年做了什么", "What it did, year by year"), folded([...counts].sort((a, b) => a[0] - b[0]), row, 12));
  }
  function read(place) {
    return part(say("读到了哪些年", "Of which years something was read"), coverage.strip(place), element("p", {}, coverage.inWords(place)),
      element("p", { class: "quiet" }, coverage.warning()));
  }

  // Other things by the link that ties them, those with more claims first.
  function neighbours(thing) {
    const { ties, meta, things } = data;
    const groups = new Map();
    for (const tie of data.tiesOf(thing)) {
      const out = ties.source[tie] === thing, key = ties.link[tie] * 2 + (out ? 0 : 1);
      const row = { other: out ? ties.target[tie] : ties.source[tie], n: ties.claims.at(tie).length, on: filters.now().ties[tie] };
      if (groups.has(key)) groups.get(key).push(row); else groups.set(key, [row]);
    }
    if (!groups.size) return null;
    const drawn = ({ other, n, on }) => element("li", { class: on ? null : "faded" }, marks.icon(meta.kinds[things.kind[other]]), " ", opens(other), n > 1 ? element("span", { class: "count" }, ` ×${n}`) : null);
    const title = (key) => (key % 2 ? say(`← 被${words.links(meta.links[key >> 1])}`, `← ${words.links(meta.links[key >> 1])} this`) : `→ ${words.links(meta.links[key >> 1])}`);
    return part(say("邻居", "Neighbours"), [...groups].sort((a, b) => a[0] - b[0]).map(([key, rows]) => element("section", { class: "relation" },
      element("h4", {}, title(key), " ", element("span", { class: "count" }, rows.length)), folded(rows.sort((a, b) => b.n - a.n || a.other - b.other), drawn, 6))));
  }

  function card(thing, back) {
    const kind = kindOf(thing), place = kind === "Place";
    const english = state.get("lang") === "en" ? "" : ` ${kind.replace(/(?<=[a-z])([A-Z])/g, " $1")}`;
    return [
      head([marks.icon(kind), " ", words.kinds(kind), element("span", { class: "english", lang: "en" }, english)], named(data.things.name.at(thing), 160), back),
      aliases(thing), told(thing), ways(thing), claimed(thing),
      place ? [years(thing), read(thing)] : null, neighbours(thing),
    ];
  }
  return { card, thatYear };
})();
