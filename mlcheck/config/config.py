"""What is in force, and where each part of it comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from mlcheck.config.keys import THRESHOLDS
from mlcheck.config.patterns import language_in, matches, sides_of
from mlcheck.data import MarkKind
from mlcheck.files import named
from mlcheck.languages import is_known
from mlcheck.report import FailOn
from mlcheck.settings import (
    LOCALISED,
    MARKUP,
    CheckSettings,
    OneSidedLevel,
    RuleLevel,
    ScorecardSettings,
    Settings,
)

__all__ = ["COMMAND_LINE", "DEFAULT", "Config", "Override"]

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Other settings for the pairs of which a file matches one of `paths`. `origins` as in `Config`."""

    paths: tuple[str, ...]
    terms: tuple[Path, ...] | None = None
    markup: tuple[MarkKind, ...] | None = None
    rules: Mapping[str, RuleLevel] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    origins: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    where: str = ""
    """Where it stands, as "file:line"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The values of a configuration, checked; a `Config()` holds the defaults.

    Paths are ready to be opened. Patterns are as they were written, relative to `folder`.
    """

    file: Path | None = None
    """The file that it comes from, as messages name it; None for the defaults."""
    folder: Path = Path()
    """The folder of that file."""
    model: str | None = None
    models: Path | None = None
    judge: str | None = None
    reference: str | None = None
    fail_on: FailOn = "error"
    one_sided: OneSidedLevel = "note"
    """What is made of a pair of which only one version changed."""
    words: bool = False
    max_size: int = 10_000_000
    """`mlcheck.read.DEFAULT_MAX_SIZE`; a test holds them together, an import would cost."""
    baseline: Path | None = None
    terms: tuple[Path, ...] = ()
    pairs: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    """Codes by pattern; of several patterns that match, the last counts."""
    rules: Mapping[str, RuleLevel] = field(default_factory=dict)
    markup: tuple[MarkKind, ...] = MARKUP
    localised: tuple[str, ...] = LOCALISED
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """By their names in the file, such as `fact-lone`."""
    scorecard: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `ScorecardSettings` that are set."""
    overrides: tuple[Override, ...] = ()
    origins: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Where a value was set: "file:line", or `COMMAND_LINE`. Keys are those of the file, as in
    `("fail-on",)` and `("rules", "untranslated")`; a value that is not here is a default."""
    notes: tuple[str, ...] = ()
    """What its author should know, a line each, such as that a key has another name now."""

    def origin(self, *key: str) -> str:
        """Where a value comes from, `DEFAULT` where nobody has set it."""
        return self.origins.get(key, DEFAULT)

    def with_options(self, **options: Any) -> Config:
        """With what the command line has set, by field; None there is not set."""
        given = {name: value for name, value in options.items() if value is not None}
        origins: dict[tuple[str, ...], str] = {(name.replace("_", "-"),): COMMAND_LINE for name in given}
        overrides = self.overrides
        if "terms" in given:  # what somebody asks for now goes before what a file has for some paths
            overrides = tuple(replace(override, terms=None) for override in overrides)
        return replace(self, **given, overrides=overrides, origins={**self.origins, **origins})

    def for_paths(self, *paths: str | Path) -> Config:
        """As it is for the versions of one text: with the overrides that one of the paths matches, the
        later ones last, and none left to apply."""
        config, within = self, [self.within(path) for path in paths]
        for override in self.overrides:
            if any(matches(pattern, path) for pattern in override.paths for path in within):
                config = replace(
                    config,
                    terms=config.terms if override.terms is None else override.terms,
                    markup=config.markup if override.markup is None else override.markup,
                    rules={**config.rules, **override.rules},
                    thresholds={**config.thresholds, **override.thresholds},
                    origins={**config.origins, **override.origins},
                )
        return replace(config, overrides=())

    def settings(self) -> Settings:
        """The rules' levels and the thresholds; overrides are not in it."""
        values: dict[str, Any] = {THRESHOLDS[name].field: value for name, value in self.thresholds.items()}
        check = CheckSettings(markup=self.markup, localised=self.localised, **values)
        card = ScorecardSettings(**self.scorecard)
        # A level of the rule's own, which an override can have for some paths, goes before.
        alone: dict[str, RuleLevel] = {} if self.one_sided == "note" else {"one-side-changed": self.one_sided}
        return Settings(check=check, rules={**alone, **self.rules}, scorecard=card)

    @property
    def glossaries(self) -> tuple[tuple[Path, ...], ...]:
        """The glossaries that pairs may have, overrides included, each a number of files."""
        every = [self.terms, *(override.terms for override in self.overrides)]
        return tuple(dict.fromkeys(paths for paths in every if paths))

    @property
    def files(self) -> tuple[Path, ...]:
        """The file that it comes from and those that it names: what no output may be written to."""
        from mlcheck.models import model_files

        return (
            *(path for path in (self.file, self.baseline) if path is not None),
            *(path for paths in self.glossaries for path in paths),
            *model_files(self.models),
        )

    def language_of(self, path: str | Path) -> str | None:
        """The language that is set for a file, or None."""
        within = self.within(path) if self.languages else ""
        codes = [code for pattern, code in self.languages.items() if matches(pattern, within)]
        return codes[-1] if codes else None

    def language_in_name(self, path: str | Path) -> str | None:
        """The language that the path of a file says: where one of `pairs` has `{lang}`, else in its name,
        as `story.de.txt` has it. None where nobody has named it so."""
        within = self.within(path)
        for match in (sides_of(pattern).others.fullmatch(within) for pattern in self.pairs):
            if match is not None and is_known(match["lang"]):
                return match["lang"]
        return language_in(within)

    def is_excluded(self, path: str | Path) -> bool:
        """Is a file or a folder left out where files are paired by their names?"""
        within = self.within(path) if self.exclude else ""
        return any(matches(pattern, within) for pattern in self.exclude)

    def needs_no_version(self, path: str | Path) -> bool:
        """Is it all the same whether a text has other versions?"""
        within = self.within(path) if self.optional else ""
        if any(matches(pattern, within) for pattern in self.optional):
            return True
        return self.for_paths(path).rules.get("missing-version") == "off"

    def within(self, path: str | Path) -> str:
        """A path as patterns see it: from `folder` on, with `/`. Links are not followed, because the
        name that somebody gives is the one that patterns are written for."""
        path = named(path).file
        # The two may lie on two drives; then the path has no way from one to the other.
        try:
            return PurePath(os.path.relpath(path, self.folder)).as_posix()
        except ValueError:
            return PurePath(path).as_posix()
