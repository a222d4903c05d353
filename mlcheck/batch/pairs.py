"""One pair of a run: its languages, its settings, what accepts its findings, and so its report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress as suppress_errors
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from mlcheck.batch.item import Item
from mlcheck.config import COMMAND_LINE, Config, rule_names
from mlcheck.data import Note, OneSided, Report
from mlcheck.errors import MlcheckError
from mlcheck.read import ReadOptions, Text
from mlcheck.settings import Settings
from mlcheck.suppress import Suppress, read_baseline, suppressor

if TYPE_CHECKING:
    from mlcheck.pipeline import Checker

__all__ = ["PairChecker", "RunOptions", "Say", "pair_checker", "silent"]

_ONE_SIDED = "one-side-changed"
"""The rule, and the code of the note that stands for it where nobody has set a level."""

Say = Callable[[str], None]
"""Called with a line for people."""
Languages = tuple[str | None, ...]


def silent(line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How the pairs of a run are checked, beside what the configuration says."""

    marked: bool = False
    """Words and facts have their places in the reports."""
    strict: bool = False
    """A pair that cannot be checked is an error of the run, and not a report with the verdict `error`."""
    cache: bool = True
    """Vectors are kept between runs."""
    jobs: int | None = None
    """Processes that share the work; None is one, or with Ray one a processor of the cluster."""
    timeout: float | None = None
    """Seconds that a pair may take, without what loading the models takes; then its report has the verdict
    `error` and the code `timeout`, with `strict` too. Pairs are checked by other processes then."""
    engine: Literal["ray"] | None = None
    """Who checks the pairs: processes of this machine, or a Ray cluster."""
    address: str | None = None
    """Of a Ray cluster; None is the one that Ray finds, or else one of this machine."""
    format: str | None = None
    """The format of the files, a name of `mlcheck.read.FORMATS`; None goes by content and suffix."""
    whole: bool = False
    """Nothing of a page is left out as navigation."""
    reference: str | None = None
    """Of several versions: the language of the one that the others are held against, or `none`; None is the
    first."""
    today: date = field(default_factory=date.today)
    """The day by which entries of a baseline have expired or not."""
    checker: Checker | None = None
    """One to check with in place of the run's own, in this process alone."""


def pair_checker(
    config: Config, shared: frozenset[str], options: RunOptions, *, say: Say = silent, progress: Say = silent
) -> PairChecker:
    """What makes the report of a pair; no model is loaded before the first.

    The baseline and all glossaries are read here, once: what is wrong with them stops the run before the
    first pair. Raises as `run_pairs` does. `shared` is as in `Selection`.
    """
    from mlcheck.pipeline import Checker  # loads numpy, which finding the pairs does not need

    suppress = _suppress(config, shared, options.today, say)
    checker = options.checker or Checker(
        config.model,
        models=config.models,
        max_size=config.max_size,
        progress=progress,
        judge=config.judge,
        cache=options.cache,
        format=options.format,
        reading=ReadOptions(whole=options.whole),
    )
    return PairChecker(
        config=config,
        options=options,
        checker=checker,
        settings_of=_settings_with_terms(config),
        suppress=suppress,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChecker:
    """Makes the report of an item, as what it is: a pair, a text that lacks a version, several versions, or
    a pair with its older source."""

    config: Config
    options: RunOptions
    checker: Checker
    settings_of: Callable[[Config], Settings]
    suppress: Suppress

    def __call__(self, item: Item, texts: tuple[Text, Text] | None = None) -> Report:
        """The report of an item. `texts` are what to read in place of a pair's files."""
        languages = _languages(self.config, item)
        settings = self.settings_of(self.config.for_paths(*item.paths))
        if item.lacks is not None:
            return self._or_failure(item, self._lone, languages, settings)
        if item.old is not None:
            return self._or_failure(item, self._update, languages, settings)
        if item.others:
            return self._or_failure(item, self._versions, languages, settings)
        check = self.checker.check if self.options.strict else self.checker.check_or_report
        shared = self._shared(item, settings)
        level = settings.rules.get(_ONE_SIDED, "note")
        alone = None if level == "note" else item.one_sided
        source, target = texts or (item.source, item.target)
        made = check(
            source,
            target,
            languages=languages,
            facts=self.options.marked,
            one_sided=alone,
            **shared,
        )
        return _with_change(made, item.one_sided, noted=level == "note")

    def warm(self) -> None:
        """Load the models now, so that this takes none of the time that a pair has. What goes wrong there is
        for the pairs to tell."""
        with suppress_errors(MlcheckError):
            self.checker.load()

    def _or_failure(
        self, item: Item, make: Callable[..., Report], languages: Languages, settings: Settings
    ) -> Report:
        from mlcheck.outcome import failure

        try:
            return make(item, languages, settings)
        except MlcheckError as error:
            if self.options.strict:
                raise
            return failure(item.id, error)

    def _shared(self, item: Item, settings: Settings) -> dict[str, Any]:
        """What pairs, several versions and updates are told alike."""
        return {
            "id": item.id,
            "words": self.config.words,
            "settings": settings,
            "suppress": self.suppress,
        }

    def _lone(self, item: Item, languages: Languages, settings: Settings) -> Report:
        side = 0 if item.lacks == "source" else 1
        return self.checker.lone(
            item.there,
            str((item.source, item.target)[side]),
            languages[side] or "und",
            side=side,
            spoken=languages[1 - side],
            id=item.id,
            settings=settings,
            suppress=self.suppress,
        )

    def _update(self, item: Item, languages: Languages, settings: Settings) -> Report:
        from mlcheck.several import check_update

        assert item.old is not None
        return check_update(
            self.checker,
            item.old,
            item.source,
            item.target,
            languages=(languages[0], *languages),
            facts=self.options.marked,
            **self._shared(item, settings),
        )

    def _versions(self, item: Item, languages: Languages, settings: Settings) -> Report:
        from mlcheck.several import check_versions

        return check_versions(
            self.checker,
            item.paths,
            languages=languages,
            reference=self.options.reference,
            **self._shared(item, settings),
        )


def _with_change(report: Report, what: OneSided | None, *, noted: bool) -> Report:
    if what is None:
        return report
    notes = (Note(code=_ONE_SIDED, message=what.message),) if noted else ()
    return replace(report, changed=what.side, notes=(*report.notes, *notes))


def _suppress(config: Config, shared: frozenset[str], today: date, say: Say) -> Suppress:
    """What marks accepted findings. A baseline that the configuration names may be yet to come: to write
    it takes a report."""
    file = config.baseline
    if file is not None and config.origin("baseline") != COMMAND_LINE and not file.exists():
        say(f"{file}: no such baseline yet, so nothing is accepted; mlcheck baseline write makes it")
        file = None
    rules = rule_names()
    baseline = None if file is None else read_baseline(file, rules)
    return suppressor(baseline, rules=rules, today=today, shared=shared)


def _settings_with_terms(config: Config) -> Callable[[Config], Settings]:
    """What makes settings of the configuration for a pair, which is `config` with some overrides."""
    from mlcheck.terms import load_terms

    glossaries = {paths: load_terms(paths) for paths in config.glossaries}

    def settings_of(pair: Config) -> Settings:
        settings = pair.settings()
        return replace(settings, check=replace(settings.check, glossary=glossaries.get(pair.terms)))

    return settings_of


def _languages(config: Config, item: Item) -> Languages:
    """The languages of the versions: as the item says itself, else as the configuration has them for its
    files, else as the names of these say."""
    if item.source == item.target:  # a file of segments, whose name cannot be in both languages
        return item.languages
    return tuple(
        said if said is not None else config.language_of(file) or config.language_in_name(file)
        for said, file in zip(item.languages, item.paths, strict=True)
    )
