"""programmes.csv and documents.csv → faults that make a name unfindable, double or impossible in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicons import FILES, Lexicons, PolicyDocument, Program, read_lexicons
from kg.resources import shipped

OURS = ("programmes.csv", "documents.csv")
EMPTY = {name: ",".join(field.name for field in fields(kind)) + "\n" for name, kind in FILES.items()}


def _with_others_empty(folder: Path, **changed: str) -> Path:
    """A lexicon folder with our two files (or what stands for them), the other lexicons without a line."""
    for name, header in EMPTY.items():
        real = shipped("data", "lexicons").joinpath(name).read_text("utf-8") if name in OURS else header
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), real), "utf-8")
    return folder


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Lexicons:
    return read_lexicons(_with_others_empty(tmp_path_factory.mktemp("lexicons")))


@pytest.fixture(scope="module")
def programmes(lexicons: Lexicons) -> dict[str, Program]:
    return {program.name: program for program in lexicons.programs}


def _names(record: Program | PolicyDocument) -> tuple[str, ...]:
    return (record.name, *record.aliases)


def _chain(name: str, parent: Callable[[str], str]) -> Iterator[str]:
    """The name and what came before it; ends where a name returns."""
    seen: set[str] = set()
    while name and name not in seen:
        yield name
        seen.add(name)
        name = parent(name)
    if name:
        pytest.fail(f"{name} is its own ancestor: {' ← '.join(seen)}")


def test_the_loader_finds_no_fault_and_the_lexicon_is_large(lexicons: Lexicons) -> None:
    """Both files load by themselves, so that whoever adds a line sees the faults of that line only."""
    assert len(lexicons.programs) >= 500
    assert len(lexicons.documents) >= 300


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("三通 两平台,,,,,,,,,,,,", "can never match"),
        ("三通两平台,,三通工程,,City,,,,,,,,", "level 'City'"),
        ("三通两平台,,,,Nation,,,,,校校通,,,", "predecessor '校校通'"),
        ("三通两平台,,义务教育法,,Nation,,,,,,,,", "names both"),
    ],
)
def test_a_bad_line_is_told(tmp_path: Path, line: str, fault: str) -> None:
    """The check above can fail: a blank inside a name, an unknown tier, a missing predecessor, a law's name."""
    folder = _with_others_empty(tmp_path, programmes=EMPTY["programmes.csv"] + line + "\n")
    with pytest.raises(LexiconError, match=fault):
        read_lexicons(folder)


@pytest.mark.parametrize("column", ["predecessor", "whole"])
def test_no_programme_is_its_own_ancestor(programmes: dict[str, Program], column: str) -> None:
    """Succession and membership are trees."""
    for name in programmes:
        list(_chain(name, lambda child: str(getattr(programmes[child], column))))


def test_no_programme_is_older_than_what_it_follows(programmes: dict[str, Program]) -> None:
    """八五普法 follows 七五普法: along such a line the known first years never fall."""
    for name in programmes:
        line = [programmes[one] for one in _chain(name, lambda child: programmes[child].predecessor)]
        years = [one.since for one in line if one.since is not None]
        assert all(later >= earlier for later, earlier in pairwise(years)), [(one.name, one.since) for one in line]


def test_document_predecessors_stand_in_the_file_and_are_older(lexicons: Lexicons) -> None:
    """The loader leaves this column of documents.csv unchecked."""
    documents = {document.name: document for document in lexicons.documents}
    for name in documents:
        line = [documents[one] for one in _chain(name, lambda child: documents[child].predecessor)]
        years = [one.year for one in line if one.year is not None]
        assert all(later >= earlier for later, earlier in pairwise(years)), [(one.name, one.year) for one in line]


def test_founding_documents_agree_with_the_documents_file(lexicons: Lexicons) -> None:
    """A founding document that documents.csv lists has the same name, number and, for a number's year, issue there."""
    listed = {name: document for document in lexicons.documents for name in _names(document)}
    for program in lexicons.programs:
        if (document := listed.get(program.document)) is not None:
            assert (program.document, program.number) == (document.name, document.number), program.name


def test_a_year_in_a_number_is_the_year_of_the_document(lexicons: Lexicons) -> None:
    """国发〔2010〕41号 is of 2010; a document published in January may bear the number of the year before."""
    for document in lexicons.documents:
        if "〔" in document.number and document.year is not None:
            numbered = int(document.number.split("〔")[1][:4])
            assert document.year - numbered in (0, 1), document


def _records(lexicons: Lexicons) -> list[Program | PolicyDocument]:
    return [*lexicons.programs, *lexicons.documents]


def _every_name(lexicons: Lexicons) -> Iterator[tuple[Program | PolicyDocument, str]]:
    return ((record, name) for record in _records(lexicons) for name in _names(record))


def test_names_are_long_enough_and_without_quotes(lexicons: Lexicons) -> None:
    """Quotes are taken out of the text before it is compared, and one character names nothing."""
    for _, name in _every_name(lexicons):
        assert len(name) >= 2, name
        assert not set(name) & set("“”‘’《》〈〉"), name


def test_no_alias_is_written_twice(lexicons: Lexicons) -> None:
    """Within a row too; the loader sees doubles between rows only."""
    for record in _records(lexicons):
        assert [name for name, times in Counter(_names(record)).items() if times > 1] == [], record.name


def test_look_alikes_hold_a_name_and_are_none(lexicons: Lexicons) -> None:
    """双减速 guards 双减; a look-alike without the name would guard nothing, and one that is a name would hide it."""
    for records in (lexicons.programs, lexicons.documents):
        names = {name for record in records for name in _names(record)}
        for record in records:
            for look_alike in record.never:
                assert any(name in look_alike for name in _names(record)), (record.name, look_alike)
                assert look_alike not in names, (record.name, look_alike)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("体育艺术2+1项目", "体艺2+1项目 体艺2+1 2+1项目 体育、艺术2+1项目 中小学体育艺术2+1项目"),
        ("县管校聘", "教师县管校聘 县管校聘改革"),
        ("责任督学挂牌督导", "责任督学挂牌督导制度 中小学责任督学挂牌督导"),
        ("督学责任区", "督学责任区制度"),
        ("两学一做学习教育", "两学一做"),
        ("不忘初心、牢记使命主题教育", "不忘初心牢记使命主题教育"),
        ("党的群众路线教育实践活动", "群众路线教育实践活动"),
        ("第三期学前教育行动计划", "第三期学前教育三年行动计划"),
        ("全国义务教育发展基本均衡县", "国家义务教育发展基本均衡县 全国义务教育发展基本均衡县（市、区）"),
        ("三爱教育", "爱学习、爱劳动、爱祖国教育"),
        ("国家中长期教育改革和发展规划纲要（2010—2020年）", "国家教育规划纲要 国家中长期教育改革和发展规划纲要"),
        ("义务教育法", "中华人民共和国义务教育法"),
        ("3-6岁儿童学习与发展指南", "3—6岁儿童学习与发展指南"),
        ("乡村教师支持计划（2015—2020年）", "乡村教师支持计划（2015-2020年）"),
    ],
)
def test_one_thing_is_written_in_many_ways(lexicons: Lexicons, name: str, written: str) -> None:
    """Each spelling leads to the one name."""
    named_by = {spelling: record.name for record, spelling in _every_name(lexicons)}
    assert {named_by.get(spelling) for spelling in (name, *written.split())} == {name}


@pytest.mark.parametrize(
    "names",
    [
        "三通两平台 两免一补 影子校长 一校一品 班班通 校校通 两教一保 双减 双师型教师 课后服务 研学旅行 明厨亮灶",
        "特岗计划 国培计划 乡村教师支持计划 银龄讲学计划 免费师范生 公费师范生 三名工程 名师工作室 校长职级制",
        "全面改薄 义务教育学校标准化建设 中小学校舍安全工程 农村初中校舍改造工程 农村中小学现代远程教育工程",
        "现代学徒制 1+X证书制度 双高计划 双一流 985工程 211工程 2011计划 强基计划 高考综合改革 平行志愿 中考改革",
        "集团化办学 学区制 控辍保学 消除大班额 随班就读 送教上门 一村一幼 两基 普九 两基攻坚 教育扶贫",
        "党政同责 一岗双责 三严三实 创先争优 深入学习实践科学发展观活动 五五普法 六五普法 七五普法 八五普法",
        "学习型城市 社区教育实验区 全民终身学习活动周 学分银行 管办评分离 放管服改革 依法治校示范校 阳光财务",
    ],
)
def test_what_everybody_names_is_there(programmes: dict[str, Program], names: str) -> None:
    """The programmes that local documents of every province name."""
    assert [name for name in names.split() if name not in programmes] == []


@pytest.mark.parametrize(
    ("whole", "members"),
    [
        ("三通两平台", "宽带网络校校通 优质资源班班通 网络学习空间人人通 教育资源公共服务平台 教育管理公共服务平台"),
        ("学前教育三年行动计划", "第一期学前教育行动计划 第二期学前教育行动计划 第三期学前教育行动计划"),
        ("三个课堂", "专递课堂 名师课堂 名校网络课堂"),
        ("五项管理", "手机管理 睡眠管理 作业管理 课外读物管理 体质管理"),
        ("特殊教育提升计划", "第一期特殊教育提升计划 第二期特殊教育提升计划 十四五特殊教育发展提升行动计划"),
        ("国培计划", "影子教师 置换脱产研修"),
    ],
)
def test_components_name_their_whole(programmes: dict[str, Program], whole: str, members: str) -> None:
    """The three links and the two platforms are parts of 三通两平台."""
    assert {programmes[member].whole for member in members.split()} == {whole}


def test_a_field_of_policy_is_no_programme(lexicons: Lexicons) -> None:
    """学前教育 names what is governed, not a programme that a place could adopt."""
    fields_of_policy = {"学前教育", "义务教育", "素质教育", "职业教育", "高等教育", "特殊教育", "立德树人", "教育公平"}
    assert fields_of_policy.isdisjoint(spelling for _, spelling in _every_name(lexicons))
