"""Implementation: which document or programme of a higher level a government carries out, and whose it is."""

import pytest
from reading import Row, claims

from kg.model import Relation

OUTLINE = "国家中长期教育改革和发展规划纲要（2010—2020年）"


def carried_out(columns: str, text: str, where: str = "宜昌市") -> list[Row]:
    return claims(Relation.IMPLEMENTS, columns, text, where)


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("根据《校车安全管理条例》，开展检查。", ["校车安全管理条例"]),
        ("认真执行义务教育法。", ["义务教育法"]),
        (f"贯彻落实《{OUTLINE}》和《湖北省校车安全管理办法》。", [OUTLINE, "湖北省校车安全管理办法"]),
        ("落实省教育厅下发的中小学晨检工作实施方案。", ["中小学晨检工作实施方案"]),
        ("严格执行“六条禁令”。", ["六条禁令"]),
        ("做好《校车安全管理条例》贯彻工作。", ["校车安全管理条例"]),
        ("按照国务院公布的《校车安全管理条例》要求，开展检查。", ["校车安全管理条例"]),
        ("落实《乡村教师支持计划（2015—2020年）》。", ["乡村教师支持计划（2015—2020年）"]),
        ("按照《校车安全管理条例》（国务院令第617号）等规定，开展检查。", ["校车安全管理条例"]),
    ],
)
def test_documents(text: str, objects: list[str]) -> None:
    """根据, 按照, 贯彻落实 + documents, in a list too."""
    assert carried_out("place object", text) == [("宜昌市", name) for name in objects]


@pytest.mark.parametrize(
    "text",
    [
        "宣传《校车安全管理条例》。",
        "落实《宜昌市校车安全管理办法》。",
        "落实我市《宜昌市校车安全管理办法》。",
        "出台《湖北省校车安全管理办法》。",
        "实施起草《湖北省校车安全管理办法》的计划。",
        "《校车安全管理条例》深入人心。",
    ],
)
def test_no_implementation(text: str) -> None:
    """To publicise is not to carry out, and the government's own document is of no higher level."""
    assert carried_out("object", text) == []


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("贯彻教育部《小学生减负十条规定》。", "教育部"),
        ("落实国家《校车安全管理条例》。", "国家"),
        ("根据《校车安全管理条例》，开展检查。", None),
    ],
)
def test_whose_document(text: str, by: str | None) -> None:
    """The body or level named directly before the title."""
    assert carried_out("by", text) == [(by,)]


def test_document_of_the_own_province() -> None:
    """落实省《…》: the province's, not that of a province called 落实."""
    assert carried_out("by", "落实省《校车安全管理条例》实施办法。") == [("省",)]


@pytest.mark.parametrize(
    ("text", "program", "by"),
    [
        ("落实教育部“三通两平台”要求。", "三通两平台", "教育部"),
        ("落实湖北省“全面改薄”规划。", "全面改薄", "湖北省"),
        ("完成省政府下达的农村教师安居工程任务。", "农村教师安居工程", "湖北省人民政府"),
        ("按照国家统一部署，实施全面改薄。", "全面改薄", "国家"),
        ("按照省教育厅部署，实施全面改薄。", "全面改薄", "湖北省教育厅"),
    ],
)
def test_programmes_of_a_higher_level(text: str, program: str, by: str) -> None:
    """A programme that the ministry or the province is said to have set."""
    assert carried_out("rule place object by", text) == [("carries-out-program-of-higher-level", "宜昌市", program, by)]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("落实市教育局“三通两平台”要求。", "宜昌市"),
        ("落实浙江省“全面改薄”规划。", "宜昌市"),
        ("实施全面改薄。", "宜昌市"),
        ("教育部专家来访，实施全面改薄。", "宜昌市"),
    ],
)
def test_no_higher_level(text: str, where: str) -> None:
    """The own bureau, another province, or a ministry that only stands in the sentence set nothing."""
    assert carried_out("object", text, where) == []
