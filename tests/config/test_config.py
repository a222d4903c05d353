"""The configuration: found, read, refused, applied, shown."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import ROOT
from stories import ENGLISH, GERMAN

from mlcheck.config import COMMAND_LINE, Config, load_config, to_json, to_table
from mlcheck.config.keys import (
    ALWAYS_ON,
    FORMER_THRESHOLDS,
    KEYS,
    LEVELS,
    OVERRIDE_KEYS,
    THRESHOLDS,
    rule_names,
)
from mlcheck.config.lines import MAX_DEPTH, TooDeep, places
from mlcheck.config.read import _READERS
from mlcheck.errors import UsageError
from mlcheck.settings import CheckSettings, ScorecardSettings, Settings

SCHEMA = json.loads((ROOT / "mlcheck/schema/config.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
PAGE = (ROOT / "docs/configuration.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

WHOLE = """\
model = "use-v3"
models = "own/models.txt"
reference = "de"
fail-on = "warning"
words = true
max-size = 5_000
baseline = "base.json"
terms = ["terms/a.csv", "terms/b.csv"]
pairs = [
    "content/{lang}/{name}.md",
    "{name}.{lang}.txt"]
one-sided = "error"
exclude = ["drafts"]
judge = "./nli"
require = ["de", "pt-BR"]
optional = ["blog"]
markup = ["link", "code"]
localised = ["/{lang}/"]
[languages]
"*_rus.txt" = "ru"
"content/ua/**" = "uk"

[rules]
untranslated = "off"
number-mismatch = "warning"

[thresholds]
detail = 0.82
many-facts = 5
negated = 0

[[overrides]]
paths = ["wire/**", "*.wire.txt"]
rules.untranslated = "info"
thresholds = { detail = 0.99, related = 1 }

[[overrides]]
paths = ["wire/urgent"]
terms = []
markup = ["placeholder"]

[overrides.rules]
untranslated = "auto"

[scorecard]
critical = 10
words = "target"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own folder, which is the root of a repository and the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(text: str | bytes, folder: Path) -> str:
    """The message about a mlcheck.toml of that text."""
    put(folder / "mlcheck.toml", text)
    with pytest.raises(UsageError) as error:
        load_config()
    assert "\n" not in str(error.value)
    return str(error.value)


# Silent


def test_without_a_configuration_all_is_as_without(here: Path) -> None:
    assert load_config() == load_config(["a.txt", "in/b.txt"]) == Config()
    assert Config().settings() == Settings()
    assert Config().for_paths("a.txt", "b.txt") == Config()
    assert Config().language_of("a.txt") is None
    assert not Config().is_excluded("a.txt")


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "# nothing\r\n", "[rules]\n[thresholds]\n[languages]\n", "overrides = []"]
)
def test_a_configuration_that_says_nothing(here: Path, text: str) -> None:
    put(here / "mlcheck.toml", text)
    config = load_config()
    assert config.file == Path("mlcheck.toml")
    assert config.settings() == Settings()
    assert (config.fail_on, config.model, config.words) == ("error", None, False)


def test_everything_is_read(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    config = load_config()
    assert (config.model, config.judge) == ("use-v3", "nli")
    assert (config.models, config.baseline) == (Path("own/models.txt"), Path("base.json"))
    assert (config.reference, config.fail_on, config.words, config.max_size) == ("de", "warning", True, 5000)
    assert config.terms == (Path("terms/a.csv"), Path("terms/b.csv"))
    assert config.pairs == ("content/{lang}/{name}.md", "{name}.{lang}.txt")
    assert config.exclude == ("drafts",)
    assert (config.require, config.optional) == (("de", "pt-BR"), ("blog",))
    assert config.languages == {"*_rus.txt": "ru", "content/ua/**": "uk"}
    settings = config.settings()
    assert config.one_sided == "error"
    assert settings.rules == {
        "one-side-changed": "error",
        "untranslated": "off",
        "number-mismatch": "warning",
    }
    assert (settings.check.detail, settings.check.many_facts, settings.check.negated) == (0.82, 5, 0)
    assert settings.check.error_from == Settings().check.error_from
    assert (settings.check.markup, settings.check.localised) == (("link", "code"), ("/{lang}/",))
    assert config.for_paths("wire/urgent/a.txt").settings().check.markup == ("placeholder",)
    assert settings.scorecard == ScorecardSettings(critical=10, words="target")
    assert [override.paths for override in config.overrides] == [("wire/**", "*.wire.txt"), ("wire/urgent",)]


def test_the_level_of_the_rule_goes_before_one_sided() -> None:
    alone = Config(one_sided="error", rules={"one-side-changed": "info"})
    assert alone.settings().rules == {"one-side-changed": "info"}
    assert Config().settings().rules == Config(one_sided="note").settings().rules == {}
    assert Config(one_sided="off").settings().rules == {"one-side-changed": "off"}


def test_every_key_is_read_in_that_test() -> None:
    assert set(tomllib.loads(WHOLE)) == {key.name for key in KEYS}
    assert {name for table in tomllib.loads(WHOLE)["overrides"] for name in table} == {
        key.name for key in OVERRIDE_KEYS
    }
    assert {key.kind for key in (*KEYS, *OVERRIDE_KEYS)} == set(_READERS)


def test_each_value_keeps_its_line(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    config = load_config()
    lines = WHOLE.split("\n")
    for key, origin in config.origins.items():
        file, line = origin.split(":")
        assert file == "mlcheck.toml"
        assert key[-1] in lines[int(line) - 1]
    assert config.origin("model") == "mlcheck.toml:1"
    assert config.origin("rules", "moved-paragraph") == "default"
    assert [override.where for override in config.overrides] == ["mlcheck.toml:32", "mlcheck.toml:37"]


def test_the_same_in_a_pyproject(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    config = load_config()
    (here / "mlcheck.toml").unlink()
    inside = re.sub(r"^(\[+)", r"\1tool.mlcheck.", WHOLE, flags=re.MULTILINE)
    put(here / "pyproject.toml", f'[project]\nname = "x"\n[tool.mlcheck]\n{inside}')
    same = load_config()
    assert same.settings() == config.settings()
    assert same.origin("model") == "pyproject.toml:4"
    assert same.overrides[1].origins["rules", "untranslated"] == "pyproject.toml:46"
    assert [o.thresholds for o in same.overrides] == [o.thresholds for o in config.overrides]


# Where it is found


def test_the_nearest_counts_and_is_not_merged(here: Path) -> None:
    put(here / "mlcheck.toml", 'model = "far"\nwords = true')
    put(here / "news/mlcheck.toml", 'model = "near"')
    near = load_config(["news/en/a.txt", "news/ru/a.txt"])
    assert (near.file, near.model, near.words) == (Path("news/mlcheck.toml"), "near", False)
    assert load_config(["news/en/a.txt", "other/a.txt"]).model == "far"
    assert load_config(["news"]).model == "near"
    assert load_config([here / "news/en/a.txt"]).model == "near"


def test_mlcheck_toml_comes_before_pyproject(here: Path) -> None:
    put(here / "pyproject.toml", '[tool.mlcheck]\nmodel = "pyproject"')
    assert load_config().model == "pyproject"
    put(here / "mlcheck.toml", "")
    assert load_config().model is None


@pytest.mark.parametrize(
    "text",
    [
        "[project]\nname = 'x'\n",
        "not toml at all",
        b"\xff\xfe",
        "[tool.ruff]\n",
        "dependencies = ['mlcheck']",
        "tool = 1 # mlcheck",
    ],
)
def test_a_pyproject_without_the_table_is_passed_over(here: Path, text: str | bytes) -> None:
    put(here / "mlcheck.toml", 'model = "above"')
    put(here / "in/pyproject.toml", text)
    assert load_config(["in/a.txt"]).model == "above"


def test_a_pyproject_that_speaks_of_mlcheck_and_is_broken(here: Path) -> None:
    put(here / "pyproject.toml", "[tool.mlcheck]\nmodel = ")
    with pytest.raises(UsageError, match=r"^pyproject.toml:2: not TOML: Invalid value  \(model =\)$"):
        load_config()


def test_the_search_ends_at_the_root_of_a_repository(here: Path) -> None:
    put(here / "mlcheck.toml", 'model = "above"')
    put(here / "sub/.git", "gitdir: ../.git/modules/sub")
    assert load_config(["sub/in/a.txt"]).model is None
    put(here / "sub/mlcheck.toml", 'model = "of the root itself"')
    assert load_config(["sub/in/a.txt"]).model == "of the root itself"


def test_a_folder_of_that_name_is_no_configuration(here: Path) -> None:
    (here / "in/mlcheck.toml").mkdir(parents=True)
    (here / "in/pyproject.toml").mkdir()
    put(here / "mlcheck.toml", 'model = "above"')
    assert load_config(["in/a.txt"]).model == "above"


def test_from_a_folder_below_paths_lead_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here / "mlcheck.toml", 'terms = ["t.csv"]')
    (here / "in").mkdir()
    monkeypatch.chdir(here / "in")
    config = load_config(["a.txt"])
    assert (config.file, config.terms) == (Path("../mlcheck.toml"), (Path("../t.csv"),))
    assert config.within("a.txt") == "in/a.txt"


def test_far_from_the_working_folder_paths_are_whole(
    here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here / "in/mlcheck.toml", "")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert load_config([here / "in/a.txt"]).file == here / "in/mlcheck.toml"


def test_a_file_that_is_named(here: Path) -> None:
    put(here / "mlcheck.toml", 'model = "found"')
    put(here / "conf/other.toml", 'model = "./named"\nbaseline = "b.json"')
    config = load_config(["a.txt"], Path("conf/other.toml"))
    assert (config.model, config.baseline) == (str(Path("conf/named")), Path("conf/b.json"))
    assert load_config(["a.txt"], Path("/dev/null")).settings() == Settings()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.toml", "gone.toml: no such configuration; check the path"),
        ("folder", "folder: is a folder, and a configuration is a file; name one in it"),
        (
            "loop.toml",
            "loop.toml: cannot be read (Too many levels of symbolic links)",
        ),
        ("a" * 300, "cannot be read (File name too long)"),
        ("nul\0", "cannot be read (embedded null byte)"),
        ("pyproject.toml", "pyproject.toml: has no table [tool.mlcheck]; add one, or name another file"),
    ],
)
def test_a_named_file_that_is_none(here: Path, name: str, message: str) -> None:
    (here / "folder").mkdir()
    (here / "loop.toml").symlink_to("loop.toml")
    put(here / "pyproject.toml", "[tool.ruff]")
    with pytest.raises(UsageError) as error:
        load_config([], Path(name))
    assert message in str(error.value)


@pytest.mark.parametrize("target", ["mlcheck.toml", "gone.toml"])
def test_a_link_to_nothing_is_told(here: Path, target: str) -> None:
    (here / "mlcheck.toml").symlink_to(target)
    with pytest.raises(UsageError, match=r"^mlcheck.toml: (cannot be read|no such configuration)"):
        load_config()


# What is refused

WRONG = [
    ('fail_on = "error"', "1: unknown key 'fail_on'; did you mean 'fail-on'?  (fail_on = \"error\")"),
    ("\n\nFAIL-ON = 1", "3: unknown key 'FAIL-ON'; did you mean 'fail-on'?"),
    ("# x\nmodle = 'a'", "2: unknown key 'modle'; did you mean 'model'?"),
    ("zzz = 1", "1: unknown key 'zzz'; there are model, models, judge, reference,"),
    ("untranslated = 'off'", "1: unknown key 'untranslated'; did you mean 'rules.untranslated'?"),
    ("fact_lone = 0.2", "1: unknown key 'fact_lone'; did you mean 'thresholds.fact-lone'?"),
    ("'a\\u001b[31m' = 1", "1: unknown key 'a\\u001b[31m';"),
    ('"a\\u001b[31m" = 1', "1: unknown key 'a<U+001B>[31m';"),
    ("model = 3", '1: \'model\' is a number; it has to be text in quotes, as in model = "e5-small"  (model'),
    ("model = ' '", "1: 'model' is empty"),
    ("models = ['a']", "1: 'models' is a list; it has to be text in quotes"),
    ("baseline = 1979-05-27", "1: 'baseline' is a date or a time; it has to be text"),
    ("reference = 'xx'", "1: 'reference': 'xx' is no language code"),
    ("reference = 'english'", "1: 'reference': 'english' is no language code"),
    ("fail-on = 'warn'", "1: 'fail-on' is 'warn'; did you mean 'warning'?"),
    ("fail-on = 'z'", "1: 'fail-on' is 'z'; it is one of error, warning, info, never"),
    ("words = 'yes'", "1: 'words' is text; it has to be true or false, as in words = true"),
    ("words = 1", "1: 'words' is a number; it has to be true or false"),
    ("max-size = 0", "1: 'max-size' is 0; it has to be 1 or more"),
    ("max-size = true", "1: 'max-size' is true or false; it has to be a whole number"),
    ("max-size = 1.5", "1: 'max-size' is a number; it has to be a whole number"),
    ("terms = 'a.csv'", "1: 'terms' is text; it has to be a list of texts, as in terms = ["),
    ("terms = [\n'a',\n3]", "3: 'terms' has a number in it; it is a list of texts"),
    ("terms = ['']", "1: 'terms': '' is empty"),
    ("exclude = [\n  'a',\n  '/b', # x\n]", "3: 'exclude': '/b' starts with /"),
    ("exclude = ['a\\b']", "1: 'exclude': 'a\\b' has a backslash"),
    ("exclude = ['.']", "1: 'exclude': '.' is the folder itself"),
    ("[languages]\n'./' = 'en'", "2: 'languages': './' is the folder itself"),
    ('pairs = ["{name}\\u0000.{lang}.txt"]', "1: 'pairs': '{name}<U+0000>.{lang}.txt' has a NUL"),
    ("pairs = ['{name}.txt']", "1: 'pairs': '{name}.txt' needs {name} and {lang} once each"),
    ("pairs = ['{name} + {name}']", "1: 'pairs': '{name} + {name}' needs {name} and {lang} once each"),
    ("pairs = ['{name}.{lang}.md + {name}.{lang}.md']",
     "1: 'pairs': '{name}.{lang}.md + {name}.{lang}.md' before + stands the language without a code"),
    ("pairs = ['{name} + {lang}{name} + a']", "1: 'pairs': '{name} + {lang}{name} + a' needs {name}"),
    ("pairs = ['{name} + /{lang}/{name}']", "1: 'pairs': '{name} + /{lang}/{name}' starts with /"),
    ("require = ['en', 'xx']", "1: 'require': 'xx' is no language code"),
    ("optional = ['/a']", "1: 'optional': '/a' starts with /"),
    ("markup = ['links']", "1: 'markup': 'links' is none; did you mean 'link'?"),
    ("markup = ['zzz']", "1: 'markup': 'zzz' is none of link, code,"),
    ("localised = ['/en/']", "1: 'localised': '/en/' needs {lang} once"),
    ("localised = ['{lang}']", "1: 'localised': '{lang}' needs {lang} once"),
    ("pairs = ['/{lang}/{name}']", "1: 'pairs': '/{lang}/{name}' starts with /"),
    ("languages = 'en'", "1: 'languages' is text; it has to be a table"),
    ("[languages]\n'a' = 'xx'", "2: 'languages': 'xx' is no language code"),
    ("[languages]\n'a' = 3", "2: 'languages': '3' is no language code"),
    ("[languages]\na.txt = 'en'", "2: 'languages': 'a' is a table; put the pattern in quotes"),
    ("[languages]\n'/a' = 'en'", "2: 'languages': '/a' starts with /"),
    ("rules = []", "1: 'rules' is a list; it has to be a table"),
    ("[rules]\nmising-paragraph = 'off'", "2: no rule 'mising-paragraph'; did you mean 'missing-paragraph'?"),
    ("[rules]\nzzz = 'off'", "2: no rule 'zzz'; there are unrelated-documents,"),
    ("rules = { untranslated = 'warn' }", "1: 'untranslated' has no level 'warn'; did you mean 'warning'?"),
    ("[rules]\nuntranslated = false", "2: 'untranslated' has no level 'False'; it is one of off, auto,"),
    ("[rules]\nuntranslated = ['off']", "2: 'untranslated' has no level '['off']'; it is one of off, auto,"),
    ("[rules]\nunrelated-documents = 'off'", "2: 'unrelated-documents' cannot be off:"),
    ("thresholds = 1", "1: 'thresholds' is a number; it has to be a table"),
    ("[thresholds]\nfact_lone = 1", "2: no threshold 'fact_lone'; did you mean 'fact-lone'?"),
    ("thresholds.error-from = 1.01", "1: 'error-from\' is 1.01; it has to be from 0 to 1"),
    ("thresholds.error-from = -0.1", "1: 'error-from\' is -0.1; it has to be from 0 to 1"),
    ("thresholds.error-from = nan", "1: 'error-from\' is nan; it has to be from 0 to 1"),
    ("thresholds.error-from = inf", "1: 'error-from\' is inf"),
    ("thresholds.error-from = '1'", "1: 'error-from\' is text; it has to be a number"),
    ("thresholds.error-from = true", "1: 'error-from\' is true or false; it has to be a number"),
    ("thresholds.replaced = 3.0", "1: 'replaced' is no whole number; it has to be a whole number"),
    ("thresholds.replaced = 0", "1: 'replaced' is 0; it has to be from 1 to"),
    ("thresholds.sure = 1.01", "1: 'sure' is 1.01; it has to be from 0 to 1"),
    ("thresholds.null = true", "1: 'null' is true or false; it has to be a number"),
    ("[thresholds]\nsure = 0.9\nerror-from = 0.9", "2: 'sure' is the former name of"),
    ("overrides = 1", "1: 'overrides' is not what it has to be"),
    ("[overrides]\npaths = ['a']",
     "1: 'overrides' is not what it has to be: a list"),
    ("overrides = [1]", "1: 'overrides' is not what it has to be"),
    ("[[overrides]]\npaths = ['a']\n[[overrides]]\n[overrides.rules]", "3: the override has no 'paths'"),
    ("[[overrides]]\npaths = []", "2: 'paths' is empty"),
    ("[[overrides]]\npath = ['a']", "2: unknown key 'path'; did you mean 'paths'?"),
    ("[[overrides]]\npaths = ['a']\nwords = true",
     "3: unknown key 'words'; an override has paths, terms, rule"),
    ("[[overrides]]\npaths = ['a']\n[overrides.rules]\nuntranslate = 'off'",
     "4: no rule 'untranslate'; did you mean 'untranslated'?"),
    ("overrides = [{ paths = ['a'] },\n {paths = ['b'], rules.moved-paragraph = 'of'}]",
     "2: 'moved-paragraph' has no level 'of'; did you mean 'off'?"),
    ("model = ", "1: not TOML: Invalid value  (model =)"),
    ("model = 'a'\nmodel = 'b'", "2: not TOML: Cannot overwrite a value  (model = 'b')"),
    ("words = true\nmodel = 'a", "2: not TOML: Expected \"'\"  (model = 'a)"),
    ("words = [\n1,\n", "2: not TOML: "),
    ("max-size = " + "1" * 5000, ": not TOML: Exceeds the limit"),
    (b"model = 'a'\nwords = \xff", "2: a configuration is UTF-8, this is not; save it as UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG, ids=lambda value: repr(value)[:60])
def test_what_is_wrong_is_told_with_its_line(here: Path, text: str | bytes, message: str) -> None:
    said = refused(text, here)
    assert said.startswith(f"mlcheck.toml:{message}" if message[0].isdigit() else f"mlcheck.toml{message}")
    assert len(said) < 700


def test_a_long_line_is_cut(here: Path) -> None:
    said = refused(f"modle = '{'a' * 10_000}' # \x1b[31m".replace("\x1b", ""), here)
    assert len(said) < 250


# Hostile files


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# " + "x" * 10_000_000, "mlcheck.toml: larger than 1,000,000 bytes; is it a configuration?"),
        ("a=" + "[" * 100_000, "tables in tables more than 32 deep"),
        ("a=" + "{a=" * 100_000, "tables in tables more than 32 deep"),
        ("a." * 400_000 + "a=1", "tables in tables more than 32 deep"),
        ("[" + "a." * 400_000 + "a]", "tables in tables more than 32 deep"),
        ("\n" * 500_000 + "z = 1", "mlcheck.toml:500001: unknown key 'z'"),
        ("x" * 900_000 + "=1", "unknown key"),
        ("".join(f"k{n}=1\n" for n in range(70_000)), "mlcheck.toml:1: unknown key 'k0'"),
        ('a="""' + '\\"""' * 200_000, "not TOML"),
        ("[thresholds]\n" + "".join(f"[[a{n}]]\n" for n in range(50_000)), "unknown key 'a0'"),
    ],
    ids=lambda value: value[:20],
)
def test_a_hostile_file_is_refused_soon(here: Path, text: str, message: str) -> None:
    start = time.process_time()
    said = refused(text, here)
    assert time.process_time() - start < 10
    assert message in said
    assert len(said) < 700


def test_a_file_as_deep_as_may_be(here: Path) -> None:
    deep = ".".join(["a"] * (MAX_DEPTH - 1))
    assert places(f"{deep} = 1")
    with pytest.raises(TooDeep):
        places(f"{deep}.a = 1")


# Lines

names = st.text(alphabet="ab-_1", min_size=1, max_size=3) | st.sampled_from(
    ["a b", 'q"', "é", "x.y", "#", "[", "="]
)
scalars = st.sampled_from(
    [
        "1",
        "-1.5",
        "true",
        "1979-05-27T07:32:00.5Z",
        '"a # \\" = ["',
        "'it \" ] }'",
        '"""a\n"x" \\\n b = 1\n""""',
        "'''\n[x]\n'''",
    ]
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda v: ("list", v))
        | st.dictionaries(names, inner, max_size=3).map(lambda v: ("inline", v))
    ),
    max_leaves=6,
)
tables = st.recursive(
    st.dictionaries(names, values, max_size=3),
    lambda inner: st.dictionaries(
        names,
        values
        | inner.map(lambda v: ("table", v))
        | st.lists(inner, min_size=1, max_size=2).map(lambda v: ("tables", v)),
        max_size=3,
    ),
    max_leaves=8,
)


def spelled(name: str, data: Any) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", name)
    return (
        name if bare and data.draw(st.booleans()) else json.dumps(name, ensure_ascii=data.draw(st.booleans()))
    )


def written(value: Any, data: Any) -> str:
    if isinstance(value, str):
        return value
    kind, inner = value
    if kind == "list":
        gap = data.draw(st.sampled_from([" ", "\n", " # , [\n", "\r\n"]))
        return "[" + gap + f",{gap}".join(written(v, data) for v in inner) + gap + "]"
    return "{" + ", ".join(f"{spelled(n, data)} = {written(v, data)}" for n, v in inner.items()) + " }"


def emitted(table: dict[str, Any], path: tuple[str, ...], data: Any) -> Iterator[str]:
    """A table as TOML, in one of the ways in which it can be written."""
    later = []
    for name, value in table.items():
        if isinstance(value, tuple) and value[0] in ("table", "tables"):
            later.append((name, value))
        elif isinstance(value, tuple) and value[0] == "inline" and value[1] and data.draw(st.booleans()):
            for inner, v in value[1].items():
                yield f"{spelled(name, data)} . {spelled(inner, data)} = {written(v, data)} # end\n"
        else:
            yield f" {spelled(name, data)}={written(value, data)}\n\n"
    for name, (kind, inner) in later:
        head = ".".join(spelled(part, data) for part in (*path, name))
        for each in [inner] if kind == "table" else inner:
            yield f"[{head}]\n" if kind == "table" else f"[[ {head} ]] # [x]\n"
            yield from emitted(each, (*path, name), data)


def all_paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from all_paths(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from all_paths(inner, (*path, number))


@given(tables, st.data())
def test_each_key_has_a_line_and_no_other(table: dict[str, Any], data: Any) -> None:
    text = "".join(emitted(table, (), data))
    found = places(text)
    assert set(found) == set(all_paths(tomllib.loads(text)))
    lines = text.split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str):
            at = lines[line - 1]
            assert path[-1] in at or json.dumps(path[-1]) in at


@given(st.text(alphabet="ab.=[]{},\"'\\#\n 1", max_size=40))
@example('a = """\\"""')
@example("}]]=,.")
def test_a_broken_text_stops_nobody(text: str) -> None:
    count = text.count("\n") + 1
    assert all(1 <= line <= count for line in places(text).values())


# What applies


def test_overrides_apply_to_the_pairs_of_their_paths(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    config = load_config()
    plain = config.for_paths("content/en/a.md", "content/de/a.md")
    assert plain.settings() == config.settings()
    assert plain.overrides == ()
    for pair in (
        ("wire/a.txt", "b.txt"),
        ("b.txt", "wire/a.txt"),
        ("x/a.wire.txt", "x/b.txt"),
        (here / "wire/a", "b"),
    ):
        wire = config.for_paths(*pair)
        assert wire.settings().rules == {
            "one-side-changed": "error",
            "untranslated": "info",
            "number-mismatch": "warning",
        }
        assert wire.settings().check.detail == 0.99
        assert (wire.settings().check.many_facts, wire.settings().check.related) == (5, 1)
        assert wire.origin("rules", "untranslated") == "mlcheck.toml:34"
        assert wire.terms == config.terms
    urgent = config.for_paths("wire/urgent/a.txt", "b.txt")
    assert urgent.settings().rules["untranslated"] == "auto"
    assert (urgent.terms, urgent.origin("terms")) == ((), "mlcheck.toml:39")
    assert urgent.settings().check.detail == 0.99


def test_the_command_line_wins(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    config = load_config().with_options(model="mine", words=False, fail_on=None, max_size=None)
    assert (config.model, config.words, config.fail_on) == ("mine", False, "warning")
    assert (config.origin("model"), config.origin("words")) == (COMMAND_LINE, COMMAND_LINE)
    assert config.origin("fail-on") == "mlcheck.toml:4"


def test_of_several_languages_the_last_counts(here: Path) -> None:
    put(here / "mlcheck.toml", '[languages]\n"*.txt" = "en"\n"x" = "uk"\n"gone" = "de"')
    config = load_config()
    found = [config.language_of(path) for path in ("a.txt", "x/a.txt", here / "x/b.md", "b.md")]
    assert found == ["en", "uk", "uk", None]


# What is shown


def test_what_is_in_force_is_shown(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    rows = [
        re.split(r" {2,}", line) for line in to_table(load_config().for_paths("wire/a", "b")).splitlines()
    ]
    assert rows[0] == ["configuration", "mlcheck.toml"]
    for row in (
        ["model", '"use-v3"', "mlcheck.toml:1"],
        ["terms", '"terms/a.csv"', "mlcheck.toml:8"],
        ["", '"terms/b.csv"'],
        ['languages."*_rus.txt"', '"ru"', "mlcheck.toml:20"],
        ["rules.untranslated", '"info"', "mlcheck.toml:34"],
        ["rules.moved-paragraph", '"auto"', "default"],
        ["thresholds.detail", "0.99", "mlcheck.toml:35"],
        ["thresholds.error-from", "0.8", "default"],
    ):
        assert row in rows
    assert {row[0] for row in rows} >= {f"thresholds.{name}" for name in THRESHOLDS}
    assert not any(row[0].startswith("override") for row in rows)


def test_overrides_are_shown_where_no_path_is_given(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    end = to_table(load_config()).split("\n\n")[-2:]
    assert [re.sub(" {2,}", " | ", block.strip()) for block in end] == [
        'override of | "wire/**" | mlcheck.toml:32\n | "*.wire.txt"\n'
        'rules.untranslated | "info" | mlcheck.toml:34\n'
        "thresholds.detail | 0.99 | mlcheck.toml:35\nthresholds.related | 1 | mlcheck.toml:35",
        'override of | "wire/urgent" | mlcheck.toml:37\nterms | [] | mlcheck.toml:39\n'
        'markup | "placeholder" | mlcheck.toml:40\n'
        'rules.untranslated | "auto" | mlcheck.toml:43',
    ]


def test_what_is_shown_to_programs(here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    shown = json.loads(to_json(load_config().with_options(model="mine")))
    assert (shown["schema"], shown["file"]) == (1, "mlcheck.toml")
    assert set(shown["values"]) == {key.name for key in KEYS} - {"overrides"}
    values = shown["values"]
    assert values["model"] == {"value": "mine", "from": "command line"}
    assert values["terms"] == {"value": ["terms/a.csv", "terms/b.csv"], "from": "mlcheck.toml:8"}
    assert values["thresholds"]["error-from"] == {"value": 0.8, "from": "default"}
    assert set(values["rules"]) == set(rule_names())
    assert shown["overrides"][1] == {
        "paths": ["wire/urgent"],
        "from": "mlcheck.toml:37",
        "terms": {"value": [], "from": "mlcheck.toml:39"},
        "markup": {"value": ["placeholder"], "from": "mlcheck.toml:40"},
        "rules": {"untranslated": {"value": "auto", "from": "mlcheck.toml:43"}},
        "thresholds": {},
    }
    assert json.loads(to_json(Config()))["file"] is None


def test_nothing_that_is_shown_steers_a_terminal(here: Path) -> None:
    put(
        here / "mlcheck.toml",
        'model = "a\\u001b[31m"\nexclude = ["b\\u0007\\u202e"]\n[languages]\n"c\\u009b" = "en"',
    )
    assert re.findall(r"[^\n -~]", to_table(load_config())) == []


# Schema and page


@pytest.mark.parametrize("text", [WHOLE, "", *EXAMPLES], ids=lambda text: text[:30])
def test_the_schema_takes_what_the_reader_takes(here: Path, text: str) -> None:
    inside = "[[overrides]]\n" + text if text.startswith("paths") else text
    put(here / "mlcheck.toml", inside)
    load_config()
    assert list(VALIDATOR.iter_errors(tomllib.loads(inside))) == []


def test_the_page_shows_what_is_shown(here: Path) -> None:
    put(here / "mlcheck.toml", EXAMPLES[0])
    table = to_table(load_config().for_paths("content/en/wire/a.md"))
    shown = re.findall(r"^    ((?:fail-on|words|rules)\S* .*\n)", PAGE, re.MULTILINE)
    assert len(shown) == 3
    assert [line for line in shown if line not in table] == []


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


NOT_FOR_A_SCHEMA = ("is no language code", "is the former name of", "is no whole number", "is nan")


@pytest.mark.parametrize(("text", "message"), WRONG, ids=lambda value: repr(value)[:60])
def test_the_schema_refuses_what_the_reader_refuses(text: str | bytes, message: str) -> None:
    try:
        table = tomllib.loads(text if isinstance(text, str) else text.decode())
    except ValueError:
        return  # no TOML at all
    if not any(part in message for part in NOT_FOR_A_SCHEMA) and "1979" not in str(text):
        assert list(VALIDATOR.iter_errors(table)) != []


def literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {literal(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(literal, value)) + "]" if isinstance(value, list) else json.dumps(value)


texts = st.sampled_from(
    ["a", "en", "zh-Hant", "", "/a", "{name}.{lang}", "{lang}{x}/{name}", "{lang}", "off", "info", "no\\"]
)
any_value = st.recursive(
    texts | st.integers(-1, 3) | st.sampled_from([0.5, 1.5]) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["a", "/a", "paths", "rules", ALWAYS_ON, "moved-paragraph", "sure", "stray", "replaced"]
            ),
            inner,
            max_size=2,
        )
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([key.name for key in KEYS]), any_value, max_size=2))
def test_what_the_schema_refuses_the_reader_refuses(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, Any]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text("".join(f"{name} = {literal(value)}\n" for name, value in table.items()))
    wrong = list(VALIDATOR.iter_errors(table)) != []
    try:
        load_config([], file)
    except UsageError:
        return
    assert not wrong


@given(
    st.binary(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                *"abc=.,[]{}\"'#\n\\ 1-",
                '"""',
                "[[overrides]]\n",
                "paths = ",
                "rules.",
                "1e999",
                "[languages]\n",
            ]
        ),
        max_size=20,
    ).map(lambda parts: "".join(parts).encode())
)
def test_no_bytes_give_another_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(data)
    try:
        config = load_config([], file)
    except UsageError:
        return
    config.for_paths("a/b", "c").settings()
    assert to_table(config)
    assert json.loads(to_json(config))["schema"] == 1


def test_the_levels_of_a_rule_that_cannot_be_off() -> None:
    levels = SCHEMA["properties"]["rules"]["properties"]
    assert levels[ALWAYS_ON]["enum"] == [level for level in LEVELS if level != "off"]
    assert ALWAYS_ON in rule_names()


def test_every_threshold_can_be_set_to_its_default(here: Path) -> None:
    put(
        here / "mlcheck.toml",
        "[thresholds]\n" + "".join(f"{t.name} = {t.default}\n" for t in THRESHOLDS.values()),
    )
    assert load_config().settings() == Settings()


# Former names

FORMER = """\
[thresholds]
sure = 0.9
stray = 0.7

[[overrides]]
paths = ["wire"]
thresholds.null = 0.5
"""
NOTES = (
    "mlcheck.toml:2: the threshold 'sure' is now called 'error-from'; write that",
    "mlcheck.toml:3: the threshold 'stray' is no longer a setting and changes nothing; leave it out",
    "mlcheck.toml:7: the threshold 'null' is now called 'omission-from'; write that",
)


def test_former_names_are_read_and_noted(here: Path) -> None:
    put(here / "mlcheck.toml", FORMER)
    config = load_config()
    assert config.notes == NOTES
    assert config.settings() == Settings(check=CheckSettings(error_from=0.9))
    assert config.origin("thresholds", "error-from") == "mlcheck.toml:2"
    wire = config.for_paths("wire/a.txt", "b.txt")
    assert wire.settings().check == CheckSettings(error_from=0.9, omission_from=0.5)
    assert wire.origin("thresholds", "omission-from") == "mlcheck.toml:7"
    shown = to_table(config) + to_json(config)
    assert not [name for name in FORMER_THRESHOLDS if f"thresholds.{name} " in shown or f'"{name}"' in shown]


def test_every_former_name_is_read(here: Path) -> None:
    assert not FORMER_THRESHOLDS.keys() & THRESHOLDS.keys()
    for name, now in FORMER_THRESHOLDS.items():
        put(here / "mlcheck.toml", f"[thresholds]\n{name} = 0.25\n")
        (note,) = load_config().notes
        assert f"'{name}'" in note
        assert load_config().thresholds == ({now: 0.25} if now else {})
    assert set(FORMER_THRESHOLDS) >= {"null", "sure", "loose", "typical-floor"}


def test_a_schema_knows_former_names() -> None:
    assert list(VALIDATOR.iter_errors(tomllib.loads(FORMER))) == []
    numbers = SCHEMA["properties"]["thresholds"]["properties"]
    assert {name for name, value in numbers.items() if value.get("deprecated")} == set(FORMER_THRESHOLDS)


def test_settings_take_former_names_with_a_warning() -> None:
    with pytest.warns(DeprecationWarning, match="'sure' is now called 'error_from'"):
        settings = CheckSettings(sure=0.9)  # type: ignore[call-arg]
    assert settings == CheckSettings(error_from=0.9)
    with pytest.raises(TypeError, match="'null' is the former name of 'omission_from'"):
        CheckSettings(null=0.5, omission_from=0.5)  # type: ignore[call-arg]


# On the command line

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(run: Run, here: Path, fake_model: None) -> Run:
    """The command line in the folder of these tests, with an encoder of a few words."""
    return run


def story(path: Path, paragraphs: list[str] | tuple[str, ...]) -> Path:
    return put(path, "\n\n".join(paragraphs) + "\n")


def pair_in(folder: Path, name: str = "a", *, lost: bool = False) -> tuple[str, str]:
    """An English and a German version, the second without its fourth paragraph if `lost`."""
    german = [*GERMAN[:3], *GERMAN[4:]] if lost else GERMAN
    return (
        str(story(folder / f"{name}.en.txt", ENGLISH).relative_to(Path.cwd())),
        str(story(folder / f"{name}.de.txt", german).relative_to(Path.cwd())),
    )


LANGUAGES = '[languages]\n"*.en.txt" = "en"\n"*.de.txt" = "de"\n'


def test_a_configuration_that_says_nothing_changes_no_byte(run: Run, here: Path) -> None:
    pair = pair_in(here, lost=True)
    without = run("check", *pair, "-f", "json")
    put(here / "mlcheck.toml", "# nothing\n[rules]\n")
    assert run("check", *pair, "-f", "json") == without


def test_rules_and_overrides_of_the_pair(run: Run, here: Path) -> None:
    news, wire = pair_in(here / "news", lost=True), pair_in(here / "wire", lost=True)
    put(
        here / "mlcheck.toml",
        LANGUAGES + '[[overrides]]\npaths = ["wire"]\nrules.missing-paragraph = "off"\n',
    )
    assert run("check", *news)[0] == 1
    assert run("check", *wire)[0] == 0
    code, out, _ = run("batch", ".", "-f", "jsonl")
    found = {
        report["id"]: [f["rule"] for f in report["findings"]] for report in map(json.loads, out.splitlines())
    }
    assert code == 1
    assert found == {"news/a.en-de": ["missing-paragraph"], "wire/a.en-de": []}


def test_a_rule_that_is_off_is_seen_to_be(run: Run, here: Path) -> None:
    """In the report of programs, so that nobody takes it to have passed; people need no telling."""
    pair = pair_in(here, lost=True)
    put(here / "mlcheck.toml", LANGUAGES + '[rules]\nmissing-paragraph = "off"\n')
    skips = json.loads(run("check", *pair, "-f", "jsonl")[1])["skipped"]
    off = {"rule": "missing-paragraph", "reason": "turned off in the settings", "off": True}
    assert off in skips
    assert "turned off" not in run("check", *pair)[1]
    assert "turned off" in run("check", *pair, "--verbose")[1]
    junit = run("check", *pair, "-f", "junit")[1]
    assert '<skipped message="turned off in the settings" />' in junit


def test_thresholds_reach_the_checks(run: Run, here: Path) -> None:
    pair = pair_in(here, lost=True)
    put(here / "mlcheck.toml", LANGUAGES)
    severity = [json.loads(run("check", *pair, "-f", "jsonl")[1])["findings"][0]["severity"]]
    put(here / "mlcheck.toml", LANGUAGES + "[thresholds]\nerror-from = 1\n")
    severity += [json.loads(run("check", *pair, "-f", "jsonl")[1])["findings"][0]["severity"]]
    assert severity == ["error", "warning"]


def test_a_former_name_is_noted_once_and_counts(run: Run, here: Path) -> None:
    pair = pair_in(here, lost=True)
    put(here / "mlcheck.toml", LANGUAGES + "[thresholds]\nerror-from = 1\n")
    code, out, err = run("check", *pair, "-f", "jsonl")
    put(here / "mlcheck.toml", LANGUAGES + "[thresholds]\nsure = 1\nstray = 1\n")
    said = (
        "mlcheck: mlcheck.toml:5: the threshold 'sure' is now called 'error-from'; write that\n"
        "mlcheck: mlcheck.toml:6: the threshold 'stray' is no longer a setting and changes nothing; "
        "leave it out\n"
    )
    assert run("check", *pair, "-f", "jsonl") == (code, out, err + said)
    assert run("batch", ".", "-f", "jsonl")[2].count(said) == 1
    assert run("config", "show")[2] == said


def test_options_go_over_the_configuration(run: Run, here: Path) -> None:
    pair = pair_in(here, lost=True)
    put(here / "mlcheck.toml", LANGUAGES + "")
    put(here / "other.toml", 'fail-on = "never"\nwords = true\nmax-size = 20\n' + LANGUAGES)
    assert run("check", *pair)[0] == 1
    code, _, err = run("check", *pair, "--config", "other.toml")
    assert (code, err) == (
        2,
        "mlcheck: a.en.txt: larger than 20 bytes; split it, or allow more with --max-size\n",
    )
    code, out, _ = run("check", *pair, "--config", "other.toml", "--max-size", 100_000, "-f", "jsonl")
    assert (code, "words" in json.loads(out)["documents"][0]) == (0, True)
    code, out, _ = run(
        "check",
        *pair,
        "--config",
        "other.toml",
        "--max-size",
        100_000,
        "-f",
        "jsonl",
        "--no-words",
        "--fail-on",
        "error",
    )
    assert (code, "words" in json.loads(out)["documents"][0]) == (1, False)


def test_languages_of_files(run: Run, here: Path) -> None:
    pair = pair_in(here)
    put(here / "mlcheck.toml", LANGUAGES)
    documents = json.loads(run("check", *pair, "-f", "jsonl")[1])["documents"]
    assert [(d["language"], d["language_from"]) for d in documents] == [("en", "given"), ("de", "given")]
    documents = json.loads(run("check", *pair, "-f", "jsonl", "--lang", "en-GB", "--lang", "de-AT")[1])[
        "documents"
    ]
    assert [d["language"] for d in documents] == ["en-GB", "de-AT"]


def test_a_manifest_knows_its_languages_better(run: Run, here: Path) -> None:
    pair_in(here)
    put(here / "mlcheck.toml", LANGUAGES)
    put(here / "b.jsonl", '{"id": "x", "source": "a.en.txt", "target": "a.de.txt", "target_lang": "de-CH"}')
    documents = json.loads(run("batch", "b.jsonl", "-f", "jsonl")[1])["documents"]
    assert [d["language"] for d in documents] == ["en", "de-CH"]


# Pairs of the configuration


def test_check_without_files_checks_the_pairs(run: Run, here: Path) -> None:
    for name in ("x/a", "b", "old/c", "alone"):
        story(here / f"content/en/{name}.txt", ENGLISH)
    for name in ("x/a", "old/c"):
        story(here / f"content/de/{name}.txt", GERMAN)
    story(here / "content/de/b.txt", [*GERMAN[:3], *GERMAN[4:]])
    pair_in(here / "flat")
    put(
        here / "mlcheck.toml",
        'pairs = ["content/{lang}/{name}.txt", "{name}.{lang}.txt", "flat/{name}.{lang}.txt"]\n'
        'exclude = ["old"]\n',
    )
    code, out, err = run("check", "-f", "jsonl")
    assert (code, err) == (1, "")
    assert [(r["id"], r["verdict"]) for r in map(json.loads, out.splitlines())] == [
        ("content/en/alone.txt content/de/alone.txt", "inconsistent"),
        ("content/en/b.txt content/de/b.txt", "inconsistent"),
        ("content/en/x/a.txt content/de/x/a.txt", "consistent"),
        ("flat/a.en.txt flat/a.de.txt", "consistent"),
    ]
    put(here / "mlcheck.toml", 'reference = "de"\npairs = ["flat/{name}.{lang}.txt"]')
    assert run("check")[1].startswith("consistent: flat/a.de.txt (de) ↔ flat/a.en.txt (en)")


def test_pairs_are_found_from_a_folder_below(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair_in(here / "flat")
    put(here / "mlcheck.toml", 'pairs = ["flat/{name}.{lang}.txt"]')
    monkeypatch.chdir(here / "flat")
    assert run("check")[1].startswith("consistent: ../flat/a.en.txt (en)")


def test_a_folder_with_a_name_of_its_own_for_a_language(run: Run, here: Path) -> None:
    story(here / "eng/a.txt", ENGLISH)
    story(here / "ge/a.txt", GERMAN)
    put(here / "mlcheck.toml", 'pairs = ["{lang}/{name}.txt"]\n[languages]\nge = "de"\neng = "en"\n')
    assert (
        run("check")[1]
        == "consistent: eng/a.txt (en) ↔ ge/a.txt (de) — 11 paragraphs agree, 1 rule skipped\n"
    )


def test_two_files_for_one_place(run: Run, here: Path) -> None:
    for folder in ("en", "de", "ger"):
        story(here / folder / "a.txt", GERMAN)
    put(here / "mlcheck.toml", 'pairs = ["{lang}/{name}.txt"]\n[languages]\nger = "de"\n')
    line = "mlcheck: de/a.txt and ger/a.txt: both are the de version of a; exclude one\n"
    assert run("check") == (2, "", line)


def test_one_bad_pair_does_not_stop_the_others(run: Run, here: Path) -> None:
    pair_in(here, "a")
    pair_in(here, "b")
    put(here / "a.en.txt", "")
    put(here / "mlcheck.toml", 'pairs = ["{name}.{lang}.txt"]')
    code, out, err = run("check", "-f", "jsonl")
    assert (code, err) == (2, "")
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["error", "consistent"]


def test_a_folder_in_a_batch_leaves_out_what_is_excluded(run: Run, here: Path) -> None:
    pair_in(here / "in", "a")
    pair_in(here / "in/drafts", "b")
    put(here / "mlcheck.toml", 'exclude = ["drafts"]')
    out = run("batch", "in", "-f", "jsonl")[1]
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a.en-de"]
    assert run("check", *pair_in(here / "in/drafts", "b"))[0] == 0


NOTHING = "nothing to check: name SOURCE and TARGET, or set 'pairs' in mlcheck.toml"


@pytest.mark.parametrize(
    ("text", "arguments", "line"),
    [
        (None, (), NOTHING),
        ("", (), f"mlcheck.toml: has no 'pairs', so there is {NOTHING}"),
        (
            "\npairs = ['gone/{lang}/{name}']",
            (),
            "mlcheck.toml:2: no two files match gone/{lang}/{name}; check the patterns",
        ),
        (
            "pairs = ['{lang}/{name}']",
            ("--lang", "en"),
            "--lang is given 1 times for 0 files; once for each, in order",
        ),
        ("modle = 1", (), "mlcheck.toml:1: unknown key 'modle'; did you mean 'model'? (modle = 1)"),
        ("modle = 1", ("a", "b"), "mlcheck.toml:1: unknown key 'modle'; did you mean 'model'? (modle = 1)"),
        (None, ("a.txt",), "a.txt: no such file; check the path"),
        (None, ("a", "b", "--config", "gone.toml"), "gone.toml: no such configuration; check the path"),
    ],
)
def test_what_cannot_be_checked_is_one_line(
    run: Run, here: Path, text: str | None, arguments: tuple[str, ...], line: str
) -> None:
    if text is not None:
        put(here / "mlcheck.toml", text)
    put(here / "mlcheck.txt", "A text.")
    assert run("check", *arguments) == (2, "", f"mlcheck: {line}\n")


def test_a_text_alone_is_no_pair(run: Run, here: Path) -> None:
    put(here / "a.txt", "Ferries cross the bay again.\n")
    line = "a.txt: no other version to hold against it; name a TARGET too"
    assert run("check", "a.txt") == (2, "", f"mlcheck: {line}\n")


@pytest.mark.parametrize("command", [("batch", "."), ("config", "show"), ("config", "show", "a.txt")])
def test_other_commands_refuse_it_too(run: Run, here: Path, command: tuple[str, ...]) -> None:
    put(here / "mlcheck.toml", "[rules]\nmoved = 'off'")
    line = "mlcheck: mlcheck.toml:2: no rule 'moved'; did you mean 'moved-paragraph'? (moved = 'off')\n"
    assert run(*command) == (2, "", line)


def test_a_configuration_is_never_written_over(run: Run, here: Path) -> None:
    pair = pair_in(here)
    put(here / "mlcheck.toml", "# keep")
    for command in (("check", *pair), ("batch", "."), ("config", "show")):
        code, _, err = run(*command, "--output", "mlcheck.toml")
        assert (code, err) == (
            2,
            "mlcheck: mlcheck.toml: is one of the files to read; name another --output\n",
        )
    assert (here / "mlcheck.toml").read_text() == "# keep"


def test_config_show(run: Run, here: Path) -> None:
    put(here / "mlcheck.toml", WHOLE)
    assert run("config", "show") == (0, to_table(load_config()), "")
    assert run("config", "show", "wire/a.txt", "-f", "json") == (
        0,
        to_json(load_config().for_paths("wire/a.txt")),
        "",
    )
    assert run("config", "show", "--config", "/dev/null")[1].startswith("configuration")
    assert run("config", "schema") == (0, (ROOT / "mlcheck/schema/config.schema.json").read_text("utf-8"), "")
