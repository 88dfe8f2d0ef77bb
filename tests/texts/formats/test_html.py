"""Web pages to text: nothing of the policy text is lost, menus and footers are left out."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableFile
from kg.texts.formats.extract import Extract
from kg.texts.formats.html import read_html, read_mht

PAGES = Path(__file__).parents[2] / "corpus" / "pages"
PARAGRAPH = "<p>全县教育系统认真落实县委、县政府工作部署，新建公办幼儿园三所，改造农村学校食堂十二个。</p>"
FURNITURE = {
    "government.html": [
        "办事服务",
        "当前位置",
        "微博",
        "热点推荐",
        "植树",
        "主办单位",
        "ICP备",
        "隐藏的值",
        "不是正文",
        "color",
    ],
    "disclosure.html": ["依申请公开", "字体", "上一篇", "教师资格认定", "版权所有"],
    "essays.html": [
        "范文大全",
        "登录",
        "全套教案",
        "VIP推荐",
        "教研组工作计划",
        "班主任",
        "下一篇",
        "德育",
        "Copyright",
    ],
    "word.html": ["管理员甲", "mso", "if gte", "supportLists", "Word"],
    "news.html": ["视频", "名师一对一", "责任编辑", "校园餐", "支持！", "不得转载"],
    "library.html": ["会员中心", "登录后查看", "猜你喜欢", "职称评审", "ICP备"],
    "spans.html": ["独家采集", "&#", "\n\n"],
    "xhtml.html": ["机构设置", "平川区教育局主办", "xml", "CDATA"],
    "targets.html": ["规划计划", "首页", "|"],
    "layout.html": ["教师论坛", "栏目导航", "科室设置", "网站地图", "版权所有"],
    "saved.mht": ["通知公告", "版权所有", "GIF", "multi-part"],
}


def read(file: str) -> Extract:
    return (read_mht if file.endswith(".mht") else read_html)((PAGES / file).read_bytes())


def kept(extract: Extract) -> str:
    """The text less what is left out."""
    edges = [0, *(edge for left_out in extract.left_out for edge in left_out.span), len(extract.text)]
    return "".join(extract.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


@pytest.mark.parametrize("file", FURNITURE)
def test_policy_text_is_kept(file: str) -> None:
    """Every line of the document is a line of the kept text, in its order."""
    lines = [line.strip(" \xa0\u3000\u2003") for line in kept(read(file)).splitlines()]
    text = "\n".join(lines)
    positions = [text.find(line) for line in (PAGES / file).with_suffix(".txt").read_text("utf-8").splitlines()]
    assert -1 not in positions
    assert positions == sorted(positions) or file == "disclosure.html"  # whose list names the cells of a row twice


@pytest.mark.parametrize(("file", "piece"), [(file, piece) for file, pieces in FURNITURE.items() for piece in pieces])
def test_furniture_is_left_out(file: str, piece: str) -> None:
    """Menus, tool bars, lists of other pages, footers, scripts and the markup of Word are not in the kept text."""
    assert piece not in kept(read(file))


@pytest.mark.parametrize("file", FURNITURE)
def test_left_out_stretches_are_lines_of_the_text(file: str) -> None:
    """They stand in order, apart from each other, begin at a line and end with one."""
    extract = read(file)
    spans = [left_out.span for left_out in extract.left_out]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for start, end in spans:
        assert 0 <= start < end <= len(extract.text)
        assert start == 0 or extract.text[start - 1] == "\n"
        assert end == len(extract.text) or extract.text[end - 1] == "\n"


@pytest.mark.parametrize(
    ("file", "form", "encoding"),
    [
        ("government.html", "html", "utf-8"),
        ("layout.html", "html", "gb18030"),  # declared as utf-8
        ("xhtml.html", "html", "utf-8"),  # declared as gb2312
        ("saved.mht", "mht", "gb18030"),
    ],
)
def test_bytes_overrule_the_declared_charset(file: str, form: str, encoding: str) -> None:
    """A page's charset is a hint only."""
    extract = read(file)
    assert (extract.form, extract.encoding, extract.doubts) == (form, encoding, ())


@pytest.mark.parametrize(
    ("file", "doubt"), [("library.html", "log in or pay"), ("link.html", "only a link to /upload/2010/guihua.pdf")]
)
def test_doubts(file: str, doubt: str) -> None:
    """A login wall or a mere link to a file is said."""
    (said,) = read(file).doubts
    assert doubt in said


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>教育局\n工作要点</p>", "教育局工作要点"),
        ("<p>2015年 Word\n文件</p>", "2015年 Word 文件"),
        ("<p>一</p>教育<br>工作<div>要点", "一\n教育\n工作\n要点"),
        ("<p>&#0;教育&#xD800;局&#1;工作&#65534;要点</p>", "\ufffd教育\ufffd局工作要点"),
        ("<p>教\0育\x01局</p>" + "工作要点" * 100, "教育局\n" + "工作要点" * 100),
        ("<table><tr><td>甲校<td>12<tr><td>乙校<td></table>", "甲校\t12\n乙校"),
        ("<table><tr><td><p>教育局文件</p><p>全县学校</p></td></tr></table>", "教育局文件\n全县学校"),
        ("<pre>第一条 教育\n第二条 学校</pre>", "第一条 教育\n第二条 学校"),
        ("教育局工作要点", "教育局工作要点"),
        ("<![if !supportEmptyParas]>教育局<![endif]><!--[if IE]>旧版<![endif]-->", "教育局"),
        ("<textarea>草稿</textarea><noscript>脚本</noscript><template>样板</template>教育局", "教育局"),
    ],
)
def test_text_of_markup(page: str, text: str) -> None:
    """Blocks are lines, cells of a row stand on one, a line break in the source between Chinese characters is none."""
    assert read_html(page.encode()).text == text


@pytest.mark.parametrize(
    "page",
    [
        f"<aside>{PARAGRAPH * 3}</aside>",
        f"<div class='sidebar'>{PARAGRAPH * 3}</div>",
        f"<nav><a href='/'>首页</a></nav><form><div class='search-main'>{PARAGRAPH * 3}</div></form>",
        f"<div class='footer'>{PARAGRAPH}</div>{PARAGRAPH}",
        f"<div class='nav-fixed'>{PARAGRAPH}<div class='nav'><a href='/'>首页</a></div>{PARAGRAPH}</div>",
        f"{PARAGRAPH}<div class='ad'><a href='http://x.cn'>广告</a></div>{PARAGRAPH}<div>县教育局</div><div>2015年3月2日</div>",
    ],
)
def test_odd_markup_loses_no_paragraph(page: str) -> None:
    """Text in elements that are named like furniture is text."""
    assert kept(read_html(f"<html><body>{page}</body></html>".encode())).count("公办幼儿园三所") == page.count(
        "公办幼儿园三所"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000,
        "<table><tr><td>" * 30_000 + PARAGRAPH,
        "<p><font>" * 30_000 + PARAGRAPH,
        "<unknown>" * 30_000 + PARAGRAPH,
        "<p " + "a=1 " * 100_000 + ">" + PARAGRAPH,
        "<" * 200_000 + PARAGRAPH,
        PARAGRAPH * 5_000,
    ],
)
def test_monstrous_pages_come_out(page: str) -> None:
    """Deep nesting and size take time in proportion and lose no text."""
    assert "新建公办幼儿园三所" in read_html(page.encode()).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty file"),
        (b"<!-- comment -->", "empty page"),
        ("<script>var a = '教育局';</script>".encode(), "no text of its own"),
        ((PAGES / "frames.html").read_bytes(), "only frames; give the page left.htm"),
        (b"<a href='/upload/guihua.pdf'>PDF</a>", "only a link to /upload/guihua.pdf"),
        (b"<p>The county built three new kindergartens in 2013.</p>", "no Chinese text"),
        (b"%PDF-1.4", "a PDF file"),
    ],
)
def test_pages_without_text_say_why(data: bytes, message: str) -> None:
    """One clear line."""
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_html(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/gif\r\n\r\nGIF89a", "no web page"),
        (b"\xff\xfe\0" * 100, "no web page"),
        (
            b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(3000)),
            "damaged MHT file",
        ),
    ],
)
def test_messages_without_page_say_why(data: bytes, message: str) -> None:
    """One clear line."""
    with pytest.raises(UnreadableFile, match=message):
        read_mht(data)


def test_page_that_is_only_named_mht() -> None:
    """A plain page under the other ending is read."""
    assert read_mht((PAGES / "government.html").read_bytes()).text == read("government.html").text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mutated_pages_give_text_or_one_line(data: st.DataObject) -> None:
    """Whatever is cut, written over or repeated, nothing but UnreadableFile is raised."""
    file = data.draw(st.sampled_from(["government.html", "word.html", "layout.html", "saved.mht"]))
    page = (PAGES / file).read_bytes()
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 200)))
    noise = data.draw(
        st.binary(max_size=40) | st.sampled_from([b"<table><tr>" * 50, b"\0", b"<!--", b"</html>", b"&#"])
    )
    page = page[:start] + noise + page[end:]
    try:
        assert (read_mht if file.endswith(".mht") else read_html)(page).text
    except UnreadableFile as error:
        assert "\n" not in str(error)  # noqa: PT017
