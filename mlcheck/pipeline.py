"""The corridor: read → segment → encode → align → judge → compare → check → report.

Read this file first. `Checker.check` is the way of the data, a line a room; the rest of the
package is what is behind the doors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mlcheck.align import align
from mlcheck.checks import check as run_checks
from mlcheck.compare import Evidence, compare
from mlcheck.data import Alignment, Document, OneSided, RawText, Report
from mlcheck.encode import Encoder, Memory, encode_document, open_vector_cache
from mlcheck.errors import MlcheckError
from mlcheck.judge import judge_links
from mlcheck.models import load_models
from mlcheck.outcome import Suppress, absent, failure, lone_report, report
from mlcheck.read import (
    DEFAULT_MAX_SIZE,
    ReadOptions,
    Text,
    is_bilingual,
    read_bilingual,
    read_file,
    read_text,
    refuse_same,
)
from mlcheck.segment import language_code, refuse_long, segment, segment_pair
from mlcheck.settings import Settings
from mlcheck.tools import Toolbox, Tools

__all__ = ["Checker", "Suppress", "Text", "check"]


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
        format: str | None = None,
        reading: ReadOptions | None = None,
    ) -> None:
        """`model` is a name of models.txt, a folder, or a hub's id; None is the default. `models`
        is a models.txt of one's own; `max_size` is in bytes a file; `progress` is called with a
        line when something takes long. `encoder` is one of your own, and no model is loaded then.
        `judge` is the name, folder or hub's id of a judge, or `none`; None is the bundled one, where
        the model is the one whose vectors it reads. With `cache`, vectors are kept in a file between runs.
        `format` is that of the files, a name of `mlcheck.read.FORMATS`; None goes by content and suffix."""
        self.settings = settings or Settings()
        self._max_size, self._format, self._reading = max_size, format, reading
        self._toolbox = Toolbox(
            model,
            judge,
            models=load_models(models),
            memory=Memory(cache=open_vector_cache() if cache else None),
            encoder=encoder,
            progress=progress,
        )

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
        one_sided: OneSided | None = None,
    ) -> Report:
        """Check one pair. `languages` are BCP 47 codes; None is detected. `id` names the report. With
        `words` the report has a difference for every word, with `facts` the places of all facts, and
        the words that differ most.
        `settings` are for this pair, in place of the checker's own. `suppress` says which of its findings
        somebody has accepted. `one_sided` is told as a finding.

        Raises `InputError` where a text cannot be compared, `ModelError` where no model can be used.
        """
        settings = settings or self.settings
        texts = self.read(source, target)
        evidence, tools = self.evidence(texts, languages, words=words or facts)
        return report(
            run_checks(evidence, settings.check),
            evidence,
            settings,
            texts,
            id=id,
            judge=tools.judge.id if tools.judge else None,
            notes=tools.notes,
            words=words,
            facts=facts,
            suppress=suppress,
            one_sided=one_sided,
        )

    def evidence(
        self, texts: tuple[RawText, RawText], languages: Sequence[str | None], *, words: bool = False
    ) -> tuple[Evidence, Tools]:
        """What rules may know of two texts, and the tools that have found it."""
        documents = segment_pair(texts, languages)
        tools = self.tools(*documents)
        return compare(align_pair(documents, tools), tools.encode, words=words), tools

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
        one_sided: OneSided | None = None,
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
                one_sided=one_sided,
            )
        except MlcheckError as error:
            return failure(id, error)

    def language(self, text: Text) -> str:
        """The language of a text, as it declares it or as it is detected. Raises `InputError` where it
        cannot be read or told."""
        return segment(self.text(text)).language

    def lone(
        self,
        there: Text,
        missing: str,
        language: str,
        *,
        side: int = 1,
        spoken: str | None = None,
        id: str,
        settings: Settings | None = None,
        suppress: Suppress | None = None,
    ) -> Report:
        """The report of a text that has no version in `language`, which would be the file `missing` and the
        source (`side` 0) or the target (1). `spoken` is the language of the text that is there; None is
        detected. No model is loaded. Raises `InputError` where the text cannot be read."""
        raw = self.text(there)
        texts, documents = [raw, raw], [segment(raw, language_code(spoken))] * 2
        texts[side], documents[side] = absent(missing, language)
        return lone_report(
            (texts[0], texts[1]),
            (documents[0], documents[1]),
            side,
            settings or self.settings,
            id=id,
            suppress=suppress,
        )

    def align(
        self, source: Text, target: Text, *, languages: Sequence[str | None] = (None, None)
    ) -> Alignment:
        """The alignment alone, without checks. Raises as `check` does."""
        return self.align_documents(*segment_pair(self.read(source, target), languages))

    def align_documents(self, source: Document, target: Document) -> Alignment:
        """Align documents that are cut into sentences already, and have the links judged. Raises
        `InputError` where they have too many."""
        refuse_long(source, target)
        return align_pair((source, target), self.tools(source, target))

    def tools(self, source: Document, target: Document) -> Tools:
        """The encoder, the judge and the like for a pair of documents. Raises `ModelError` where there are
        none."""
        return self._toolbox.choose(source, target)

    def load(self) -> None:
        """Load the models that most pairs of languages use now, and not with the first pair. Raises
        `ModelError` where there are none."""
        texts = [read_text(text, name="text") for text in ("Good morning.", "Guten Morgen.")]
        tools = self.tools(*segment_pair(texts, ("en", "de")))
        tools.encoder.encode(["Good morning."])  # the first run takes longer than the others

    def read(self, source: Text, target: Text) -> tuple[RawText, RawText]:
        """The two texts; those of one file of segments where it is given twice. Raises `InputError` where
        one cannot be read, or is the other."""
        if source == target and isinstance(source, Path) and self._is_pair(source):
            return self.read_pair(source)
        refuse_same(source, target)
        return self.text(source), self.text(target)

    def read_pair(self, path: str | Path) -> tuple[RawText, RawText]:
        """The two versions that a file of segments holds; raises `InputError` where it is none."""
        return read_bilingual(path, max_size=self._max_size, format=self._format, options=self._reading)

    def _is_pair(self, path: Path) -> bool:
        return is_bilingual(path, max_size=self._max_size, format=self._format)

    def text(self, text: Text) -> RawText:
        """One text; raises `InputError` where it cannot be read."""
        if isinstance(text, RawText):
            return text
        return read_file(text, max_size=self._max_size, format=self._format, options=self._reading)


def align_pair(documents: tuple[Document, Document], tools: Tools) -> Alignment:
    """The alignment of two documents, with what the judge says of its links where there is one."""
    one, two = (encode_document(document, tools.encoder, tools.memory) for document in documents)
    alignment = align(one, two, tools.background)
    return alignment if tools.judge is None else judge_links(alignment, tools.judge)


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


def _given(text: Text, name: str) -> Text:
    if isinstance(text, str) and "\n" in text:
        return read_text(text, name=name)
    return text
