// A claim in words: who, does what, to what, when; its names open things.
//
//   phrases.line(claim)       <span> with buttons: 遂宁市 采纳 县管校聘; in the card of a thing (its number second) not for itself
//   phrases.text(claim)       the same as text
//   phrases.year(claim)       2014, 2012–2014, ≤2014 where only the document's year is known, "" where no year is
//   phrases.filled(claim)     [{role, thing}, {role, value}, …]: things by number, values as text
"use strict";

const phrases = (() => {
  const { element, named, opens } = dom;
  const OPERATORS = { ">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<" };
  // Relation or kind → roles before the verb, the verb, roles after it. The first filled role of a list is taken.
  const ORDER = {
    Adoption: [["place", "agency"], () => words.links("adopts"), ["program"]],
    Issuance: [["agency", "place"], () => words.links("issues"), ["document"]],
    Implementation: [["place", "by"], () => words.links("implements"), ["object"]],
    Targeting: [["program"], () => words.links("targets"), ["group"]],
    Succession: [["successor"], () => words.links("succeeds"), ["predecessor"]],
    Membership: [["member"], () => words.links("partOf"), ["whole"]],
    Recognition: [["place"], () => say("获认定为", "is recognised as"), ["title"]],
    Promotes: [["from"], () => words.links("promotes"), ["program"]],
    LearnsFrom: [["to"], () => words.links("learnsFrom"), ["from"]],
    Cooperates: [["to", "from"], () => words.links("cooperates"), ["from"]],
    Planned: [["place"], () => say("计划", "plans"), []],
    Achieved: [["place"], () => say("完成", "has reached"), []],
    Goal: [["place"], () => say("目标", "aims at"), []],
  };
  const AFTER = { Promotes: ["to"], LearnsFrom: ["program"], Cooperates: ["program"], Planned: ["program"], Achieved: ["program"], Recognition: ["by"] };

  function filled(claim) {
    const { claims, meta } = data;
    const roles = claims.roles.at(claim), found = [];
    for (let r = 0; r < roles.length; r += 2) found.push({ role: meta.roles[roles[r]], thing: roles[r + 1] });
    for (const line of claims.values.at(claim).split("\n")) {
      const tab = line.indexOf("\t");
      if (tab > 0) found.push({ role: line.slice(0, tab), value: line.slice(tab + 1) });
    }
    return found;
  }

  function year(claim) {
    const { claims, meta } = data;
    const from = claims.year[claim], to = claims.yearTo[claim];
    if (!from) return "";
    const years = to && to !== from ? `${from}–${to}` : String(from);
    return meta.dateKinds[claims.dateKind[claim]] === "Document" ? `≤${years}` : years;
  }

  // 毛入园率 ≥ 60%（基数 52）
  function figure(parts) {
    const one = (role) => parts.find((part) => part.role === role)?.value ?? "";
    const value = one("valueTo") ? `${one("value")}–${one("valueTo")}` : one("value");
    if (!value && !one("indicator")) return "";
    const base = one("baseline") ? say(`（基数 ${one("baseline")}）`, ` (from ${one("baseline")})`) : "";
    return `${one("indicator")} ${OPERATORS[one("operator")] ?? ""}${value}${one("unit")}${base}`;
  }

  // The parts of the phrase: texts and {thing}.
  function parts(claim) {
    const { meta, claims } = data;
    const kind = meta.claimKinds[claims.kind[claim]], relation = meta.relations[claims.relation[claim]];
    const name = ORDER[kind] ? kind : relation;
    const all = filled(claim), used = new Set();
    const take = (roles) => { const found = all.find((part) => roles.includes(part.role) && !used.has(part)); used.add(found); return found; };
    const [before, verb, after] = ORDER[name];
    const subject = before.map((role) => take([role])).find(Boolean);
    const target = take(after), more = take(AFTER[name] ?? []);
    const open = { value: say("（原文未写明）", "(left open)") };
    const sum = relation === "Goal" ? { value: figure(all) } : target ?? open;
    return [subject ?? open, { verb: verb() }, sum, more && { aside: more }].filter(Boolean);
  }

  const nameOf = ({ thing, value }) => (thing === undefined ? value : data.things.name.at(thing));
  const asideWords = ({ role }) => (role === "program" ? "" : `${words.roles(role)} `);

  function drawn(part, self) {
    if (part.verb) return element("span", { class: "verb" }, part.verb);
    if (part.aside) return element("span", { class: "rest" }, say("（", "("), asideWords(part.aside), drawn(part.aside, self), say("）", ")"));
    if (part.thing === self) return named(data.things.name.at(self), 200);
    return part.thing === undefined ? named(part.value, 200) : opens(part.thing);
  }
  const space = (part, i) => (i && !(part.aside && say("zh", "en") === "zh") ? " " : "");
  const line = (claim, self = -1) => element("span", { class: "phrase" }, parts(claim).map((part, i) => [space(part, i), drawn(part, self)]));
  const written = (part) => part.verb ?? (part.aside ? `${say("（", "(")}${asideWords(part.aside)}${nameOf(part.aside)}${say("）", ")")}` : nameOf(part));
  const text = (claim) => parts(claim).map(written).join(" ");

  return { filled, year, line, text, nameOf };
})();
