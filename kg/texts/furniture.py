"""Lines and sentences that a web site put around a document → dropped; the policy text stays.

A rule is a pattern with a place where it holds. Nothing here knows a certain site or document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.tracked import HAN, Tracked, at_line_starts
from kg.texts.word_ends import WordEnds

SHORT = 90  # a menu, a breadcrumb, a counter; policy paragraphs are longer or have a 。
LEAD = 400  # an editor's lead paragraph; longer lines lose only the editor's sentences
HEAD_LINES = 12
MIN_TEASER = 30


class Rule(NamedTuple):
    """A pattern, the reason to leave out what it fits, and words of which one always stands in it."""

    name: str
    words: str
    pattern: str


_RECOMMENDED = (
    "(?:相关推荐|推荐阅读|推荐文章|推荐访问|编辑推荐|相关阅读|相关链接|相关信息|相关新闻|相关搜索|相关文档|热门推荐|热门文章|热门新闻"
    "|猜你喜欢|您可能感兴趣的.{0,4}|延伸阅读|拓展阅读|VIP推荐)"
)
_SITE_LINKS = "网站地图 联系我们 关于我们 关于本站 网站声明 友情链接 广告服务 无障碍 长者模式 设为首页 RSS订阅"
_ITEM = "[^|·/ ]{1,12}"
_ITEM_WITH_LINK = f"[^|·/ ]{{0,8}}(?:{_SITE_LINKS.replace(' ', '|')})[^|·/ ]{{0,8}}"

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
        r"(?:下载|全屏|加大|减小|还原|放大|缩小|打印|收藏|纠错|分享|关闭|返回|大|中|小|首页|[【】\[\]>| ])+：?",
    ),
    Rule(
        "toolbar",
        "全文 原文 大图 更多 下载",
        r"(?:点击)?(?:展开|查看|阅读|显示)(?:全文|更多|原文|大图|更多评论)"
        r"|(?:点击|立即|免费|我要|直接)下载(?:文档|全文|Word|PDF)?|下载(?:本文|本文档|文档|全文)(?:文档)?(?:Word|PDF|到电脑.{0,12})?",
    ),
    Rule("site-menu", _SITE_LINKS, rf"(?:{_ITEM}[|·/ ]+)*{_ITEM_WITH_LINK}(?:[|·/ ]+{_ITEM})*"),
    Rule(
        "pager",
        "页】 页] 页： 下一页 广告",
        r"[【\[]上一页[】\]].*|.*[【\[]下一页[】\]]|第\d{1,3}页：.{1,30}|.*点击下一页.*|广告",
    ),
    Rule("calendar", "今天是", r"(?:您好！?，?)?今天是：?\d{4}年\d{1,2}月\d{1,2}日.{0,20}"),
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
        "全文 剩余 还剩 VIP 付费 文档",
        r"(?:.*(?:登[录陆]|注册|开通|购买|付费|充值|下载)[^，。]{0,12}(?:查看|阅读|浏览|获取|显示)?(?:全文|剩余|全部内容|完整).*"
        r"|.*剩余(?:内容|部分|\d+%)[^，。]{0,12}(?:登[录陆]|付费|购买|下载|阅读|隐藏).*"
        r"|.*(?:剩余|还剩)\d+页[^。]{0,12}(?:阅读|下载).*"
        r"|(?:本文|该|此)文档(?:由|为|共)[^。]{0,40}(?:上传|分享|收费|付费|下载|页).*)",
    ),
    Rule(
        "login",
        "注册 登录 忘记密码",
        r".*(?:立即|马上)注册.*|注册会员，.*|扫码登录，继续.*|忘记密码.{0,4}|.*需要登录(?:才|后).*|.*会员可见.*",
    ),
    Rule(
        "follow-us",
        "关注 长按 二维码 阅读原文 预览时标签 在看 手机打开",
        r"(?![（\d一二三四五六七八九十]).*(?:点击上方|点击蓝字|长按识别|长按二维码|关注我们|点击“?阅读原文|预览时标签不可点|点个“?在看).*"
        r"|(?:扫码关注|扫描二维码|扫一扫|识别二维码).{0,30}",
    ),
    Rule(
        "attribution",
        "本文 本篇 本资料",
        r"（?本(?:文|篇|资料)(?:来自|来源|转自|摘自|标签|关键词|由[^。]{1,20}(?:整理|提供|上传|分享|收集)).*",
    ),
    Rule("classified-site", "分类信息网 B2B信息 发布信息 免费信息", r".*(?:分类信息网|B2B信息|免费发布?信息).*"),
    Rule(
        "registration",
        "ICP 公网安备 opyright eserved 版权所有 网站标识码 技术支持： Powered 分辨率 访问者",
        r".*(?:ICP备|ICP证|公网安备|[Cc]opyright|[Rr]ights? ?[Rr]eserved|版权所有(?!者)|网站标识码|技术支持：|Powered by).*"
        r"|建议使用.*分辨率.*|您是第 ?\d+ ?位访问者.*",
    ),
    Rule("law-database", "法宝", r".*(?:法宝引证码|北大法宝).*"),
    Rule("source-link", "链接", r"(?:原文|本文|文章|来源|阅读)(?:链接|地址)：?.*"),
    Rule("source-link", "网址：", r"(?:原文|本文|文章)?网址：\s*(?:https?://|www\.).*"),
    Rule("neighbours", "上一 下一", r"(?:上一篇|下一篇|上一页|下一页|上一条|下一条)(?:：.*|)"),
    Rule(
        "recommended",
        "推荐 相关 热门 猜你喜欢 延伸阅读 拓展阅读 感兴趣 标签：",
        rf"[·*【]?{_RECOMMENDED}】?：?|{_RECOMMENDED}：(?!《).{{1,40}}|(?:热门|本文|文章)标签：.*",
    ),
    Rule("related-articles", "相关文章", r"[·*]?(?:【[^】]{2,40}】)?的?相关文章：?"),
)
# The same, but only above the first paragraph of running text or below the last.
EDGE_RULES = (
    Rule(
        "byline",
        "来源： 作者： 记者： 编辑： 编辑| 责编 审核： 校对： 校对| 撰稿： 供稿： 录入： 上传人： 发布人：",
        r"[（【]?(?:(?:信息|文章|稿件|新闻|文件)?来源|作者|记者|(?:责任|值班)?编辑|责编|审核|校对|撰稿|供稿|录入|上传人|发布人)[：|].{0,40}",
    ),
    Rule(
        "time-stamp",
        "来源： 作者： 编辑： 发表于 原创",
        r".{0,30}\d{4}[-/.]\d{1,2}[-/.]\d{1,2} ?\d{1,2}:\d{2}.{0,50}",
    ),
    Rule(
        "document-site",
        "格式： 页数： 大小： 积分： 会员 VIP",
        r"(?:文档格式|文档页数|文档大小|文件大小|大小|下载积分|所需积分)：.{0,20}|.{0,12}(?:VIP|会员)(?:免费)?下载.{0,4}|.{0,8}VIP会员.{0,8}",
    ),
    Rule(
        "document-site",
        "文档 已阅读 格式：doc 格式：pdf 格式：txt 格式：ppt 论文部分",
        r"文档简介|论文部分内容阅读.{0,4}|.{0,6}(?:原创力文档|本站所有文档).{0,40}|已阅读\d+页.{0,24}"
        r"|-? ?格式：(?:docx?|pdf|txt|pptx?)|.{0,6}版权说明：(?:本|该)文档.{0,40}|.{0,20}文档下载",
    ),
    Rule("keywords", "关键词： 关键字： 标签：", r"(?:关键[词字]|标签)：.{1,40}"),
    Rule("site-menu", "首页", r"[\[【]?首页.*"),
    Rule("breadcrumb", "> » ›", r"[\u4e00-\u9fff]{2,12}(?:[>»›][\u4e00-\u9fff]{2,12})+"),
    Rule("counter", "阅读 在看 赞", r"(?:阅读|在看|赞|点赞)\d[\d.]*[万+]?"),
    Rule(
        "site-words",
        "客户端 注册 登录 搜索 微信 微博 QQ空间 信息公开 申请公开 评论 评分 楼主 沙发 回复 积分规则 END 举报 GMT 关键 新闻热线",
        r"(?:(?:客户端|注册|登录|微信|微博|QQ空间|信息公开(?:指南|目录|年报)|依申请公开|发表评论|网友评论|评分|查看全部评分|楼主|沙发"
        r"|回复|使用道具|举报|本版积分规则|END|(?:站内)?搜索：?|请输入关键[字词])[| ]*)+|网友评论.{1,15}|GMT\+8.*|新闻热线：.{1,20}",
    ),
)
# A paragraph with 。 that fits one of these is a site's too.
PARAGRAPH_RULES = (
    Rule(
        "disclaimer",
        "声明： 提示：",
        r"(?:[【（]?(?:版权|免责|郑重|特别|法律)?声明|(?:版权|温馨)提示)】?：.*(?:本站|本网|网友|转载|来源于网络|会员|付费|积分|客服).*",
    ),
    Rule(
        "login",
        "文档 注册，",
        r"(?:下载|查看|阅读)(?:本|该|此)文档.{0,12}(?:登录|积分|付费|会员).*|(?:马上|立即|立刻)注册，.*",
    ),
)
# A line of digits and signs only.
_STAMP = regex(r"\n(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?)(?=\n|\Z)")
# A sentence with one of these is an editor's; in the head of the file its whole paragraph is.
NOTE_RULES = (
    Rule("editor", "小编", r"小编(?<![大中较]小编)(?![制班组配])"),
    Rule("for-your-reading", "供大家 供您 供你 供各位", r"供(?:大家|您|你|各位)(?:参考|阅读|借鉴|学习|欣赏|查阅)"),
    Rule("for-your-reading", "欢迎", r"欢迎(?:大家)?(?:参考|阅读|借鉴|查阅)"),
    Rule("for-your-reading", "希望", r"希望(?:能)?(?:对|给)(?:大家|您|你们?)[^，。]{0,10}帮助"),
    Rule("uploaded", "来源于 来自", r"来(?:源于|自)(?:网友|网络|互联网)(?:上传|整理|收集|投稿)?"),
    Rule("uploaded", "不代表本站", r"不代表本站"),
    Rule("reprint", "转载请", r"转载请(?:注明|保留|标明)"),
    Rule(
        "more-of-this",
        "更多",
        r"更多[^，。]{0,20}(?:内容|信息|资讯|文章|范文|资料|精彩)[^，。]{0,12}(?:请|敬请|欢迎)(?:继续)?(?:关注|访问|点击|浏览|查看)",
    ),
    Rule("for-your-reading", "大家 感兴趣 喜欢本文", r"为大家(?:精心)?(?:整理|收集|搜集)|感兴趣的朋友|喜欢本文"),
    Rule("law-database", "法宝", r"北大法宝|法宝(?:快讯|V\d|联想)"),
    Rule("law-database", "所有产品", r"欢迎查看所有产品"),
)
# After one of these lines only titles of other pages follow, up to the end of the file.
TAIL_RULES = frozenset({"related-articles", "recommended", "registration", "neighbours"})

_RULES = (*LINE_RULES, *EDGE_RULES, *PARAGRAPH_RULES, *NOTE_RULES)
_ANYWHERE = range(len(LINE_RULES))
_AT_EDGES = range(len(LINE_RULES) + len(EDGE_RULES))
_OF_PARAGRAPHS = range(_AT_EDGES.stop, _AT_EDGES.stop + len(PARAGRAPH_RULES))
_PATTERNS = tuple(regex(rule.pattern) for rule in _RULES)
_TITLE_WORDS = ("计划", "总结", "要点", "方案", "思路", "报告", "安排", "意见")
_STUFFED = frozenset(word + digit for word in _TITLE_WORDS for digit in "12")  # where one title ends and another begins
_WORDS = tuple(sorted({*(word for rule in _RULES for word in rule.words.split()), *_STUFFED}))
# Word → the rules that need it, or a word that ends with it: only the longest of these is told.
_ENDINGS = tuple(tuple(rule.words.split()) for rule in _RULES)
_RULES_OF_WORD = tuple(tuple(n for n, endings in enumerate(_ENDINGS) if word.endswith(endings)) for word in _WORDS)
_SENTENCE_END = regex(r"[。！？\n]")
_LISTED_TITLE = regex(r"[^。；]{4,60}\d{2}-\d{2}")
_MENU_ITEM = regex(
    r"(?!.*(?:通知|总结|报告|计划|意见|方案|要点|规划|纲要|条例|规定|办法|细则|讲话|发言|致辞|汇报|公告|通告|决定|批复|函|制度|目录|标准)$)[^\d。]{1,16}"
)
_STUFFING = regex(rf"(\d{{4}}年[^，。；：、“”《》\n]{{2,24}}?(?:{'|'.join(_TITLE_WORDS)}))\1+")
_HEADING = regex(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章|篇)|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_TITLE_ENDING = regex(r"（共?\d+页）$|[-_|—–]+[^-_|—–。]{2,15}(?:网|站|文库|政府|平台)$")
_SIGN = regex(f"[{HAN}0-9A-Za-z]")


class Page:
    """A text with its lines, and where the rules' words stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        bodies = [number for number, line in enumerate(self.lines) if _is_body(line)]
        self.has_body = bool(bodies)
        self.first_body = bodies[0] if bodies else len(self.lines)
        self.last_body = bodies[-1] if bodies else -1
        self.hits: dict[int, set[int]] = {}  # line → rules with a word in it
        self.may_be_stuffed = False
        for start, _, word in _trigger_words()(text):
            self.hits.setdefault(self._line_at(start), set()).update(_RULES_OF_WORD[word])
            self.may_be_stuffed = self.may_be_stuffed or _WORDS[word] in _STUFFED

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
            here = self._rules_for(number)
            for n in sorted(rules):
                if n in here and _PATTERNS[n].fullmatch(line):
                    ruled[number] = _RULES[n].name
                    break
        return ruled | self._menu_above(ruled)

    def _rules_for(self, number: int) -> range:
        line = self.lines[number]
        if _is_body(line):
            return _OF_PARAGRAPHS if len(line) <= LEAD else range(0)
        return _ANYWHERE if self.first_body <= number <= self.last_body or not self.has_body else _AT_EDGES

    def _menu_above(self, ruled: dict[int, str]) -> dict[int, str]:
        """What stands above the way through the site to this page, but for titles."""
        ways = (number for number, rule in ruled.items() if rule in ("breadcrumb", "position"))
        way = max((number for number in ways if number < self.first_body), default=0)
        return {n: "site-menu" for n in range(way) if n not in ruled and _MENU_ITEM.fullmatch(self.lines[n])}

    def notes(self) -> Iterator[tuple[int, int, str]]:
        """Line, offset and name of every editor's phrase."""
        for number, rules in sorted(self.hits.items()):
            for rule in sorted(rules):
                if rule >= _OF_PARAGRAPHS.stop:
                    for found in _PATTERNS[rule].finditer(self.text, *self.span(number)):
                        yield number, found.start(), _RULES[rule].name


def _is_body(line: str) -> bool:
    """A paragraph of running text."""
    return "。" in line or len(line) > SHORT


@cache
def _trigger_words() -> WordEnds:
    """They may overlap, as 本文 and 文档 do in 下载本文档."""
    return WordEnds(_WORDS)


def drop_furniture(tracked: Tracked) -> Tracked:
    """Less menus, breadcrumbs, time stamps, editors' notes, teasers, lists of other pages, registration lines."""
    page = Page(tracked.text)
    found = [*_whole_lines(page), *_notes(page), *_teaser(page), *_repeated_title(page)]
    if page.may_be_stuffed:
        found += (LeftOut(Span(*stuffing.span()), "repeated-phrase") for stuffing in _STUFFING.finditer(tracked.text))
    return tracked.leaving_out(sorted(found)) if found else tracked


def _whole_lines(page: Page) -> Iterator[LeftOut]:
    """Lines that a rule knows, and the titles that a list of other pages shows after one of them."""
    ruled = page.rules()
    if not ruled:
        return
    in_list = in_tail = ""
    for number in range(min(ruled), len(page.lines)):
        rule = ruled.get(number, "")
        in_tail = in_tail or (rule if rule in TAIL_RULES and 0 <= page.last_body < number else "")
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
    """Empty where the sentence is too long for an editor's."""
    line = page.span(number)
    near = max(line.start, hit - LEAD)
    before = [end.end() for end in _SENTENCE_END.finditer(page.text, near, hit)]
    after = _SENTENCE_END.search(page.text, hit, min(line.end, hit + LEAD))
    if (not before and near > line.start) or (not after and hit + LEAD < line.end):
        return Span(hit, hit)
    return Span(before[-1] if before else line.start, after.end() if after else line.end)


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
    """A page title that the next line repeats, but for the number of pages or the name of the site."""
    for number, (line, following) in enumerate(pairwise(page.lines)):
        repeats = (
            following and line.startswith(following) and _TITLE_ENDING.sub("", line) == following and not _is_body(line)
        )
        if repeats:
            yield LeftOut(page.whole_line(number), "repeated-title")
        elif number >= HEAD_LINES:
            return  # a run of one line that begins in the head is followed to its end
