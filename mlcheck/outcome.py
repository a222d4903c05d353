"""From what rules found to the report of a pair: the findings in force, their names, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mlcheck.checks import EVERY_RULE, STALE_PASSAGE, changed_alone, lacks_version, unrelated
from mlcheck.compare import Evidence
from mlcheck.data import (
    Alignment,
    Document,
    Finding,
    JudgeId,
    Note,
    OneSided,
    RawText,
    Report,
    ReportError,
    Skip,
    WordDifference,
)
from mlcheck.errors import MlcheckError
from mlcheck.report import (
    decide,
    fingerprint,
    rounded,
    scorecard,
    shaded,
    verdict,
    with_fingerprints,
    worst_first,
)
from mlcheck.settings import Settings

__all__ = ["Suppress", "absent", "failure", "lone_report", "report"]

_ONE_SIDED = "one-side-changed"
_NO_WORDS = "the model gives no vectors for words, so the words were not compared"

Suppress = Callable[
    [tuple[RawText, RawText], tuple[Finding, ...], frozenset[str]],
    tuple[tuple[Finding, ...], tuple[Note, ...]],
]
"""The two texts, the findings, and the rules that were silent because they are off or could not run; to
the same findings in their order, some now `suppressed`, and notes about what accepts nothing."""


def report(
    checked: tuple[Sequence[Finding], Sequence[Skip]],
    evidence: Evidence,
    settings: Settings,
    texts: tuple[RawText, RawText],
    *,
    id: str | None = None,
    judge: JudgeId | None = None,
    notes: Sequence[Note] = (),
    words: bool = False,
    facts: bool = False,
    suppress: Suppress | None = None,
    one_sided: OneSided | None = None,
) -> Report:
    """The report of a pair. `checked` is what `mlcheck.checks.check` gives of the evidence, `notes` what is
    known already of the tools. With `words` the report has the difference of every word, which the evidence
    then must have where it can, with `facts` the places of all facts, and the words that differ most where
    the evidence has them. `suppress` says which findings somebody has accepted. `one_sided` becomes one."""
    alignment = evidence.alignment
    found, unable = checked
    skipped = (*unable, *_off(settings))
    named = with_fingerprints(worst_first(decide(found, settings.rules)), *alignment.documents)
    findings = tuple(worst_first((*named, *_alone(one_sided, alignment.documents, settings))))
    notes = (*_guesses(alignment.documents), *_unread(texts), *notes)
    if suppress is not None:
        # Nobody has looked for what changed, so what is accepted of that may be there.
        silent = [STALE_PASSAGE.name, *(skip.rule for skip in skipped), *([] if one_sided else [_ONE_SIDED])]
        findings, further = suppress(texts, findings, frozenset(silent))
        notes = (*notes, *further)
    if words and evidence.words is None:
        skipped = (*skipped, Skip(rule="words", reason=_NO_WORDS))
    source, target = alignment.documents
    # That nobody has touched a version says nothing of its words.
    of_texts = tuple(finding for finding in findings if finding.rule != _ONE_SIDED)
    made = Report(
        id=id or f"{texts[0].path} {texts[1].path}",
        verdict=verdict(findings, related=not unrelated(alignment, settings.check)),
        divergence=_divergence(alignment, of_texts),
        encoder=alignment.source.encoder,
        judge=judge,
        source=source,
        target=target,
        links=alignment.paragraphs,
        findings=findings,
        skipped=skipped,
        notes=notes,
        words=evidence.words if words else None,
        facts=evidence.marks() if facts else None,
        shades=_shades(evidence) if facts else None,
        scorecard=scorecard(of_texts, source, target, settings.scorecard),
    )
    return rounded(made)


def _alone(
    what: OneSided | None, documents: tuple[Document, Document], settings: Settings
) -> tuple[Finding, ...]:
    """The finding that only one version changed. Its name is of the text as it now is, so that who accepts it
    does not accept the next change."""
    if what is None:
        return ()
    document = documents[0 if what.side == "source" else 1]
    found = changed_alone(document, what)
    name = fingerprint(found.rule, document.text, None)
    return decide([replace(found, fingerprint=name)], settings.rules)


def _shades(evidence: Evidence) -> tuple[tuple[WordDifference, ...], tuple[WordDifference, ...]] | None:
    words = evidence.words
    return None if words is None else (shaded(words[0]), shaded(words[1]))


def absent(path: str, language: str) -> tuple[RawText, Document]:
    """A version that is not there, as a text without anything in it; `path` is where it would be."""
    raw = RawText(path=path, text="", encoding="utf-8", encoding_guessed=False, markdown=False, blocks=())
    document = Document(
        path=path,
        text="",
        encoding=raw.encoding,
        encoding_guessed=False,
        language=language,
        language_from="given",
        paragraphs=(),
        sentences=(),
    )
    return raw, document


def lone_report(
    texts: tuple[RawText, RawText],
    documents: tuple[Document, Document],
    side: int,
    settings: Settings,
    *,
    id: str,
    suppress: Suppress | None = None,
) -> Report:
    """The report of a text that lacks a version, the one of `side`, which is `absent`. No rule but
    `missing-version` has run, and nothing accepted of another is said to match nothing."""
    found = lacks_version(documents[1 - side], documents[side], side)
    # Of the language, as it has no words; so it stays accepted whatever becomes of the text.
    found = replace(found, fingerprint=fingerprint(found.rule, documents[side].language, None))
    findings = decide([found], settings.rules)
    notes: tuple[Note, ...] = tuple(_guesses(documents))
    if suppress is not None:
        silent = frozenset(rule.name for rule in EVERY_RULE) - {found.rule}
        findings, further = suppress(texts, findings, silent)
        notes = (*notes, *further)
    return Report(
        id=id,
        verdict=verdict(findings, related=True),
        divergence=None,
        encoder=None,
        source=documents[0],
        target=documents[1],
        findings=findings,
        skipped=_off(settings),
        notes=notes,
        scorecard=scorecard(findings, *documents, settings.scorecard),
    )


def failure(id: str, error: MlcheckError) -> Report:
    """The report of a pair that could not be checked."""
    return Report(
        id=id,
        verdict="error",
        divergence=None,
        encoder=None,
        source=None,
        target=None,
        error=ReportError(code=error.code, message=str(error)),
    )


def _guesses(documents: Sequence[Document]) -> list[Note]:
    return [
        Note(code="encoding", message=f"{document.path}: read as {document.encoding}, which is a guess")
        for document in documents
        if document.encoding_guessed
    ]


def _unread(texts: tuple[RawText, RawText]) -> list[Note]:
    """What is in a file and was not read, which nobody is to take for checked."""
    return [
        Note(code="not-read", message=f"{text.path}: not read: {what}")
        for text in texts
        for what in text.skipped
    ]


def _off(settings: Settings) -> tuple[Skip, ...]:
    """Rules that are off, which a reader of the report could otherwise take to have found nothing."""
    off = sorted(rule for rule, level in settings.rules.items() if level == "off")
    return tuple(Skip(rule=rule, reason="turned off in the settings", off=True) for rule in off)


def _divergence(alignment: Alignment, findings: Sequence[Finding]) -> float:
    """Probability that some content of one text is missing from the other, or differs in it.

    The surest of what speaks for it: a link, a sentence without counterpart, the two texts not
    belonging together. Not the sum: in a long text many small doubts are no evidence.
    """
    links = [link.divergence for link in alignment.sentences if link.divergence is not None]
    nulls = [link.confidence for link in alignment.sentences if link.divergence is None]
    # What things are called is no content: a text may say the same in words that a desk does not want.
    found = [f.confidence for f in findings if f.severity != "info" and f.mqm != "terminology"]
    return max([1 - alignment.relatedness, *links, *(n for n in nulls if n is not None), *found])
