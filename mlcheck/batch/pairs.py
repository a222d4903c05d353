"""One pair of a run: its languages, its settings, what accepts its findings, and so its report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress as suppress_errors
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from mlcheck.batch.item import Item
from mlcheck.config import COMMAND_LINE, Config, rule_names
from mlcheck.data import Report
from mlcheck.errors import MlcheckError
from mlcheck.read import ReadOptions, Text
from mlcheck.settings import Settings
from mlcheck.suppress import Suppress, read_baseline, suppressor

if TYPE_CHECKING:
    from mlcheck.pipeline import Checker

__all__ = ["PairChecker", "RunOptions", "Say", "pair_checker", "silent"]

Say = Callable[[str], None]
"""Called with a line for people."""


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
    today: date = field(default_factory=date.today)
    """The day by which entries of a baseline have expired or not."""


def pair_checker(
    config: Config, shared: frozenset[str], options: RunOptions, *, say: Say = silent, progress: Say = silent
) -> PairChecker:
    """What makes the report of a pair; no model is loaded before the first.

    The baseline and all glossaries are read here, once: what is wrong with them stops the run before the
    first pair. Raises as `run_pairs` does. `shared` is as in `Selection`.
    """
    from mlcheck.pipeline import Checker  # loads numpy, which finding the pairs does not need

    suppress = _suppress(config, shared, options.today, say)
    checker = Checker(
        config.model,
        models=config.models,
        max_size=config.max_size,
        progress=progress,
        judge=config.judge,
        cache=options.cache,
        format=options.format,
        reading=ReadOptions(whole=options.whole),
    )
    return PairChecker(checker, config, options, suppress, _settings_with_terms(config))


@dataclass(frozen=True, slots=True)
class PairChecker:
    """Makes reports of pairs, each by its own settings."""

    checker: Checker
    config: Config
    options: RunOptions
    suppress: Suppress
    settings_of: Callable[[Config], Settings]

    def __call__(self, item: Item, texts: tuple[Text, Text] | None = None) -> Report:
        """The report of a pair. `texts` are what to read in place of its files."""
        if item.lacks is not None:
            return self._lone(item)
        check = self.checker.check if self.options.strict else self.checker.check_or_report
        source, target = texts or (item.source, item.target)
        return check(
            source,
            target,
            languages=_languages(self.config, item),
            id=item.id,
            words=self.config.words,
            facts=self.options.marked,
            settings=self._settings(item),
            suppress=self.suppress,
        )

    def warm(self) -> None:
        """Load the models now, so that this takes none of the time that a pair has. What goes wrong there is
        for the pairs to tell."""
        with suppress_errors(MlcheckError):
            self.checker.load()

    def _lone(self, item: Item) -> Report:
        from mlcheck.outcome import failure

        languages = _languages(self.config, item)
        side = 0 if item.lacks == "source" else 1
        try:
            return self.checker.lone(
                item.there,
                str((item.source, item.target)[side]),
                languages[side] or "und",
                side=side,
                spoken=languages[1 - side],
                id=item.id,
                settings=self._settings(item),
                suppress=self.suppress,
            )
        except MlcheckError as error:
            if self.options.strict:
                raise
            return failure(item.id, error)

    def _settings(self, item: Item) -> Settings:
        return self.settings_of(self.config.for_paths(item.source, item.target))


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


def _languages(config: Config, item: Item) -> tuple[str | None, str | None]:
    """The languages of a pair: as it says itself, else as the configuration has them for its files, else as
    the names of these say."""
    if item.source == item.target:  # a file of segments, whose name cannot be in both languages
        return item.languages
    source, target = (
        said if said is not None else config.language_of(file) or config.language_in_name(file)
        for said, file in zip(item.languages, (item.source, item.target), strict=True)
    )
    return source, target
