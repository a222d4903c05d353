"""Who checks: the models, kept, and an answer for each order. Runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from mlcheck.config import Config, rule_names
from mlcheck.errors import MlcheckError
from mlcheck.read import ReadOptions, read_bilingual_bytes, read_bytes, read_text
from mlcheck.serve.orders import FORMS, Answer, Order, Refusal, Version
from mlcheck.settings import Settings
from mlcheck.suppress import suppressor

if TYPE_CHECKING:
    from mlcheck.data import RawText, Report
    from mlcheck.pipeline import Checker

__all__ = ["Desk", "Work", "answer", "open_desk"]

Work = Callable[[Order], Answer]

_WARM: Final = (
    "The bridge has opened.\n\nFerries go on crossing for three weeks.\n",
    "Die Brücke ist eröffnet.\n\nDie Fähren fahren noch drei Wochen.\n",
)
"""Checked once before the service says that it is ready, so that the first who asks waits no longer than the
next."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The function that checks, and the names of the model and the judge with which it does."""

    work: Work
    tools: Mapping[str, str | None]


def open_desk(config: Config, cache: bool = True) -> Desk:
    """A desk whose models are loaded. Raises `ModelError` and `UsageError` where they, or
    the glossaries, cannot be used."""
    from mlcheck.pipeline import Checker

    checker = Checker(config.model, models=config.models, judge=config.judge, cache=cache)
    work = answer(checker, config)
    report = checker.check(*map(read_text, _WARM), languages=("en", "de"), words=True)
    used = {"model": report.encoder, "judge": report.judge}
    return Desk(work, {name: None if tool is None else tool.name for name, tool in used.items()})


def answer(checker: Checker, config: Config) -> Work:
    """The function that checks with `checker`. Raises `UsageError` where a glossary cannot be read. What it
    raises itself is a `Refusal`, for a text that cannot be checked."""
    from mlcheck.reporters import to_html, to_json, to_jsonl
    from mlcheck.terms import load_terms

    writers: dict[str, Callable[[Report], str]] = {
        "json": lambda report: to_json([report]),
        "jsonl": to_jsonl,
        "html": lambda r: to_html([r]),
    }
    glossaries = {paths: load_terms(paths) for paths in config.glossaries}

    def settings_of(order: Order, names: list[str]) -> Settings:
        pair = config.for_paths(*names)
        settings = order.settings or pair.settings()
        glossary = glossaries.get(pair.terms) if order.terms else None
        return replace(settings, check=replace(settings.check, glossary=glossary))

    def work(order: Order) -> Answer:
        try:
            report = _report(checker, config, order, settings_of)
        except MlcheckError as error:
            raise Refusal(422, error.code, " ".join(str(error).split())) from None
        return Answer(body=writers[order.form](report).encode(), kind=FORMS[order.form])

    return work


def _report(
    checker: Checker, config: Config, order: Order, settings_of: Callable[[Order, list[str]], Settings]
) -> Report:
    options = ReadOptions(whole=order.whole)
    if order.target is None:
        versions = [order.source]
        texts = _segments(order.source, options)
        languages: tuple[str | None, str | None] = (order.source.language, None)
    else:
        versions = [order.source, order.target]
        texts = _read(order.source, options), _read(order.target, options)
        languages = _language(config, order.source), _language(config, order.target)
    names = [version.name for version in versions]
    rules = rule_names()
    # Entries of a baseline expire, of which there is none; and a name that was sent leads to no file.
    suppress = suppressor(None, rules=rules, today=date.min, beside=False) if order.ignores else None
    return checker.check(
        *texts,
        languages=languages,
        id=order.id or " ".join(names),
        words=config.words if order.words is None else order.words,
        facts=True,
        settings=settings_of(order, names),
        suppress=suppress,
    )


def _read(version: Version, options: ReadOptions) -> RawText:
    from mlcheck.errors import InputError

    if not version.data:
        raise InputError(f"{version.name}: is empty (0 bytes); send the text to check")
    suffix = PurePath(version.name).suffix
    return read_bytes(version.data, shown=version.name, suffix=suffix, format=version.format, options=options)


def _segments(version: Version, options: ReadOptions) -> tuple[RawText, RawText]:
    suffix = PurePath(version.name).suffix
    return read_bilingual_bytes(
        version.data, shown=version.name, suffix=suffix, format=version.format, options=options
    )


def _language(config: Config, version: Version) -> str | None:
    """As it was sent, else as a file of that name would have it on the command line."""
    return version.language or config.language_of(version.name) or config.language_in_name(version.name)
