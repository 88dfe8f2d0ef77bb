"""A study → how it was made, in words that can stand in a paper, with sources."""

from __future__ import annotations

from kg.views.diffusion.sections.study import Study, program_version
from kg.views.page import escape

SOURCES = (
    "Turnbull, B. W. (1976). The empirical distribution function with arbitrarily grouped, censored and truncated data. "
    "Journal of the Royal Statistical Society B, 38(3), 290–295.",
    "Wang, Y. (2007). On fast computation of the non-parametric maximum likelihood estimate of a mixing distribution. "
    "Journal of the Royal Statistical Society B, 69(2), 185–198.",
    "Bass, F. M. (1969). A new product growth for model consumer durables. Management Science, 15(5), 215–227.",
    "Valente, T. W. (1995). Network models of the diffusion of innovations. Hampton Press.",
    "Walker, J. L. (1969). The diffusion of innovations among the American states. "
    "American Political Science Review, 63(3), 880–899.",
    "Boehmke, F. J. & Skinner, P. (2012). State policy innovativeness revisited. State Politics & Policy Quarterly, 12(3), 303–329.",
    "Gomez-Rodriguez, M., Leskovec, J. & Krause, A. (2012). Inferring networks of diffusion and influence. "
    "ACM Transactions on Knowledge Discovery from Data, 5(4), 21.",
    "Desmarais, B. A., Harden, J. J. & Boehmke, F. J. (2015). Persistent policy pathways: Inferring diffusion networks in the "
    "American states. American Political Science Review, 109(2), 392–406.",
    "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. "
    "Journal of the Royal Statistical Society B, 57(1), 289–300.",
)


def methods(study: Study) -> str:
    """How the numbers came about, and how to cite them."""
    version = program_version()
    tool = f"policy-kg{f' {version}' if version else ''}"
    came = (
        f"采纳由 {tool} 从“{study.source}”所含文件的句子中按规则读出"
        if study.history.read
        else f"采纳取自数据表“{study.source}”，由 {tool} 分析"
    )
    told = (
        f"{came}；采纳年份记作区间（下限，上限]：句中写明年份的为一年，只有文件年份的只知上限。"
        "最先的概率按各区间内均匀且独立计算；采纳曲线与风险率按 Valente（1995），区间删失的比例为 Turnbull（1976）的非参数极大似然估计，"
        "以 Wang（2007）的方法求解，按地方重抽的自助法给出区间；增长曲线为最小二乘拟合（Bass，1969）。"
        "扩散网络以 NetInf（Gomez-Rodriguez 等，2012；Desmarais 等，2015）推断，显著性由项目内置换年份而得，"
        "q值按 Benjamini 与 Hochberg（1995）。"
        f"随机数种子为{study.seed}，同样的输入得到同样的结果。"
    )
    at = f" (version {version})" if version else ""
    cite = (
        "引用：The policy-kg authors. policy-kg: from Chinese policy documents to a graph that shows how policies travel"
        f"{at}. 并请引用所依据的政策文件本身。"
    )
    items = "".join(f"<li>{escape(source)}</li>" for source in SOURCES)
    return f'<section id="methods" class="methods"><h2>方法与引用</h2><p>{escape(told)}</p><p>{escape(cite)}</p><ul>{items}</ul></section>'
