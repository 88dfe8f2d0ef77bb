// Chinese or English: `say("地方", "Places")`, and the words of the ontology by their names.
"use strict";

const say = (zh, en) => (state.get("lang") === "en" ? en : zh);

const words = (() => {
  const WORDS = {
    kinds: {
      Program: ["政策项目", "Programme"], Place: ["地方", "Place"], PolicyDocument: ["政策文件", "Policy document"],
      Agency: ["机构", "Agency"], Organization: ["学校与组织", "Organisation"], TargetGroup: ["面向群体", "Target group"],
    },
    links: {
      adopts: ["采纳", "adopts"], learnsFrom: ["学习借鉴", "learns from"], promotes: ["推广", "promotes"],
      cooperates: ["合作", "cooperates with"], implements: ["落实", "implements"], issues: ["印发", "issues"],
      succeeds: ["承接", "succeeds"], partOf: ["属于", "is part of"], targets: ["面向", "targets"],
      recognizes: ["认定", "recognises"], jurisdiction: ["隶属", "serves"], within: ["位于", "lies within"],
    },
    relations: {
      Adoption: ["采纳", "Adoption"], Issuance: ["印发", "Issuance"], Implementation: ["落实", "Implementation"],
      Targeting: ["面向", "Targeting"], Goal: ["目标", "Goal"], Succession: ["承接", "Succession"],
      Membership: ["从属", "Membership"], Recognition: ["认定", "Recognition"], Diffusion: ["扩散", "Diffusion"],
    },
    claimKinds: {
      "": ["", ""], Promotes: ["推广", "promotes"], LearnsFrom: ["学习", "learns from"], Cooperates: ["合作", "cooperates"],
      Planned: ["计划", "planned"], Achieved: ["完成", "achieved"],
    },
    statuses: {
      "": ["状态不详", "unknown"], Planned: ["计划", "planned"], Started: ["启动", "started"], Ongoing: ["持续推进", "ongoing"],
      Completed: ["已完成", "completed"], Ended: ["已终止", "ended"],
    },
    levels: {
      "": ["层级不详", "unknown"], Nation: ["中央", "Nation"], Province: ["省", "Province"], Prefecture: ["市", "City"],
      County: ["县（区）", "County"], Township: ["乡镇", "Township"], Zone: ["功能区", "Zone"], Foreign: ["国外", "Foreign"],
    },
    genres: {
      "": ["文种不详", "unknown"], Summary: ["总结", "summary"], Plan: ["计划", "plan"], KeyPoints: ["要点", "key points"],
      Opinion: ["意见", "opinion"], ActionPlan: ["行动计划", "action plan"], Scheme: ["方案", "scheme"], Notice: ["通知", "notice"],
      Report: ["报告", "report"], Speech: ["讲话", "speech"], News: ["报道", "news"], Regulation: ["法规", "regulation"],
      Other: ["其他", "other"],
    },
    dateKinds: {
      "": ["年份不详", "no year"], Stated: ["句中写明", "stated"], Effective: ["生效日期", "effective"],
      Document: ["文件年份（上限）", "the document's year: an upper bound"],
    },
    roles: {
      place: ["地方", "place"], program: ["政策项目", "programme"], agency: ["机构", "agency"], document: ["文件", "document"],
      object: ["对象", "object"], by: ["由谁", "by"], group: ["群体", "group"], successor: ["后继", "successor"],
      predecessor: ["前身", "predecessor"], member: ["成员", "member"], whole: ["整体", "whole"], title: ["称号", "title"],
      from: ["来自", "from"], to: ["去往", "to"], indicator: ["指标", "indicator"], operator: ["比较", "operator"],
      value: ["数值", "value"], valueTo: ["上限", "up to"], unit: ["单位", "unit"], baseValue: ["折合", "base value"],
      baseUnit: ["折合单位", "base unit"], baseline: ["基数", "baseline"], date: ["日期", "date"], year: ["年份", "year"],
    },
    grades: {
      said: ["原文写明", "said in a text"], document: ["据文件", "by document"], inferred: ["按年份推断", "inferred from years"],
    },
  };
  const word = (table) => (name) => say(...(Object.hasOwn(WORDS[table], name) ? WORDS[table][name] : [name, name]));
  const title = () => data.meta.title || say("政策扩散", "Policy diffusion");
  return { ...Object.fromEntries(Object.keys(WORDS).map((table) => [table, word(table)])), title };
})();
