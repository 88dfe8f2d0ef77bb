"""Lines and sentences that a web site put around a document → dropped; the policy text stays.

A rule is a pattern with a place where it holds. Nothing here knows a certain site or document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from kg.model import LeftOut, Span
from kg.texts.names import Names
from kg.texts.tracked import HAN, Tracked, at_line_starts

SHORT = 90  # a menu, a breadcrumb, a counter; policy paragraphs are longer or have a 。
LEAD = 400  # an editor's lead paragraph; longer lines lose only the editor's sentences
HEAD_LINES = 12
MIN_TEASER = 30


class Rule(NamedTuple):
    """A pattern, the reason to leave out what it fits, and words of which one always stands in it."""

    name: str
    words: str
    pattern: str


# A short line without 。 that fits one of these is furniture wherever it stands.
LINE_RULES = (
    Rule("breadcrumb", "> » ›", r".*(?:首页|主页|位置|网|站|文库).*[>»›].*|[^>»›]+(?:[>»›][^>»›]+){2,}"),
    Rule("position", "位置：", r"(?:当前|您现在的|您的|您所在的|你的)位置：?.*"),
    Rule(
        "time-stamp",
        "时间： 日期：",
        r"(?:发布|更新|发表|录入|添加|上传)?(?:时间|日期)：\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|(?:发布|更新|发表|录入|上传)(?:时间|日期)：\d{4}年\d{1,2}月.{0,40}",
    ),
    Rule(
        "toolbar",
        "下载 全屏 加大 减小 还原 放大 缩小 打印 收藏 纠错 分享 关闭 首页 【大 ]大",
        r"(?:下载|全屏|加大|减小|还原|放大|缩小|打印|收藏|纠错|分享|关闭|大|中|小|首页|[】\]>|])+",
    ),
    Rule("submit", "我要", r".*我要(?:投稿|纠错|评论|打印)$"),
    Rule("submit", "投稿", r"(?:网友|用户|会员|在线)?投稿(?:邮箱|热线|方式|须知|人)?(?:：.*|)"),
    Rule("counter", "次", r".*(?:发布|浏览|点击|阅读|访问|查看)[^，。]{0,4}\d+次(?:查看|浏览|阅读)?.*"),
    Rule("counter", "浏览 点击 阅读 访问", r".*(?:浏览|点击|阅读|访问)(?:次数|数|量)：.*"),
    Rule(
        "toolbar",
        "打印 关闭 收藏 分享到 字体 字号 扫一扫 返回 我要打印",
        r"[【\[（]?(?:打印|关闭|收藏|分享到|字体|字号|扫一扫|返回顶部|返回列表|我要打印).{0,40}",
    ),
    Rule(
        "login",
        "欢迎 登录 登陆 注册 设为首页 加入收藏 手机版 客户端",
        r"(?:您好，)?(?:欢迎(?:来到|光临|访问)|请?登[录陆]|免费注册|设为首页|加入收藏|手机版|客户端下载).*",
    ),
    Rule(
        "login",
        "全文 剩余 VIP 付费 文档",
        r"(?:.*(?:登[录陆]|注册|开通|购买|付费|充值|下载)[^，。]{0,12}(?:查看|阅读|浏览|获取|显示)?(?:全文|剩余|全部内容|完整).*"
        r"|.*剩余(?:内容|部分|\d+%)[^，。]{0,12}(?:登[录陆]|付费|购买|下载|阅读|隐藏).*"
        r"|(?:本文|该|此)文档(?:由|为|共)[^。]{0,40}(?:上传|分享|收费|付费|下载|页).*)",
    ),
    Rule("classified-site", "分类信息网 B2B信息 发布信息 免费信息", r".*(?:分类信息网|B2B信息|免费发布?信息).*"),
    Rule(
        "registration",
        "ICP 公网安备 opyright eserved 版权所有 网站标识码 技术支持：",
        r".*(?:ICP备|ICP证|公网安备|[Cc]opyright|[Rr]ights? ?[Rr]eserved|版权所有|网站标识码|技术支持：).*",
    ),
    Rule("law-database", "法宝", r".*(?:法宝引证码|北大法宝).*"),
    Rule("source-link", "链接", r"(?:原文|本文|文章|来源|阅读)(?:链接|地址)：?.*"),
    Rule("source-link", "网址：", r"(?:原文|本文|文章)?网址：\s*(?:https?://|www\.).*"),
    Rule("neighbours", "上一 下一", r"(?:上一篇|下一篇|上一页|下一页|上一条|下一条)(?:：.*|)"),
    Rule(
        "recommended",
        "推荐 相关 热门 猜你喜欢 延伸阅读",
        r"[·*]?(?:相关推荐|推荐阅读|推荐文章|相关阅读|相关链接|相关信息|热门推荐|热门文章|猜你喜欢|延伸阅读|VIP推荐)：?",
    ),
    Rule("related-articles", "相关文章", r"[·*]?(?:【[^】]{2,40}】)?的?相关文章：?"),
)
# A line of digits and signs only.
_STAMP = re.compile(r"\n(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?)(?=\n|\Z)")
# A sentence with one of these is an editor's; in the head of the file its whole paragraph is.
NOTE_RULES = (
    Rule("editor", "小编", r"小编(?<![大中较]小编)(?![制班组配])"),
    Rule("for-your-reading", "供大家 供您 供你 供各位", r"供(?:大家|您|你|各位)(?:参考|阅读|借鉴|学习|欣赏|查阅)"),
    Rule("for-your-reading", "欢迎", r"欢迎(?:大家)?(?:参考|阅读|借鉴|查阅)"),
    Rule("for-your-reading", "希望", r"希望(?:能)?(?:对|给)(?:大家|您|你们?)[^，。]{0,10}帮助"),
    Rule("uploaded", "来源于 来自", r"来(?:源于|自)(?:网友|网络|互联网)(?:上传|整理|收集|投稿)?"),
    Rule("uploaded", "不代表本站", r"不代表本站"),
    Rule("reprint", "转载请", r"转载请(?:注明|保留|标明)"),
    Rule("more-of-this", "更多", r"更多[^，。]{0,30}(?:请|敬请)(?:关注|访问|点击|浏览|查看)"),
)
# After one of these lines only titles of other pages follow, up to the end of the file.
TAIL_RULES = frozenset({"related-articles", "recommended", "registration", "neighbours"})

_RULES = (*LINE_RULES, *NOTE_RULES)
_PATTERNS = tuple(re.compile(rule.pattern) for rule in _RULES)
# Word → the rules that need it or a part of it.
_BY_WORD = {
    word: tuple(n for n, rule in enumerate(_RULES) if any(part in word for part in rule.words.split()))
    for rule_of_word in _RULES
    for word in rule_of_word.words.split()
}
_SENTENCE_END = re.compile(r"[。！？\n]")
_LISTED_TITLE = re.compile(r"[^。；]{4,60}\d{2}-\d{2}")
_TITLE_WORD = "(?:工作)?(?:计划|总结|要点|方案|思路|报告|安排|意见)"
_STUFFING = re.compile(rf"(\d{{4}}年[^，。；：、“”《》\n]{{2,24}}?{_TITLE_WORD})\1+")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章|篇)|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_SIGN = re.compile(f"[{HAN}0-9A-Za-z]")


class Page:
    """A text with its lines, and where the rules' words stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.hits: dict[int, set[int]] = {}  # line → rules with a word in it
        for span, word in _trigger_words()(text):
            self.hits.setdefault(self._line_at(span.start), set()).update(_BY_WORD[word])

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def span(self, number: int) -> Span:
        return Span(self._starts[number], self._starts[number + 1] - 1)

    def whole_line(self, number: int) -> Span:
        """The line with one of its line ends."""
        start, end = self.span(number)
        return Span(start - 1, end) if start else Span(0, end + 1)

    def rules(self) -> dict[int, str]:
        """The lines that a rule fits as a whole, with its name."""
        ruled = {self._line_at(stamp.start): "time-stamp" for stamp in at_line_starts(_STAMP, self.text)}
        for number, rules in self.hits.items():
            line = self.lines[number]
            if not _is_body(line):
                fitting = (n for n in sorted(rules) if n < len(LINE_RULES) and _PATTERNS[n].fullmatch(line))
                if (first := next(fitting, None)) is not None:
                    ruled[number] = LINE_RULES[first].name
        return ruled

    def notes(self) -> Iterator[tuple[int, int, str]]:
        """Line, offset and name of every editor's phrase."""
        for number, rules in sorted(self.hits.items()):
            for rule in sorted(rules):
                if rule >= len(LINE_RULES):
                    for found in _PATTERNS[rule].finditer(self.text, *self.span(number)):
                        yield number, found.start(), _RULES[rule].name


def _is_body(line: str) -> bool:
    """A paragraph of running text."""
    return "。" in line or len(line) > SHORT


@cache
def _trigger_words() -> Names:
    return Names(_BY_WORD)


def drop_furniture(tracked: Tracked) -> Tracked:
    """Less menus, breadcrumbs, time stamps, editors' notes, teasers, lists of other pages, registration lines."""
    page = Page(tracked.text)
    found = [*_whole_lines(page), *_notes(page), *_teaser(page), *_repeated_title(page)]
    found += (LeftOut(Span(*stuffing.span()), "repeated-phrase") for stuffing in _STUFFING.finditer(tracked.text))
    return tracked.leaving_out(sorted(found)) if found else tracked


def _whole_lines(page: Page) -> Iterator[LeftOut]:
    """Lines that a rule knows, and the titles that a list of other pages shows after one of them."""
    ruled = page.rules()
    if not ruled:
        return
    last_body = max((i for i, line in enumerate(page.lines) if _is_body(line)), default=-1)
    in_list = in_tail = ""
    for number in range(min(ruled), len(page.lines)):
        rule = ruled.get(number, "")
        in_tail = in_tail or (rule if rule in TAIL_RULES and 0 <= last_body < number else "")
        if rule in ("related-articles", "recommended"):
            in_list = rule
        elif not _LISTED_TITLE.fullmatch(page.lines[number]):
            in_list = ""
        if reason := rule or in_tail or in_list:
            yield LeftOut(page.whole_line(number), reason)


def _notes(page: Page) -> Iterator[LeftOut]:
    """An editor's lead paragraph in the head; elsewhere only the editor's sentence."""
    hits = list(page.notes())
    if not hits:
        return
    head = set(_head(page.lines, {number for number, _, _ in hits}))
    for number, hit, reason in hits:
        if number in head and len(page.lines[number]) <= LEAD:
            yield LeftOut(page.whole_line(number), reason)
        else:
            yield LeftOut(_sentence_around(page, number, hit), reason)


def _sentence_around(page: Page, number: int, hit: int) -> Span:
    line = page.span(number)
    start = max((end.end() for end in _SENTENCE_END.finditer(page.text, line.start, hit)), default=line.start)
    end = _SENTENCE_END.search(page.text, hit, line.end)
    return Span(start, end.end() if end else line.end)


def _head(lines: list[str], noted: set[int]) -> Iterator[int]:
    """The lines before the first item or paragraph of the document itself."""
    for number, line in enumerate(lines[:HEAD_LINES]):
        if _HEADING.match(line) or (_is_body(line) and number not in noted):
            return
        yield number


def _teaser(page: Page) -> Iterator[LeftOut]:
    """A first line that runs the following lines together: the site's preview of the opening."""
    if len(page.lines) < 3:
        return
    first, second = _signs(page.lines[0][:300]), _signs(page.lines[1][:400])
    if len(first) < MIN_TEASER:
        return
    following = "".join(_signs(line[:400]) for line in page.lines[1:8])
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, following, strict=False)))
    if shared >= MIN_TEASER and shared > len(second) + 4 and shared >= 0.5 * len(first):
        yield LeftOut(page.whole_line(0), "preview")


def _signs(text: str) -> str:
    return "".join(_SIGN.findall(text))


def _repeated_title(page: Page) -> Iterator[LeftOut]:
    """A page title that the next line repeats word for word."""
    for number, (line, following) in enumerate(pairwise(page.lines[:HEAD_LINES])):
        if line and line == following and not _is_body(line):
            yield LeftOut(page.whole_line(number), "repeated-title")
