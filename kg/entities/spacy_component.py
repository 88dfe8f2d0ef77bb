"""A spaCy pipeline step → `doc.spans["policy"]`: the finders of this package for anybody who works in spaCy.

```python
nlp = spacy.blank("zh")
nlp.add_pipe("policy_entities", config={"place": "大连市", "year": 2013})
doc = nlp("落实教育部“三通两平台”要求。")
[(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans["policy"]]
```

`label_` is the kind, `kb_id_` the entity (empty where it stays open), `id_` the finder. The text is taken as it is: clean
it first (`kg.texts.clean`) where it comes from the web.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from kg import texts
from kg.entities.gazetteer import Surroundings
from kg.entities.reader import entity_reader
from kg.model import Document, Entity, Origin, Part, Span

GROUP = "policy"


class PolicyEntities:
    """Reads each Doc as one part of `place` and `year`; without a place the text itself must decide it."""

    def __init__(self, place: str | None, year: int | None) -> None:
        self._year = year
        self._place = self._linked(place) if place else None

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        document = Document("", "", text, text, Origin((0,), (0,), len(text)))
        part = Part(document, 0, Span(0, len(text)), year=self._year, place=self._place)
        if self._place is None and text:
            (part,) = entity_reader().place_parts([part])
        spans: list[SpacySpan] = []
        for mentions in entity_reader().mentions_of_part(texts.split_sentences(part)):
            for mention in mentions:
                kb_id = mention.entity.id if mention.entity else ""
                span = doc.char_span(
                    *mention.span, label=mention.kind, kb_id=kb_id, span_id=mention.found_by, alignment_mode="expand"
                )
                if span is not None:
                    spans.append(span)
        doc.spans[GROUP] = spans
        return doc

    def _linked(self, name: str) -> Entity:
        place = entity_reader().gazetteer.link(name, Surroundings(year=self._year))
        if place is None:
            raise ValueError(f"{name!r} names no place, or several; give its full official name, e.g. 大连市")
        return place.entity


@Language.factory("policy_entities", default_config={"place": None, "year": None})
def create(nlp: Language, name: str, place: str | None, year: int | None) -> PolicyEntities:
    """The factory behind `nlp.add_pipe("policy_entities")`."""
    return PolicyEntities(place, year)
