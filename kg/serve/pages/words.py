"""Names of shipped questions, parameters and properties → the Chinese words that the pages print."""

from __future__ import annotations

from kg.graph.iris import DCTERMS, GEO, POL, RDF, SKOS
from kg.graph.ontology import labels
from kg.graph.questions import Question
from kg.graph.sparql import Parameter
from kg.views.words import CLAIMS, KINDS

_QUESTIONS = {
    "who-adopted": "谁采纳了某个政策项目，在哪一年，凭哪句话？",
    "adopted-in": "某地某年采纳了什么，进展如何？",
    "first-adopters": "已知谁最先采纳，其余晚了几年？",
    "shared-programmes": "两地共同采纳了哪些政策项目，谁在先？",
    "succession": "某个政策项目的前后接续是怎样的？",
    "components": "某个政策项目由哪些部分组成？",
    "target-groups": "某个政策项目面向哪些群体？",
    "goals": "某地有哪些目标：数值、单位、期限，计划与完成？",
    "carried-out": "某地落实了哪些上级文件或项目，晚了几年？",
    "new-names": "某份文件提到了哪些词表里没有的名称？",
    "learned-from": "文件写明谁向谁学习？",
    "first-level": "某个政策项目最先出现在哪一级，自下而上还是自上而下？",
    "coverage": "各地各年读了多少文件，哪里是空白？",
}
_PARAMETERS = {
    "program": "政策项目",
    "place": "地方",
    "other": "另一地方",
    "from": "来源地",
    "to": "接受地",
    "year": "年份",
    "file": "文件",
    "agency": "机构",
    "document": "政策文件",
    "group": "面向群体",
}
_KINDS = {str(kind): word for kind, word in KINDS.items()} | CLAIMS
_PROPERTIES = {
    RDF + "type": "类型",
    SKOS + "prefLabel": "名称",
    SKOS + "altLabel": "别称",
    SKOS + "notation": "代码",
    SKOS + "exactMatch": "即",
    SKOS + "changeNote": "变更说明",
    DCTERMS + "title": "标题",
    DCTERMS + "isPartOf": "属于",
    DCTERMS + "replaces": "取代",
    DCTERMS + "issued": "发布时间",
    DCTERMS + "source": "资料来源",
    GEO + "lat": "纬度",
    GEO + "long": "经度",
}
# What is said of a thing from the other end: property → heading above the things that say it.
_FROM_THERE = {
    POL + "within": "所辖",
    POL + "jurisdiction": "管辖本地的机构与本地文件",
    POL + "mentions": "提到它的文件",
    POL + "issuer": "由其发布",
    POL + "foundingDocument": "以其为奠基文件",
    POL + "intendedFor": "服务于它的项目",
    POL + "agency": "由其署名",
    POL + "copyOf": "副本",
    DCTERMS + "isPartOf": "组成部分",
    DCTERMS + "replaces": "被其取代",
    SKOS + "exactMatch": "并入的名称",
}


def question_words(question: Question) -> str:
    """The question in Chinese; as it was written where nobody has put it in Chinese."""
    return _QUESTIONS.get(question.name, question.asks)


def parameter_words(parameter: Parameter) -> str:
    """政策项目"""
    return _PARAMETERS.get(parameter.name, labels().get(parameter.kind, parameter.name))


def property_words(iri: str) -> str:
    """管辖地区; the end of the IRI where the ontology has no word for it."""
    return _PROPERTIES.get(iri) or labels().get(_local(iri, POL), "") or _tail(iri)


def heading_from_there(iri: str) -> str:
    """What stands above the things that point at this one by a property."""
    return _FROM_THERE.get(iri) or f"以其为“{property_words(iri)}”"


def role_words(role: str) -> str:
    """地方, for pol:place: the thing in this role of a claim."""
    return _PARAMETERS.get(role) or labels().get(role, role)


def class_words(iri: str) -> str:
    """政策项目, for pol:Program"""
    return _KINDS.get(_local(iri, POL)) or labels().get(_local(iri, POL), "") or _tail(iri)


def english(iri: str) -> str:
    """The end of an IRI: adopts, prefLabel."""
    return _tail(iri)


def _local(iri: str, namespace: str) -> str:
    return iri.removeprefix(namespace) if iri.startswith(namespace) else ""


def _tail(iri: str) -> str:
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri
