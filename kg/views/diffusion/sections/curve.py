"""A study of one programme → its curve: the picture, the table of years, the estimate from intervals, fitted curves."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from kg.diffusion.adoptions import Adoption
from kg.diffusion.curves.adoption import CurveRow, adoption_curve
from kg.diffusion.curves.bands import BandRow, with_band
from kg.diffusion.curves.growth import CURVES, Growth, Model, fit_adoptions
from kg.diffusion.curves.risk import RiskSet, risk_set
from kg.errors import DiffusionError
from kg.pictures.curve import Band, Fit, s_curve
from kg.views.diffusion.sections.study import Study, drawn, paragraph, section, share_text, table
from kg.views.page import escape

FIT_NAMES: dict[Model, str] = {"logistic": "logistic曲线", "gompertz": "Gompertz曲线", "bass": "Bass模型"}
PARAMETERS = {"ceiling": "上限", "rate": "速率", "midpoint": "拐点", "p": "创新系数p", "q": "模仿系数q"}
RESAMPLES = 200


def curve(study: Study) -> str:
    """S-curve with the estimate for interval-censored years, hazard by year, fits."""
    if study.program is None or not study.history.adoptions:
        return ""
    risk = risk_set(study.history, [study.program.id])
    rows = adoption_curve(np.where(risk.is_adopted, risk.times, np.nan), np.where(risk.is_adopted, np.nan, risk.times))
    bands, fits = _bands(study, risk), _fits(study, risk)
    picture = s_curve(study.history, study.program.id, _band(bands), _fitted(fits, rows), risk.unit)
    return section(
        "curve",
        "采纳曲线",
        drawn(picture),
        paragraph(_risk(study, risk)),
        _by_year(study, rows),
        _npmle(study, bands, risk),
        _growth(study, fits),
    )


def _risk(study: Study, risk: RiskSet) -> str:
    every = study.history.adoptions
    told = f"风险集为{study.on(len(set(risk.unit)), every)}个" + (
        "读到过文件的地方" if risk.who == "read" else "表中的单位"
    )
    told += "，未见采纳者在其最后一份已读文件的年份删失。" if risk.who == "read" else "，未采纳者在最后一年删失。"
    if risk.left_out:
        told += f"另有{study.on(risk.left_out, every)}个采纳者只见于他人的文件、自身没有读到文件，不在风险集中。"
    if risk.undated:
        told += f"{study.on(risk.undated, every)}条没有年份，不在表中。"
    return told


def _by_year(study: Study, rows: Iterable[CurveRow]) -> str:
    def cells(row: CurveRow) -> tuple[str, ...]:
        until = [a for a in study.history.adoptions if a.upper is not None and math.ceil(a.upper) <= row.period]
        new = [a for a in until if a.upper is not None and math.ceil(a.upper) == row.period]
        numbers: tuple[tuple[object, list[Adoption]], ...] = (
            (f"{row.period:g}", new or until),
            (row.adopted, new),
            (row.cumulative, until),
            (share_text(row.share), until),
            (row.at_risk, until),
            (f"{row.hazard:.3f}", new or until),
        )
        return tuple(study.on(value, some) for value, some in numbers)

    columns = ("年份", "新采纳", "累计", "占风险集", "风险中", "风险率")
    return table("按最迟年份的采纳曲线（首期风险率无从计算，记为零）", columns, map(cells, rows), range(6))


def _bands(study: Study, risk: RiskSet) -> tuple[BandRow, ...]:
    if not risk.is_adopted.any():
        return ()
    return with_band(risk.lower, risk.upper, risk.cluster, resamples=RESAMPLES, seed=study.seed)[1]


def _band(rows: Iterable[BandRow]) -> Band | None:
    known = [row for row in rows if math.isfinite(row.right)]
    if not known:
        return None
    times = [row.right for row in known]
    share, high, low = ([1 - getattr(row, of) for row in known] for of in ("survival", "low", "high"))
    return Band(times, share, low, high)


def _npmle(study: Study, rows: tuple[BandRow, ...], risk: RiskSet) -> str:
    every = study.history.adoptions

    def cells(row: BandRow) -> tuple[str, ...]:
        left = "此前" if row.left == -math.inf else f"{row.left:g}"
        right = "之后" if row.right == math.inf else f"{row.right:g}"
        values = (
            f"({left}, {right}]",
            f"{row.mass:.3f}",
            f"{1 - row.survival:.3f}",
            f"{1 - row.high:.3f}–{1 - row.low:.3f}",
        )
        return tuple(study.on(value, every) for value in values)

    if not risk.is_bound.any() or len(rows) < 2:
        return ""
    columns = ("区间", "其间采纳的概率", "至区间末的比例", "95%区间")
    caption = "区间删失的非参数估计（NPMLE；自助法区间，按地方重抽）"
    return table(caption, columns, map(cells, (row for row in rows if math.isfinite(row.right))), range(4))


def _fits(study: Study, risk: RiskSet) -> dict[Model, Growth | str]:
    times = np.where(risk.is_adopted, risk.times, np.nan)
    found: dict[Model, Growth | str] = {}
    for model in CURVES:
        try:
            found[model] = fit_adoptions(times, model, resamples=RESAMPLES // 2, seed=study.seed)
        except DiffusionError:
            found[model] = "资料不足或尚未转弯，不作拟合"
    return found


def _fitted(fits: dict[Model, Growth | str], rows: tuple[CurveRow, ...]) -> list[Fit]:
    if not rows:
        return []
    times = np.linspace(rows[0].period, rows[-1].period, 60)
    clocks = {"bass": times - rows[0].period + 1}
    return [
        Fit(FIT_NAMES[model], times.tolist(), growth.at(clocks.get(model, times)).tolist())
        for model, growth in fits.items()
        if isinstance(growth, Growth)
    ]


def _growth(study: Study, fits: dict[Model, Growth | str]) -> str:
    every = study.history.adoptions
    rows, refused = [], []
    for model, growth in fits.items():
        if isinstance(growth, str):
            refused.append(f"{FIT_NAMES[model]}：{growth}。")
            continue
        for parameter in growth.parameters:
            low, high = parameter.resampled_low, parameter.resampled_high
            if not math.isfinite(low):
                low, high = parameter.low, parameter.high
            form = ".1f" if parameter.name == "midpoint" else ".3g"
            values = (f"{parameter.value:{form}}", f"{low:{form}}至{high:{form}}", f"{growth.r_squared:.3f}")
            rows.append((FIT_NAMES[model], PARAMETERS[parameter.name], *(study.on(value, every) for value in values)))
    columns = ("模型", "参数", "估计", "95%区间", "R²")
    caption = "对累计比例的最小二乘拟合（逐年比例彼此相关，R²只作描述）"
    return table(caption, columns, rows, (2, 3, 4)) + paragraph(*(escape(text) for text in refused))
