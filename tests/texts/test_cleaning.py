"""Decoded text to clean text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableFile
from kg.texts import clean, read_document
from kg.texts.punctuation import BLANK, BREAK, FULL
from kg.texts.script import _converter


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("市(shì)縣(xiàn)兩(liǎng)級(jí)財政", "市县两级财政"),
        ("學(xué)校(xiào)食(shí)堂(táng)的(de)管理", "学校食堂的管理"),
        ("辦(bàn)好(hǎo)學(xué)校(園)，培訓校長(科長)", "办好学校（园），培训校长（科长）"),
        ("開(kāi)發(fā)手(shǒu)機(jī)應用(APP)", "开发手机应用（APP）"),
        ("推广“阳光课堂”(yangguang)软件", "推广“阳光课堂”（yangguang）软件"),
    ],
)
def test_pinyin_in_brackets_goes(messy: str, tidy: str) -> None:
    """Bracketed pinyin goes where a garbling tool left it; other brackets stay."""
    assert clean(messy)[0] == tidy


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("為著力發展學前教育，著重抓好師資", "为着力发展学前教育，着重抓好师资"),
        ("圍繞著質量提升，成效顯著，邀請著名專家", "围绕着质量提升，成效显著，邀请著名专家"),
        ("乾县教育局开展乾陵研学活动", "乾县教育局开展乾陵研学活动"),
        ("全县后勤干部到里下河地区学习", "全县后勤干部到里下河地区学习"),
    ],
)
def test_only_traditional_text_is_simplified(messy: str, tidy: str) -> None:
    """Simplified text keeps 乾; of the 著 of Traditional text only 显著, 著名 and the like are left."""
    assert clean(messy)[0] == tidy


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("新建学校3所,改造5所;投入1,300万元:", "新建学校3所，改造5所；投入1,300万元："),
        ("占49.2%,比上年提高3.5个百分点", "占49.2%，比上年提高3.5个百分点"),
        ("师生比达到1:15,班额降到45人!", "师生比达到1:15，班额降到45人！"),
        ("规划(2013-2015年),分步实施", "规划（2013-2015年），分步实施"),
        ("(1)办好中心校", "（1）办好中心校"),
        ("校训译作 Hello, world (v2.0); see: note", "校训译作Hello, world (v2.0); see: note"),
        ("投入１２．５万元，完成８０％", "投入12.5万元，完成80%"),
        ("实施「阳光餐厅」和『书香校园』", "实施“阳光餐厅”和‘书香校园’"),
        ('推广"影子教研"和"走教制"', "推广“影子教研”和“走教制”"),
        ("打造'五育'课堂", "打造‘五育’课堂"),
        ('尺寸为12"的屏幕', '尺寸为12"的屏幕'),
        ("“一二•九”和五·四", "“一二·九”和五·四"),
    ],
)
def test_punctuation_has_one_form(messy: str, tidy: str) -> None:
    """Full-width beside Chinese, half-width within numbers and Latin; quotes curly where they pair in their line."""
    assert clean(messy)[0] == tidy


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("某市教育局\u3000关于 2018\xa0年\u200b工作", "某市教育局关于2018年工作"),
        ("  第一段。  \r\n\r\n\xa0\r\n  第二段。\r\n", "第一段。\n第二段。"),
        ("采用 Windows 10 系统", "采用Windows 10系统"),
        ("1. 办好学校", "1.办好学校"),
        ("组织实施培训工程\n\n  。  19.开展送教", "组织实施培训工程。\n19.开展送教"),
        ("落实各项制度  （二）完善机制", "落实各项制度\n（二）完善机制"),
        ("软\xad连字符", "软连字符"),
    ],
)
def test_blanks_and_breaks(messy: str, tidy: str) -> None:
    """No blanks beside Chinese, one line end for many, a closing mark back on its line, lost line ends restored."""
    assert clean(messy)[0] == tidy


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("加大化解大班额的'力度。", "加大化解大班额的力度。"),
        ("张贴催人奋进的`标语、横幅。", "张贴催人奋进的标语、横幅。"),
        ("切实提高保障能力2016年学校工作计划2016年学校工作计划。", "切实提高保障能力。"),
    ],
)
def test_insertions_of_sites_go(messy: str, tidy: str) -> None:
    """Lone marks and stuffed titles that a site put into a sentence go."""
    assert clean(messy)[0] == tidy


BODY = "一、主要工作\n县教育局新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。"


@pytest.mark.parametrize(
    "furniture",
    [
        "首页 > 教育文库 > 工作总结",
        "当前位置：文库大全",
        "时间:2021-03-04 08:15:00 工作总结 我要投稿",
        "• 相关推荐",
        "您好,欢迎来到某某分类信息网!",
        "2019/3/4 9:15:27发布88次查看",
        "来源：某站 浏览次数：1203",
        "导语:本文来源于网友上传,不代表本站观点,欢迎参考。",
        "写总结是一件要紧的事，那么怎么写呢？下面是小编为大家整理的学校总结，供大家阅读！",
        "【字体：大 中 小】",
        "京ICP备00000000号-1",
        "今天是：2020年3月4日 星期三",
        "文档简介",
        "论文部分内容阅读……",
        "格式：docx",
        "版权说明：本文档由用户提供并上传，收益归属内容提供方",
        "本站所有文档均由网友上传",
    ],
)
def test_furniture_above_goes(furniture: str) -> None:
    """Menus, time stamps, counters and editors' notes above a document go; title and text stay."""
    title = "某县2018年教育工作总结"
    assert clean(f"{furniture}\n\n{title}\n\n{BODY}")[0] == f"{title}\n{BODY}"
    assert clean(f"{title}\n{furniture}\n{BODY}")[0] == f"{title}\n{BODY}"


@pytest.mark.parametrize(
    "furniture",
    [
        "【年度教育工作总结】相关文章：\n\n学校工作总结12-13\n\n教师个人计划05-04\n\n教研组总结合集04-25",
        "上一篇：学校安全工作总结\n下一篇：教师节讲话稿",
        "推荐阅读\n班主任工作计划\n德育工作计划",
        "VIP推荐\n某某网 沪ICP备00000000号-2\n企业名录",
        "【法宝引证码】CLI.0.000000",
        "以上就是小编整理的全部内容，希望对大家有帮助。",
        "- 格式：pdf",
        "某某网文档下载",
    ],
)
def test_furniture_below_goes(furniture: str) -> None:
    """Lists of other pages, registration lines and farewells below a document go."""
    assert clean(f"{BODY}\n\n{furniture}\n")[0] == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "在政府网站公开信息320条，浏览次数达12000次，群众来信办结率100%。",
        "印制读本一万册，供全县教师和家长学习。",
        "推行小班化教学，压缩大小编制差距。",
        "时间：2019年6月12日上午",
        "报名 → 审核 → 公示",
        "附件：2018年重点工作任务分解表",
        "高一年级增长>5%",
        "地点：县教育局三楼会议室",
        "格式：按附件要求填写",
        "今天是：2018年12月5日，全县教育大会胜利召开，会议要求各校切实抓好落实。",
        "文档简介明了，版权说明齐备，读本格式统一。",
    ],
)
def test_policy_text_stays(sentence: str) -> None:
    """Words that furniture uses too do not cost a policy sentence."""
    text = f"某县2018年教育工作总结\n{BODY}\n{sentence}\n{BODY}"
    kept = clean(text)[0].replace(" ", "")
    assert sentence.replace(" ", "").replace(":", "：") in kept


def test_teaser_line_goes() -> None:
    """A first line that runs the opening together is the site's preview."""
    opening = "2016年,县教育局紧紧围绕县委中心工作,以提高质量为核心,以促进公平为重点,各项工作取得新进展。"
    title = "县教育局2016年工作总结"
    text = f"{title}{opening[:30]}\n{title}\n{opening}\n{BODY}"
    assert clean(text)[0].startswith("县教育局2016年工作总结\n2016年，县教育局")


PIECES = [
    *[
        "學(xué)",
        "校(xiào)",
        "區(qū)",
        "的(de)",
        "著力",
        "顯著",
        "乾县",
        "学校",
        "(园)",
        "(APP)",
        "xx年",
        "一、",
        "（一）",
        "1",
        "2.",
    ],
    *[
        "。",
        "，",
        ",",
        ";",
        ":",
        "(",
        ")",
        "（",
        "）",
        "!",
        "?",
        '"',
        "'",
        "`",
        "“",
        "”",
        "「",
        "」",
        "《",
        "》",
        "％",
        "８",
        "•",
    ],
    *[
        "小编",
        "供大家参考",
        "相关推荐",
        "【x】相关文章：",
        "12-13",
        ">",
        "首页",
        "时间:2020-01-01",
        "ICP备",
        "上一篇",
        "12:30",
    ],
    *["2016年工作计划", "\r\n"],
]
MESS = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.sampled_from(["\n", "\r", " ", "  ", "\u3000", "\u200b", "\xa0", "\t", "\u2028", "\x0b", "\xad"]),
        st.text(max_size=4),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=400)
@given(MESS)
def test_cleaning_is_idempotent(text: str) -> None:
    """What has been cleaned is clean."""
    once = clean(text)[0]
    assert clean(once)[0] == once


@given(MESS)
def test_every_clean_character_has_its_original(text: str) -> None:
    """Origins never decrease, and each clean character is its original one or that character's clean form."""
    cleaned, origin = clean(text)
    assert len(cleaned) == len(origin)
    assert list(origin) == sorted(set(origin))
    for sign, at in zip(cleaned, origin, strict=True):
        assert sign in _forms(text[at])


def _forms(original: str) -> set[str]:
    simple = _converter().convert(original)
    forms = {original, simple, FULL.get(original, original)}
    if original in BLANK + " ":
        forms |= {" ", "\n"}
    if original in BREAK + "\r":
        forms.add("\n")
    if original == "著":
        forms.add("着")
    if original in "\"'「」『』｢｣﹁﹂〝〞＂＇":
        forms |= set("“”‘’\"'")
    if "\uff01" <= original <= "\uff5e" or original in "﹐﹑﹔﹕﹖﹗﹙﹚｡､﹪﹢﹣﹤﹥≪≫":
        half = chr(ord(original) - 0xFEE0) if original >= "\uff01" and original <= "\uff5e" else ""
        forms |= {half, *"，、；：？！（）。%+-<>《》"}
        if half in "\"'":
            forms |= set("“”‘’")
    forms |= set(unicodedata.normalize("NFKC", original))
    if original in "•‧∙⋅・･●◦᛫ꞏ":
        forms.add("·")
    return forms


def test_document_maps_back_to_its_file() -> None:
    """The original span of a clean sentence selects the sentence in the decoded file."""
    raw = "首页 > 文库 > 总结\r\n縣(xiàn)教(jiào)育(yù)局工作總結\r\n新建學校3所,改造5所。\r\n"
    document = read_document(raw.encode("utf-8"), "county/a.txt")
    assert document.clean == "县教育局工作总结\n新建学校3所，改造5所。"
    assert [document.text[document.origin[i]] for i in range(3)] == ["縣", "教", "育"]
    assert document.encoding == "utf-8"


def test_identity_is_of_path_and_content() -> None:
    """The id changes with the path and with the content, and with nothing else."""
    data = BODY.encode()
    same = read_document(data, "a.txt").id
    assert read_document(data, "a.txt").id == same
    assert len(same) == 16
    assert len({same, read_document(data, "b.txt").id, read_document(data + "好".encode(), "a.txt").id}) == 3


def test_furniture_alone_is_no_document() -> None:
    """A page without a document says so."""
    with pytest.raises(UnreadableFile, match="nothing but"):
        read_document("相关推荐\n首页 > 文库 > 总结\n".encode(), "a.txt")
