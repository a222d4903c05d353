"""The corridor: read → segment → encode → align → judge → check → report.

Read this file first. `Checker.check` is the way of the data, a line a room; the rest of the
package is what is behind the doors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from mlcheck.align import Background, align
from mlcheck.checks import check as run_checks
from mlcheck.checks import unrelated
from mlcheck.data import Alignment, Document, Encoded, Finding, Note, RawText, Report, ReportError, Skip
from mlcheck.encode import (
    Encoder,
    Loaded,
    Memory,
    encode_document,
    general_centre,
    general_length,
    general_text,
    load_encoder,
    open_vector_cache,
)
from mlcheck.errors import InputError, MlcheckError, UsageError
from mlcheck.facts import marks
from mlcheck.judge import LoadedJudge, judge_links, load_judge
from mlcheck.languages import base, is_known
from mlcheck.models import ModelEntry, load_models
from mlcheck.read import DEFAULT_MAX_SIZE, read_file, read_text
from mlcheck.report import decide, verdict, with_fingerprints, worst_first
from mlcheck.segment import mark_languages, segment
from mlcheck.settings import Settings
from mlcheck.words import differences, has_words

__all__ = ["Checker", "Suppress", "Text", "check", "language_code"]

_NO_WORDS = "the model gives no vectors for words, so the words were not compared"

Text = str | Path | RawText
"""A path; or a text that was read already (`mlcheck.read.read_text` makes one of a string)."""
Suppress = Callable[
    [tuple[RawText, RawText], tuple[Finding, ...], frozenset[str]],
    tuple[tuple[Finding, ...], tuple[Note, ...]],
]
"""The two texts, the findings, and the rules that were silent because they are off or could not run; to
the same findings in their order, some now `suppressed`, and notes about what accepts nothing."""


class Checker:
    """Checks pairs with one model, which is loaded when the first pair needs it, and kept."""

    def __init__(
        self,
        model: str | None = None,
        *,
        models: Path | None = None,
        settings: Settings | None = None,
        max_size: int = DEFAULT_MAX_SIZE,
        progress: Callable[[str], None] | None = None,
        encoder: Encoder | None = None,
        judge: str | None = None,
        cache: bool = False,
    ) -> None:
        """`model` is a name of models.txt, a folder, or a hub's id; None is the default. `models`
        is a models.txt of one's own; `max_size` is in bytes a file; `progress` is called with a
        line when something takes long. `encoder` is one of your own, and no model is loaded then.
        `judge` is the name, folder or hub's id of a judge, or `none`; None is the bundled one, where
        the model is the one whose vectors it reads. With `cache`, vectors are kept in a file between runs."""
        self._model = model
        self._judge_name = judge
        self._models: tuple[ModelEntry, ...] = load_models(models)
        self._settings = settings or Settings()
        self._max_size = max_size
        self._progress = progress
        self._memory = Memory(cache=open_vector_cache() if cache else None)
        self._own = None if encoder is None else Loaded(encoder=encoder)
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._encoders: dict[ModelEntry, Loaded] = {}
        self._judges: list[LoadedJudge] = []

    def check(
        self,
        source: Text,
        target: Text,
        *,
        languages: Sequence[str | None] = (None, None),
        id: str | None = None,
        words: bool = False,
        facts: bool = False,
        settings: Settings | None = None,
        suppress: Suppress | None = None,
    ) -> Report:
        """Check one pair. `languages` are BCP 47 codes; None is detected. `id` names the report. With
        `words` the report has a difference for every word, with `facts` the places of all facts.
        `settings` are for this pair, in place of the checker's own. `suppress` says which of its findings
        somebody has accepted.

        Raises `InputError` where a text cannot be compared, `ModelError` where no model can be used.
        """
        settings = settings or self._settings
        texts = self.read(source, target)
        alignment, notes = self._align(texts, languages)
        found, unable = run_checks(alignment, settings.check)
        skipped = (*unable, *_off(settings))
        findings = with_fingerprints(
            worst_first(decide(found, settings.rules)), alignment.source.document, alignment.target.document
        )
        if suppress is not None:
            findings, said = suppress(texts, findings, frozenset(skip.rule for skip in skipped))
            notes = (*notes, *said)
        judge = self._judge(alignment.source.document, alignment.target.document).judge
        asked = words and has_words(alignment)
        if words and not asked:
            skipped = (*skipped, Skip(rule="words", reason=_NO_WORDS))
        return Report(
            id=id or f"{texts[0].path} {texts[1].path}",
            verdict=verdict(findings, related=not unrelated(alignment, settings.check)),
            divergence=_divergence(alignment, findings),
            encoder=alignment.source.encoder,
            judge=judge.id if judge else None,
            source=alignment.source.document,
            target=alignment.target.document,
            links=alignment.paragraphs,
            findings=findings,
            skipped=skipped,
            notes=notes,
            words=differences(alignment) if asked else None,
            facts=(marks(alignment.source.document), marks(alignment.target.document)) if facts else None,
        )

    def check_or_report(
        self,
        source: Text,
        target: Text,
        *,
        languages: Sequence[str | None] = (None, None),
        id: str,
        words: bool = False,
        facts: bool = False,
        settings: Settings | None = None,
        suppress: Suppress | None = None,
    ) -> Report:
        """Like `check`; a pair that cannot be checked gives a report that says why."""
        try:
            return self.check(
                source,
                target,
                languages=languages,
                id=id,
                words=words,
                facts=facts,
                settings=settings,
                suppress=suppress,
            )
        except MlcheckError as error:
            return Report(
                id=id,
                verdict="error",
                divergence=None,
                encoder=None,
                source=None,
                target=None,
                error=ReportError(code=error.code, message=str(error)),
            )

    def align(
        self, source: Text, target: Text, *, languages: Sequence[str | None] = (None, None)
    ) -> Alignment:
        """The alignment alone, without checks. Raises as `check` does."""
        alignment, _ = self._align(self.read(source, target), languages)
        return alignment

    def align_documents(self, source: Document, target: Document) -> Alignment:
        """Align documents that are cut into sentences already, and have the links judged."""
        loaded, judge = self._encoder(source, target), self._judge(source, target).judge
        one, two = (encode_document(d, loaded.encoder, self._memory) for d in (source, target))
        alignment = align(one, two, self._background(one, two))
        alignment = replace(alignment, encode=lambda texts: self._memory.recall(loaded.encoder, texts)[0])
        return alignment if judge is None else judge_links(alignment, judge)

    def read(self, source: Text, target: Text) -> tuple[RawText, RawText]:
        """The two texts; raises `InputError` where one cannot be read, or is the other."""
        if _same_file(source, target):
            raise InputError(f"{source}: the same file twice; give the two versions to compare")
        one, two = (
            t if isinstance(t, RawText) else read_file(t, max_size=self._max_size) for t in (source, target)
        )
        return one, two

    def _align(
        self, texts: tuple[RawText, RawText], languages: Sequence[str | None]
    ) -> tuple[Alignment, tuple[Note, ...]]:
        one, two = (segment(text, language_code(code)) for text, code in zip(texts, languages, strict=True))
        source, target = mark_languages(one, two.language), mark_languages(two, one.language)
        return self.align_documents(source, target), self._notes(source, target)

    def _encoder(self, *documents: Document) -> Loaded:
        if self._own is not None:
            return self._own
        wanted = _languages(documents)
        if wanted not in self._loaded:
            self._loaded[wanted] = load_encoder(
                self._model,
                models=self._models,
                languages=wanted,
                progress=self._progress,
                kept=self._encoders,
            )
        return self._loaded[wanted]

    def _judge(self, *documents: Document) -> LoadedJudge:
        if self._own is not None and self._judge_name is None:
            return LoadedJudge(judge=None)  # whoever brings an encoder asks for a judge by name
        encoder = self._encoder(*documents).encoder
        for known in self._judges:
            if known.goes_with(encoder):
                return known
        found = load_judge(
            self._judge_name,
            models=self._models,
            encoder=encoder,
            memory=self._memory,
            progress=self._progress,
        )
        self._judges.append(found)
        return found

    def _background(self, source: Encoded, target: Encoded) -> Background:
        encoder = self._encoder(source.document, target.document).encoder
        languages = source.document.language, target.document.language
        one, two = (general_centre(encoder, language) for language in languages)
        lengths = [general_length(language) for language in languages]
        expansion = lengths[0] / lengths[1] if lengths[0] and lengths[1] else 1.0
        left, right = (general_text(encoder, language) for language in languages)
        return Background(one, two, expansion, (left, right) if left and right else None)

    def _notes(self, *documents: Document) -> tuple[Note, ...]:
        notes = [
            Note(code="encoding", message=f"{d.path}: read as {d.encoding}, which is a guess")
            for d in documents
            if d.encoding_guessed
        ]
        chosen = {
            "model": self._encoder(*documents).note,
            "judge": self._judge(*documents).said(_languages(documents)),
        }
        notes += [Note(code=code, message=message) for code, message in chosen.items() if message]
        return tuple(notes)


def check(
    source: Text,
    target: Text,
    *,
    languages: Sequence[str | None] = (None, None),
    model: str | None = None,
    models: Path | None = None,
    settings: Settings | None = None,
    words: bool = False,
    judge: str | None = None,
) -> Report:
    """Check two versions of one text; the first is the reference.

    `source` and `target` are paths; a string with a line end in it, or one that
    `mlcheck.read.read_text` has made a `RawText`, is taken as the text itself.
    With `words` the report has a difference for every word. Raises `InputError`, `ModelError` or
    `UsageError`, each with one line that says what to do.

    >>> import mlcheck
    >>> report = mlcheck.check("samples/call.en.txt", "samples/call.ru.txt")  # doctest: +SKIP
    >>> report.verdict, len(report.findings)  # doctest: +SKIP
    ('consistent', 0)
    """
    texts = [_given(text, name) for text, name in ((source, "source"), (target, "target"))]
    checker = Checker(model, models=models, settings=settings, judge=judge)
    return checker.check(texts[0], texts[1], languages=languages, words=words)


def _languages(documents: Sequence[Document]) -> tuple[str, ...]:
    return tuple(sorted({base(document.language) for document in documents}))


def _given(text: Text, name: str) -> Text:
    if isinstance(text, str) and "\n" in text:
        return read_text(text, name=name)
    return text


def _same_file(source: Text, target: Text) -> bool:
    if isinstance(source, RawText) or isinstance(target, RawText):
        return False
    try:
        return Path(source).samefile(target)
    except (OSError, ValueError):  # one is not there, or no path at all: reading it tells
        return False


def language_code(code: str | None) -> str | None:
    """A language code that is one, or a `UsageError`."""
    if code is not None and not is_known(code):
        raise UsageError(f"{code!r} is no language code; give one such as en, ru or pt-BR")
    return code


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
