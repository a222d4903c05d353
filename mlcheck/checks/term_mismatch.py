"""What it finds
    A term or a name that is not rendered as a glossary wants it (`--terms`): a rendering that the
    glossary forbids, wherever it stands for the term; and a term of the source for which the other
    version has none of the wanted renderings. Words are matched in their inflected forms. Without a
    glossary it finds nothing.

Why it matters
    What things are called is the desk's decision, and readers notice when it changes from text to text.

Example
    Source: "Talks on Karabakh will go on."
    Target: "Переговоры по Нагорному Карабаху продолжатся." (The glossary wants "Карабах" and forbids
    "Нагорный Карабах".)

Known to be wrong when
    the version says it with a pronoun or a title all through, so that the term is never rendered; a
    source word means something else here (a crane that is a bird); a quotation keeps a name that is
    forbidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Alignment, Glossary, Link, Severity, Span, Term
from mlcheck.languages import base, name
from mlcheck.settings import CheckSettings
from mlcheck.terms import Hit, Passage, covers, find, gather, has, has_endings, names

__all__ = ["RULE"]

_SHOWN = 3
"""Wanted renderings that a message has."""
_LISTED = 20
"""Paragraphs that the evidence lists."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """Findings for forbidden renderings, in the order of the target, then for terms without a wanted one."""
    if settings.glossary is None or not settings.glossary.terms:
        return
    terms = _Terms(evidence.alignment, settings.glossary, settings)
    yield from terms.forbidden()
    yield from terms.missing()


@dataclass(frozen=True, slots=True)
class _Place:
    """Terms (numbers) of one name in a sentence of the source; each may be meant."""

    sentence: int
    hit: Hit
    terms: tuple[int, ...]


class _Terms:
    """The terms of a glossary in a pair of texts."""

    def __init__(self, alignment: Alignment, glossary: Glossary, settings: CheckSettings) -> None:
        self._alignment, self._settings, self._all = alignment, settings, glossary.terms
        sides = alignment.documents
        self._languages = [document.language for document in sides]
        self._texts = [[sentence.text for sentence in document.sentences] for document in sides]
        self._hits = [
            [find(glossary, text, document.language) for text in texts]
            for document, texts in zip(sides, self._texts, strict=True)
        ]
        self._links: tuple[dict[int, Link], dict[int, Link]] = (
            {i: link for link in alignment.sentences for i in link.source},
            {j: link for link in alignment.sentences for j in link.target},
        )

        self._by_term = [[_by_term(hits) for hits in side] for side in self._hits]
        self._used: set[tuple[int, Span]] = set()
        self._nears: dict[tuple[int, int], tuple[int, ...]] = {}
        self._last: tuple[tuple[int, ...], Passage] | None = None

    def forbidden(self) -> Iterator[Draft]:
        """Where the target has a name that the glossary forbids for what the source says there."""
        for j, hits in enumerate(self._hits[1]):
            by_span: defaultdict[Span, list[Hit]] = defaultdict(list)
            for hit in hits:
                by_span[hit.span].append(hit)
            for same in by_span.values():
                if all(hit.sort == "wanted" for hit in same):
                    continue
                meant = [hit for hit in same if self._is_meant(j, hit)]
                if meant and all(hit.sort == "forbidden" for hit in meant):
                    hit = min(meant, key=lambda hit: self._order(hit.term))
                    yield self._forbidden_draft(j, hit, self._reason(j, hit))

    def missing(self) -> Iterator[Draft]:
        """Terms of the source that no wanted rendering stands for: each once, at the first such place."""
        lacking: defaultdict[tuple[int, ...], list[_Place]] = defaultdict(list)
        rendered = {hit.term for hits in self._hits[1] for hit in hits if hit.sort == "wanted"}
        for place in self._places():
            if self._is_rendered(place):
                rendered.update(place.terms)
            else:
                lacking[place.terms].append(place)
        for terms, places in lacking.items():
            yield self._missing_draft(places, elsewhere=not rendered.isdisjoint(terms))

    def _places(self) -> Iterator[_Place]:
        """The source's terms that have a wanted rendering, once a sentence, where the sentence has a
        counterpart. Without one, or with a doubtful one, there is nothing that they could be missed in."""
        for i, hits in enumerate(self._hits[0]):
            link = self._links[0].get(i)
            if link is None or not link.target or self._is_doubtful(link):
                continue
            by_span: defaultdict[tuple[int, int], list[Hit]] = defaultdict(list)
            for hit in hits:
                if names(self._all[hit.term], self._languages[1], "wanted"):
                    by_span[hit.span].append(hit)
            seen: set[tuple[int, ...]] = set()
            for same in by_span.values():
                terms = tuple(sorted({hit.term for hit in same}, key=self._order))
                if terms not in seen:
                    seen.add(terms)
                    yield _Place(i, same[0], terms)

    def _is_doubtful(self, link: Link) -> bool:
        return (link.wrong or 0) >= self._settings.wrong or (link.divergence or 0) >= self._settings.divergent

    def _is_rendered(self, place: _Place) -> bool:
        """Does the passage opposite, or what stands around it, have a name of one of the terms? A forbidden
        one is reported as that."""
        near = self._near(0, place.sentence)
        if any(term in self._by_term[1][j] for j in near for term in place.terms):
            return True
        passage = self._passage(near)
        language = self._languages[1]
        return any(
            has(passage, wanted, language)
            for term in place.terms
            for wanted in names(self._all[term], language, "wanted")
        )

    def _passage(self, near: tuple[int, ...]) -> Passage:
        # The terms of a sentence follow each other: only the last passage is asked for again.
        if self._last is None or self._last[0] != near:
            self._last = near, gather((self._texts[1][j] for j in near), self._languages[1])
        return self._last[1]

    def _near(self, side: int, sentence: int) -> tuple[int, ...]:
        """Sentences of the other side that stand opposite a sentence, and those around them. What has no
        counterpart stands opposite what its neighbours do."""
        if (side, sentence) not in self._nears:
            self._nears[side, sentence] = self._find_near(side, sentence)
        return self._nears[side, sentence]

    def _find_near(self, side: int, sentence: int) -> tuple[int, ...]:
        own, reach = self._links[side], self._settings.term_near
        opposite = _opposite(own, side, sentence)
        for step in range(1, min(reach, len(self._texts[side])) + 1):
            if opposite:
                break
            opposite = _opposite(own, side, sentence - step) + _opposite(own, side, sentence + step)
        size = len(self._texts[1 - side])
        around = {k for at in opposite for k in range(max(at - reach, 0), min(at + reach + 1, size))}
        return tuple(sorted(around))

    def _has_source(self, term: int) -> bool:
        own, language = self._all[term], self._languages[0]
        return bool(names(own, language, "wanted") or names(own, language, "forbidden"))

    def _is_meant(self, j: int, hit: Hit) -> bool:
        return not self._has_source(hit.term) or self._reason(j, hit) is not None

    def _reason(self, j: int, hit: Hit) -> tuple[int, Hit] | None:
        """Where the source has the term of a name of the target: as near as it has it, and where nothing
        has been said of yet."""
        if not self._has_source(hit.term):
            return None
        own = _opposite(self._links[1], 1, j)
        found = [(i, h) for i in self._near(1, j) for h in self._by_term[0][i].get(hit.term, ())]
        return min(
            found,
            key=lambda pair: (
                min((abs(pair[0] - i) for i in own), default=0),
                (pair[0], pair[1].span) in self._used,
                pair[0],
                pair[1].span,
            ),
            default=None,
        )

    def _forbidden_draft(self, j: int, hit: Hit, reason: tuple[int, Hit] | None) -> Draft:
        term, text = self._all[hit.term], self._texts[1][j][slice(*hit.span)]
        place = None if reason is None else (reason[0], reason[1].span)
        # A stretch that was reported takes no second finding; the whole sentence does.
        span = place[1] if place and place not in self._used else None
        self._used |= {place} if place else set()
        wanted = names(term, self._languages[1], "wanted")
        if reason is None:
            ending = f", and wants {_listed(wanted)}" if wanted else ""
            where = f"{self._numbered(1, j)} of {version(self._alignment, 1)}"
            message = f"{where}: the glossary forbids “{text}”{ending}"
        else:
            i, source = reason
            ending = f"wants {_listed(wanted)}" if wanted else "forbids that"
            said = self._texts[0][i][slice(*source.span)]
            message = (
                f"{self._numbered(0, i)}: “{said}” is “{text}” in {version(self._alignment, 1)}; "
                f"the glossary {ending}"
            )
        return Draft(
            message=message,
            severity=term.severity or "error",
            confidence=self._settings.term_forbidden,
            source=() if reason is None else (reason[0],),
            source_span=span,
            target=(j,),
            target_span=hit.span,
            evidence={"sort": "forbidden", "forbidden": hit.name, **_about(term, wanted)},
        )

    def _missing_draft(self, places: Sequence[_Place], *, elsewhere: bool) -> Draft:
        first = places[0]
        term, language = self._all[first.terms[0]], self._languages[1]
        wanted = tuple(dict.fromkeys(n for t in first.terms for n in names(self._all[t], language, "wanted")))
        said = self._texts[0][first.sentence][slice(*first.hit.span)]
        count = f" ({len(places)} places)" if len(places) > 1 else ""
        found = sorted({self._paragraph(0, place.sentence) for place in places})
        default: Severity = "info" if elsewhere else "warning"
        here = " here" if elsewhere else ""
        return Draft(
            message=f"{self._numbered(0, first.sentence)}: “{said}” is not {_listed(wanted)} "
            f"in {version(self._alignment, 1)}{here}{count}",
            severity=term.severity or default,
            confidence=self._settings.term_left_out if elsewhere else self._settings.term_absent,
            source=(first.sentence,),
            source_span=first.hit.span,
            target=self._links[0][first.sentence].target,
            evidence={
                "sort": "left out" if elsewhere else "absent",
                "paragraphs": found[:_LISTED],
                **_about(term, wanted),
            },
        )

    def _paragraph(self, side: int, sentence: int) -> int:
        own = (self._alignment.source, self._alignment.target)[side]
        return own.document.sentences[sentence].paragraph

    def _numbered(self, side: int, sentence: int) -> str:
        return numbered([self._paragraph(side, sentence)], self._alignment.documents[side])

    def _order(self, term: int) -> tuple[str, str]:
        """By what a term says, not by its row: the order of rows changes nothing."""
        own = self._all[term]
        return own.id, repr(
            (sorted(own.wanted.items()), sorted(own.forbidden.items()), own.severity, own.note)
        )


def _by_term(hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.term, []).append(hit)
    return found


def _opposite(links: dict[int, Link], side: int, sentence: int) -> tuple[int, ...]:
    link = links.get(sentence)
    return () if link is None else (link.target if side == 0 else link.source)


def _listed(wanted: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in wanted[:_SHOWN]]
    return " or ".join(shown) + (" …" if len(wanted) > _SHOWN else "")


def _about(term: Term, wanted: Sequence[str]) -> dict[str, object]:
    about = {"wanted": list(wanted[:_LISTED]), "id": term.id, "note": term.note}
    return {key: value for key, value in about.items() if value}


def _skip(evidence: Evidence, settings: CheckSettings) -> str | None:
    """Nobody gave a glossary: nothing was asked, and nothing is skipped."""
    if settings.glossary is None:
        return None
    source, target = (document.language for document in evidence.alignment.documents)
    wanted, forbidden = covers(settings.glossary, target)
    if not wanted and not forbidden:
        return f"the glossary has no names in {name(target)}"
    if not forbidden and not any(covers(settings.glossary, source)):
        return f"the glossary has no names in {name(source)}"
    return None


def _partial(evidence: Evidence, settings: CheckSettings) -> str | None:
    if settings.glossary is None:
        return None
    codes = {base(document.language) for document in evidence.alignment.documents}
    poor = sorted(map(name, (code for code in codes if not has_endings(code))))
    return f"{' and '.join(poor)}: terms are found in their dictionary form only" if poor else None


RULE = Rule(
    name="term-mismatch",
    summary="A term is not rendered as the glossary wants it",
    mqm="terminology",
    page=__doc__ or "",
    check=check,
    skip=_skip,
    partial=_partial,
)
