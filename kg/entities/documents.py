"""A sentence → the policy documents that it names: 《…》 with 文号, known laws, and documents announced without title marks."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.acts import Act, find_acts, shielded
from kg.entities.spans import Found, list_items, unwrapped
from kg.model import Kind, Span
from kg.patterns import regex

_SORT = (
    "意见|办法|方案|规划|纲要|通知|条例|规定|标准|规范|指南|计划|法|决定|细则|规程|章程|目录|守则|准则|要点|分解|公约|体系|大纲|指标|"
    "制度|决议|公告|通告|批复|报告|清单|规则|措施|协议|备忘录|若干政策|倡议书|工作思路|任务书|路线图|行动|工程|责任书|预案|手册|议定书|汇编|总结|安排|改革|政策|条|函"
)
_TITLE = regex(r"《([^《》\n]{3,90}(?:《[^《》\n]+》[^《》\n]*)?)》")
_IS_POLICY = regex(rf"(?:{_SORT})(?:[（(][^）)]*[）)]|20\d\d|[一二三四五六七八九十]+[期版])*$")
_NUMBER = regex(r"[（(]?([\u4e00-\u9fff]{1,10}[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)]\s*第?\d{1,4}号)[）)]?")
_ANNOUNCED = regex(
    r"(?:实施意见|指导意见|工作意见|若干意见|意见|实施方案|工作方案|方案|办法|实施细则|细则|规程|条例|规划|标准|规范|管理规定|规定)$"
)
_THIS_ONE = regex(r"本(?!科)|该|此|\d+(?:项|个|件)")
_NOT_A_NAME = regex(
    r"^(?:相关|有关|具体|配套|详细|各项|一系列|切实可行|可行|新的|完善|科学|统一|量化)?的?(?:工作|实施|管理|建设|改革|考核|评价|评估|活动|行动|招生|专项督查工作)?"
    r"(?:方案|办法|细则|意见|规划|标准|规范|规定|制度|措施|发展规划|实施方案|实施办法)$"
)
ISSUING = "出台 印发 制定 制订 制发 下发 颁布 修订 修改 编制 拟定 起草 编写 转发 发布".split()
_ISSUES = regex("|".join(ISSUING))
# What every document without title marks holds that is announced.
RULES = "意见 方案 办法 细则 规程 条例 规划 标准 规范 规定 行动计划 纲要 教学常规 守则 通知".split()
_ANY_RULE = regex("|".join(RULES))
_CLAUSE_END = regex(r"[，。；：！？\n]")
_AFTER_NAME = regex(
    r"(?:等(?:文件|制度|办法|意见|规定|政策)?|工作|的(?:编制|制定|起草|修订|研究)(?:工作)?|（[^）]*）)$"
)
_LEADING = regex(
    r"^(?:了|好|的|一批|各项|我[省市县区州]|全[省市县区]|新一轮|关于|有关|指导各[^，。]{2,4}?(?=进一步|加强|推进)|出)+"
)
CITED_RULES = (
    "职业道德规范 课程标准 质量标准 健康标准 管理办法 处理办法 暂行规定 规划纲要 工作规程 改革方案 工作规范 行为规范 "
    "教学常规 守则"
).split()
_CITED = regex(
    r"(?:贯彻落实|贯彻实施|贯彻|落实|执行|遵守|实施|根据|按照)(?:好|了|国家|全国|省|市|新时期|新的)*([\u4e00-\u9fff]{4,24}?"
    rf"(?:{'|'.join(CITED_RULES)}))"
)


HANDED_DOWN = "下发的 印发的 出台的 制定的 颁布的 发布的".split()
_HANDED_DOWN = regex(
    rf"(?:落实|贯彻|按照|根据|执行)[^，。；《]{{0,16}}(?:{'|'.join(HANDED_DOWN)})"
    r"([\u4e00-\u9fff]{6,30}?(?:实施方案|方案|意见|办法|通知|规定|细则))(?=[，。；和、]|精神|要求)"
)
_QUOTED_RULE = regex(r"“([^“”]{0,6}[一二三四五六七八九十]+(?:项|条|个)?(?:严禁|不准|禁令|不得|规定|严[^“”]{1,6}不准))”")
QUOTED_RULES = "严禁 不准 禁令 不得 规定".split()
_BETWEEN_YEARS = regex(r"(?<=20\d\d)年?(?:[-—–－~～至]|——)(?=20\d\d)")
_YEARS_TOGETHER = regex(r"(?<=\D)(20\d\d)(20\d\d)(?=年|[）)])")


def titled(text: str) -> Iterator[Found]:
    """《…》 that names a policy document, with its 文号 where one follows; newspapers and books are left alone."""
    for found in _TITLE.finditer(text) if "《" in text else ():
        if _IS_POLICY.search(found[1]):
            behind = _NUMBER.match(text, found.end())
            number = behind[1] if behind else None
            yield Found(
                Kind.POLICY_DOCUMENT, Span(*found.span(1)), canonical_title(found[1]), "titled-document", number
            )


def announced(text: str) -> Iterator[Found]:
    """出台、制定、印发 … + a name that ends like a document's, without title marks: 出台高中学校课程建设指导意见."""
    issues = _ISSUES.search(text)
    if issues is None or not _ANY_RULE.search(text, issues.end()):
        return
    quiet = shielded(text)
    for act in find_acts(text):
        if not act.has(*ISSUING) or quiet.startswith("的", act.object.start):
            continue  # 省教育厅下发的…方案 is another's
        end = _CLAUSE_END.search(quiet, act.object.start)
        stretch = Span(act.object.start, end.start() if end else len(quiet))
        begin = None
        for item in list_items(text, stretch):
            begin = item.start if begin is None else begin
            span = _trimmed(text, Span(begin, item.end))
            name = text[span.start : span.end]
            if "《" in name:
                begin = None
            elif _ends_like_document(name, act):
                if quiet[span.start : span.end].count("的") <= 1:
                    yield Found(Kind.POLICY_DOCUMENT, span, unwrapped(name), "announced-document")
                begin = None


def _ends_like_document(name: str, act: Act) -> bool:
    plan = act.has("印发", "颁布", "下发") and name.endswith("行动计划")
    ends = (bool(_ANNOUNCED.search(name)) or plan) and not _THIS_ONE.match(name)
    return ends and 5 <= len(name) <= 40 and not _NOT_A_NAME.match(unwrapped(name))


def cited(text: str) -> Iterator[Found]:
    """落实、执行、根据 + a standing rule without title marks: 落实中小学教师职业道德规范."""
    for found in _CITED.finditer(text):
        yield Found(Kind.POLICY_DOCUMENT, Span(*found.span(1)), found[1], "cited-rule")


def handed_down(text: str) -> Iterator[Found]:
    """落实 + what another has issued: 落实省教育厅下发的…方案."""
    for found in _HANDED_DOWN.finditer(text):
        yield Found(Kind.POLICY_DOCUMENT, Span(*found.span(1)), found[1], "cited-rule")


def quoted_rules(text: str) -> Iterator[Found]:
    """“十项…”规定, “六条禁令”."""
    for found in _QUOTED_RULE.finditer(text):
        yield Found(Kind.POLICY_DOCUMENT, Span(*found.span(1)), found[1], "quoted-rule")


def canonical_title(title: str) -> str:
    """One spelling for a title: its dashes and brackets, and the dash that a web page lost between two years."""
    if "20" in title:
        title = _BETWEEN_YEARS.sub("-", title)
        title = _YEARS_TOGETHER.sub(r"\1-\2", title)
    return title.replace("(", "（").replace(")", "）").strip()


def _trimmed(text: str, span: Span) -> Span:
    """Without what leads up to the name, and without what follows it inside brackets."""
    leading = _LEADING.match(text[span.start : span.end])
    start = span.start + (leading.end() if leading else 0)
    tail = _AFTER_NAME.search(text, start, span.end)
    return Span(start, tail.start() if tail else span.end)
