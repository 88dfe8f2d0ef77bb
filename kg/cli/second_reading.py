"""The options of a second reader, and the question whether its cost is agreed to."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Mapping
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.second_reader import Cost, SecondReading

OPTIONS = (
    click.option(
        "--llm-url",
        default="",
        help="Let a language model propose more claims: an OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1. "
        "Its key is read from POLICY_KG_LLM_KEY; see docs/llm.md.",
    ),
    click.option("--llm-model", default="", help="The model to ask; not needed where the endpoint has only one."),
    click.option("--llm-price-in", type=click.FloatRange(0), default=None, help="Price of a million tokens sent."),
    click.option("--llm-price-out", type=click.FloatRange(0), default=None, help="Price of a million tokens answered."),
    click.option(
        "--llm-max-requests", type=click.IntRange(1), default=None, help="Ask no more than this.  [default: 1000]"
    ),
    click.option(
        "--llm-seconds",
        type=click.FloatRange(0, min_open=True),
        default=None,
        help="Wait no longer for an answer.  [default: 120]",
    ),
    click.option(
        "--llm-confidence",
        type=click.FloatRange(0, 1),
        default=None,
        help="What its claims are worth, once you have measured it.  [default: 0.5]",
    ),
    click.option(
        "--llm-plain-http", is_flag=True, help="Allow http to another computer: everyone on the way can read."
    ),
    click.option("--yes", "-y", is_flag=True, help="Agree beforehand to what --llm-url costs."),
)


def second_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Whether and how a build asks a language model."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def second_reading_of(said: Mapping[str, Any]) -> SecondReading | None:
    """The second reader that these options name, if they do; raises EndpointError."""
    if not said["llm_url"]:
        idle = next((name for name, value in said.items() if name.startswith("llm_") and value), "")
        if idle:
            raise click.UsageError(f"--{idle.replace('_', '-')} goes with --llm-url, which is not given")
        return None
    from kg.second_reader import SecondReading
    from kg.second_reader.endpoint import KEY_VARIABLE, Terms, endpoint_at

    key = os.environ.get(KEY_VARIABLE, "")
    endpoint = endpoint_at(said["llm_url"], said["llm_model"], key, plain_http=said["llm_plain_http"])
    terms = {
        "seconds": _finite(said["llm_seconds"]),
        "requests": said["llm_max_requests"],
        "price_in": _decimal(said["llm_price_in"]),
        "price_out": _decimal(said["llm_price_out"]),
        "confidence": _decimal(said["llm_confidence"]),
    }
    return SecondReading(endpoint, Terms(**{name: value for name, value in terms.items() if value is not None}))


def _decimal(number: float | None) -> Decimal | None:
    return None if _finite(number) is None else Decimal(repr(number))


def _finite(number: float | None) -> float | None:
    """`inf` and `nan` pass for numbers of a range."""
    if number is not None and not math.isfinite(number):
        raise click.UsageError(f"{number} is no price, time or confidence")
    return number


def agree(cost: Cost, wanted: SecondReading, *, yes: bool) -> None:
    """Says what a second reading costs and asks for consent; raises ClickException where there is none."""
    for line in cost_lines(cost, wanted):
        click.echo(line, err=True)
    if yes or not cost.requests:
        return
    if not _somebody_is_there():
        raise click.ClickException("there is no terminal to ask on: agree with --yes; nothing was sent or built")
    if not click.confirm("Send them?", err=True):
        raise click.ClickException("nothing was sent or built")


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def cost_lines(cost: Cost, wanted: SecondReading) -> list[str]:
    """Where the sentences go, how many requests, characters and tokens that is, and the price if prices are known."""
    from kg.second_reader.budget import RULE
    from kg.views.tables import inert

    endpoint = wanted.endpoint
    where = "on this computer" if endpoint.is_here else f"sentences are sent to {inert(endpoint.host)}"
    lines = [
        f"second reader {inert(endpoint.mark)} ({where}): {cost.requests:,} requests, {cost.characters:,} characters, "
        f"about {cost.tokens_in:,} tokens, at most {cost.tokens_out:,} tokens in answers",
        f"estimated: {RULE}",
    ]
    if cost.price is not None:
        price = cost.price.quantize(Decimal("0.01"), ROUND_UP)
        lines.append(f"price: at most about {price}, in the money of --llm-price-in and --llm-price-out")
    if cost.known:
        lines.append(f"{cost.known:,} more are answered by llm-cache.jsonl and cost nothing")
    if cost.beyond:
        lines.append(f"{cost.beyond:,} more are not sent: --llm-max-requests is {wanted.terms.requests:,}")
    return lines
