"""What is taken from LibreOffice's help: what must be left out, and what belongs together. No network."""

from __future__ import annotations

import hashlib
import io
import lzma
import sys
import tarfile
from pathlib import Path

import pytest

pytest.importorskip("training.judge.fetch_help")

from mlcheck.errors import InputError
from training.judge import fetch_help
from training.judge.fetch_help import collect, members, pages, paragraphs, plain, weight


def ar(**files: bytes) -> bytes:
    data = b"!<arch>\n"
    for name, content in files.items():
        head = f"{name.replace('_', '.'):<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
        data += head + content + b"\n" * (len(content) % 2)
    return data


def deb(**texts: str) -> bytes:
    """A package with one page for each of `texts`."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as archive:
        for name, text in texts.items():
            info = tarfile.TarInfo(f"./usr/share/libreoffice/help/xx/text/{name}.html")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        other = tarfile.TarInfo("./usr/share/doc/libreoffice-help-xx/text/copyright")
        archive.addfile(other, io.BytesIO())
    return ar(debian_binary=b"2.0", data_tar_xz=packed.getvalue())


def p(key: str, text: str, classes: str = "paragraph") -> str:
    return f'<p id="{key}" class="{classes}" dir="auto">{text}</p>'


@pytest.mark.parametrize(
    "english",
    [
        "Choose the command Insert - Envelope and then the printer.",
        "Enter =SUM(A1) to add up all the numbers of the column.",
        "The file is kept in the folder user/config of your profile.",
        "Press Shift+Ctrl to select all the cells of the table.",
        "Width of the frame in the current document",
        "the width of the frame is always that of the page.",
        "Click the Edit button.",
        "Note: The width of the frame is always that of the page.",
    ],
)
def test_what_is_no_running_text_is_left_out(english: str) -> None:
    assert not plain(english, "Die Breite des Rahmens ist immer die der Seite.")


@pytest.mark.parametrize("other", ["Die Breite des Rahmens", 'Das Feld "Breite bleibt leer.', "选择」选项。"])
def test_a_translation_that_is_no_whole_sentence_is_left_out(other: str) -> None:
    assert not plain("The width of the frame is always that of the page.", other)


@pytest.mark.parametrize("other", ["Die Breite ist „fest“.", 'Она "постоянна".', "宽度「固定」。"])
def test_whole_sentences_stay(other: str) -> None:
    assert plain("The width of the frame is always that of the page.", other)


def test_paragraphs_that_are_for_some_systems_or_code_or_there_twice_are_left_out() -> None:
    html = (
        p("a", 'Press <span class="switchinline"><span class="MAC">Command</span><span>Ctrl</span></span>.')
        + p("b", "Print x", "code")
        + p("c", "One.")
        + p("d", "Three.")
        + p("c", "Two.")
        + p("c", "Again.")
        + "<p>Without an id.</p>"
    )
    assert paragraphs(html) == {"d": "Three."}


def test_the_text_of_a_paragraph_is_one_line_without_marks() -> None:
    html = p("a", '<a name="x"></a><span class="avis">Fish &amp;\n  chips</span><br>are <b>no</b>t\n here. ')
    assert paragraphs(html) == {"a": "Fish & chips are not here."}


def test_an_archive_gives_its_files() -> None:
    assert members(ar(one=b"odd", two=b"even")) == {"one": b"odd", "two": b"even"}


@pytest.mark.parametrize("data", [b"PK", ar(one=b"odd")[:-2]])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no ar archive|ends too early"):
        members(data)


def test_only_pages_are_read_from_a_package() -> None:
    assert list(pages(deb(one="<p>ä</p>"))) == [("/text/one.html", "<p>ä</p>")]


ENGLISH = {
    ("/one", "a"): "The printer does not print the hidden cells. You can change the order of the pages.",
    ("/one", "b"): "The option is not available for text documents with a password.",
    ("/one", "c"): "The selected cells are always deleted when you close the window.",
    ("/one", "d"): "The new page is inserted in front of the current page. It has no number.",
    ("/two", "e"): "The option is not available for text documents with a password.",
}
GERMAN = {
    ("/one", "a"): "Der Drucker druckt die versteckten Zellen nicht. Sie können die Folge der Seiten ändern.",
    ("/one", "b"): "Die Option ist für Textdokumente mit einem Passwort nicht vorhanden.",
    ("/one", "c"): ENGLISH["/one", "c"],
    ("/one", "d"): "Die neue Seite wird vor der aktuellen Seite eingefügt und hat keine Nummer.",
    ("/two", "e"): "Für Textdokumente mit einem Passwort gibt es diese Option leider nicht.",
    ("/two", "f"): "Das gibt es auf Englisch nicht, und niemand weiß, warum das so ist.",
}


@pytest.fixture
def as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of so few pairs the odd lengths would be most.
    monkeypatch.setattr("training.judge.fetch._ODD", 0.0)


@pytest.mark.usefixtures("as_they_are")
def test_sentences_of_the_same_paragraph_belong_together_and_come_once() -> None:
    got = collect("de", ENGLISH, GERMAN, 10)
    assert sorted(got) == [
        (
            "The option is not available for text documents with a password.",
            "Die Option ist für Textdokumente mit einem Passwort nicht vorhanden.",
        ),
        ("The printer does not print the hidden cells.", "Der Drucker druckt die versteckten Zellen nicht."),
        (
            "You can change the order of the pages.",
            "Sie können die Folge der Seiten ändern.",
        ),
    ]
    assert collect("de", ENGLISH, GERMAN, 2) == got[:2]


@pytest.mark.usefixtures("as_they_are")
def test_sentences_that_differ_in_numbers_only_come_once() -> None:
    english = {("/one", str(n)): f"The list has {n} lines with the names of pages." for n in range(20, 25)}
    german = {("/one", str(n)): f"Die Liste hat {n} Zeilen mit den Namen der Seiten." for n in range(20, 25)}
    assert len(collect("de", english, german, 10)) == 1


@pytest.mark.usefixtures("as_they_are")
def test_few_sentences_have_the_same_opening() -> None:
    words = [
        "roof",
        "door",
        "wall",
        "gate",
        "yard",
        "barn",
        "lake",
        "road",
        "hill",
        "tree",
        "rock",
        "pond",
        "mill",
    ]
    english = {("/one", word): f"You can change the colour of each {word} in the window." for word in words}
    german = {("/one", word): f"Die Farbe von {word} kann man in dem Fenster ändern." for word in words}
    assert len(collect("de", english, german, 100)) == 12 < len(words)


def test_negations_and_numbers_are_wanted_most_and_labels_least() -> None:
    label, usual = weight("Specifies the width of the frame."), weight("The frame has the width of the page.")
    assert label < usual
    for telling in ("The frame has no width.", "The frame has 2 borders.", "Returns 2 if there is none."):
        assert weight(telling) > usual


def archive(folder: Path, **languages: str) -> None:
    """The files that would be fetched, as they are kept."""
    folder.mkdir(parents=True)
    entries = []
    for language, html in languages.items():
        name = f"libreoffice-help-{language.replace('_', '-')}"
        data = deb(one=html)
        (folder / f"{name}_1_all.deb").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        entries.append(f"Package: {name}\nFilename: pool/{name}_1_all.deb\nSHA256: {digest}\n")
    (folder / "bookworm-Packages.xz").write_bytes(lzma.compress("\n".join(entries).encode()))


def run(monkeypatch: pytest.MonkeyPatch, out: Path, languages: str) -> int:
    monkeypatch.setattr(sys, "argv", ["fetch_help", "--out", str(out), "--languages", languages])
    monkeypatch.setattr("urllib.request.urlopen", None)
    return fetch_help.main()


@pytest.mark.usefixtures("as_they_are")
def test_the_table_is_made_of_files_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(
        tmp_path / "cache",
        en_us=p("a", "The printer does not print the hidden cells."),
        pt_br=p("a", "A impressora não imprime as células ocultas."),
    )
    assert run(monkeypatch, tmp_path, "pt_BR") == 0
    assert (tmp_path / "help.tsv").read_text(encoding="utf-8") == (
        "pt_BR\tThe printer does not print the hidden cells.\tA impressora não imprime as células ocultas.\n"
    )
    said = capsys.readouterr().err
    assert "pt_BR: 1 pairs\n" in said
    assert said.count("sha256") == 3


def test_a_language_without_help_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path / "cache", en_us=p("a", "The printer does not print."))
    assert run(monkeypatch, tmp_path, "uk") == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "fetch_help: uk: bookworm has no libreoffice-help-uk; leave it out of --languages"
    )


def test_a_package_that_was_changed_is_refused(tmp_path: Path) -> None:
    archive(tmp_path / "cache", de="")
    packages = fetch_help.fetch_index("http://none", tmp_path / "cache")
    (tmp_path / "cache" / "libreoffice-help-de_1_all.deb").write_bytes(b"other")
    with pytest.raises(InputError, match="another SHA-256 than"):
        fetch_help.fetch("de", packages, "http://none", tmp_path / "cache")
