"""The wording that all governments share because it is prescribed: it is compared, but it counts for nothing."""

from __future__ import annotations

from functools import cache

from kg.lexicons import load_lexicons
from kg.texts.names import Names

# General knowledge of the genre; without marks, since the authors set them differently.
FORMULAS = """
习近平新时代中国特色社会主义思想 习近平总书记系列重要讲话精神 习近平总书记关于教育的重要论述 邓小平理论 三个代表重要思想
“三个代表”重要思想 科学发展观 马克思列宁主义 毛泽东思想 中国特色社会主义 社会主义核心价值观 社会主义核心价值体系
深入学习贯彻 全面贯彻落实 深入贯彻落实 认真贯彻落实 认真学习贯彻 全面贯彻党的教育方针 贯彻党的教育方针
坚持社会主义办学方向 落实立德树人根本任务 立德树人根本任务 立德树人 培养德智体美劳全面发展的社会主义建设者和接班人
德智体美劳全面发展 德智体美全面发展 社会主义建设者和接班人 办好人民满意的教育 人民满意的教育 促进教育公平 提高教育质量
全面提高教育质量 全面实施素质教育 全面推进素质教育 实施素质教育 推进教育现代化 加快推进教育现代化 教育优先发展
坚持教育优先发展 优先发展教育 中华民族伟大复兴的中国梦 中华民族伟大复兴 实现中华民族伟大复兴 全面建成小康社会 全面建设小康社会
全面深化改革 全面依法治国 全面从严治党 增强四个意识 坚定四个自信 做到两个维护 四个意识 四个自信 两个维护 四个全面战略布局
五位一体总体布局 创新、协调、绿色、开放、共享 新发展理念 高质量发展 稳中求进工作总基调 以人民为中心的发展思想 以人民为中心
不忘初心、牢记使命 两学一做 党的群众路线教育实践活动 八项规定精神 党风廉政建设 反腐败 意识形态工作责任制
党的十八大精神 党的十九大精神 党的二十大精神 十八届三中全会 十八届四中全会 十八届五中全会 十八届六中全会 全国教育大会精神 全国教育大会
在市委、市政府的正确领导下 在县委、县政府的正确领导下 在区委、区政府的正确领导下 在省委、省政府的正确领导下 的正确领导下 的坚强领导下
的大力支持下 在上级教育行政部门的 在上级主管部门的 以党的 为指导 为指导思想 为统领 为引领 为主题 为主线 为目标 为重点 为核心 为抓手 为契机
紧紧围绕 牢固树立 切实加强 进一步加强 进一步完善 进一步提高 进一步规范 进一步推进 进一步深化 进一步落实 大力推进 大力加强 积极推进 扎实推进
深入推进 全面推进 全面加强 加强组织领导 加强领导 明确职责 明确责任 落实责任 强化责任 狠抓落实 确保各项工作落到实处 取得了显著成效
取得了明显成效 各项工作取得 现将有关事项通知如下 现印发给你们 请认真贯彻执行 请结合实际认真贯彻落实 请遵照执行 特此通知 结合我市实际
结合本市实际 结合实际 特制定本方案 制定本方案 特制定本办法 制定本办法 制定本条例 本办法自发布之日起施行 自发布之日起施行
""".split()


@cache
def common_words() -> Names:
    """Finds formulas and the names of programmes and documents of the lexicons, which everybody must write alike."""
    lexicons = load_lexicons()
    programs = (name for row in lexicons.programs for name in (row.name, *row.aliases))
    documents = (name for row in lexicons.documents for name in (row.name, *row.aliases))
    return Names([*FORMULAS, *programs, *documents])
