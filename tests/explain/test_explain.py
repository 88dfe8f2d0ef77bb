"""Made-up documents, built and explained: the marked sentence, whence each role comes, and what was not taken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError, QueryError
from kg.explain import explain
from kg.graph.ontology import labels
from kg.graph.store import PolicyGraph, open_graph
from kg.pipeline import build
from kg.views.explained import Explanation
from kg.views.explanation import explanation_text

SUMMARY = """宜昌市教育局2016年工作总结
实施校长职级制，到2020年覆盖城区学校，比2015年增加12所。
枝江市、当阳市率先开展校园足球活动，宜昌市教育局印发《枝江市校车安全管理办法》。
支持远安县创建教育强县。
去年，枝江市第一中学承办现场会，秭归县推行学区制管理。
优质资源班班通工程全面启动，鼓楼区派人观摩。
赴上海市普陀区学习集团化办学经验。
在我市推行中小学课后服务。
2014—2016年，新建幼儿园12所，学前三年毛入园率由2013年的82%提高到92%。
启动第三期学前教育行动计划。
启动县管校聘改革，9月起在兴山县试点。
夷陵区推行走教制度，夷陵区教育局印发《夷陵区教师培训计划（2017—2020年）》。
到2021年新建游泳馆6所。
枝江市被评为湖北省教育强县。
当阳市被命名为教育强县。
"""
OPEN = """某市教育工作总结
我市启动县管校聘改革，群众满意度进一步提高，改造农村学校食堂十二个。
"""
HOSTILE = "当阳市教育局2016年工作总结\n启动“星火\x1b[31m燎原”行动，群众满意度进一步提高，改造校舍十二个。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = tmp_path_factory.mktemp("texts")
    for name, text in (("宜昌.txt", SUMMARY), ("不详.txt", OPEN), ("\u202e当阳.txt", HOSTILE)):
        (texts / name).write_text(text, encoding="utf-8")
    return build([texts], tmp_path_factory.mktemp("built") / "graph").folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> PolicyGraph:
    return open_graph(folder)


def told(graph: PolicyGraph, folder: Path, edge: str, relation: str) -> Explanation:
    """The one explanation of this relation."""
    (found,) = (one for one in explain(graph, folder, edge) if one.relation == relation)
    return found


@pytest.mark.parametrize(
    ("edge", "relation", "shown"),
    [
        ("宜昌市 校长职级制", "Adoption", "实施【政策项目 校长职级制】，到2020年"),
        ("当阳市 校园足球", "Adoption", "枝江市、【地区 当阳市】率先开展【政策项目 校园足球活动】"),
        ("宜昌市 枝江市校车安全管理办法", "Issuance", "【机构 宜昌市教育局】印发《【文件 枝江市校车安全管理办法】》"),
        (
            "秭归县 学区制",
            "Adoption",
            "【年份 去年】，枝江市第一中学承办现场会，【地区 秭归县】推行【政策项目 学区制管理】",
        ),
        ("宜昌市 课后服务", "Adoption", "在【地区 我市】推行中小学【政策项目 课后服务】"),
        ("普陀区 宜昌市", "Diffusion", "赴上海市【来自 普陀区】学习【政策项目 集团化办学】经验"),
        ("兴山县 县管校聘", "Adoption", "在【地区 兴山县】试点"),
        ("夷陵区 走教制度", "Adoption", "【地区 夷陵区】推行【政策项目 走教制度】，夷陵区教育局印发《夷陵区教师"),
    ],
)
def test_marked_sentence(graph: PolicyGraph, folder: Path, edge: str, relation: str, shown: str) -> None:
    """The words that fill a role stand in brackets, in the sentence itself."""
    assert shown in told(graph, folder, edge, relation).marked


@pytest.mark.parametrize(
    ("edge", "relation", "role", "value", "whence"),
    [
        ("宜昌市 校长职级制", "Adoption", "place", "宜昌市", "title-or-heading-names-agency（宜昌市教育局）"),
        ("宜昌市 校长职级制", "Adoption", "year", "≤2016", "（2016年），只是上限"),
        ("宜昌市 课后服务", "Adoption", "place", "宜昌市", "句中的“我市”；取自本部分的判定"),
        ("普陀区 宜昌市", "Diffusion", "to", "宜昌市", "句中未写，取自本部分的判定"),
        ("秭归县 学区制", "Adoption", "year", "2015", ""),
        (
            "第三期学前教育行动计划 第二期学前教育行动计划",
            "Succession",
            "predecessor",
            "第二期学前教育行动计划",
            "由名称推断",
        ),
    ],
)
def test_whence_a_role_comes(
    graph: PolicyGraph, folder: Path, edge: str, relation: str, role: str, value: str, whence: str
) -> None:
    """What the sentence does not name is traced to the part's decision, or to what else gives it."""
    (found,) = (one for one in told(graph, folder, edge, relation).roles if one.name == role)
    assert found.value == value
    assert whence in found.whence if whence else found.whence == ""
    assert bool(found.spans) == ("句中未写" not in found.whence and "推断" not in found.whence and value[0] != "≤")


@pytest.mark.parametrize(
    ("edge", "relation", "role", "what", "why"),
    [
        ("宜昌市 校长职级制", "Adoption", "year", "2020年", "期限"),
        ("宜昌市 校长职级制", "Adoption", "year", "2015年", "比较"),
        ("宜昌市 校长职级制", "Adoption", "place", "城区", "不能确定"),
        ("当阳市 校园足球", "Adoption", "place", "枝江市", "另成一条同类论断"),
        ("当阳市 校园足球", "Adoption", "place", "宜昌市", "一个名称的一部分：宜昌市教育局"),
        ("当阳市 校园足球", "Adoption", "place", "宜昌市（本部分的地方）", "句中写明的是当阳市"),
        ("宜昌市 枝江市校车安全管理办法", "Issuance", "place", "当阳市", "（采纳）中是地区"),
        ("远安县 教育强县", "Adoption", "place", "宜昌市（本部分的地方）", "支持、指导下级"),
        ("秭归县 学区制", "Adoption", "place", "枝江市", "一个名称的一部分：枝江市第一中学"),
        ("秭归县 学区制", "Adoption", "place", "枝江市第一中学", "在另一个分句"),
        ("秭归县 学区制", "Adoption", "year", "2016（本部分的年份）", "写明了另一个年份"),
        ("宜昌市 优质资源班班通", "Adoption", "program", "班班通工程", "包含在更长的名称之内"),
        ("宜昌市 优质资源班班通", "Adoption", "place", "鼓楼区", "不能确定"),
        ("夷陵区 走教制度", "Adoption", "year", "2017—2020年", "写在引号、书名号或括号之内"),
        ("普陀区 宜昌市", "Diffusion", "from", "上海市", "只取最末一级：上海市普陀区"),
    ],
)
def test_not_taken(graph: PolicyGraph, folder: Path, edge: str, relation: str, role: str, what: str, why: str) -> None:
    """Each other name or year of the sentence that could fill a role has the reason why it does not, once."""
    refused = told(graph, folder, edge, relation).refused
    assert [why in one.why for one in refused if (one.role, one.what) == (role, what)] == [True], refused


@pytest.mark.parametrize(
    ("edge", "relation", "roles"),
    [
        ("宜昌市 课后服务", "Adoption", set()),
        ("普陀区 宜昌市", "Diffusion", {"from", "to"}),  # 上海市 for both
        ("宜昌市 县管校聘", "Adoption", {"place"}),  # 兴山县 has a claim of its own
    ],
)
def test_nothing_else_is_refused(graph: PolicyGraph, folder: Path, edge: str, relation: str, roles: set[str]) -> None:
    """What fills a role is no alternative to itself, and what cannot fill it is none either."""
    assert {one.role for one in told(graph, folder, edge, relation).refused} == roles


def claim_where(graph: PolicyGraph, pattern: str) -> str:
    """The number of the one claim of which the pattern holds."""
    (number,) = {str(row[0]).rpartition("/")[2] for row in graph.query(f"SELECT ?c WHERE {{ ?c {pattern} }}")}
    return number


def test_years_of_a_goal(graph: PolicyGraph, folder: Path) -> None:
    """A goal of 2014—2016年 is dated by the range; the year that a rate comes from dates none."""
    (found,) = explain(graph, folder, claim_where(graph, "pol:indicator '新建幼儿园'"))
    assert found.marked.startswith("【年份 2014—2016年】，【指标 新建幼儿园】【数值 12所】")
    assert [(one.what, one.why) for one in found.refused] == [
        ("2013年", "是基数的年份（从……提高到）"),
        ("2016（本部分的年份）", "句中或上下文写明了另一个年份"),
    ]
    (due,) = explain(graph, folder, claim_where(graph, "pol:indicator '新建游泳馆'"))
    assert due.marked.startswith("到【年份 2021年】【指标 新建游泳馆】")


@pytest.mark.parametrize(
    ("title", "shown", "refused"),
    [
        ("湖北省教育强县", "被评为【称号 【由谁 湖北省】教育强县】", ["在所取的称号之内：湖北省教育强县"]),
        ("教育强县", "被命名为【称号 教育强县】", []),
    ],
)
def test_title(graph: PolicyGraph, folder: Path, title: str, shown: str, refused: list[str]) -> None:
    """A programme that is the title is no alternative to it; one inside a longer title is said to be a part of it."""
    (found,) = explain(graph, folder, claim_where(graph, f"a pol:Recognition ; pol:title '{title}'"))
    assert shown in found.marked
    assert [one.why for one in found.refused if one.role == "title"] == refused


def test_open_place(graph: PolicyGraph, folder: Path) -> None:
    """A part without a place says so, and by which rule it stayed open."""
    (found,) = explain(graph, folder, claim_where(graph, "a pol:Adoption ; pol:source/pol:file '不详.txt'"))
    (place,) = (role for role in found.roles if role.name == "place")
    assert place.value == ""
    assert "没有确定" in place.whence


def test_other_claims_of_the_sentence(graph: PolicyGraph, folder: Path) -> None:
    """They are listed by number, and each number can be explained in turn."""
    found = told(graph, folder, "当阳市 校园足球", "Adoption")
    assert sorted(one.summary.split()[0] for one in found.beside) == ["Adoption", "Issuance"]
    for one in found.beside:
        (other,) = explain(graph, folder, one.number)
        assert other.sentence == found.sentence
        assert found.claim.rpartition("/")[2] in {beside.number for beside in other.beside}


def test_rule_and_record(graph: PolicyGraph, folder: Path) -> None:
    """The rule and the finder in words, and the counts behind the confidence, from the special to the general."""
    found = told(graph, folder, "当阳市 校园足球", "Adoption")
    assert [rule.name for rule in found.rule_words] == ["named-place-does-program", "lexicon-program"]
    assert [record.of for record in found.records] == [
        "named-place-does-program/lexicon-program",
        "named-place-does-program",
        "Adoption",
    ]
    sizes = [record.claims for record in found.records]
    assert sizes == sorted(sizes)
    assert all(record.right <= record.claims for record in found.records)


@pytest.mark.parametrize("what", ["宜昌市", "宜昌市 没有的工程", "宜昌市 课后服务 校园足球", "fffffffffff"])
def test_unknown(graph: PolicyGraph, folder: Path, what: str) -> None:
    """Neither a claim nor an edge, or none that the graph has: QueryError."""
    with pytest.raises(QueryError):
        explain(graph, folder, what)


def test_beginning_of_several(graph: PolicyGraph, folder: Path) -> None:
    """A beginning that several claims share lists them."""
    numbers = [str(row[0]).rpartition("/")[2] for row in graph.query("SELECT DISTINCT ?c WHERE { ?c pol:evidence ?e }")]
    shared = next(n[0] for n in sorted(numbers) if sum(other[0] == n[0] for other in numbers) > 1)
    with pytest.raises(QueryError, match="begins several claims"):
        explain(graph, folder, shared)


def test_mentions_are_missing(graph: PolicyGraph, tmp_path: Path) -> None:
    """Without mentions.csv beside the graph: build again."""
    with pytest.raises(GraphError, match="build the graph again"):
        explain(graph, tmp_path, "宜昌市 课后服务")


def test_command(folder: Path) -> None:
    """Text and JSON tell the same claims; JSON has every field."""
    text = CliRunner().invoke(main, ["explain", str(folder), "当阳市 校园足球"])
    data = CliRunner().invoke(main, ["explain", str(folder), "当阳市 校园足球", "-f", "json"])
    (one,) = json.loads(data.stdout)
    assert one["claim"] in text.stdout
    assert one["marked"] in text.stdout
    assert {"roles", "rule_words", "records", "refused", "beside", "part_decided", "words"} <= one.keys()


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_names(folder: Path, graph: PolicyGraph, form: str) -> None:
    """Control characters and direction marks of a file and its name are shown, not sent."""
    rows = graph.query(
        "SELECT ?c WHERE { ?c pol:source/pol:file ?f ; pol:evidence ?e FILTER(CONTAINS(?f, '当阳.txt')) }"
    )
    numbers = {str(row[0]).rpartition("/")[2] for row in rows}
    assert numbers
    for number in numbers:
        answer = CliRunner().invoke(main, ["explain", str(folder), number, "-f", form])
        assert answer.exit_code == 0
        assert not {"\x1b", "\u202e"} & set(answer.stdout)


def test_hostile_record(graph: PolicyGraph, folder: Path) -> None:
    """Whatever text a field holds, the terminal gets it inert."""
    found = told(graph, folder, "当阳市 校园足球", "Adoption")
    bad = "\x1b[31m\u202e"
    spoilt = replace(
        found,
        marked=bad,
        file=bad,
        rule=bad,
        quote=bad,
        properties=(("status", bad),),
        roles=tuple(replace(role, value=bad, whence=bad) for role in found.roles),
        refused=tuple(replace(one, what=bad, why=bad) for one in found.refused),
        beside=tuple(replace(one, summary=bad) for one in found.beside),
        part_decided=tuple(replace(one, value=bad, words=bad) for one in found.part_decided),
        words=tuple(replace(one, words=bad, entity=bad) for one in found.words),
    )
    assert not {"\x1b", "\u202e"} & set(explanation_text(spoilt, labels()))
