"""The table of keys: what a configuration may hold. The reader, the documentation and the JSON Schema
are made from it, so that none can say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

from mlcheck.report import FailOn
from mlcheck.settings import (
    FORMER_NAMES,
    LOCALISED,
    MARKUP,
    NO_SETTINGS,
    CheckSettings,
    OneSidedLevel,
    RuleLevel,
    ScorecardSettings,
)

__all__ = [
    "ALWAYS_ON",
    "FORMER_THRESHOLDS",
    "KEYS",
    "LEVELS",
    "MOST_POINTS",
    "OVERRIDE_KEYS",
    "SCORECARD",
    "THRESHOLDS",
    "Key",
    "Kind",
    "Threshold",
    "rule_names",
]

Kind = Literal[
    "model",
    "file",
    "files",
    "language",
    "codes",
    "choice",
    "choices",
    "addresses",
    "flag",
    "count",
    "patterns",
    "templates",
    "languages",
    "rules",
    "thresholds",
    "scorecard",
    "overrides",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of the file, or of an override."""

    name: str
    kind: Kind
    default: str
    """In Markdown."""
    meaning: str
    """For the page and for editors: sentences, in Markdown."""
    example: str
    """What stands to the right of `=`; of a table, its lines."""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A key of `[thresholds]`: a field of `CheckSettings`."""

    name: str
    field: str
    default: float
    whole: bool
    """A whole number, from `low` on; else `low` to `high`."""
    low: float
    high: float


LEVELS: tuple[str, ...] = get_args(RuleLevel)

ALWAYS_ON = "unrelated-documents"
"""Its findings are the verdict `unrelated`, which no setting takes back: of two texts that do not belong
together, nothing that the other rules say holds."""

KEYS: tuple[Key, ...] = (
    Key(
        name="model",
        kind="model",
        default="the first of models.txt that covers both languages",
        meaning="The encoder: a name of models.txt, a folder, or a hub's `OWNER/MODEL`. A folder that "
        "starts with `./` or `../` is relative to the configuration.",
        example='"e5-small"',
    ),
    Key(
        name="models",
        kind="file",
        default="none",
        meaning="A models.txt of your own, added to the list.",
        example='"models.txt"',
    ),
    Key(
        name="judge",
        kind="model",
        default="the first judge of models.txt, where the model is the one whose vectors it reads",
        meaning="The judge, which reads linked passages side by side: a name of models.txt, or a folder or a "
        "hub's `OWNER/MODEL` of a CrossEncoder. `none` does without one.",
        example='"none"',
    ),
    Key(
        name="reference",
        kind="language",
        default="`en` where there is one, else the first by its code",
        meaning="Which language is the source, where files are paired by their names.",
        example='"en"',
    ),
    Key(
        name="fail-on",
        kind="choice",
        default='`"error"`',
        meaning="The least severity that gives exit code 1.",
        example='"warning"',
        choices=get_args(FailOn),
    ),
    Key(
        name="one-sided",
        kind="choice",
        default='`"note"`',
        meaning="With `--changed` and `--staged`, what is made of a pair of which only one version changed: "
        "a `note`, which fails nothing; a finding of `one-side-changed`, as an `error`, a `warning` or an "
        "`info`; or nothing, `off`.",
        example='"error"',
        choices=get_args(OneSidedLevel),
    ),
    Key(
        name="words",
        kind="flag",
        default="`false`",
        meaning="A difference, 0 to 1, for every word, in the formats that can show it.",
        example="true",
    ),
    Key(
        name="max-size",
        kind="count",
        default="`10000000`",
        meaning="Larger files are refused. In bytes.",
        example="2000000",
    ),
    Key(
        name="baseline",
        kind="file",
        default="none",
        meaning="The file of accepted findings.",
        example='"baseline.json"',
    ),
    Key(
        name="terms",
        kind="files",
        default="`[]`",
        meaning="Glossaries of terms and names, CSV or TBX.",
        example='["terms/desk.csv"]',
    ),
    Key(
        name="pairs",
        kind="templates",
        default="`[]`",
        meaning="How the versions of one text are named: paths with `{name}` and `{lang}` once each. "
        "`{name}` may span folders, `{lang}` is a language code. Where the files of one language have no "
        "code, theirs comes first, without `{lang}`, and ` + ` between the two. That language is the one "
        "that `languages` has for the file, else `reference`, else English. `mlcheck check` without "
        "files checks all pairs that these find, and tells which versions are missing.",
        example='["content/{lang}/{name}.md", "docs/{name}.md + i18n/{lang}/docs/{name}.md"]',
    ),
    Key(
        name="require",
        kind="codes",
        default="the languages that half of the translated texts of a pattern have",
        meaning="Which versions each text has to have; one that is not there is a `missing-version`.",
        example='["en", "de", "pt-BR"]',
    ),
    Key(
        name="optional",
        kind="patterns",
        default="`[]`",
        meaning="Texts that need no other version: of these, no `missing-version` is told.",
        example='["CHANGELOG.md", "blog"]',
    ),
    Key(
        name="exclude",
        kind="patterns",
        default="`[]`",
        meaning="Files that are left out where files are paired by their names. A file that you name is "
        "always checked.",
        example='["drafts", "*.old.txt"]',
    ),
    Key(
        name="languages",
        kind="languages",
        default="what a manifest, a `{lang}` or the text itself says",
        meaning="Languages of files, by pattern; of several that match, the last counts. Where a folder has "
        "a name of its own for a language, say `ua`, this makes it one for `{lang}` too.",
        example='"content/ua/**" = "uk"',
    ),
    Key(
        name="rules",
        kind="rules",
        default='`"auto"` for each',
        meaning="What is made of a rule's findings: `off` leaves them out, `error`, `warning` and `info` are "
        "severities, `auto` is the rule's own choice. `unrelated-documents` cannot be off.",
        example='moved-paragraph = "off"\nnumber-mismatch = "warning"',
        choices=LEVELS,
    ),
    Key(
        name="markup",
        kind="choices",
        default="all of them",
        meaning="What of the form of two passages `markup-mismatch` compares.",
        example='["link", "code", "placeholder"]',
        choices=MARKUP,
    ),
    Key(
        name="localised",
        kind="addresses",
        default="`[" + ", ".join(f'"{pattern}"' for pattern in LOCALISED) + "]`",
        meaning="Where an address may name the language of its version, as `{lang}`; two addresses that "
        "differ in nothing else lead to the same page, and `markup-mismatch` says nothing of them. "
        "`={lang}` is any parameter, `hl={lang}` one. A list of your own takes the place of the default.",
        example='["/{lang}/", "//{lang}.", "={lang}"]',
    ),
    Key(
        name="thresholds",
        kind="thresholds",
        default="see below",
        meaning="When a difference is reported. The defaults are measured; the table below has the evidence.",
        example="detail = 0.82",
    ),
    Key(
        name="scorecard",
        kind="scorecard",
        default='`critical = 25`, `major = 5`, `minor = 1`, `limit = 50`, `words = "source"`',
        meaning="What a finding weighs in the [scorecard](report.md#scorecard): `critical` of severity "
        "`error`, `major` of `warning`, `minor` of `info`; up to which penalty a thousand words a text "
        "passes, `limit`; and whose `words` are counted, `source` or `target`.",
        example="critical = 10\nlimit = 20",
        choices=("source", "target"),
    ),
    Key(
        name="overrides",
        kind="overrides",
        default="none",
        meaning="Other settings for some paths. A pair takes an override if one of its files matches; of "
        "several, later ones win. Each is a table of its own, `[[overrides]]`.",
        example='paths = ["wire"]\nrules.added-paragraph = "info"',
    ),
)

OVERRIDE_KEYS: tuple[Key, ...] = (
    Key(
        name="paths",
        kind="patterns",
        default="none; it is needed",
        meaning="For which files.",
        example='["wire", "content/*/briefs/**"]',
    ),
    *(key for key in KEYS if key.name in ("terms", "markup", "rules", "thresholds")),
)

SCORECARD: Mapping[str, float | str] = {
    field.name: getattr(ScorecardSettings(), field.name) for field in fields(ScorecardSettings)
}
"""The keys of `[scorecard]`, with their defaults."""

MOST_POINTS = 1_000_000
"""The largest weight, and limit, of a scorecard; more is a slip."""

_MOST = 1_000_000


def _key(field: str) -> str:
    return field.replace("_", "-")


def _thresholds() -> tuple[Threshold, ...]:
    found = []
    defaults = CheckSettings()
    for field in fields(CheckSettings):
        default = getattr(defaults, field.name)
        if not isinstance(default, int | float):  # the glossary, which `terms` is for, and lists
            continue
        whole = isinstance(default, int)
        low, high = (1, _MOST) if whole else (0, 1)
        found.append(
            Threshold(
                name=_key(field.name), field=field.name, default=default, whole=whole, low=low, high=high
            )
        )
    return tuple(found)


THRESHOLDS: Mapping[str, Threshold] = {t.name: t for t in _thresholds()}

FORMER_THRESHOLDS: Mapping[str, str | None] = {
    **{_key(old): _key(new) for old, new in FORMER_NAMES.items()},
    **{_key(name): None for name in NO_SETTINGS},
}
"""Names of thresholds as they were a version ago: what they are called now, None where they are no setting
any more. They are read, and noted; the next version refuses them."""


def rule_names() -> tuple[str, ...]:
    """The rules' names, in their order. Not a constant: the rules load numpy."""
    from mlcheck.checks import EVERY_RULE

    return tuple(rule.name for rule in EVERY_RULE)
