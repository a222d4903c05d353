"""The pairs of a run, checked one after the other or in processes side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcheck.cli.baseline import rule_names, today
from mlcheck.cli.config import languages_for, settings_with_terms
from mlcheck.cli.options import make_checker
from mlcheck.cli.terminal import say

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.manifest import Item
    from mlcheck.pipeline import Suppress

__all__ = ["Chosen", "How", "all_of", "checks", "each", "texts_of"]


class Chosen(NamedTuple):
    """The pairs to check, and what is known of them beforehand."""

    items: Sequence[Item]
    shared: frozenset[str]
    """Paths that are part of more than one pair."""
    one_sided: Mapping[Item, str]
    """What to tell of a pair of which only one side changed."""


class How(NamedTuple):
    """How the pairs of a run are checked."""

    marked: bool = False
    """Words and facts have their places in the reports."""
    strict: bool = False
    """A pair that cannot be checked is an error of the run."""
    cache: bool = True
    """Vectors are kept between runs."""
    jobs: int = 1
    """Processes that share the work."""


def all_of(items: Sequence[Item]) -> Chosen:
    """All of these pairs."""
    counts = Counter(str(path) for item in items for path in (item.source, item.target))
    return Chosen(items, frozenset(path for path, count in counts.items() if count > 1), {})


def texts_of(items: Iterable[Item]) -> list[Path]:
    """The files of these pairs, and what may lie beside them."""
    from mlcheck.suppress import SIDECAR

    texts = [path for item in items for path in (item.source, item.target)]
    return [*texts, *(Path(f"{path}{SIDECAR}") for path in texts)]


def each(config: Config, chosen: Chosen, how: How) -> Iterator[Report]:
    """The report of each pair, by its own settings, in their order.

    Raises `UsageError`, `InputError` or `ModelError` for what is wrong with the run as a whole, before the
    first report."""
    reports: Iterator[Report] = map(checks(config, chosen.shared, how), chosen.items)
    if how.jobs > 1 and len(chosen.items) > 1:
        from mlcheck.cli.workers import side_by_side

        reports = side_by_side(config, chosen, how)
    for item, report in zip(chosen.items, reports, strict=True):
        yield _with_note(report, chosen.one_sided.get(item))


def checks(
    config: Config, shared: frozenset[str], how: How, *, quiet: bool = False
) -> Callable[[Item], Report]:
    """What makes a report of a pair; no model is loaded before the first. See `each`."""
    suppress = _suppress(config, shared, quiet)
    checker = make_checker(config.model, config.models, config.max_size, config.judge, cache=how.cache)
    settings_of = settings_with_terms(config)
    check = checker.check if how.strict else checker.check_or_report

    def report_of(item: Item) -> Report:
        return check(
            item.source,
            item.target,
            languages=languages_for(config, item),
            id=item.id,
            words=config.words or how.marked,
            facts=how.marked,
            settings=settings_of(config.for_paths(item.source, item.target)),
            suppress=suppress,
        )

    return report_of


def _suppress(config: Config, shared: frozenset[str], quiet: bool) -> Suppress:
    """What marks accepted findings. A baseline that is wrong is an error before anything is checked. One
    that the configuration names may be yet to come: to write it takes a report."""
    from mlcheck.config import COMMAND_LINE
    from mlcheck.suppress import read_baseline, suppressor

    rules, file = rule_names(), config.baseline
    if file is not None and config.origin("baseline") != COMMAND_LINE and not file.exists():
        if not quiet:
            say(f"{file}: no such baseline yet, so nothing is accepted; mlcheck baseline write makes it")
        file = None
    baseline = None if file is None else read_baseline(file, rules)
    return suppressor(baseline, rules=rules, today=today(), shared=shared)


def _with_note(report: Report, one_sided: str | None) -> Report:
    from mlcheck.data import Note

    if one_sided is None:
        return report
    return replace(report, notes=(*report.notes, Note(code="one-side-changed", message=one_sided)))
