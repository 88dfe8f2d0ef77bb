"""A spaCy pipeline step → `doc.spans["policy"]`: the finders of this package for anybody who works in spaCy.

```python
nlp = spacy.blank("zh")
nlp.add_pipe("policy_entities", config={"place": "大连市", "year": 2013})
doc = nlp("落实教育部“三通两平台”要求。")
[(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans["policy"]]
```

`label_` is the kind, `kb_id_` the entity (empty where it stays open), `id_` the finder. The text is read as `kg build` reads
it; a name that begins or ends inside a token takes the whole token.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan

from kg import texts
from kg.entities.given import given_place
from kg.entities.reader import EntityReader, entity_reader
from kg.entities.trained import read_model
from kg.errors import UnreadableFile
from kg.lexicons import with_own_lexicons
from kg.model import Document, Given, Kind, Mention
from kg.patterns import regex
from kg.texts.documents import document_of
from kg.texts.formats.extract import Extract
from kg.texts.given import with_given

GROUP = "policy"
DISPLACY: dict[str, object] = {  # displacy.render(doc, style="span", options=DISPLACY)
    "spans_key": GROUP,
    "colors": {
        Kind.PROGRAM.value: "#E69F00",
        Kind.PLACE.value: "#8EC1E8",
        Kind.POLICY_DOCUMENT.value: "#56B4E9",
        Kind.AGENCY.value: "#5CC9A7",
        Kind.ORGANIZATION.value: "#E3A6C8",
        Kind.TARGET_GROUP.value: "#BDBDBD",
    },
}
_NOT_IN_AN_IRI = regex(r'[\x00-\x20<>"{}|\\^`%#?\[\]\x7f-\x9f]')


class PolicyEntities:
    """Reads each Doc as a document of `place` and `year`; what is not given the text itself must decide."""

    def __init__(
        self,
        place: str | None = None,
        year: int | None = None,
        lexicons: Sequence[str] = (),
        model: str | None = None,
    ) -> None:
        self._settings = (place, year, tuple(lexicons), model)
        self._given = Given(place=place or "", year=year, by="spaCy")
        self._reader = _reader(tuple(lexicons), model)
        if place and given_place(self._reader.gazetteer, place, year) is None:
            raise ValueError(f"{place!r} names no place, or several; give its full official name, e.g. 大连市")

    def __reduce__(self) -> tuple[Callable[..., PolicyEntities], tuple[object, ...]]:
        """Another process prepares its own reader from the same settings."""
        return PolicyEntities, self._settings

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[GROUP] = [span for span in self._spans(doc) if span is not None]
        return doc

    def _spans(self, doc: Doc) -> Iterator[SpacySpan | None]:
        try:
            document = document_of(Extract(doc.text, given=self._given), "", b"")
        except UnreadableFile:  # nothing but blanks and page furniture
            return
        for part in self._reader.place_parts(with_given(texts.split_parts(document), self._given)):
            for mentions in self._reader.mentions_of_part(texts.split_sentences(part)):
                yield from (_span(doc, document, mention) for mention in mentions)


def _span(doc: Doc, document: Document, mention: Mention) -> SpacySpan | None:
    start, end = document.original(mention.span)
    return doc.char_span(
        start,
        end,
        label=mention.kind.value,
        kb_id=_iri_path(mention.entity.id) if mention.entity else "",
        span_id=mention.found_by,
        alignment_mode="expand",
    )


def _iri_path(entity_id: str) -> str:
    """The id as it stands in an IRI of the graph, in which no markup survives: displaCy prints it as it is."""
    return _NOT_IN_AN_IRI.sub(lambda found: quote(found[0]), entity_id)


@cache
def _reader(lexicons: tuple[str, ...], model: str | None) -> EntityReader:
    reader = EntityReader(with_own_lexicons([Path(folder) for folder in lexicons])) if lexicons else entity_reader()
    return reader.with_model(read_model(Path(model))) if model else reader


@Language.factory("policy_entities", default_config={"place": None, "year": None, "lexicons": [], "model": None})
def create(
    nlp: Language, name: str, place: str | None, year: int | None, lexicons: list[str], model: str | None
) -> PolicyEntities:
    """The factory behind `nlp.add_pipe("policy_entities")`; `lexicons` and `model` are folders."""
    return PolicyEntities(place, year, lexicons, model)


def annotated_docs(path: Path) -> tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]:
    """The texts of a DocBin file, each with its entities and the spans of all its groups as start, end and label.

    Raises UnreadableFile.
    """
    data = path.read_bytes()
    try:
        return tuple(map(_annotated, DocBin().from_bytes(data).get_docs(blank("zh").vocab)))
    except (zlib.error, ValueError, LookupError, TypeError, AttributeError, EOFError, MemoryError):
        raise UnreadableFile("this is no DocBin of spaCy 3, or damaged; write it again with DocBin.to_disk") from None


def _annotated(doc: Doc) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    spans = chain(doc.ents, *doc.spans.values())
    return doc.text, tuple(sorted({(span.start_char, span.end_char, span.label_) for span in spans}))
