// A claim → what stands in its roles, as texts; and buttons that open it in the panel.
"use strict";

const compareClaims = (() => {
  const OPERATORS = { ">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<" };
  const names = [], files = [];
  const name = (thing) => (thing < 0 ? "" : (names[thing] ??= data.things.name.at(thing)));

  // The thing in a role, or -1.
  function role(claim, wanted) {
    const number = data.meta.roles.indexOf(wanted), roles = data.claims.roles.at(claim);
    for (let r = 0; r < roles.length; r += 2) if (roles[r] === number) return roles[r + 1];
    return -1;
  }
  function has(claim, thing) {
    const roles = data.claims.roles.at(claim);
    for (let r = 1; r < roles.length; r += 2) if (roles[r] === thing) return true;
    return false;
  }
  function values(claim) {
    if (data.claims.values.isEmpty(claim)) return new Map();
    return new Map(data.claims.values.at(claim).split("\n").map((line) => {
      const tab = line.indexOf("\t");
      return [line.slice(0, tab), line.slice(tab + 1)];
    }));
  }
  function told(claim, wanted) {
    const thing = role(claim, wanted);
    return thing >= 0 ? name(thing) : values(claim).get(wanted) ?? "";
  }
  const relation = (claim) => data.meta.relations[data.claims.relation[claim]];
  const kind = (claim) => data.meta.claimKinds[data.claims.kind[claim]];
  const id = (claim) => data.claims.id.at(claim);
  const source = (claim) => data.quotes.source[data.claims.quote[claim]];
  const sentence = (claim) => data.quotes.text.at(data.claims.quote[claim]);
  const file = (claim) => (files[source(claim)] ??= data.sources.file.at(source(claim)));
  // ≥60%, 3000–3500所
  function amount(claim) {
    const said = values(claim), sign = said.get("operator") ?? "";
    const upTo = said.get("valueTo") ? `–${said.get("valueTo")}` : "";
    return `${OPERATORS[sign] ?? sign}${said.get("value") ?? ""}${upTo}${said.get("unit") ?? ""}`;
  }
  const opens = (claim, text, attributes = {}) => dom.element("button", {
    type: "button", class: "goto", title: dom.cut(sentence(claim), 300), ...attributes, onclick: () => state.set({ claim: id(claim) }),
  }, dom.named(text, 200));
  // A thing that is opened, its name cut to what a row holds.
  const leads = (thing) => dom.opens(thing, dom.cut(name(thing), 80), { title: name(thing).length > 80 ? dom.cut(name(thing)) : null });

  return { name, role, has, values, told, relation, kind, id, source, sentence, file, amount, opens, leads };
})();
