"""Form that has to agree: links, code, placeholders, images, headings, lists, tables and footnotes of two
versions, compared passage by passage. No model is asked, and no order is wanted inside a passage.

What one side has too many is looked for near the passage opposite, before it is called a difference:
translators move a link into the next sentence, and aligners a sentence into the next paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from mlcheck.compare.addresses import Addresses, same_page, written_addresses
from mlcheck.compare.code import code_pairs, is_renamed, same_code, stands_in
from mlcheck.compare.listings import unlike_listings
from mlcheck.data import Alignment, Document, Mark, MarkKind, Span

__all__ = ["FormDifference", "form_differences"]

Sort = Literal["missing", "added", "changed", "renamed", "plain", "none", "listing", "written"]

_NEAR = 2
"""Paragraphs away, before and after the passage opposite, where what is missing may stand."""
_ALL_GONE = 4
"""Marks of a kind from which a version that has none of them is told once, and not for each."""
_COUNTED: frozenset[MarkKind] = frozenset({"image", "list", "table", "footnote"})
"""Kinds of which a passage has to have as many as its counterpart. Of the others it is enough to have one
where the other says the same twice."""
_POSITION = re.compile(r"%\d+\$")
_ARGUMENT = re.compile(r"\{\s*([\w.-]+)\s*,")

Same = Callable[[str, str], bool]
Sides = tuple[list[Mark], list[Mark]]
Passage = tuple[tuple[int, ...], tuple[int, ...]]
"""The paragraphs of both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDifference:
    """What the form of two linked passages does not agree on.

    `missing` has no `target`, `added` no `source`. `changed`: one stands in the other's place. `renamed`:
    code that differs only in names that are to be filled in, or a file of the same name on another host.
    `plain`: the words are there, and not marked as code. `none`: one side has no mark of the kind at all, and
    the other `count`. `listing`: a block of code. `written`: an address in the text itself. `passage` are the
    paragraphs of both sides, either of which may be empty for a block of code.
    """

    kind: MarkKind
    sort: Sort
    source: Mark | None
    target: Mark | None
    passage: Passage
    count: int = 1

    @property
    def marks(self) -> tuple[Mark | None, Mark | None]:
        """The marks of the source and of the target."""
        return self.source, self.target


def form_differences(
    alignment: Alignment, kinds: Collection[MarkKind], localised: Sequence[str]
) -> Iterator[FormDifference]:
    """What differs in form, kind by kind and in each by place. `localised` are the patterns of addresses
    that name a language, as in `Addresses`. A kind that the format of one version cannot show, as far as
    its text tells, is not compared."""
    form = _Form(alignment, localised)
    for kind in kinds:
        if form.comparable(kind):
            yield from form.levels() if kind == "heading" else form.of(kind)
    if "code" in kinds:
        yield from form.listings()
    if "link" in kinds:
        yield from form.written()


class _Form:
    """The marks of two aligned documents, by passage."""

    def __init__(self, alignment: Alignment, localised: Sequence[str]) -> None:
        self.documents = alignment.documents
        self.links = alignment.paragraphs
        self.keyed = all(document.keyed for document in self.documents)
        self.addresses = Addresses(localised, [document.language for document in self.documents])
        lone = [{p for k in self.links if not k.sides[1 - s] for p in k.sides[s]} for s in (0, 1)]
        self.marks = [
            _by_paragraph(document, own) for document, own in zip(self.documents, lone, strict=True)
        ]
        self.counts = [Counter(mark.kind for own in by.values() for mark in own) for by in self.marks]
        written = [[address for address, _ in written_addresses(d.text)] for d in self.documents]
        self.is_written_out = [self.addresses.any_of(own) for own in written]
        self.linked = [{m.value for m in d.marks if m.kind == "link"} for d in self.documents]
        self.is_known = [self.addresses.any_of({*w, *k}) for w, k in zip(written, self.linked, strict=True)]

    def comparable(self, kind: MarkKind) -> bool:
        """Do both versions show marks of that kind, or could do so, being of one format?"""
        one, two = (count[kind] > 0 for count in self.counts)
        return (one and two) or ((one or two) and self.documents[0].format == self.documents[1].format)

    def of(self, kind: MarkKind) -> Iterator[FormDifference]:
        """What differs in marks of a kind."""
        whole = self._all_gone(kind)
        if whole is not None:
            yield whole
            return
        left = [self._left(kind, link.sides) for link in self.links]
        self._cancel(kind, left)
        for link, both in zip(self.links, left, strict=True):
            if not (link.source and link.target):
                continue  # that the passage is missing says another rule
            one, two = both
            pairs = code_pairs(one, two) if kind == "code" else zip_longest(one, two)
            for source, target in pairs:
                yield from self._told(kind, source, target, link.sides)

    def levels(self) -> Iterator[FormDifference]:
        """Headings that are none opposite, or of another level. Levels count from the one that a version
        mostly uses where the other has its own: where the title of a page is no heading, all are one off."""
        pairs: list[tuple[Mark | None, Mark | None, Passage]] = []
        for link in self.links:
            one, two = (self._in(side, "heading", link.sides[side]) for side in (0, 1))
            if link.source and link.target and len(link.source) == len(link.target):
                pairs += [(source, target, link.sides) for source, target in zip_longest(one, two)]
        found = [_shift(source, target) for source, target, _ in pairs if source and target]
        shifts = Counter(shift for shift in found if shift is not None)
        # The least shift of those that are as common: without a majority, levels are what they are.
        usual = min(shifts, key=lambda shift: (-shifts[shift], abs(shift), shift), default=0)
        for source, target, sides in pairs:
            if source is None or target is None or _shift(source, target) not in (None, usual):
                yield self._difference("heading", source, target, sides)

    def listings(self) -> Iterator[FormDifference]:
        """Blocks of code that one version lacks, or that differ. They are no sentences, so they are compared
        in their order, whatever stands between."""
        one, two = ([p for p in d.paragraphs if p.role == "code"] for d in self.documents)
        said = [{m.span.start: m.value for m in d.marks if m.kind == "code"} for d in self.documents]
        if (not one or not two) and self.documents[0].format != self.documents[1].format:
            return
        texts = (
            [marked.get(p.span.start, p.text) for p in own]
            for own, marked in zip((one, two), said, strict=True)
        )
        for i, j in unlike_listings(*texts):
            source, target = None if i is None else one[i], None if j is None else two[j]
            yield FormDifference(
                kind="code",
                sort="listing",
                source=None if source is None else Mark("code", source.text, source.span),
                target=None if target is None else Mark("code", target.text, target.span),
                passage=(
                    () if source is None else (source.index,),
                    () if target is None else (target.index,),
                ),
            )

    def written(self) -> Iterator[FormDifference]:
        """Addresses in the running text of linked passages that stand nowhere in the other version, neither
        in its text nor behind a link. Those that are links too are told as links."""
        for link in self.links:
            if not (link.source and link.target):
                continue
            left: Sides = ([], [])
            for side in (0, 1):
                for mark in self._written(side, link.sides[side]):
                    if mark.value not in self.linked[side] and not self.is_known[1 - side](mark.value):
                        left[side].append(mark)
            for source, target in zip_longest(*left):
                yield self._difference("link", source, target, link.sides, sort="written")

    # Parts

    def _in(self, side: int, kind: MarkKind, paragraphs: Sequence[int]) -> list[Mark]:
        return [mark for p in paragraphs for mark in self.marks[side].get(p, ()) if mark.kind == kind]

    def _equal(self, kind: MarkKind) -> Same:
        if kind in ("link", "image"):
            return self._same
        if kind == "placeholder":
            return lambda one, other: (
                _placeholder(one) == _placeholder(other) or self.addresses.same_call(one, other)
            )
        if kind == "code":
            return same_code
        return lambda one, other: kind == "list" or one == other

    def _same(self, one: str, other: str) -> bool:
        return self.addresses.same(one, other)

    def _is_counted(self, kind: MarkKind) -> bool:
        return kind in _COUNTED or (self.keyed and kind in ("placeholder", "code"))

    def _left(self, kind: MarkKind, sides: Passage) -> Sides:
        """The marks of a passage that its other side has not."""
        one, two = (self._in(side, kind, sides[side]) for side in (0, 1))
        same = self._equal(kind)
        if not self._is_counted(kind):
            return (
                [a for a in one if not any(same(a.value, b.value) for b in two)],
                [b for b in two if not any(same(a.value, b.value) for a in one)],
            )
        left, rest = [], list(two)
        for mark in one:
            found = next((other for other in rest if same(mark.value, other.value)), None)
            if found is None:
                left.append(mark)
            else:
                rest.remove(found)
        return left, rest

    def _cancel(self, kind: MarkKind, left: Sequence[Sides]) -> None:
        """Take out of `left` what stands near the passage opposite. Segments and strings stand alone."""
        if self.keyed:
            return
        same, counted = self._equal(kind), self._is_counted(kind)
        waiting = self._waiting(kind, left, counted=counted)
        # Half of a move, however far: the passage that it stands in has no counterpart.
        lone = [
            [m for k in self.links if not k.sides[1 - s] for m in self._in(s, kind, k.sides[s])]
            for s in (0, 1)
        ]
        gone: set[int] = set()
        for link, both in zip(self.links, left, strict=True):
            if not (link.source and link.target):
                continue
            for side in (0, 1):
                opposite = link.sides[1 - side]
                near = range(min(opposite) - _NEAR, max(opposite) + _NEAR + 1)
                for mark in [m for m in both[side] if id(m) not in gone]:
                    others = [o for p in near for o in waiting[1 - side].get(p, ())] + lone[1 - side]
                    free = [o for o in others if id(o) not in gone] if counted else others
                    found = next((o for o in free if same(mark.value, o.value)), None)
                    if found is not None:
                        gone.add(id(mark))
                        if counted:
                            gone.add(id(found))
        for both in left:
            for own in both:
                own[:] = [mark for mark in own if id(mark) not in gone]

    def _waiting(
        self, kind: MarkKind, left: Sequence[Sides], *, counted: bool
    ) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
        """The marks of either side, by paragraph, that may be what is missing opposite: all of them, or those
        that are left over where each stands for one."""
        found: tuple[dict[int, list[Mark]], dict[int, list[Mark]]] = ({}, {})
        for side in (0, 1):
            over = {id(mark) for both in left for mark in both[side]}
            for paragraph, marks in self.marks[side].items():
                own = [m for m in marks if m.kind == kind and (not counted or id(m) in over)]
                if own:
                    found[side][paragraph] = own
        return found

    def _all_gone(self, kind: MarkKind) -> FormDifference | None:
        """One difference for all marks of a kind, where a version has none of them."""
        if self.keyed or min(self.counts[0][kind], self.counts[1][kind]):
            return None
        side = 0 if self.counts[0][kind] else 1
        own = [
            (mark, link.sides)
            for link in self.links
            if link.source and link.target
            for mark in self._in(side, kind, link.sides[side])
        ]
        if len(own) < _ALL_GONE:
            return None
        lost = [(mark, sides) for mark, sides in own if not self._stands_near(mark, side, sides)]
        if not lost and kind != "code":
            return None
        mark, sides = (lost or own)[0]
        source, target = (mark, None) if side == 0 else (None, mark)
        sort: Sort = "none" if lost else "plain"
        return self._difference(kind, source, target, sides, sort=sort, count=len(lost or own))

    def _told(
        self, kind: MarkKind, source: Mark | None, target: Mark | None, sides: Passage
    ) -> Iterator[FormDifference]:
        """A difference, unless the text opposite says the same without the mark."""
        one, two = (
            mark if mark is None or not self._stands_near(mark, side, sides) else None
            for side, mark in enumerate((source, target))
        )
        if one is not None or two is not None:
            yield self._difference(kind, one, two, sides)
        if kind == "code":  # its words are there, and somebody may want to know that they look otherwise
            if source is not None and one is None:
                yield self._difference(kind, source, None, sides, sort="plain")
            if target is not None and two is None:
                yield self._difference(kind, None, target, sides, sort="plain")

    def _stands_near(self, mark: Mark, side: int, sides: Passage) -> bool:
        """Does the text opposite say what the mark holds, in so many characters?"""
        if mark.kind == "link":
            return self.is_written_out[1 - side](mark.value)
        if mark.kind not in ("code", "placeholder") or not mark.value.strip():
            return False
        opposite, document = sides[1 - side], self.documents[1 - side]
        if self.keyed:
            here = " ".join(document.paragraphs[p].text for p in opposite)
            same = [m for m in self._in(side, mark.kind, sides[side]) if m.value == mark.value]
            return here.count(mark.value) >= len(same)
        near = document.paragraphs[max(min(opposite) - _NEAR, 0) : max(opposite) + _NEAR + 1]
        return any(stands_in(paragraph.text, mark.value) for paragraph in near)

    def _written(self, side: int, paragraphs: Sequence[int]) -> Iterator[Mark]:
        document = self.documents[side]
        for index in paragraphs:
            paragraph = document.paragraphs[index]
            for address, at in written_addresses(paragraph.text):
                start = paragraph.span.start + at
                yield Mark("link", address, Span(start, start + len(address)))

    def _difference(
        self,
        kind: MarkKind,
        source: Mark | None,
        target: Mark | None,
        sides: Passage,
        *,
        sort: Sort | None = None,
        count: int = 1,
    ) -> FormDifference:
        told: Sort = "added" if source is None else "missing" if target is None else "changed"
        same = {"code": is_renamed, "link": same_page}.get(kind)
        if source and target and same and same(source.value, target.value):
            told = "renamed"
        return FormDifference(
            kind=kind, sort=sort or told, source=source, target=target, passage=sides, count=count
        )


def _by_paragraph(document: Document, lone: Collection[int]) -> dict[int, list[Mark]]:
    """The marks of what is compared, by the paragraph that they begin in, or come after: neither those of
    page furniture nor blocks of code. A call above a paragraph that the other version lacks is that one's."""
    starts = [paragraph.span.start for paragraph in document.paragraphs]
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in document.marks:
        index = max(bisect_right(starts, mark.span.start) - 1, 0)
        if mark.span.start >= document.paragraphs[index].span.end and index + 1 in lone:
            index += 1
        if document.paragraphs[index].compared:
            found[index].append(mark)
    return dict(found)


def _placeholder(value: str) -> str:
    """What a placeholder stands for, whatever its place and spaces: `%1$s` is `%s`, `{n, plural, …}` is
    `{n}`, `{{ name }}` is `{{name}}`."""
    argument = _ARGUMENT.match(value)
    return f"{{{argument[1]}}}" if argument else "".join(_POSITION.sub("%", value).split())


def _shift(source: Mark, target: Mark) -> int | None:
    """By how many levels two headings differ; None where a format gives them none."""
    levels = source.value, target.value
    return int(levels[1]) - int(levels[0]) if all(map(str.isdecimal, levels)) else None
