"""A reading → the same with the claims that a second reader adds; whatever happens, those of the rules stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kg.model import Claim, Reading
from kg.relations.scene import Land
from kg.second_reader.answers import NoAnswer, claims_in
from kg.second_reader.cache import Cache, Examined
from kg.second_reader.checking import Checking, adds, claim_of
from kg.second_reader.client import Client
from kg.second_reader.endpoint import SecondReading
from kg.second_reader.prompt import Question, question_of
from kg.second_reader.proposals import Proposal, Refusal, Refused, proposal_of
from kg.second_reader.stretches import Stretch, stretches

Ask = Callable[[bytes], bytes]  # raises NoAnswer
Decide = Callable[[Iterable[Claim]], Iterable[Claim]]  # drops and corrects what a reviewer marked
Tally = Counter[str]  # of stretches, claims, requests and proposals, as the notes name them
_MET, _ADDED, _AGAIN = "stretches", "added", "known already"
_FAILED, _UNSENT, _REFUSED = "requests failed", "requests were not sent", "proposals were refused"


class SecondReader:
    """Asks about one reading after the other; counts what came of it."""

    def __init__(self, wanted: SecondReading, cache: Cache, ask: Ask, land: Land, decide: Decide) -> None:
        self._wanted = wanted
        self._cache = cache
        self._ask = ask
        self._decide = decide
        self._checking = Checking(land, wanted.endpoint.mark, wanted.terms.confidence)
        self._sent = self._in_a_row = 0
        self._stopped = ""  # why it is asked no more
        self._tally: Tally = Counter()  # since it was taken last
        self._all: Tally = Counter()  # before

    def __call__(self, reading: Reading) -> Reading:
        """The reading, behind its claims those that nobody had read in it."""
        said = list(reading.claims)
        for stretch in stretches(reading):
            self._tally[_MET] += 1
            for claim in self._decide(self._claims(stretch)):
                if adds(claim, said):
                    said.append(claim)
                    self._tally[_ADDED] += 1
                else:
                    self._tally[_AGAIN] += 1
        return replace(reading, claims=tuple(said))

    @property
    def name(self) -> str:
        """As its claims name it: llm:qwen2.5:14b."""
        return self._wanted.endpoint.mark

    @property
    def unanswered(self) -> int:
        """How many requests were not answered since the tally was taken, or not sent."""
        return sum(count for what, count in self._tally.items() if what.startswith((_FAILED, _UNSENT)))

    def taken(self) -> Tally:
        """What came of it since this was asked last: in one file, if it is asked after each."""
        tally, self._tally = self._tally, Counter()
        return tally

    def recall(self, tally: Mapping[str, int]) -> None:
        """Counts what came of a file, read now or in an earlier run."""
        self._all.update(tally)

    @property
    def notes(self) -> tuple[str, ...]:
        """What came of it in all files, for the report."""
        tally = self._all + self._tally
        groups = {start: _starting(tally, start) for start in (_FAILED, _UNSENT, _REFUSED)}
        read = tally[_MET] - sum(groups[_FAILED].values()) - sum(groups[_UNSENT].values())
        notes = [f"read {read} of {tally[_MET]} stretches: {tally[_ADDED]} claims added, {tally[_AGAIN]} known already"]
        notes += [f"{sum(count.values())} {what}: {_listed(count)}" for what, count in groups.items() if count]
        return tuple(notes)

    def _claims(self, stretch: Stretch) -> Iterator[Claim]:
        """What was proposed of the stretch and holds; an answer from the cache meets the same checks."""
        question = question_of(stretch, self._wanted.endpoint)
        examined = self._cache.get(question.key)
        if examined is None:
            examined = self._asked(question, stretch)
        if examined is None:
            return
        for reason, count in examined.refused.items():
            self._tally[f"{_REFUSED}: {reason}"] += count
        for proposal in examined.proposals:
            try:
                yield claim_of(proposal, stretch, self._checking)
            except Refused as fault:
                self._tally[f"{_REFUSED}: {fault.reason}"] += 1

    def _asked(self, question: Question, stretch: Stretch) -> Examined | None:
        """What came of the answer, also kept; None where there was none."""
        if not self._stopped and self._sent == self._wanted.terms.requests:
            self._stopped = "--llm-max-requests is reached; the next build goes on"
        if self._stopped:
            self._tally[f"{_UNSENT}: {self._stopped}"] += 1
            return None
        self._sent += 1
        try:
            items = claims_in(self._ask(question.body))
        except NoAnswer as fault:
            self._count(fault)
            return None
        self._in_a_row = 0
        examined = self._examined(items, stretch)
        self._cache.put(question.key, examined)
        return examined

    def _count(self, fault: NoAnswer) -> None:
        self._tally[f"{_FAILED}: {fault}"] += 1
        self._in_a_row += 1
        if fault.for_good:
            self._stopped = "the endpoint refuses"
        elif self._in_a_row == self._wanted.terms.failures:
            self._stopped = f"{self._in_a_row} failed in a row"

    def _examined(self, items: Iterable[object], stretch: Stretch) -> Examined:
        passed: list[Proposal] = []
        refused: Counter[Refusal] = Counter()
        for item in items:
            try:
                proposal = proposal_of(item)
                claim_of(proposal, stretch, self._checking)
            except Refused as fault:
                refused[fault.reason] += 1
            else:
                passed.append(proposal)
        return Examined(tuple(passed), refused)


def _starting(tally: Mapping[str, int], start: str) -> dict[str, int]:
    """The counts of a group, by what follows its name."""
    start = f"{start}: "
    return {what.removeprefix(start): count for what, count in tally.items() if what.startswith(start)}


def _listed(count: Mapping[str, int]) -> str:
    """Most frequent first."""
    return ", ".join(f"{what} ({n})" for what, n in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


@contextmanager
def second_reader(wanted: SecondReading, folder: Path, land: Land, decide: Decide) -> Iterator[SecondReader]:
    """A reader that asks the endpoint and keeps its answers in the graph folder; raises EndpointError."""
    with Client(wanted.endpoint, wanted.terms) as client:
        yield SecondReader(wanted, Cache(folder), client, land, decide)
