"""Whether another version has followed an edit: does it agree with the new state, or still with the old?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlcheck.checks import locate
from mlcheck.compare import Evidence, compare_facts
from mlcheck.data import Change, ChangeStatus, Document, Finding, Link, Location
from mlcheck.update.edits import OF_CONTENT, Edit

__all__ = ["Version", "beside", "followed"]

_FACT = 0.95
"""How sure a fact makes it that the version agrees with one state and not with the other."""
_MARGIN = 0.15
"""By how much the version has to differ more from the one state than from the other: below, the judge's
opinion of two passages that say the same moves by as much from one wording to the next."""
_UNSURE = 0.6
"""How sure the status is where nothing speaks for either."""

Sentences = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A state of the text held against the other version: the evidence, and the findings of the pair."""

    evidence: Evidence
    findings: Sequence[Finding]

    @property
    def documents(self) -> tuple[Document, Document]:
        """The state, and the other version."""
        return self.evidence.alignment.documents

    def links(self, side: int, sentences: Sentences) -> list[Link]:
        """The links in which some sentences of a side stand."""
        wanted = set(sentences)
        return [link for link in self.evidence.alignment.sentences if wanted & set(link.sides[side])]

    def opposite(self, sentences: Sentences) -> Sentences:
        """The sentences of the other version that say what some of the state say."""
        return tuple(sorted({j for link in self.links(0, sentences) for j in link.target if link.source}))

    def divergence(self, links: Iterable[Link]) -> float:
        """The largest of some links; a sentence without counterpart says something else for sure."""
        return max((1.0 if link.divergence is None else link.divergence for link in links), default=0.0)

    def differences(self, sentences: Sentences) -> int:
        """How many facts of some sentences are not those of the other version there."""
        own = [fact for i in sentences for fact in self.evidence.facts[0][i]]
        other = [fact for j in self.opposite(sentences) for fact in self.evidence.facts[1][j]]
        return sum(d.sort not in ("rounded", "converted") for d in compare_facts(own, other))

    def exchanged(self, sentences: Sentences) -> float:
        """How likely a name of some sentences has another in its place there."""
        return max(
            (
                each.probability if each.judged is None else each.judged
                for each in self.evidence.exchanges
                if each.source_sentence in sentences
            ),
            default=0.0,
        )

    def finding(self, side: int, sentences: Sentences, rules: Iterable[str] = OF_CONTENT) -> Finding | None:
        """The surest finding on some sentences of a side, of these rules."""
        document = self.documents[side]
        spans = [document.sentences[i].span for i in sentences]
        found = [
            finding
            for finding in self.findings
            if finding.rule in rules
            and finding.severity != "info"
            and (place := (finding.source, finding.target)[side]) is not None
            and any(span.start < place.span.end and place.span.start < span.end for span in spans)
        ]
        return max(found, key=lambda finding: finding.confidence, default=None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: ChangeStatus
    confidence: float
    target: Sentences = ()


def followed(found: Sequence[Edit], between: Evidence, old: Version, new: Version) -> tuple[Change, ...]:
    """What became of each edit in the other version. `between` is the evidence on both states, `old` and
    `new` are those held against the other version."""
    changes = []
    for edit in found:
        # Which sentence is which depends on what a text is held against; where it stands does not.
        before = _renumbered(edit.old, between.alignment.documents[0], old.documents[0])
        after = _renumbered(edit.new, between.alignment.documents[1], new.documents[0])
        outcome = _outcome(edit, before, after, old, new)
        document = (new if after else old).documents[1]
        changes.append(
            Change(
                kind=edit.kind,
                old=locate(between.alignment.documents[0], edit.old),
                new=locate(between.alignment.documents[1], edit.new),
                target=locate(document, outcome.target),
                status=outcome.status,
                confidence=outcome.confidence,
            )
        )
    return tuple(changes)


def beside(change: Change, new: Version) -> Location | None:
    """Where in the other version an added passage would stand: what says the sentence before it, or after."""
    if change.new is None:
        return change.target
    span, sentences = change.new.span, new.documents[0].sentences
    before = [s.index for s in reversed(sentences) if s.span.end <= span.start]
    after = [s.index for s in sentences if s.span.start >= span.end]
    for index in (*before, *after):
        opposite = new.opposite((index,))
        if opposite:
            return locate(new.documents[1], opposite)
    return None


def _renumbered(sentences: Sentences, one: Document, other: Document) -> Sentences:
    spans = [one.sentences[i].span for i in sentences]
    return tuple(
        s.index for s in other.sentences if any(s.span.start < b.end and b.start < s.span.end for b in spans)
    )


def _outcome(edit: Edit, before: Sentences, after: Sentences, old: Version, new: Version) -> _Outcome:
    if edit.kind in ("wording", "moved"):
        return _Outcome("followed", 1.0, new.opposite(after))
    if edit.kind == "added":
        return _added(after, old, new)
    if edit.kind == "removed":
        return _removed(before, old, new)
    return _changed(before, after, old, new)


def _added(after: Sentences, old: Version, new: Version) -> _Outcome:
    """Has the version what is new? It must not be what it had before for something else."""
    gone = new.finding(0, after, ("missing-paragraph", "missing-sentence"))
    target = new.opposite(after)
    if gone is not None or not target:
        nulls = [link.confidence for link in new.links(0, after) if link.confidence is not None]
        sure = gone.confidence if gone else min(nulls, default=_UNSURE)
        return _Outcome("stale", max(_UNSURE, sure))
    known = [link for link in old.links(1, _spanned(target, new, old)) if link.source]
    more = new.divergence(new.links(0, after)) - old.divergence(known)
    if known and (more > _MARGIN or new.finding(0, after) is not None):
        return _Outcome("stale", max(_UNSURE, more))
    return _Outcome("followed", 1 - new.divergence(new.links(0, after)), target)


def _removed(before: Sentences, old: Version, new: Version) -> _Outcome:
    """Has the version still what is gone?"""
    target = old.opposite(before)
    if not target:
        return _Outcome("followed", old.divergence(old.links(0, before)))
    here = _spanned(target, old, new)
    still = new.finding(1, here, ("added-paragraph", "added-sentence", "divergent-passage"))
    links = new.links(1, here)
    if still is not None or any(not link.source for link in links):
        nulls = [link.confidence for link in links if link.confidence is not None and not link.source]
        sure = still.confidence if still else min(nulls, default=_UNSURE)
        return _Outcome("stale", max(_UNSURE, sure), target)
    more = new.divergence(links) - old.divergence(old.links(0, before))
    if more > _MARGIN or new.finding(1, here) is not None:
        return _Outcome("stale", max(_UNSURE, more), target)
    return _Outcome("followed", 1 - max(more, 0.0), target)


def _changed(before: Sentences, after: Sentences, old: Version, new: Version) -> _Outcome:
    """Does the version agree with what stands there now, or with what stood there before? Facts tell first,
    then names, then what rules find, and last how far the passages are from each other."""
    target = new.opposite(after) or _spanned(old.opposite(before), old, new)
    if not target:
        return _Outcome("absent", min((link.confidence or 0.0 for link in new.links(0, after)), default=1.0))
    facts = new.differences(after) - old.differences(before)
    if facts:
        return _Outcome("stale" if facts > 0 else "followed", _FACT, target)
    names = new.exchanged(after) - old.exchanged(before)
    if abs(names) > _MARGIN:
        return _Outcome("stale" if names > 0 else "followed", max(_UNSURE, abs(names)), target)
    now, then = new.finding(0, after), old.finding(0, before)
    if (now is None) != (then is None):
        found = now or then
        assert found is not None
        return _Outcome("stale" if now else "followed", max(_UNSURE, found.confidence), target)
    more = new.divergence(new.links(0, after)) - old.divergence(old.links(0, before))
    if abs(more) > _MARGIN:
        return _Outcome("stale" if more > 0 else "followed", max(_UNSURE, abs(more)), target)
    return _Outcome("followed", _UNSURE, target)


def _spanned(sentences: Sentences, one: Version, other: Version) -> Sentences:
    """Sentences of the other version as another pair numbers them."""
    return _renumbered(sentences, one.documents[1], other.documents[1])
