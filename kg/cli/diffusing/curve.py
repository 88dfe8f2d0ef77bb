"""`kg diffuse curve`: how fast programmes spread, fitted and with what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.diffusing.parts import open_ends
from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.output import FORMATS, print_table, speaks
from kg.errors import DiffusionError

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.curves.growth import Growth, Model
    from kg.diffusion.curves.risk import RiskSet, Who
    from kg.views.tables import Table

RISK = click.option(
    "--risk",
    type=click.Choice(("read", "known")),
    default=None,
    help="Who could adopt: units with a document read (default where documents are counted), or all that are known.",
)


@click.command()
@subset_options
@click.argument("program", default="")
@open_ends
@click.option("--fit", type=click.Choice(("logistic", "gompertz", "bass")), default=None, help="Fit a growth curve.")
@click.option(
    "--survival", type=click.Choice(("km", "npmle")), default=None, help="Kaplan-Meier, or of intervals (Turnbull)."
)
@click.option("--categories", is_flag=True, help="Rogers's adopter category of every unit.")
@click.option(
    "--pooled", is_flag=True, help="All programmes as one, counted from the year of each one's first adoption."
)
@RISK
@click.option("--resamples", default=200, show_default=True, type=click.IntRange(0), help="Of units, for intervals.")
@click.option("--seed", default=0, show_default=True, help="Of the resampling: the same seed, the same intervals.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def curve(
    chosen: Chosen,
    program: str,
    open_ends: str,
    fit: Model | None,
    survival: str | None,
    risk: Who | None,
    resamples: int,
    seed: int,
    form: str,
    *,
    categories: bool,
    pooled: bool,
) -> None:
    """How many units adopted year by year: share, growth and hazard, of PROGRAM or of every programme.

    Below the table stands who was at risk. A unit is at risk until the last year of which a document of it was read; the
    column adjusted_share corrects for those that are no longer observed.

    \b
    kg diffuse curve graph/ 县管校聘
    kg diffuse curve adoptions.csv --survival npmle --pooled --format csv
    kg diffuse curve adoptions.csv aborparc --fit bass
    """
    if sum((fit is not None, survival is not None, categories)) > 1:
        raise click.UsageError("--fit, --survival and --categories are different tables; ask for one of them")
    from kg.diffusion.curves.risk import together
    from kg.views.diffusion.curve_tables import category_table

    history, risks = _risks(chosen, program, open_ends, risk, pooled=pooled)
    if categories:
        from kg.diffusion.curves.categories import adopter_categories

        table = category_table(history, [(some, adopter_categories(some.times)) for some in risks.values()])
    elif survival:
        table = _survival(risks, survival, resamples, seed)
    else:
        table = _growth(risks, fit, resamples, seed) if fit else _curves(risks)
    print_table(table, form)
    click.echo(together(risks.values()).told(), err=True)


def _risks(
    chosen: Chosen, program: str, open_ends: str, who: Who | None, *, pooled: bool
) -> tuple[History, dict[str, RiskSet]]:
    """The history and, by name of programme, who was at risk; years that were not asked for are cut off, not left out."""
    from kg.diffusion.curves.risk import between, risk_set, since_first
    from kg.diffusion.history.open_ends import OpenEnds, closed
    from kg.views.diffusion.curve_tables import ALL, program_names

    wanted = chosen.subset
    asked = (*wanted.programs, program) if program else wanted.programs
    history = replace(chosen, subset=replace(wanted, programs=asked, since=None, until=None)).history()
    history = closed(history, OpenEnds(open_ends))
    if pooled:
        return history, {ALL: since_first(between(risk_set(history, who=who), wanted.since, wanted.until))}
    some = {
        name: between(risk_set(history, [id_], who=who), wanted.since, wanted.until)
        for id_, name in program_names(history).items()
    }
    if not any(len(risk) for risk in some.values()):
        raise DiffusionError(f"{chosen.source}: nobody is at risk in these years; try --risk known")
    return history, {name: risk for name, risk in some.items() if len(risk)}


def _curves(risks: dict[str, RiskSet]) -> Table:
    from kg.diffusion.curves.adoption import adoption_curve
    from kg.views.diffusion.curve_tables import curve_table

    return curve_table({name: adoption_curve(risk.times, risk.ends) for name, risk in risks.items()})


def _survival(risks: dict[str, RiskSet], how: str, resamples: int, seed: int) -> Table:
    from kg.diffusion.curves.bands import with_band
    from kg.diffusion.curves.kaplan_meier import kaplan_meier
    from kg.views.diffusion.curve_tables import npmle_table, survival_table

    if how == "km":
        return survival_table({name: kaplan_meier(risk.ends, risk.is_adopted) for name, risk in risks.items()})
    return npmle_table(
        {
            name: with_band(risk.lower, risk.upper, risk.cluster, resamples=resamples, seed=seed)[1]
            for name, risk in risks.items()
        }
    )


def _growth(risks: dict[str, RiskSet], model: Model, resamples: int, seed: int) -> Table:
    from kg.diffusion.curves.growth import fit_adoptions
    from kg.views.diffusion.curve_tables import growth_table

    fits: dict[str, Growth | str] = {}
    for name, risk in risks.items():
        try:
            fits[name] = fit_adoptions(risk.times, model, followed=risk.ends, resamples=resamples, seed=seed)
        except DiffusionError as refused:
            fits[name] = str(refused)
    return growth_table(fits)
