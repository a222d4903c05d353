"""Ignores: comments in a text, and lines of a file beside a text, that accept findings there."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from mlcheck.data import Finding, Location, RawText, Span, Suppression
from mlcheck.errors import UsageError
from mlcheck.files import read_text
from mlcheck.read import comments
from mlcheck.suppress.messages import no_rule, shortened
from mlcheck.wording import did_you_mean

__all__ = ["SIDECAR", "Ignore", "accepted_by", "comment_ignores", "sidecar_ignores"]

SIDECAR = ".mlcheck"
"""Added to a text's whole name: the ignores of `story.txt` are in `story.txt.mlcheck`."""

_MARK = "mlcheck:"
_VERBS = ("ignore", "ignore-file")
# A comma is needed between two names, so that this cannot backtrack.
_NAMES = re.compile(r"[^\s,]+(?: ?, ?[^\s,]+)*")
_FINGERPRINT = re.compile(r"([0-9a-f]{16}(?:-\d{1,9})?)(?: |$)")
_NEWLINE = re.compile(r"\r\n?|\n")
_MOST_LINES = 1_000  # of a sidecar; each is looked for in the whole text
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ignore:
    """What one comment or line accepts: the rules, and where."""

    by: Literal["comment", "sidecar"]
    rules: tuple[str, ...]
    reason: str
    path: str
    """Of its text."""
    where: str
    """`FILE:LINE`."""
    paragraphs: frozenset[int] | None = None
    """Paragraphs of its text; None is the whole file, unless there is a fingerprint."""
    fingerprint: str | None = None

    @property
    def suppression(self) -> Suppression:
        """As a finding that it accepts carries it."""
        return Suppression(by=self.by, reason=self.reason, where=self.where)


class _Directive(NamedTuple):
    whole_file: bool
    rules: tuple[str, ...]
    rest: str


def comment_ignores(raw: RawText, rules: Collection[str]) -> tuple[Ignore, ...]:
    """The ignores in a text's comments: `<!-- mlcheck: ignore RULE reason -->`, or as its format writes them.

    One inside a paragraph is for that paragraph, any other for the next one. Raises `UsageError` for one
    that names no rule, a rule that there is not, or no reason.
    """
    text = raw.text if raw.origin is None else raw.origin.text
    if _MARK not in text:
        return ()
    newlines = [match.start() for match in _NEWLINE.finditer(text)]
    blocks = _blocks_in_file(raw)
    starts = [span.start for _, span in blocks]
    found = []
    for comment in comments(raw):
        if not comment.words.startswith(_MARK):
            continue
        where = f"{raw.path}:{bisect_left(newlines, comment.span.start) + 1}"
        directive = _directive(comment.words.removeprefix(_MARK), where, rules)
        _need_reason(directive.rest, where)
        place = None if directive.whole_file else _paragraph_of(comment.at, blocks, starts)
        found.append(
            Ignore(
                by="comment",
                rules=directive.rules,
                reason=directive.rest,
                path=raw.path,
                where=where,
                paragraphs=place,
            )
        )
    return tuple(found)


def _blocks_in_file(raw: RawText) -> list[tuple[int, Span]]:
    """The paragraphs that are compared, by number, each with its place in the file, in the file's order."""
    own = [
        (n, block.span)
        for n, block in enumerate(raw.blocks)
        if block.kind not in ("code", "matter") and block.role != "furniture"
    ]
    if raw.origin is None:
        return own
    return sorted(((n, raw.origin.span(span)) for n, span in own), key=lambda block: block[1])


def _paragraph_of(at: int, blocks: Sequence[tuple[int, Span]], starts: Sequence[int]) -> frozenset[int]:
    """The paragraph that a place of the file stands in, else the next."""
    after = bisect_right(starts, at)
    if after and at < blocks[after - 1][1].end:
        return frozenset({blocks[after - 1][0]})
    return frozenset({blocks[after][0]} if after < len(blocks) else ())


def sidecar_ignores(raw: RawText, rules: Collection[str]) -> tuple[Ignore, ...]:
    """The ignores in the file beside a text, none without one: lines `ignore RULE "words of the text"
    reason`, `ignore RULE FINGERPRINT reason` and `ignore-file RULE reason`.

    Words and not lines, because they stay when a text grows above them. Raises `UsageError` for a line that
    is none of these, and for a file that cannot be read.
    """
    path = raw.path + SIDECAR
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where the text's name is as long as names can be
        return ()
    text = read_text(Path(path), "file of ignores", most=_MOST_BYTES)
    lines = [(n, " ".join(line.split())) for n, line in enumerate(_NEWLINE.split(text), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if len(lines) > _MOST_LINES:
        raise UsageError(f"{path}: more than {_MOST_LINES} lines; ignore-file takes a rule in one")
    words = _Words(raw) if lines else None
    return tuple(
        _sidecar_ignore(line, raw.path, f"{path}:{number}", rules, words) for number, line in lines if words
    )


class _Words:
    """A text's paragraphs on one line each, to look for words in."""

    def __init__(self, raw: RawText) -> None:
        folded = [_folded(raw.text[block.span.start : block.span.end]) for block in raw.blocks]
        self._text = "\n".join(folded)
        self._starts = [0]
        for line in folded[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def paragraphs(self, words: str) -> frozenset[int]:
        """The paragraphs that have the words in them."""
        found = set()
        at = self._text.find(words)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            found.add(index)
            following = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
            at = self._text.find(words, following)
        return frozenset(found)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _sidecar_ignore(line: str, path: str, where: str, rules: Collection[str], words: _Words) -> Ignore:
    directive = _directive(line, where, rules)
    rest = directive.rest
    paragraphs: frozenset[int] | None = None
    fingerprint = None
    if not directive.whole_file:
        if match := _FINGERPRINT.match(rest):
            fingerprint, rest = match[1], rest[match.end() :]
        else:
            quoted, rest = _quoted(rest, where)
            paragraphs = words.paragraphs(quoted)
    _need_reason(rest.strip(), where)
    return Ignore(
        by="sidecar",
        rules=directive.rules,
        reason=rest.strip(),
        path=path,
        where=where,
        paragraphs=paragraphs,
        fingerprint=fingerprint,
    )


def _quoted(rest: str, where: str) -> tuple[str, str]:
    try:
        value, end = json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        value, end = None, 0
    if not isinstance(value, str) or not value.strip():
        raise UsageError(
            f'{where}: after the rule come some words of the text in "quotes", or the finding\'s fingerprint'
        )
    return _folded(value), rest[end:]


def _directive(line: str, where: str, rules: Collection[str]) -> _Directive:
    verb, _, rest = line.strip().partition(" ")
    if verb not in _VERBS:
        hint = did_you_mean(verb, _VERBS) or "write ignore or ignore-file"
        raise UsageError(f"{where}: {shortened(verb)!r} is nothing that mlcheck knows; {hint}")
    names = _NAMES.match(rest)
    if names is None:
        raise UsageError(f"{where}: {verb} names no rule; write {verb} RULE and the reason")
    named = tuple(dict.fromkeys(name.strip() for name in names[0].split(",")))
    for name in named:
        if name not in rules:
            raise UsageError(f"{where}: {no_rule(name, rules)}")
    return _Directive(verb == "ignore-file", named, rest[names.end() :].strip())


def _need_reason(reason: str, where: str) -> None:
    if not any(map(str.isalnum, reason)):
        raise UsageError(f"{where}: gives no reason; write why after the rule, for those who come after you")


class _Index:
    """The ignores of one text by what they accept."""

    def __init__(self, ignores: Sequence[Ignore]) -> None:
        self._by_place: defaultdict[tuple[str, int | str | None], list[Ignore]] = defaultdict(list)
        for ignore in ignores:
            for rule in ignore.rules:
                for place in self._places(ignore):
                    self._by_place[rule, place].append(ignore)

    @staticmethod
    def _places(ignore: Ignore) -> Iterator[int | str | None]:
        if ignore.paragraphs is not None:
            yield from ignore.paragraphs
        else:
            yield ignore.fingerprint

    def of(self, finding: Finding, place: Location | None) -> list[Ignore]:
        """The ignores that together accept a finding; none where a paragraph of its place has none. The
        finding may have grown: a second paragraph is lost beside the one that may be."""
        get = self._by_place.get
        at_once = [*get((finding.rule, None), ()), *get((finding.rule, finding.fingerprint), ())]
        each = [get((finding.rule, index), ()) for index in (place.paragraphs if place else ())]
        together = [ignore for ignores in each for ignore in ignores] if all(each) else []
        return [*together, *at_once]


def accepted_by(
    sides: Sequence[Sequence[Ignore]], findings: Sequence[Finding]
) -> tuple[list[Suppression | None], list[Ignore]]:
    """For each finding, who accepts it, of the ignores of the source and of the target; and the ignores that
    accept nothing."""
    source, target = (_Index(ignores) for ignores in sides)
    used: set[Ignore] = set()
    accepted: list[Suppression | None] = []
    for finding in findings:
        found = [*source.of(finding, finding.source), *target.of(finding, finding.target)]
        used.update(found)
        accepted.append(found[0].suppression if found else None)
    return accepted, [ignore for ignores in sides for ignore in ignores if ignore not in used]
