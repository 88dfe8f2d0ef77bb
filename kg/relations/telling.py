"""A programme in its clause → how the clause tells that it is done: as an act, a report, a frame of other acts, a pilot."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kg.entities.acts import Act, Stage
from kg.entities.quoted_programs import BUILT_UPON
from kg.model import Entity, Genre, Kind, Mention, Span, Status
from kg.patterns import regex
from kg.relations.doers import owners_of
from kg.relations.scene import Scene
from kg.relations.status import status_of
from kg.relations.times import is_announced

_LONGEST_FRAME = 15  # characters before the programme
_FRAMED = regex(r"(?:以|依托|把|将|按照?)[^，。；]{0,12}$")
_ACCORDING_TO = ("按", "按“", "按照", "按照“")
_RESTING_ON = ("依托", "依托“", "借助", "借助“")
_FRAME_END = regex(
    rf"[^，。；]{{0,24}}(?:为(?:{BUILT_UPON}|动力|主线|龙头|基础)"
    r"|纳入|列入|(?:的)?(?:思路|模式|要求|机制|办法|方式)[，。；]?)"
)
_REPORT = regex(
    r"[^，。；“”]{0,14}?(?=[成取得全稳扎有顺深圆基正进如实启推收覆完建普达持不运画到停终废结铺提率通惠投])(?!实施方案|实施意见|实施办法|实施细则|推进方案)(?P<word>成效|取得|得到|全面|稳步|扎实|有序|顺利|深入|圆满|基本|"
    r"有效|正式|进展|如期|实现|启动|推进|实施|推开|收官|覆盖|完成|建成|普及率|达标|持续|不断|运行|画上句号|到位|停止|停用|取消|终止|废止|结束|铺开|提前|率达|率由|率为|通过|惠及|投入使用)"
)
_EACH_ITS_OWN = regex(r"一.一.")
_BY_MEANS = regex(r"”?(?:平台|渠道|项目)?(?:，|为(?!载体)|开展|提供|推进)")
_SPREAD = regex(r"”?[^，。；“”]{0,14}?(?:被[^，。；]{0,10})?在全(?P<tier>[国省市县区州])(?:范围内)?[^，。；]{0,4}?推广")
_COUNTED_REPORT = regex(
    r"”?[^，。；“”\d]{0,12}?(?:累计|共|已|全年|[两三四五]年)*"
    r"(?:投入|招聘|招募|录取|培训|资助|补助|选派|组建|安置|受理|拨付)(?!人数|率|班|中心|机构|基地|者)[^，。；\d]{0,12}\d"
)
_DIGIT = regex(r"\d")
_HIRED_UNDER = regex(r"(?:招聘|招募|选派|录取|选聘|派出)(?:了)?“?$")
_A_NUMBER = regex(r"”?[^，。；]{0,8}\d")
_APPROVED = regex(r"(?:批复|批准|同意)(?:了|同意)?(?:我[省市县区州]|本[省市县区州])")
_HANDED_OUT = regex(r"(?:发放|办理|兑现|用于)(?:了)?“?$")
_OVER = regex(r"停止|停用|取消|终止|不再|废止")
_DONE = regex(r"完成|画上句号|到位|建成|实现|收官|全覆盖|成效|圆满|顺利|取得|100%|如期|提前")
_HYPOTHETICAL = regex(
    r"未(?<![尚从]未)(?=实施|开展|启动|建立|推行)|有条件的[^，。；]{0,12}可|可以?根据|鼓励有条件|如果|若|尚未|没有|未能|不得|暂缓|暂不|不具备|"
    r"是否|建议|提案|呼吁|可行性|未获|未被|不成熟|不予|不采纳"
)
_CONDITION = regex(r"(?:^|[，。；])(?:如果?|若|待|一旦|倘若|只要)(?!期|实|遇|今)[^，。；]*，$")
_AWAY = regex("赴|前往|来我|考察|观摩|参观")
_SEEN_ELSEWHERE = regex(
    r"(?:赴|前往|来我)[^，。；]{0,24}(?:考察|学习|观摩|取经)|(?:考察|观摩|参观)(?:了)?[^，。；]{2,24}$"
)
_EVENT = regex("[会坛测调]")
_LONGEST_TOPIC = 12  # characters up to the end of the event
_TOPIC_OF_AN_EVENT = regex(
    r"”?[^，。；、”]{0,8}?(?:现场会|推进会|座谈会|研讨会|论坛|培训会|动员会|观摩会|交流会|专题会|会议|测评|调查|调研)"
)
_WON = regex(
    r"(?:被|获评|荣获|获得|入选)[^，。；]*?(?:评为|认定为|确定为|命名为|授予|列为|评选为|荣获|获评|获得|入选)[^，。；]*$"
)
_ONLY_OF_IT = regex(
    r"”?[^，。；、]{0,4}?(?:工作|制度|政策|做法|试点|办法|模式|评选|复评|表彰|评比|认定|命名|活动|机制|项目|改革|的?执行|的?实施|运行)*(?=[，。；：、]|$)"
)
_A_FEE = regex("收取|征收|附加|违规|乱")
_TRIED_OUT = regex(r"”?[^，。；、”]{0,4}?(?:试点|试验|先行先试)")
_AS_PILOT = regex(r"作为[^，。；]{0,20}$")
_PILOT_SITE = regex(r"”?[^，。；、]{0,8}?(?:试点|示范|实验|试验|先行|基地|样板|创建)")
_TRIAL_BEFORE = regex(r"(?:先行|率先|开始|首批)?(?:试点|试行)(?:了)?$")
_NEW_NAME = regex(r"(?:更名|升级|改名|调整)为“?$")
_PILOT_AFTER = regex(r"试点|先行|试行|启动|首批|试验|实验")
_SHALL_BE = regex(
    r"(?<!即)将|拟|(?<!需)要|计划(?=新|完|投|建|招|用)|力争|争取(?!到)|确保|下一步|今后|未来|目标|努力|明年|应"
)


class Telling(NamedTuple):
    """How a clause tells of a programme."""

    rule: str
    status: Status | None
    at: int  # where the act begins: who does it stands before
    act: Act | None = None
    by: tuple[Entity | None, ...] | None = None  # whose it is, where the wording itself says so


class _Named(NamedTuple):
    """A programme in its clause."""

    scene: Scene
    mention: Mention
    clause: Span
    before: str  # in its clause
    after: str  # in its clause, with quotes and brackets blanked

    @property
    def start(self) -> int:
        return self.mention.span.start


def telling_of(scene: Scene, program: Mention) -> Telling | None:
    """How the programme's clause tells that it is done; None where it does not."""
    start, end = program.span
    clause = scene.clause(start)
    quiet = scene.quiet
    before = quiet[clause.start : start]
    if is_hypothetical(scene, clause) or _is_only_a_rule(scene, program):
        return None
    won = _WON.search(before)
    if won and _TRIED_OUT.match(quiet, end):
        return Telling("named-pilot-of-program", Status.STARTED, clause.start + won.start())
    if won or (_AWAY.search(before) and _SEEN_ELSEWHERE.search(before)):
        return None  # Recognition tells of a title won, Diffusion of what was studied elsewhere
    if quiet.endswith("，", 0, clause.start) and _CONDITION.search(quiet, 0, clause.start):
        return None
    if _EVENT.search(quiet, end, end + _LONGEST_TOPIC) and _TOPIC_OF_AN_EVENT.match(quiet, end):
        return None
    return _told(_Named(scene, program, clause, scene.text[clause.start : start], quiet[end : clause.end]))


def is_hypothetical(scene: Scene, clause: Span) -> bool:
    """Whether the clause speaks of what is not so, or only may be."""
    return _HYPOTHETICAL.search(scene.quiet, *clause) is not None


def _told(named: _Named) -> Telling | None:
    """By an approval, by an act whose object it is, else in the first of the ways in which it is told without an act."""
    if _APPROVED.search(named.before):
        return _had_here(named, Status.STARTED, "approved-for-program")
    act = named.scene.act_on(named.mention)
    if act is None:
        return next((told for way in _WAYS if (told := way(named)) is not None), None)
    if _title_was_won(named.scene, act) or _ends_something_else(named, act):
        return None
    return Telling("does-program", _how_far(named, act), act.span.start, act)


def _frame(named: _Named) -> Telling | None:
    """以X为载体, 按照X模式, 把X纳入: another act is built upon X."""
    scene, end = named.scene, named.mention.span.end
    before = scene.text[max(0, named.start - _LONGEST_FRAME) : named.start]
    framed = (
        (before.endswith(_ACCORDING_TO) and _EACH_ITS_OWN.search(named.mention.text))
        or (before.endswith(_RESTING_ON) and _BY_MEANS.match(scene.quiet, end))
        or (_FRAMED.search(before) and _FRAME_END.match(scene.quiet, end))
    )
    return _had_here(named, Status.ONGOING, "frame-of-another-act") if framed else None


def _spread(named: _Named) -> Telling | None:
    """A县的X在全市推广: A has it, and whoever spreads it in all its own places does."""
    spread = _SPREAD.match(named.after) if "推广" in named.after else None
    if spread is None:
        return None
    own = named.scene.part.place
    spreads = own is not None and named.scene.land.tier_above(own, spread["tier"]) == own
    has_it = (*owners_of(named.scene, named.mention), *((own,) if spreads else ()))
    return Telling("practice-spread-over-place", Status.ONGOING, named.start, by=has_it)


def _counted_report(named: _Named) -> Telling | None:
    """X累计资助学生300人."""
    if not _DIGIT.search(named.after) or not _COUNTED_REPORT.match(named.after):
        return None
    return Telling("counted-report-on-program", _done_so_far(named.scene), named.start)


def _report(named: _Named) -> Telling | None:
    """X成效显著, X全面启动, X率达到92%: the clause reports on X."""
    report = _REPORT.match(named.after)
    if report is None:
        return None
    return Telling("report-on-program", _reported(named.scene, report, named.after), named.start)


def _is_pilot(named: _Named) -> Telling | None:
    """作为X试点县."""
    pilot = _AS_PILOT.search(named.before)
    if pilot is None or not _PILOT_SITE.match(named.after):
        return None
    return Telling("is-pilot-of-program", Status.STARTED, named.clause.start + pilot.start())


def _tried_in_places(named: _Named) -> Telling | None:
    """在A县、B县，X启动试点."""
    if not _PILOT_AFTER.search(named.after) or not named.scene.located(named.start):
        return None
    return Telling("tried-in-places", Status.STARTED, named.start)


def _tries(named: _Named) -> Telling | None:
    """率先试点X."""
    trial = _TRIAL_BEFORE.search(named.before.rstrip("“"))
    return Telling("tries-program", Status.STARTED, named.clause.start + trial.start()) if trial else None


def _gives_out(named: _Named) -> Telling | None:
    """发放X, 招聘X教师35名."""
    hired = _HIRED_UNDER.search(named.before) and _A_NUMBER.match(named.after)
    if not hired and not _HANDED_OUT.search(named.before):
        return None
    return Telling("gives-out-program", _done_so_far(named.scene), named.clause.start)


def _new_name(named: _Named) -> Telling | None:
    """更名为X."""
    renamed = _NEW_NAME.search(named.before)
    return _had_here(named, Status.ONGOING, "program-under-new-name") if renamed else None


_WAYS: tuple[Callable[[_Named], Telling | None], ...] = (
    _frame,
    _spread,
    _counted_report,
    _report,
    _is_pilot,
    _tried_in_places,
    _tries,
    _gives_out,
    _new_name,
)


def _had_here(named: _Named, status: Status, rule: str) -> Telling:
    """The part's own place has it, whoever the sentence names."""
    return Telling(rule, status, named.start, by=(named.scene.part.place,))


def _done_so_far(scene: Scene) -> Status | None:
    return Status.PLANNED if scene.looks_ahead else Status.COMPLETED if scene.looks_back else None


def _how_far(named: _Named, act: Act) -> Status | None:
    """The status of the act; what was tried out (开展X试点, 试行X) has only begun."""
    status = status_of(act, named.scene)
    if is_announced(named.scene, act.span.start) and status in (Status.COMPLETED, Status.STARTED, None):
        return Status.PLANNED
    tried = act.has("试行", "试点") or _TRIED_OUT.match(named.scene.quiet, named.mention.span.end)
    return Status.STARTED if tried and status is Status.COMPLETED and act.stage is Stage.DO else status


def _reported(scene: Scene, report: re.Match[str], after: str) -> Status:
    if _OVER.search(after):
        return Status.ENDED
    if "启动" in after[: report.end() + 4] or report["word"] == "正式":
        return Status.PLANNED if scene.looks_ahead and not _is_news_of_what_was(scene) else Status.STARTED
    if report["word"] != "进展" and (_DONE.search(after) or report["word"] == "结束"):
        return Status.PLANNED if scene.looks_ahead else Status.COMPLETED
    return Status.ONGOING


def _is_news_of_what_was(scene: Scene) -> bool:
    """Whether it is a sentence of news without a word of what shall be: news tells of both."""
    return scene.part.genre is Genre.NEWS and _SHALL_BE.search(scene.quiet) is None


def _is_only_a_rule(scene: Scene, program: Mention) -> bool:
    """What a regulation says shall be is no act, unless it names a programme that others know too."""
    return scene.part.genre is Genre.REGULATION and program.found_by != "lexicon-program"


def _title_was_won(scene: Scene, act: Act) -> bool:
    """中山区…通过…评估: Recognition says it."""
    if not act.has("通过", "获得", "荣获") or status_of(act, scene) is not Status.COMPLETED:
        return False
    return any(m.kind == Kind.PLACE for m in scene.subjects(act))


def _ends_something_else(named: _Named, act: Act) -> bool:
    """取消体育传统项目学校特招资格 ends a privilege, not the schools."""
    if act.stage is not Stage.END:
        return False
    before = named.scene.text[act.object.start : named.start]
    return _A_FEE.search(before) is not None or _ONLY_OF_IT.match(named.scene.quiet, named.mention.span.end) is None
