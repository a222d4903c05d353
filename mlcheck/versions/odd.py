"""Which versions a finding concerns: those that lack something, or say something else than most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlcheck.languages import base
from mlcheck.versions.issues import Issue
from mlcheck.versions.pairs import Pairs

__all__ = ["OF_ONE_TEXT", "Split", "split"]

OF_ONE_TEXT = ("untranslated", "duplicated-paragraph", "repeated-passage", "term-mismatch")
"""Rules on a flaw that one text has, whatever the others say: no majority makes it right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The versions of one issue: those that it concerns, and those that agree against them, if any do."""

    odd: tuple[int, ...]
    right: tuple[int, ...]
    added: bool = False
    """The odd ones have what the others lack."""


def split(issue: Issue, pairs: Pairs, having: Sequence[int], reference: int | None) -> Split:
    """Who is odd in an issue. `having` are the versions that have the passage in which it stands;
    `reference` is the version that is right where as many say one thing as another, or None."""
    if issue.family in OF_ONE_TEXT:
        return _flawed(issue, pairs)
    if issue.family == "moved-paragraph" or issue.family == "unrelated-documents":
        return _against_pivot(issue, pairs)
    return _lacking(issue, pairs, having, reference) if issue.lone else _differing(
        issue, pairs, having, reference)  # fmt: skip


def _flawed(issue: Issue, pairs: Pairs) -> Split:
    """Of a flaw of one text: the text that has it."""
    odd: set[int] = set()
    for seen in issue.seen:
        if len(seen.own) == 1:
            odd |= seen.own.keys()
            continue
        language = seen.finding.evidence.get("language")
        foreign = [v for v in seen.own if language and base(pairs.document(v).language) != language]
        odd |= set(foreign or [seen.target])
    return Split(odd=tuple(sorted(odd)), right=())


def _against_pivot(issue: Issue, pairs: Pairs) -> Split:
    """Order and belonging together: one that is at odds with all of several others is the odd one itself."""
    flagged = {seen.other(pairs.pivot) for seen in issue.seen}
    rest = set(pairs.others) - flagged
    if not rest and len(flagged) > 1:
        return Split(odd=(pairs.pivot,), right=tuple(sorted(flagged)))
    return Split(odd=tuple(sorted(flagged)), right=tuple(sorted({pairs.pivot, *rest})))


def _lacking(issue: Issue, pairs: Pairs, having: Sequence[int], reference: int | None) -> Split:
    """Of something that some versions have: those that lack it, or those that alone have it."""
    has = set(issue.own)
    if pairs.pivot in has:
        lacks = {seen.other(pairs.pivot) for seen in issue.seen}
        has |= set(having if issue.family.endswith("-mismatch") else pairs.others) - lacks
    else:
        lacks = set(pairs.order) - has
        if issue.family.endswith("-mismatch"):  # a figure is not missing where its whole passage is
            lacks &= {*having, pairs.pivot}
    added = reference not in has and (
        len(has) < len(lacks) or (reference is not None and len(has) == len(lacks))
    )
    one, other = tuple(sorted(has)), tuple(sorted(lacks))
    return Split(odd=one, right=other, added=True) if added else Split(odd=other, right=one)


def _differing(issue: Issue, pairs: Pairs, having: Sequence[int], reference: int | None) -> Split:
    """Of something that versions say differently: all but the largest group of those that agree."""
    own = issue.own
    flagged = sorted({seen.other(pairs.pivot) for seen in issue.seen})
    agreeing = [v for v in having if v not in flagged and v != pairs.pivot]
    groups = [{pairs.pivot, *agreeing}]
    # Who else agrees with whom matters only where these could be more than those with the pivot.
    if len(flagged) >= max(2, len(groups[0])):
        for version in flagged:
            place = own.get(version)
            for group in groups[1:]:
                first = min(group)
                if place and pairs.agree(issue.family, version, place, first) and (
                    first not in own or pairs.agree(issue.family, first, own[first], version)
                ):  # fmt: skip
                    group.add(version)
                    break
            else:
                groups.append({version})
    else:
        groups += [{version} for version in flagged]
    most = max(map(len, groups))
    largest = [group for group in groups if len(group) == most]
    chosen = next((group for group in largest if reference in group), None)
    if chosen is None and len(largest) == 1:
        chosen = largest[0]
    everyone = {version for group in groups for version in group}
    if chosen is None:  # as many say one thing as another, and nobody knows who is right
        return Split(odd=tuple(sorted(everyone)), right=())
    return Split(odd=tuple(sorted(everyone - chosen)), right=tuple(sorted(chosen)))
