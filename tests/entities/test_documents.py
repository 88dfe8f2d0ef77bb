"""Policy documents: between title marks, from the lexicon, cited or announced without marks; papers and books are none."""

import pytest
from reading import mentions, names

from kg.model import Kind


def found(text: str, where: str = "宜昌市") -> list[tuple[str | None, str]]:
    return [(m.entity.name if m.entity else None, m.found_by) for m in mentions(Kind.POLICY_DOCUMENT, text, where)]


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("印发《荆门市校车安全管理办法》（荆政办发〔2015〕12号）。", "荆门市校车安全管理办法", "荆政办发〔2015〕12号"),
        ("学习《关于加强校园安全工作的意见》。", "关于加强校园安全工作的意见", None),
        ("印发《荆门市中小学布局规划（2016—2020年）》。", "荆门市中小学布局规划（2016-2020年）", None),
        ("出台《荆门市家校共育行动计划》鄂教发[2016]3号。", "荆门市家校共育行动计划", "鄂教发[2016]3号"),
    ],
)
def test_titled_documents(text: str, name: str, number: str | None) -> None:
    """《…》 that ends like a policy document is one, with the 文号 that stands behind it."""
    (mention,) = mentions(Kind.POLICY_DOCUMENT, text)
    assert mention.found_by == "titled-document"
    assert mention.entity is not None
    assert (mention.entity.name, mention.entity.number) == (name, number)


@pytest.mark.parametrize(
    "text",
    [
        "《中国教育报》《三峡日报》刊发了经验。",
        "组织学生阅读《论语》《三国演义》。",
        "编印《家校共育读本》两万册。",
        "合唱《我和我的祖国》。",
    ],
)
def test_papers_and_books(text: str) -> None:
    """Newspapers, books and songs stand between the same marks and are left alone."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "贯彻《国家中长期教育改革和发展规划纲要（2010—2020年）》。",
            "国家中长期教育改革和发展规划纲要（2010—2020年）",
        ),
        ("贯彻《国家中长期教育改革和发展规划纲要（20102020年）》。", "国家中长期教育改革和发展规划纲要（2010—2020年）"),
        ("学习《中华人民共和国教师法》。", "教师法"),
        ("认真执行义务教育法。", "义务教育法"),
        ("落实中小学教师职业道德规范。", "中小学教师职业道德规范"),
    ],
)
def test_known_documents(text: str, name: str) -> None:
    """A law or national document of the lexicon is found with and without marks, even where a dash between years got lost."""
    assert found(text) == [(name, "lexicon-document")]


@pytest.mark.parametrize(
    ("text", "where", "name"),
    [
        ("出台《我市民办教育促进办法》。", "宜昌市", "宜昌市民办教育促进办法"),
        ("出台《我县民办教育促进办法》。", "昌乐县", "昌乐县民办教育促进办法"),
        ("出台《我市民办教育促进办法》。", "", "我市民办教育促进办法"),
    ],
)
def test_context_word_in_a_title(text: str, where: str, name: str) -> None:
    """我市 in a title is spelt out where the part says whom it means."""
    assert names(Kind.POLICY_DOCUMENT, text, where) == [name]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("制定高中学校课程建设指导意见。", ["高中学校课程建设指导意见"]),
        ("出台了民办幼儿园分类管理办法。", ["民办幼儿园分类管理办法"]),
        ("制定好新一轮民办幼儿园分类管理办法。", ["民办幼儿园分类管理办法"]),
        ("出台了全市高中学校课程建设指导意见。", ["高中学校课程建设指导意见"]),
        (
            "制定教师培训规划、校长任职资格办法和校车安全管理规定。",
            ["教师培训规划", "校长任职资格办法", "校车安全管理规定"],
        ),
        ("制定实施方案，出台相关办法，完善配套规定。", []),
        ("制定切实可行的工作方案。", []),
        ("研究学生作业的布置办法。", []),
    ],
)
def test_announced_documents(text: str, titles: list[str]) -> None:
    """出台, 制定, 印发 + a name that ends like a document's is one; 相关办法, 工作方案 name nothing."""
    assert found(text) == [(title, "announced-document") for title in titles]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("执行普通中小学办学质量标准。", ["普通中小学办学质量标准"]),
        ("按照国家学生体质监测工作规程开展测试。", ["学生体质监测工作规程"]),
        ("执行标准，落实守则。", []),
    ],
)
def test_cited_rules(text: str, titles: list[str]) -> None:
    """执行, 按照 + a standing rule with a name of its own, without marks."""
    assert [name for name, rule in found(text) if rule == "cited-rule"] == titles


@pytest.mark.parametrize(
    ("text", "found_there"),
    [
        ("严格执行“六条禁令”。", [("六条禁令", "quoted-rule")]),
        ("贯彻“教师八条严禁”。", [("教师八条严禁", "quoted-rule")]),
        ("喊出“一个都不能少”。", []),
        ("落实省教育厅下发的中小学晨检工作实施方案。", [("中小学晨检工作实施方案", "cited-rule")]),
        ("省教育厅下发的方案已学习。", []),
    ],
)
def test_rules_of_others(text: str, found_there: list[tuple[str, str]]) -> None:
    """“六条禁令” is a document by its short name; what another body handed down is one without marks."""
    assert found(text) == found_there


def test_programme_inside_a_title() -> None:
    """A title is one document, 〈…〉 inside 《…》 too; a known programme that it names is mentioned beside it."""
    text = "出台《关于推进校长职级制改革的实施意见》和《关于落实〈教师减负清单〉的办法》。"
    assert names(Kind.POLICY_DOCUMENT, text) == ["关于推进校长职级制改革的实施意见", "关于落实〈教师减负清单〉的办法"]
    assert names(Kind.PROGRAM, text) == ["校长职级制", "教师减负"]
