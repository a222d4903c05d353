"""The items of a batch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlcheck.batch import Item, find_pairs, read_items, text_files
from mlcheck.errors import InputError, UsageError


def put(folder: Path, name: str, content: str | bytes = "text") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names(items: list[Item], folder: Path) -> list[tuple[str, str, str]]:
    return [
        (i.id, i.source.relative_to(folder).as_posix(), i.target.relative_to(folder).as_posix())
        for i in items
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "b.jsonl",
            '{"id": "z", "source": "a.txt", "target": "in/b.txt", "source_lang": "en", "target_lang": ""}\n',
        ),
        (
            "b.jsonl",
            '\n{"id":"z","source":"a.txt","target":"in/b.txt","source_lang":"en","more":[1]}\r\n  \n',
        ),
        (
            "b.jsonl",
            '\ufeff{"id":"z","source":"a.txt","target":"in/b.txt","source_lang":"en","target_lang":null}',
        ),
        ("b.csv", "id,source,target,source_lang\nz,a.txt,in/b.txt,en\n"),
        ("b.csv", "\ufefftarget_lang,more,target,source,id,source_lang\r\n,1,in/b.txt,a.txt,z,en\r\n"),
        ("b.CSV", 'id,source,target,source_lang\n"z","a.txt","in/b.txt",en,too,many\n'),
    ],
)
def test_one_item(tmp_path: Path, name: str, content: str) -> None:
    path = put(tmp_path, name, content)
    wanted = Item(id="z", source=tmp_path / "a.txt", target=tmp_path / "in/b.txt", languages=("en", None))
    assert read_items(path) == [wanted]


def test_items_stay_in_order(tmp_path: Path) -> None:
    lines = [f'{{"id": "{name}", "source": "{name}.1", "target": "{name}.2"}}\n' for name in "cab"]
    assert [item.id for item in read_items(put(tmp_path, "b.jsonl", "".join(lines)))] == ["c", "a", "b"]


def test_a_cell_may_hold_a_line_end(tmp_path: Path) -> None:
    path = put(tmp_path, "b.csv", 'id,source,target\n"two\nlines",a,b\n"\u2028",c,d\n')
    assert [item.id for item in read_items(path)] == ["two\nlines", "\u2028"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("b.jsonl", '{"id": "a", "source": "b", "target": "c"}\n{', "b.jsonl:2: not JSON"),
        ("b.jsonl", "[" * 100_000, "b.jsonl:1: not JSON"),
        ("b.jsonl", '"text"', "b.jsonl:1: not an object"),
        ("b.jsonl", '{"source": "b", "target": "c"}', "b.jsonl:1: no 'id'"),
        ("b.jsonl", '{"id": "", "source": "b", "target": "c"}', "b.jsonl:1: no 'id'"),
        ("b.jsonl", '{"id": 7, "source": "b", "target": "c"}', "b.jsonl:1: 'id' is 7; write it as text"),
        ("b.jsonl", '{"id": "a", "source": ["b"], "target": "c"}', r"b.jsonl:1: 'source' is \['b'\]"),
        (
            "b.jsonl",
            '{"id": "a", "source": "b", "target": "c", "target_lang": "xx"}',
            "b.jsonl:1: 'xx' is no language code",
        ),
        ("b.csv", "id,source\n", "b.csv:1: no column target"),
        ("b.csv", '"id', "b.csv:1: not CSV"),
        ("b.csv", 'id,source,target\na,b,c\na,b,"c"d\n', "b.csv:3: not CSV"),
        ("b.csv", "id,source,target\na,b\n", "b.csv:2: no 'target'"),
        ("b.csv", "id,source,target,source_lang\na,b,c,12\n", "b.csv:2: '12' is no language code"),
        (
            "b.csv",
            "id,source,target\na,b,c\na,d,e\n",
            "b.csv: two items have the id 'a'; reports could not be told apart",
        ),
    ],
)
def test_a_broken_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_items(put(tmp_path, name, content))


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_nothing_to_check(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="names no items"):
        read_items(put(tmp_path, "b.jsonl", content))


def test_a_manifest_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a manifest is UTF-8"):
        read_items(put(tmp_path, "b.jsonl", '{"id": "ä"}'.encode("latin-1")))


def test_a_manifest_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such manifest; name a manifest or a folder"):
        read_items(tmp_path / "gone.jsonl")


# Folders


def test_what_is_no_file_is_no_version(tmp_path: Path) -> None:
    for name in ("a.en.txt", "b.en.txt", "c.en.txt", "c.ru.txt"):
        put(tmp_path, name)
    os.mkfifo(tmp_path / "a.ru.txt")  # opening it would wait for ever
    (tmp_path / "b.ru.txt").symlink_to("gone.txt")
    found = [(item.id, item.lacks) for item in read_items(tmp_path)]
    assert found == [("a.en-ru", "target"), ("b.en-ru", "target"), ("c.en-ru", None)]


def test_pairs_of_several_patterns(tmp_path: Path) -> None:
    for name in ("z/a.en.txt", "z/a.ru.txt", "b.en.md", "b.ru.md"):
        put(tmp_path, name)
    patterns = ["z/{name}.{lang}.txt", "{name}.{lang}.md", "{name}.{lang}.txt"]
    found = find_pairs(tmp_path, patterns)
    one, two = (
        (tmp_path / "z/a.en.txt", tmp_path / "z/a.ru.txt"),
        (tmp_path / "b.en.md", tmp_path / "b.ru.md"),
    )
    assert [(i.id, i.source, i.target) for i in found] == [(f"{s} {t}", s, t) for s, t in (one, two)]
    assert find_pairs(tmp_path, patterns, excluded=lambda path: "z" in path.parts)[0].source == two[0]


def test_a_folder(tmp_path: Path) -> None:
    for name in (
        "b.ru.txt",
        "b.en.txt",
        "a.x.de.txt",
        "a.x.fr.txt",
        "a.x.en.txt",
        "in/c.de.txt",
        "in/c.az.txt",
    ):
        put(tmp_path, name)
    for name in ("alone.en.txt", "notes.txt", "b.en.md", "b.xx.txt", "in/b.uk.txt"):
        put(tmp_path, name)
    (tmp_path / "d.en.txt").mkdir()
    put(tmp_path, "d.ru.txt")
    items = read_items(tmp_path, pairs=True)
    there = [item for item in items if item.lacks is None]
    assert names(there, tmp_path) == [
        ("a.x.en-de", "a.x.en.txt", "a.x.de.txt"),
        ("a.x.en-fr", "a.x.en.txt", "a.x.fr.txt"),
        ("b.en-ru", "b.en.txt", "b.ru.txt"),
        ("in/c.az-de", "in/c.az.txt", "in/c.de.txt"),
    ]
    assert there[-1].languages == ("az", "de")
    # English and German are what two of the three translated texts have.
    assert [(item.id, item.lacks) for item in items if item.lacks] == [
        ("alone.en-de", "target"),
        ("b.en-de", "target"),
        ("d.ru-de", "target"),
        ("d.en-ru", "source"),
        ("in/b.uk-de", "target"),
        ("in/b.en-uk", "source"),
        ("in/c.en-az", "source"),
    ]


def test_a_folder_with_a_reference(tmp_path: Path) -> None:
    for name in ("a.en.txt", "a.ru.txt", "a.az.txt", "b.en.txt", "b.az.txt"):
        put(tmp_path, name)
    assert names(read_items(tmp_path, reference="ru", pairs=True), tmp_path) == [
        ("a.ru-az", "a.ru.txt", "a.az.txt"),
        ("a.ru-en", "a.ru.txt", "a.en.txt"),
        ("b.ru-az", "b.ru.txt", "b.az.txt"),
    ]


def test_versions_of_one_name_are_one_item(tmp_path: Path) -> None:
    for name in ("a.en.txt", "a.ru.txt", "a.az.txt", "b.en.txt", "b.az.txt"):
        put(tmp_path, name)
    items = read_items(tmp_path)
    assert [(item.id, item.languages, item.lacks) for item in items] == [
        ("a.en-az-ru", ("en", "az", "ru"), None),
        ("b.en-az", ("en", "az"), None),
        ("b.en-ru", ("en", "ru"), "target"),
    ]
    assert [path.name for path in items[0].paths] == ["a.en.txt", "a.az.txt", "a.ru.txt"]


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("{lang}/{name}.md", ("en/news/a.md", "ru/news/a.md")),
        ("{name}_{lang}.txt", ("news/a_en.txt", "news/a_ru.txt")),
        ("{name}.{lang}.t[x]t", ("news/a.en.t[x]t", "news/a.ru.t[x]t")),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, files: tuple[str, str]) -> None:
    for name in (*files, "news/a.en.txt", "news/a.ru.txt"):
        put(tmp_path, name)
    assert names(read_items(tmp_path, pattern=pattern), tmp_path) == [("news/a.en-ru", *files)]


@pytest.mark.parametrize("pattern", ["{name}.txt", "{lang}.txt", "{name}.{lang}.{lang}", ""])
def test_a_pattern_that_is_none(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(UsageError, match=r"needs \{name\} and \{lang\} once each"):
        read_items(tmp_path, pattern=pattern)


def test_a_folder_without_a_pair(tmp_path: Path) -> None:
    put(tmp_path, "a.en.txt")
    with pytest.raises(InputError, match="no two files match"):
        read_items(tmp_path)


@pytest.mark.parametrize("pattern", ["{name}.{lang}.xml#1", "{name}.xml#1 + {name}.{lang}.xml#2"])
def test_a_pattern_of_entries_of_feeds(tmp_path: Path, pattern: str) -> None:
    bare = "+" in pattern
    files = ["news.xml" if bare else "news.en.xml", "news.ru.xml"]
    for file in files:
        put(tmp_path, file)
    (item,) = find_pairs(tmp_path, [pattern])
    entries = (1, 2) if bare else (1, 1)
    assert item.paths == tuple(tmp_path / f"{file}#{n}" for file, n in zip(files, entries, strict=True))


def test_a_sign_inside_a_name_is_no_entry(tmp_path: Path) -> None:
    for file in ("a.en#draft.txt", "a.ru#draft.txt", "a.en", "c#1.en.txt", "c#1.ru.txt"):
        put(tmp_path, file)
    (item,) = find_pairs(tmp_path, ["{name}.{lang}#draft.txt"])
    assert item.paths == (tmp_path / "a.en#draft.txt", tmp_path / "a.ru#draft.txt")
    (item,) = find_pairs(tmp_path, ["{name}#1.{lang}.txt"])
    assert item.paths == (tmp_path / "c#1.en.txt", tmp_path / "c#1.ru.txt")


def test_the_version_that_lacks_an_entry_is_named_with_it(tmp_path: Path) -> None:
    for file in ("a.en.xml", "a.ru.xml", "b.en.xml"):
        put(tmp_path, file)
    _, lacking = find_pairs(tmp_path, ["{name}.{lang}.xml#1"])
    assert (lacking.source, lacking.target) == (tmp_path / "b.en.xml#1", tmp_path / "b.ru.xml#1")


def test_a_manifest_names_entries(tmp_path: Path) -> None:
    put(tmp_path, "m.jsonl", '{"id": "one", "source": "a.en.xml#2", "target": "a.ru.xml#tag:7"}\n')
    put(tmp_path, "a.en.xml")
    (item,) = read_items(tmp_path / "m.jsonl")
    assert item.paths == (tmp_path / "a.en.xml#2", tmp_path / "a.ru.xml#tag:7")
    assert (
        text_files([item])[0] == tmp_path / "a.en.xml"
    )  # which no output may replace, and which a journal hashes
