"""kg diffuse model on a table of adoptions and on a graph: the same rows as kg diffuse panel and events write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from diffusion.made_up_panels import write_csv
from kg.cli import main


@pytest.fixture(scope="module")
def adoptions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty cities of three provinces and two programmes; a city adopts the sooner the lower its number, some never do."""
    rng = np.random.default_rng(2)
    rows = [
        (f"市{city:02}", f"省{city % 3}", program, 2009 + city // 4 + int(rng.integers(0, 6)))
        for program in ("走校", "联盟")
        for city in range(30)
        if rng.random() < 0.8
    ]
    columns = dict(zip(("unit", "province", "program", "year"), map(list, zip(*rows, strict=True)), strict=True))
    return write_csv(tmp_path_factory.mktemp("own") / "adoptions.csv", columns)


def _run(*words: str) -> str:
    found = CliRunner().invoke(main, ["diffuse", *words])
    assert found.exit_code == 0, found.stderr
    return found.stdout


def _tidy(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_run("model", *words, "-f", "tidy"))))


@pytest.mark.parametrize(
    ("subset", "models"),
    [((), "logit,cox"), (("-p", "走校"), "cloglog"), (("--province", "省1", "--until", "2016"), "logit")],
)
def test_the_same_as_over_a_panel(adoptions: Path, tmp_path: Path, subset: tuple[str, ...], models: str) -> None:
    """One step or two: a table of adoptions, or the panel that kg diffuse panel makes of it."""
    panel = tmp_path / "panel.csv"
    _run("panel", str(adoptions), *subset, "--out", str(panel))
    asked = ("-m", models, "-c", "province_share")
    at_once, in_two_steps = _tidy(str(adoptions), *subset, *asked), _tidy(str(panel), *asked)
    assert at_once == in_two_steps
    assert len(at_once) == (4 if "cox" in models else 3)
    assert int(at_once[0]["n"]) > int(at_once[0]["adoptions"]) > 5


def test_intervals_of_a_history(adoptions: Path, tmp_path: Path) -> None:
    """A model of the time takes the intervals of the history, as kg diffuse events --shape intervals writes them."""
    intervals = tmp_path / "intervals.csv"
    _run("events", str(adoptions), "--shape", "intervals", "--out", str(intervals))
    asked = ("-m", "weibull,log-normal", "-c", "C(province)")
    at_once = _tidy(str(adoptions), *asked)
    assert at_once == _tidy(str(intervals), *asked)
    assert {row["term"] for row in at_once} == {"(intercept)", "province=省1", "province=省2", "log(scale)"}
    assert at_once[0]["adoptions"] == str(len(adoptions.read_text("utf-8").splitlines()) - 1)


def test_a_model_of_the_time_takes_all_years(adoptions: Path) -> None:
    """Who adopted before --since would else count as never."""
    found = CliRunner().invoke(main, ["diffuse", "model", str(adoptions), "-m", "weibull", "--since", "2012"])
    assert found.exit_code == 1
    assert "leave out --since and --until" in found.stderr
