"""Lines and sentences that a web site put around a document → dropped; the policy text stays.

A rule is a pattern with a place where it holds. Nothing here knows a certain site or document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.model import Span
from kg.texts.tracked import HAN, Tracked

SHORT = 90  # a menu, a breadcrumb, a counter; policy paragraphs are longer or have a 。
LEAD = 400  # an editor's lead paragraph; longer lines lose only the editor's sentences
HEAD_LINES = 12
MIN_TEASER = 30


class Rule(NamedTuple):
    name: str
    pattern: str


# A short line without 。 that matches one of these is furniture wherever it stands.
LINE_RULES = (
    Rule("breadcrumb", r".*(?:首页|主页|位置|网|站|文库).*[>»›].*|[^>»›]+(?:[>»›][^>»›]+){2,}"),
    Rule("position", r"(?:当前|您现在的|您的|您所在的|你的)位置：?.*"),
    Rule("time-stamp", r"(?:发布|更新|发表|录入|添加|上传)?(?:时间|日期)：\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*"),
    Rule("time-stamp", r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?"),
    Rule("toolbar", r"(?:下载|全屏|加大|减小|还原|放大|缩小|打印|收藏|纠错|分享|关闭|大|中|小|首页|[】\]>|])+"),
    Rule("submit", r".*我要(?:投稿|纠错|评论|打印)$"),
    Rule("counter", r".*(?:发布|浏览|点击|阅读|访问|查看)[^，。]{0,4}\d+次(?:查看|浏览|阅读)?.*"),
    Rule("counter", r".*(?:浏览|点击|阅读|访问)(?:次数|数|量)：.*"),
    Rule("toolbar", r"[【\[（]?(?:打印|关闭|收藏|分享到|字体|字号|扫一扫|返回顶部|返回列表|我要打印).{0,40}"),
    Rule("login", r"(?:您好，)?(?:欢迎(?:来到|光临|访问)|请?登[录陆]|免费注册|设为首页|加入收藏|手机版|客户端下载).*"),
    Rule("classified-site", r".*(?:分类信息网|B2B信息|免费发布?信息).*"),
    Rule(
        "registration",
        r".*(?:ICP备|ICP证|公网安备|[Cc]opyright|[Rr]ights? ?[Rr]eserved|版权所有|网站标识码|技术支持：).*",
    ),
    Rule("law-database", r".*(?:法宝引证码|北大法宝).*"),
    Rule("markup", r"<!--.*-->"),
    Rule("neighbours", r"(?:上一篇|下一篇|上一页|下一页|上一条|下一条)(?:：.*|)"),
    Rule(
        "recommended",
        r"[·*]?(?:相关推荐|推荐阅读|推荐文章|相关阅读|相关链接|相关信息|热门推荐|热门文章|猜你喜欢|延伸阅读|VIP推荐)：?",
    ),
    Rule("related-articles", r"[·*]?(?:【[^】]{2,40}】)?的?相关文章：?"),
)
# A sentence with one of these is an editor's; in the head of the file its whole paragraph is.
NOTE_RULES = (
    Rule("editor", r"小编(?<![大中较]小编)(?![制班组配])"),
    Rule("for-your-reading", r"供(?:大家|您|你|各位)(?:参考|阅读|借鉴|学习|欣赏|查阅)"),
    Rule("for-your-reading", r"欢迎(?:大家)?(?:参考|阅读|借鉴|查阅)"),
    Rule("for-your-reading", r"希望(?:能)?(?:对|给)(?:大家|您|你们?)[^，。]{0,10}帮助"),
    Rule("uploaded", r"来(?:源于|自)(?:网友|网络|互联网)(?:上传|整理|收集|投稿)?"),
    Rule("uploaded", r"不代表本站"),
    Rule("reprint", r"转载请(?:注明|保留|标明)"),
    Rule("more-of-this", r"更多[^，。]{0,30}(?:请|敬请)(?:关注|访问|点击|浏览|查看)"),
)
# After one of these lines only titles of other pages follow, up to the end of the file.
TAIL_RULES = frozenset({"related-articles", "recommended", "registration", "neighbours"})

_LINE = re.compile("|".join(f"(?P<r{i}>{rule.pattern})" for i, rule in enumerate(LINE_RULES)))
_NOTES = tuple(re.compile(rule.pattern) for rule in NOTE_RULES)
_SENTENCE_END = re.compile(r"[。！？\n]")
_LISTED_TITLE = re.compile(r"[^。；]{4,60}\d{2}-\d{2}")
_TITLE_WORD = "(?:工作)?(?:计划|总结|要点|方案|思路|报告|安排|意见)"
_STUFFING = re.compile(rf"(\d{{4}}年[^，。；：、“”《》\n]{{2,24}}?{_TITLE_WORD})\1+")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章|篇)|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_SIGN = re.compile(f"[{HAN}0-9A-Za-z]")


class Line(NamedTuple):
    span: Span
    text: str

    @property
    def is_body(self) -> bool:
        """A paragraph of running text."""
        return "。" in self.text or len(self.text) > SHORT


_MARKUP = re.compile(r"^#{1,6}[ \t]*(?=\S)|<!--.{0,200}?-->", re.M | re.S)


def drop_markup(tracked: Tracked) -> Tracked:
    """Less the signs of Markdown headings and comments: # 杭州市…条例 → 杭州市…条例."""
    found = [Span(*match.span()) for match in _MARKUP.finditer(tracked.text)]
    return tracked.without(found) if found else tracked


def drop_furniture(tracked: Tracked) -> Tracked:
    """Less menus, breadcrumbs, time stamps, editors' notes, teasers, lists of other pages, registration lines."""
    lines = list(_lines(tracked.text))
    spans = [*_whole_lines(lines), *_notes(tracked.text, lines), *_teaser(lines), *_repeated_title(lines)]
    spans += (Span(*found.span()) for found in _STUFFING.finditer(tracked.text))
    return tracked.without(sorted(spans)) if spans else tracked


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        yield Line(Span(start, start + len(line)), line)
        start += len(line) + 1


def _whole_lines(lines: list[Line]) -> Iterator[Span]:
    """Lines that a rule knows, and the titles that a list of other pages shows after one of them."""
    last_body = max((i for i, line in enumerate(lines) if line.is_body), default=-1)
    in_list = in_tail = False
    for number, line in enumerate(lines):
        rule = _line_rule(line)
        in_tail = in_tail or (rule in TAIL_RULES and 0 <= last_body < number)
        in_list = rule in ("related-articles", "recommended") or (in_list and bool(_LISTED_TITLE.fullmatch(line.text)))
        if rule or in_tail or in_list:
            yield _with_break(line)


def _line_rule(line: Line) -> str:
    if not line.text or line.is_body:
        return ""
    found = _LINE.fullmatch(line.text)
    return LINE_RULES[int(found.lastgroup[1:])].name if found and found.lastgroup else ""


def _with_break(line: Line) -> Span:
    return Span(max(0, line.span.start - 1), line.span.end) if line.span.start else Span(0, line.span.end + 1)


def _notes(text: str, lines: list[Line]) -> Iterator[Span]:
    """An editor's lead paragraph in the head; elsewhere only the editor's sentence."""
    hits = sorted(found.start() for note in _NOTES for found in note.finditer(text))
    if not hits:
        return
    head = {line.span: line for line in _head(lines)}
    for hit in hits:
        line = Span(text.rfind("\n", 0, hit) + 1, _end_of_line(text, hit))
        if line in head and line.end - line.start <= LEAD:
            yield _with_break(head[line])
        else:
            start = max((end.end() for end in _SENTENCE_END.finditer(text, line.start, hit)), default=line.start)
            end = _SENTENCE_END.search(text, hit)
            yield Span(start, end.start() if end and end[0] == "\n" else end.end() if end else len(text))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _head(lines: list[Line]) -> Iterator[Line]:
    """The lines before the first item or paragraph of the document itself."""
    for line in lines[:HEAD_LINES]:
        own = _HEADING.match(line.text) or (line.is_body and not any(note.search(line.text) for note in _NOTES))
        if own:
            return
        yield line


def _teaser(lines: list[Line]) -> Iterator[Span]:
    """A first line that runs the following lines together: the site's preview of the opening."""
    if len(lines) < 3:
        return
    first = _signs(lines[0].text[:300])
    following = ""
    for line in lines[1:8]:
        following += _signs(line.text)
    second = _signs(lines[1].text)
    shared = 0
    for a, b in zip(first, following, strict=False):
        if a != b:
            break
        shared += 1
    if shared >= MIN_TEASER and shared > len(second) + 4 and shared >= 0.5 * len(first):
        yield _with_break(lines[0])


def _signs(text: str) -> str:
    return "".join(_SIGN.findall(text))


def _repeated_title(lines: list[Line]) -> Iterator[Span]:
    """A page title that the next line repeats word for word."""
    for line, following in pairwise(lines[:HEAD_LINES]):
        if line.text and line.text == following.text and not line.is_body:
            yield _with_break(line)
