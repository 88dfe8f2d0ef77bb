// Claims → columns of the table: {id, zh, en, value(row), key?(row), kind}; goals have columns of their own.
//
// value gives what is shown and taken away, a text or a number; key what it is sorted by, where that is another.
"use strict";

const tableClaims = (() => {
  const { told, name } = compareClaims;
  const SUBJECTS = {
    Adoption: ["place"], Issuance: ["agency", "place"], Implementation: ["place", "by"], Targeting: ["program"], Goal: ["place"],
    Succession: ["successor"], Membership: ["member"], Recognition: ["by"], LearnsFrom: ["to"], Promotes: ["from"], Cooperates: ["to"],
  };
  const OBJECTS = {
    Adoption: ["program"], Issuance: ["document"], Implementation: ["object"], Targeting: ["group"], Goal: ["indicator"],
    Succession: ["predecessor"], Membership: ["whole"], Recognition: ["place", "title"], LearnsFrom: ["from", "program"],
    Promotes: ["to", "program"], Cooperates: ["from", "program"],
  };
  const form = (claim) => { const relation = compareClaims.relation(claim); return relation === "Diffusion" ? compareClaims.kind(claim) : relation; };
  const subject = (claim) => (SUBJECTS[form(claim)] ?? []).map((role) => told(claim, role)).find(Boolean) ?? "";
  const object = (claim) => [...(OBJECTS[form(claim)] ?? []).map((role) => told(claim, role)), form(claim) === "Goal" ? compareClaims.amount(claim) : ""].filter(Boolean).join(" · ");
  function relation(claim) {
    const kind = compareClaims.kind(claim), word = words.relations(compareClaims.relation(claim));
    return kind ? `${word}${say("：", ": ")}${words.claimKinds(kind)}` : word;
  }
  function number(text) {
    const read = Number(text);
    return text === "" || Number.isNaN(read) ? text : read;
  }

  const PLACE = { id: "place", zh: "地方", en: "Place", value: (claim) => name(data.claims.place[claim]) };
  const SAID = [
    { id: "year", zh: "年份", en: "Year", kind: "year", value: compareYears.ofClaim, key: (claim) => data.claims.year[claim] || "" },
    { id: "status", zh: "状态", en: "Status", kind: "word", value: (claim) => { const word = data.meta.statuses[data.claims.status[claim]]; return word && words.statuses(word); } },
    { id: "confidence", zh: "置信度", en: "Confidence", kind: "number", value: (claim) => data.claims.confidence[claim] / 100 },
    { id: "sentence", zh: "句子", en: "Sentence", kind: "sentence", value: compareClaims.sentence },
    { id: "file", zh: "文件", en: "File", kind: "file", value: compareClaims.file },
    { id: "rule", zh: "规则", en: "Rule", kind: "file", value: (claim) => data.meta.rules[data.claims.rule[claim]] },
  ];
  const CLAIMS = [
    { id: "subject", zh: "主体", en: "Subject", value: subject }, { id: "relation", zh: "关系", en: "Relation", kind: "word", value: relation },
    { id: "object", zh: "客体", en: "Object", value: object }, PLACE, ...SAID,
  ];
  const GOALS = [
    { id: "indicator", zh: "指标", en: "Indicator", value: (claim) => told(claim, "indicator") },
    { id: "operator", zh: "比较", en: "Operator", kind: "word", value: (claim) => told(claim, "operator") },
    { id: "value", zh: "数值", en: "Value", kind: "number", value: (claim) => number(told(claim, "value")), key: (claim) => number(told(claim, "baseValue") || told(claim, "value")) },
    { id: "unit", zh: "单位", en: "Unit", kind: "word", value: (claim) => told(claim, "unit") },
    { id: "kind", zh: "计划或完成", en: "Planned or achieved", kind: "word", value: (claim) => words.claimKinds(compareClaims.kind(claim)) },
    PLACE, { id: "program", zh: "政策项目", en: "Programme", value: (claim) => told(claim, "program") },
    ...SAID.filter(({ id }) => id !== "status"),
  ];
  return { CLAIMS, GOALS, subject, object, relation };
})();
