"""An exploration whose every text is hostile: what a document, a lexicon or another program's graph could bring along."""

from __future__ import annotations

from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.diffusion.ways.way import By, Grade, Step
from kg.graph.iris import BASE, segment
from kg.model import Kind, Level, Status
from kg.views.explorer.records import ClaimRow, Exploration, Quote, Source, Thing, Tie
from kg.views.records import Link

PAYLOADS = (
    "</script><script>window.pwned=1</script>",
    '<img src=http://elsewhere.example/x onerror="window.pwned=1">',
    "\"'><svg onload=window.pwned=1><style>*{display:none}</style>",
    '<a href="javascript:window.pwned=1">x</a><base href=//elsewhere.example>',
    "{{data}}{{scripts}}${window.pwned=1}<!--]]>&lt;&#x26;",
    "\u202egnirts\u2066\u200f שלום \u061c\ufeff",
    "\x00\x01\x1b[2J\x7f\x85\ufffe\ud800\udfff",
    "甲" * 100_000,
    '=HYPERLINK("javascript:window.pwned=1")\r\n@SUM(1)\t\'; DROP ALL #\\',
    "__proto__",
    "constructor",
    "\n\n \t ",
)
YEARS = range(2012, 2012 + len(PAYLOADS))


def hostile_exploration() -> Exploration:
    """For each payload a thing of each kind, a source, a sentence, claims, an adoption and a step, all of them called so."""
    things = tuple(
        sorted(
            (_thing(kind, n) for kind in Kind for n in range(len(PAYLOADS))),
            key=lambda thing: (list(Kind).index(thing.kind), thing.iri),
        )
    )
    claims = tuple(_adoption(n) for n in range(len(PAYLOADS))) + tuple(_diffusion(n) for n in range(1, len(PAYLOADS)))
    history = _history()
    number = {thing.iri: i for i, thing in enumerate(things)}
    ties = tuple(
        Tie(number[_iri(Kind.PLACE, n)], number[_iri(Kind.PROGRAM, n)], Link.ADOPTS, (n,)) for n in range(len(PAYLOADS))
    )
    return Exploration(
        title="".join(payload[:50] for payload in PAYLOADS),
        base=BASE,
        things=things,
        sources=tuple(_source(n) for n in range(len(PAYLOADS))),
        quotes=tuple(_quote(n) for n in range(len(PAYLOADS))),
        claims=claims,
        ties=tuple(sorted(ties)),
        history=history,
        ways={_iri(Kind.PROGRAM, 0): _steps()},
    )


def _iri(kind: Kind, n: int) -> str:
    return f"{BASE}{kind.lower()}/{n}{segment(PAYLOADS[n][:50])}"


def _thing(kind: Kind, n: int) -> Thing:
    text = PAYLOADS[n]
    place = _iri(Kind.PLACE, 0)
    return Thing(
        iri=_iri(kind, n),
        kind=kind,
        name=text,
        aliases=(text, text[::-1]),
        level=(Level.PROVINCE if n == 0 else Level.COUNTY) if kind is Kind.PLACE else "",
        within=place if kind is Kind.PLACE and n else "",
        province=place if kind is Kind.PLACE else "",
        jurisdiction=place if kind is Kind.AGENCY else "",
        code=text[:200],
        lon=100.0 + n,
        lat=30.0 + n,
        number=text,
        issued=text,
        since=2010,
        issuers=(_iri(Kind.AGENCY, n),),
        founding=_iri(Kind.POLICY_DOCUMENT, n),
        in_lexicon=True,
    )


def _source(n: int) -> Source:
    text = PAYLOADS[n]
    return Source(
        iri=f"{BASE}source/{n}",
        file=text,
        part=1,
        title=text,
        place=_iri(Kind.PLACE, n),
        year=YEARS[n],
        genre="Summary",
    )


def _quote(n: int) -> Quote:
    text = PAYLOADS[n]
    return Quote(source=n, start=0, end=9, text=text, printed=text[::-1], before=text, after=text, page=text)


def _adoption(n: int) -> ClaimRow:
    text = PAYLOADS[n]
    return ClaimRow(
        iri=f"{BASE}claim/{n:016x}",
        relation="Adoption",
        kind="",
        quote=n,
        roles=(
            ("place", _iri(Kind.PLACE, n)),
            ("program", _iri(Kind.PROGRAM, 0)),
            ("document", _iri(Kind.POLICY_DOCUMENT, n)),
        ),
        values=(("title", text), ("by", text), ("date", text)),
        year=YEARS[n],
        date_kind="Stated",
        status="Started",
        confidence=0.9,
        rule=text,
    )


def _diffusion(n: int) -> ClaimRow:
    return ClaimRow(
        iri=f"{BASE}claim/{1000 + n:016x}",
        relation="Diffusion",
        kind="LearnsFrom",
        quote=n,
        roles=(("from", _iri(Kind.PLACE, n - 1)), ("to", _iri(Kind.PLACE, n)), ("program", _iri(Kind.PROGRAM, 0))),
        values=(("unit", PAYLOADS[n]), ("indicator", PAYLOADS[n])),
        rule=PAYLOADS[n],
    )


def _evidence(n: int) -> Evidence:
    text = PAYLOADS[n]
    return Evidence(f"{BASE}claim/{n:016x}", text, text, f"{BASE}source/{n}", float(YEARS[n]), Status.STARTED)


def _history() -> History:
    units = tuple(
        Unit(_iri(Kind.PLACE, n), text, Level.COUNTY, _iri(Kind.PLACE, 0), _iri(Kind.PLACE, 0), text[:100])
        for n, text in enumerate(PAYLOADS)
    )
    programs = tuple(Program(_iri(Kind.PROGRAM, n), text, text, text, 2010) for n, text in enumerate(PAYLOADS))
    rows = [(n, 0) for n in range(len(PAYLOADS))] + [(0, n) for n in range(1, len(PAYLOADS))]
    adoptions = tuple(
        Adoption(
            _iri(Kind.PLACE, place), _iri(Kind.PROGRAM, program), YEARS[place] - 1, YEARS[place], Dated.STATED,
            Status.STARTED, evidence=(_evidence(place),),
        )
        for place, program in rows
    )  # fmt: skip
    read = {(_iri(Kind.PLACE, n), YEARS[n]): 1 for n in range(len(PAYLOADS))}
    return History(
        tuple(sorted(units, key=lambda u: u.id)), tuple(sorted(programs, key=lambda p: p.id)), adoptions, read
    )


def _steps() -> tuple[Step, ...]:
    return tuple(
        Step(_iri(Kind.PLACE, n - 1), _iri(Kind.PLACE, n), Grade.SAID, By.LEARNS, (_evidence(n),), note=PAYLOADS[n])
        for n in range(1, len(PAYLOADS))
    )
