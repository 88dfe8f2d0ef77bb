"""Programmes: the known from the lexicon, the unknown by the four signs of policy language, and what is no name at all."""

import pytest
from reading import claims, mentions, names

from kg.model import Kind, Relation


def found(text: str, where: str = "宜昌市") -> list[tuple[str | None, str]]:
    return [(m.entity.name if m.entity else None, m.found_by) for m in mentions(Kind.PROGRAM, text, where)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推进县管校聘。", "县管校聘"),
        ("推进“县管校聘”改革。", "县管校聘"),
        ("推进义务教育学校教师县管校聘改革。", "县管校聘"),
        ("开展体艺“2+1”项目。", "体育艺术2+1项目"),
        ("开展体育艺术“2+1”项目。", "体育艺术2+1项目"),
        ("教育系统用好“三通两平台”。", "三通两平台"),
        ("实施全面改薄。", "全面改薄"),
        ("建立校长、教师轮岗交流制度。", "校长教师交流轮岗"),
        ("建立“家长学校”，深化“家校共育”。", "家校共育"),
        ("实施“影子校长”培训项目。", "影子校长"),
    ],
)
def test_known_programmes(text: str, name: str) -> None:
    """A programme of the lexicon is found under name and alias, with and without quotes, and under one identity."""
    assert (name, "lexicon-program") in found(text)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("推进“县管校聘”改革。", "“县管校聘”改革"),
        ("开展体艺“2+1”项目。", "体艺“2+1”项目"),
        ("用好“三通两平台”。", "“三通两平台”"),
        ("用好三通两平台。", "三通两平台"),
    ],
)
def test_quotes_belong_to_the_name(text: str, surface: str) -> None:
    """The span of a known programme holds the quotation marks around it, both or none."""
    assert [m.text for m in mentions(Kind.PROGRAM, text)] == [surface]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("实施农村教师安居工程。", "农村教师安居工程"),
        ("启动青年教师成长计划。", "青年教师成长计划"),
        ("推进家长驻校办公制度。", "家长驻校办公制度"),
        ("全市实施三峡阳光午休工程。", "三峡阳光午休工程"),
        ("深入开展校园微腐败专项整治。", "校园微腐败专项整治"),
        ("开展“百名乡贤进校园”行动。", "百名乡贤进校园"),
    ],
)
def test_objects_of_acts(text: str, name: str) -> None:
    """What an act does is a programme when it ends like one."""
    assert found(text) == [(name, "object-program")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推进教师“无校籍管理”改革。", "无校籍管理"),
        ("建设数字教材资源库。", "数字教材资源库"),
        ("推行教学常规等级评估。", "教学常规等级评估"),
    ],
)
def test_weaker_endings(text: str, name: str) -> None:
    """改革, 资源库, 评估 end a name too, but less surely."""
    assert found(text) == [(name, "object-program-weak-ending")]


@pytest.mark.parametrize(
    ("text", "names_found"),
    [
        ("推进“三峡学堂”建设。", ["三峡学堂建设"]),
        ("打造长江研学基地建设。", ["长江研学基地建设"]),
        ("加强基地建设。", []),
        ("推进教师队伍建设。", []),
    ],
)
def test_building(text: str, names_found: list[str]) -> None:
    """“X”建设, …基地建设 name what is built up; 队伍建设 is work."""
    assert found(text) == [(name, "object-building") for name in names_found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("启动实施首批青年教师领航计划。", "青年教师领航计划"),
        ("实施12个农村教师安居工程。", "农村教师安居工程"),
        ("推进晨检、午检等校园微循环工程。", "校园微循环工程"),
        ("完成等级评定平衡行动计划。", "等级评定平衡行动计划"),
        ("实施农村教师安居工程建设任务。", "农村教师安居工程"),
        ("推进家长驻校办公制度落地见效。", "家长驻校办公制度"),
        ("实施农村教师安居工程（三年任务两年完成）。", "农村教师安居工程"),
        ("落实面向山区的农村教师安居工程。", "农村教师安居工程"),
    ],
)
def test_bounds_of_a_name(text: str, name: str) -> None:
    """Numbers and batches before, work words behind, and what stands before 等 or the last 的 are not the name."""
    assert names(Kind.PROGRAM, text) == [name]


@pytest.mark.parametrize(
    "text", ["实施实验楼主体工程。", "完成图书馆二期工程。", "完成学生宿舍楼工程。", "推进运动场配套工程。"]
)
def test_building_sites(text: str) -> None:
    """A building under construction is no programme."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["实施“八大行动”。", "实施十大工程。", "推进五大行动。"])
def test_counted_programmes(text: str) -> None:
    """十大工程 is a programme by its number, quotes or not."""
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "完善工作机制和各项制度。",
        "落实各项政策，开展各类活动。",
        "实施重点工程，推进综合改革。",
        "健全监督检查机制。",
        "开展形式多样的主题实践活动。",
        "完成年度工作计划。",
        "实现教育现代化的战略目标。",
        "推进学生资助工作。",
        "组建教育集团。",
        "制定教师培训计划。",
        "深入学习贯彻习近平总书记重要讲话精神。",
        "开展学习党的十九大精神专项活动。",
        "深入开展践行社会主义核心价值观专项活动。",
        "实施新时代思想铸魂工程。",
        "坚定中国特色社会主义制度自信，落实中央八项规定制度。",
    ],
)
def test_general_words_are_no_name(text: str) -> None:
    """各项制度, 工作机制, 主题活动 and the words of high politics name no programme."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "several"),
    [
        (
            "启动青年教师成长计划和农村教师安居工程。",
            ["青年教师成长计划", "农村教师安居工程"],
        ),
        (
            "建设健康灯光教室、阳光午休教室和农村学校厕所改造工程。",
            ["健康灯光教室", "阳光午休教室", "农村学校厕所改造工程"],
        ),
        (
            "实施教师书屋建设、学校围墙美化和农村学校冬季供暖工程。",
            ["教师书屋建设", "学校围墙美化", "农村学校冬季供暖工程"],
        ),
        ("建立滨江美育中心和流动图书包干制度。", ["滨江美育中心", "流动图书包干制度"]),
        (
            "建立班主任老师、农村小学校长和城区中学校长跟班蹲点制度。",
            ["班主任老师、农村小学校长和城区中学校长跟班蹲点制度"],
        ),
        ("推行值班报告发布和限期销号制度。", ["值班报告发布和限期销号制度"]),
        ("建立班主任、辅导员绩效津贴制度。", ["班主任、辅导员绩效津贴制度"]),
        ("落实进城务工人员、复转军人、下岗职工免试入读制度。", ["免试入读制度"]),
    ],
)
def test_one_or_many(text: str, several: list[str]) -> None:
    """Items that are names of their own are listed one by one; two short things under one ending are one programme."""
    assert names(Kind.PROGRAM, text) == several


def test_listed_names_tell_their_rule() -> None:
    """Items that lack the ending of the last are marked as such."""
    assert found("实施教师书屋建设、学校围墙美化和农村学校冬季供暖工程。") == [
        ("教师书屋建设", "listed-with-shared-ending"),
        ("学校围墙美化", "listed-with-shared-ending"),
        ("农村学校冬季供暖工程", "object-program"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("开展“书香三峡”阅读活动。", "书香三峡"),
        ("以“千师访万家”活动为载体，密切家校联系。", "千师访万家"),
        ("举办“三峡之春”艺术节活动。", "三峡之春"),
        ("构建“五色田园”育人体系。", "五色田园"),
        ("推进“送教进社区”。", "送教进社区"),
    ],
)
def test_quoted_brands(text: str, name: str) -> None:
    """Quoted words are a programme when they are done, are followed by what makes them one, or carry another act."""
    assert (name, "quoted-program") in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("实施“园丁领航”工程。", "园丁领航"),
        ("实施“一村一园”计划。", "一村一园"),
        ("实施“强师”工程。", "强师工程"),
        ("实施“明眸”工程。", "明眸工程"),
        ("实施“1510”计划。", "1510计划"),
        ("开展“五个一”活动。", "五个一活动"),
        ("推行“走教”模式。", "走教模式"),
    ],
)
def test_name_of_a_brand(text: str, name: str) -> None:
    """Three quoted words are known by themselves, four where they count; shorter ones take what they are called."""
    assert (name, "quoted-program") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "推进“医养教研”协同发展。",
        "推进“文旅研学”融合。",
        "推进“两筛”检查。",
        "推广“智能助教”等应用。",
        "打造“研学”基地。",
        "进入“新时代”。",
        "构建“大教育格局”。",
        "实现“三个新突破”。",
        "做到“四个坚持”。",
    ],
)
def test_quoted_words_that_go_on(text: str) -> None:
    """“X”协同发展, “X”等应用, “X”基地 do something else with the words; eras, patterns and counted slogans are no names."""
    assert [name for name, rule in found(text) if rule == "quoted-program"] == []


@pytest.mark.parametrize(
    "text",
    [
        "坚持“全面发展、育人为本”的原则。",
        "着力解决“入园难”问题。",
        "纠正“大班额”现象。",
        "树立“人人成才”理念。",
        "提出“办好每一所学校”的目标。",
        "由“学校人”变为“系统人”。",
        "被评为“先进集体”。",
        "召开“两会”精神宣讲会。",
        "反对“四风”，整治“小金库”。",
        "他说：“开展得好。”",
        "落实“教育为民”的方针。",
        "推行“温情暖心”等举措。",
        "探索“先易后难”的策略。",
        "开展“学得会”课堂。",
        "开展“德、智、体”活动。",
        "举办“五十周年”活动。",
        "编制“十二五”计划。",
        "支持并推广“农村教师”。",
    ],
)
def test_quoted_slogans_and_troubles(text: str) -> None:
    """Slogans, principles, troubles and quoted speech are left alone."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("创建湖北省绿色低碳学校。", "绿色低碳学校"),
        ("争创国家级海洋研学实验区。", "国家级海洋研学实验区"),
        ("被确定为国家智慧研学示范区。", "国家智慧研学示范区"),
    ],
)
def test_titles(text: str, name: str) -> None:
    """The title that a place or school strives for or was given is a programme."""
    assert (name, "conferred-title") in found(text)


@pytest.mark.parametrize("text", ["被评为先进。", "我校是示范校。", "荣获一等奖。"])
def test_no_titles(text: str) -> None:
    """先进, 示范校 alone are no titles of a scheme."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names_found"),
    [
        ("教师素质跃升工程稳步推进。", ["教师素质跃升工程"]),
        ("农村学校冬季供暖工程成效显著。", ["农村学校冬季供暖工程"]),
        ("家长驻校办公制度的实施密切了家校关系。", ["家长驻校办公制度"]),
        ("教育质量稳步推进。", []),
        ("各项工程成效显著。", []),
    ],
)
def test_reported_programmes(text: str, names_found: list[str]) -> None:
    """A clause that opens with a programme and reports on it names it."""
    assert found(text) == [(name, "reported-program") for name in names_found]


HEADINGS = ("（一）扩容增量工程。新建幼儿园。", "（二）素质跃升工程。培训教师。", "（三）设施焕新工程。改造食堂。")


@pytest.mark.parametrize(
    ("count", "headings", "listed"),
    [
        ("三", HEADINGS, ["扩容增量工程", "素质跃升工程", "设施焕新工程"]),
        ("三", HEADINGS[:2], []),
        ("二", HEADINGS, []),
        ("三", ("（一）领导重视。", "（二）素质跃升工程。", "（三）设施焕新工程。"), []),
    ],
)
def test_numbered_headings(count: str, headings: tuple[str, ...], listed: list[str]) -> None:
    """“三大工程” makes exactly three numbered headings that end in 工程 its programmes; any other number says nothing."""
    text = "\n".join([f"实施“{count}大工程”。", *headings])
    assert [name for name, rule in found(text) if rule == "numbered-heading"] == listed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("实施宜昌市特殊教育提升计划。", "特殊教育提升计划"),
        ("实施宜昌市乡村教师安居行动计划。", "乡村教师安居行动计划"),
        ("实施我市乡村教师安居行动计划。", "乡村教师安居行动计划"),
        ("实施第三期学前教育行动计划。", "第三期学前教育行动计划"),
        ("实施第二期乡村教师安居行动计划。", "第二期乡村教师安居行动计划"),
    ],
)
def test_name_without_its_place(text: str, name: str) -> None:
    """The plans of two cities are one thing: the place before the name is dropped, the phase is kept."""
    assert names(Kind.PROGRAM, text) == [name]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("推进义务教育学校教师县管校聘改革。", ["县管校聘"]),
        ("推行校长职级制改革。", ["校长职级制"]),
        ("落实《乡村教师支持计划（2015—2020年）》。", ["乡村教师支持计划"]),
    ],
)
def test_pattern_adds_nothing_to_a_known_name(text: str, known: list[str]) -> None:
    """General words around a known programme make no second one, and a title's words only that one."""
    assert names(Kind.PROGRAM, text) == known


def test_football_ground_is_no_football_programme() -> None:
    """校园足球场 is a thing to build, 校园足球 a programme."""
    assert names(Kind.PROGRAM, "维修校园足球场三块。") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("建立中小学校园欺凌防治工作机制。", ["中小学校园欺凌防治工作机制"]),
        ("完善校园安全预警防控机制。", ["校园安全预警防控机制"]),
        ("建立“管、办、评”分离机制。", ["管、办、评分离机制"]),
        ("完善办学模式和体制机制。", []),
        ("建立评价、监测和督导机制。", []),
        ("建立教育、公安、卫生联动机制。", []),
        ("健全义务教育经费保障运行机制。", []),
        ("完善教师补充与退出机制。", []),
    ],
)
def test_how_things_are_run(text: str, named: list[str]) -> None:
    """A mechanism for one thing has a name; several things, 体制 and 运行 tell only how something is run."""
    assert names(Kind.PROGRAM, text) == named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推进3.农村教师安居工程。", "农村教师安居工程"),
        ("实施、农村教师安居工程。", "农村教师安居工程"),
        ("实施12所国家级示范校建设工程。", "国家级示范校建设工程"),
        ("推进食堂改造、宿舍修缮等6个农村学校改造工程。", "农村学校改造工程"),
        ("推进3个省级课程改革试点项目。", "省级课程改革试点项目"),
    ],
)
def test_numbers_in_front(text: str, name: str) -> None:
    """The number of a list item and the counter behind 等6 are no part of a name."""
    assert names(Kind.PROGRAM, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "实施“十四五”规划。",
        "编制“十四五”教育规划。",
        "落实新发展理念教育行动。",
        "探索育人新模式。",
        "推进特色项目建设。",
        "推进重大工程项目。",
        "实施教育领域改革试点项目。",
        "教师培训、课程改革工程成效显著。",
        "应用数字教育平台。",
    ],
)
def test_words_of_every_plan(text: str) -> None:
    """A five-year plan, a new pattern, important projects, several things at once are no programme of their own."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("创建课程改革实验学校。", ["课程改革实验学校"]),
        ("创建国家级课改实验学校。", ["国家级课改实验学校"]),
        ("创建滨江实验学校。", []),
        ("被确定为滨江实验学校。", []),
    ],
)
def test_one_school_is_no_title(text: str, title: list[str]) -> None:
    """滨江实验学校 is the name of a school, 课程改革实验学校 a title."""
    assert names(Kind.PROGRAM, text) == title


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("争创和谐校园、园林式校园。", "和谐校园"),
        ("推进校长职级制改革准备工作。", "校长职级制"),
        ("落实《宜昌市县管校聘实施办法》。", "县管校聘"),
    ],
)
def test_campuses_preparations_and_titles(text: str, name: str) -> None:
    """A campus of a kind, a programme that is being prepared, and a known one inside a title."""
    assert name in names(Kind.PROGRAM, text)


def test_a_programme_in_a_title_is_not_done() -> None:
    """What is done is done to the document."""
    assert claims(Relation.ADOPTS, "program", "落实《宜昌市县管校聘实施办法》。") == []


def test_two_brands_in_a_list() -> None:
    """Each is complete by its quotes: they are two, not one."""
    assert names(Kind.PROGRAM, "实施“蓝天”计划、“绿地”工程。") == ["蓝天计划", "绿地工程"]
