"""Reading files and strings: what is refused, how bytes become characters, where paragraphs end."""

from __future__ import annotations

import codecs
import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import DEFAULT_MAX_SIZE, read_file, read_text
from mlcheck.text import BLANK

ENGLISH = (
    "The council of the harbour town agreed on Tuesday to widen the old bridge, which lorries have not been "
    "allowed to cross since the flood of last spring. Work is to begin in May and will take two summers, the "
    "mayor said. Shops along the river fear for their trade and want the state to pay for what they lose."
)
RUSSIAN = (
    "Совет портового города решил во вторник расширить старый мост, по которому после прошлогоднего паводка "
    "не пускают грузовики. Работы начнутся в мае и займут два лета, сообщил мэр. Владельцы лавок на берегу "
    "опасаются за выручку и хотят, чтобы убытки им возместило государство."
)
GERMAN = (
    "Der Rat der Hafenstadt hat am Dienstag beschlossen, die alte Brücke zu verbreitern, über die seit der "
    "Flut im Frühjahr keine Lastwagen mehr fahren dürfen. Die Arbeiten sollen im Mai beginnen und zwei "
    "Sommer dauern, sagte die Bürgermeisterin. Händler am Fluss fürchten um ihre Umsätze."
)
TURKISH = (
    "Liman kentinin meclisi, geçen bahardaki selden bu yana kamyonlara kapalı olan eski köprünün "
    "genişletilmesine salı günü karar verdi. Belediye başkanı, çalışmaların mayısta başlayacağını ve iki yaz "
    "süreceğini söyledi. Irmak boyundaki esnaf ise işlerinin düşmesinden çekiniyor."
)
CHINESE = (
    "港口城市的议会星期二决定拓宽那座旧桥,自去年春天的洪水以来,卡车一直不得通行。市长说,工程将于五月开始,"
    "历时两个夏天。沿河的商店担心生意受到影响,希望由国家承担他们的损失,议会将在下个月就此进行讨论。"
)
JAPANESE = (
    "港町の議会は火曜日、昨春の洪水以来トラックの通行が禁じられている古い橋を広げることを決めた。"
    "工事は五月に始まり二夏かかると市長は述べた。川沿いの商店は売り上げの減少を心配し、国による補償を求めている。"
)
ARABIC = (
    "قرر مجلس المدينة الساحلية يوم الثلاثاء توسيع الجسر القديم الذي لا يسمح للشاحنات بعبوره منذ فيضان الربيع "
    "الماضي. وقال رئيس البلدية إن الأعمال ستبدأ في مايو وستستغرق صيفين. ويخشى أصحاب المتاجر على ضفة النهر "
    "على تجارتهم."
)
GEORGIAN = (
    "საპორტო ქალაქის საბჭომ სამშაბათს გადაწყვიტა ძველი ხიდის გაფართოება, რომელზეც გასული გაზაფხულის "
    "წყალდიდობის შემდეგ სატვირთო მანქანებს არ უშვებენ. სამუშაოები მაისში დაიწყება და ორ ზაფხულს გასტანს. "
    "მდინარის პირას მდებარე მაღაზიები ვაჭრობის გამო წუხან."
)
WITH_SPACES = [ENGLISH, RUSSIAN, GERMAN, TURKISH, ARABIC, GEORGIAN]


def wrap(text: str, width: int) -> str:
    """As a program wraps that breaks at spaces, or, where a text has none, anywhere."""
    if " " in text:
        return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))
    half = width // 2
    return "\n".join(text[i : i + half] for i in range(0, len(text), half))


def pieces(raw: RawText) -> list[str]:
    return [raw.text[block.span.start : block.span.end] for block in raw.blocks]


def blocks_of(text: str) -> list[str]:
    return pieces(read_text(text))


def write(folder: Path, data: bytes | str, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# What must be left in one piece -------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 72, 100])
@pytest.mark.parametrize("text", [*WITH_SPACES, CHINESE, JAPANESE])
def test_wrapped_paragraph_is_one_block(text: str, width: int) -> None:
    wrapped = wrap(text, width)
    assert wrapped.count("\n") >= 1
    assert blocks_of(f"Headline\n\n{wrapped}\n\nThe end.") == ["Headline", wrapped, "The end."]


def test_wrapped_text_without_a_blank_line_is_one_block() -> None:
    assert len(blocks_of(wrap(ENGLISH, 72))) == 1


def test_wrapped_lines_may_begin_with_a_dash() -> None:
    text = (
        "The bridge will be closed to all traffic for the whole of May and\n"
        "- this is what worries the shops along the river - for a part of\n"
        "the summer as well."
    )
    assert blocks_of(text) == [text]


@pytest.mark.parametrize("text", ["One line.", "  One line.\n", "\ufeff\n\n\u3000One line.\u200b\xa0\n\x1a"])
def test_edges_are_no_part_of_a_block(text: str) -> None:
    assert blocks_of(text) == ["One line."]


# What must be cut ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "blank", ["", " ", "\t", "\xa0", "\u3000", "\u200b", "\ufeff", "\u200f", " \xa0\u2060"]
)
def test_blank_lines_part_paragraphs(blank: str) -> None:
    assert blocks_of(f"first\n{blank}\nsecond") == ["first", "second"]


@pytest.mark.parametrize(
    "stack",
    [
        ["28", "апр.", "2024", "23:51", "200", "21", "1009", "Virtual karabakh"],
        ["28 апр., 2024", "23:51", "1009"],
        ["Politics", "by Anna Berg", "12 May 2025", "3 min read"],
        ["Rathaus", "Hauptstraße 5", "10115 Berlin"],
        ["新华社", "2025年5月12日", "北京"],
        ["הרצל 5", "תל אביב", "ישראל"],
        [
            "Bridge to be widened after two years of talks",
            "Shops along the river fear for trade",
            "Rain to go on",
        ],
    ],
)
def test_stacked_fragments_are_a_block_each(stack: list[str]) -> None:
    furniture = "\n".join(stack)
    assert blocks_of(f"{furniture}\n\n{ENGLISH}\n\n{furniture}") == [*stack, ENGLISH, *stack]


@pytest.mark.parametrize("text", [*WITH_SPACES, CHINESE + CHINESE, JAPANESE + JAPANESE])
def test_long_lines_are_a_paragraph_each(text: str) -> None:
    assert blocks_of(f"Headline\n\n{text}\n{text}\n{text}") == ["Headline", text, text, text]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    lines = ["A headline", "By Anna Berg", ENGLISH, "She said nothing more.", GERMAN]
    assert blocks_of("\n".join(lines)) == lines


def test_lines_that_all_end_a_sentence_are_a_paragraph_each() -> None:
    lines = [
        "The council of the harbour town met on Tuesday evening.",
        "The old bridge is to be widened before next winter.",
        "The shops along the river fear for their summer trade.",
    ]
    assert blocks_of("\n".join(lines)) == lines


def test_listed_clauses_are_a_block_each() -> None:
    lines = [
        "the first of the three bridges, which is the oldest;",
        "the second bridge, which the railway has to pay for;",
        "the third bridge, for which there is no money at all.",
    ]
    assert blocks_of("\n".join(lines)) == lines


def test_list_items_are_a_block_each_and_stay_whole() -> None:
    first = "- the first bridge, the oldest of the three in the town\n  by the harbour, which is closed"
    second = "- the second bridge"
    assert blocks_of(f"The bridges are these:\n{first}\n{second}") == [
        "The bridges are these:",
        first,
        second,
    ]


def test_short_last_line_ends_a_paragraph_among_wrapped_lines() -> None:
    first, second = wrap(ENGLISH, 60), wrap(ENGLISH.replace("Tuesday", "Monday"), 60)
    assert len(first.split("\n")[-1]) < 50
    assert blocks_of(f"{first}\n{second}") == [first, second]


# Lines and offsets --------------------------------------------------------------------------------


def test_lines_count_from_one_by_any_line_end() -> None:
    raw = read_text("a\r\n\r\nb\r\rc\n\nd")
    assert [(block.line, block.end_line) for block in raw.blocks] == [(1, 1), (3, 3), (5, 5), (7, 7)]


def test_wrapped_block_knows_its_last_line() -> None:
    wrapped = wrap(ENGLISH, 72)
    block = read_text(f"Head\n\n{wrapped}\n").blocks[1]
    assert (block.line, block.end_line) == (3, 3 + wrapped.count("\n"))


def test_line_ends_stay_as_in_the_file(tmp_path: Path) -> None:
    raw = read_file(write(tmp_path, b"one\r\n\r\ntwo\rthree\n"))
    assert raw.text == "one\r\n\r\ntwo\rthree\n"


# Files --------------------------------------------------------------------------------------------


def test_path_is_the_one_that_the_user_gave(tmp_path: Path) -> None:
    path = write(tmp_path, "Text.")
    assert read_file(path).path == str(path)
    assert read_file(path, shown="../a.txt").path == "../a.txt"
    assert read_file(str(path)) == read_file(path)


@pytest.mark.parametrize(
    ("name", "markdown"),
    [("a.txt", False), ("a.MD", True), ("a.markdown", True), ("a.log", False), ("a", False)],
)
def test_suffix_decides_the_format(tmp_path: Path, name: str, markdown: bool) -> None:
    raw = read_file(write(tmp_path, "# Title", name))
    assert raw.markdown is markdown
    assert pieces(raw) == (["Title"] if markdown else ["# Title"])


def test_string_is_read_like_a_file(tmp_path: Path) -> None:
    text = f"# Title\n\n{ENGLISH}\n"
    for name, markdown in [("a.txt", False), ("a.md", True)]:
        path = write(tmp_path, text, name)
        assert read_text(text, name="a", markdown=markdown) == read_file(path, shown="a")


SAVE = "save it as text"
REFUSED_BYTES = [
    (b"", "a.txt: is empty (0 bytes); check that it is the right file"),
    (b" \r\n\t\xc2\xa0\n", "a.txt: is empty but for white space; check that it is the right file"),
    (codecs.BOM_UTF8, "a.txt: is empty but for white space; check that it is the right file"),
    (codecs.BOM_UTF16_LE, "a.txt: is empty but for white space; check that it is the right file"),
    (b"12 + 30 = 42\n", "a.txt: no letters: nothing to compare; check that it is the right file"),
    (b"text\x00\x00\x00text", f"a.txt: looks binary (it has NUL bytes); {SAVE}"),
    (b"te\xfft\x00\x00\x00text", f"a.txt: looks binary (it has NUL bytes); {SAVE}"),
    ("text\0".encode("utf-16"), f"a.txt: looks binary (it has NUL bytes); {SAVE}"),
    (b"\x00\x01\x00\x02\x00\x03\x00\x04", f"a.txt: looks binary (it has NUL bytes); {SAVE}"),
    (b"PK\x03\x04..other", f"a.txt: looks like a zip archive, which is not read; {SAVE}"),
    (b"\x89PNG\r\n\x1a\n", f"a.txt: looks like a PNG picture, which is not read; {SAVE}"),
    (b"\xff\xd8\xff\xe0", f"a.txt: looks like a JPEG picture, which is not read; {SAVE}"),
    (b"\x1f\x8b\x08\x00", f"a.txt: looks like a gzip archive, which is not read; {SAVE}"),
    (codecs.BOM_UTF16_LE + b"a\x00b", "a.txt: damaged UTF-16-LE, from byte 4 on; save it again as UTF-8"),
    (RUSSIAN.encode()[:-2], "a.txt: damaged UTF-8, from byte 499 on; save it again as UTF-8"),
    (bytes(range(128, 256)) * 3, "a.txt: its encoding is not recognised; save it as UTF-8"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED_BYTES)
def test_file_that_cannot_be_checked(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_file(write(tmp_path, data), shown="a.txt")
    assert str(caught.value) == message
    assert caught.value.code == "input"


def test_missing_file(tmp_path: Path) -> None:
    for name in ("gone.txt", "gone.docx"):
        with pytest.raises(InputError, match=rf"^{re.escape(name)}: no such file; check the path$"):
            read_file(tmp_path / name, shown=name)


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"^texts: is a folder, and a text file is wanted; name a file in it$"
    ):
        read_file(tmp_path, shown="texts")


def test_path_that_no_system_takes() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_file("a\0b")


def test_file_below_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^x: (cannot be read|no such file)"):
        read_file(write(tmp_path, "Text.") / "b.txt", shown="x")


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "Text.")
    monkeypatch.setattr(Path, "open", refuse)  # chmod does not stop root
    with pytest.raises(InputError, match=r"^a: may not be read; check its permissions$"):
        read_file(path, shown="a")


def test_size_limit_is_inclusive_and_in_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "мост")
    assert read_file(path, max_size=8).text == "мост"
    with pytest.raises(
        InputError, match=r"^a: larger than 7 bytes; split it, or allow more with --max-size$"
    ):
        read_file(path, shown="a", max_size=7)


def test_size_limit_by_default(tmp_path: Path) -> None:
    assert DEFAULT_MAX_SIZE == 10_000_000
    with pytest.raises(InputError, match=r"larger than 10,000,000 bytes"):
        read_file(write(tmp_path, b"a" * 10_000_001))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "draft: is empty but for white space"),
        ("\ufeff \u200b", "draft: is empty but for white space"),
        ("1 2 3", "draft: no letters"),
        ("ab\ud800", "draft: character 2 is a lone surrogate"),
    ],
)
def test_string_that_cannot_be_checked(text: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}"):
        read_text(text, name="draft")


# Encodings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize(
    "text", [ENGLISH, RUSSIAN, GEORGIAN, f"AB {CHINESE}\r\n", "Bridge \U0001f309 opened"]
)
def test_unicode(tmp_path: Path, mark: bytes, codec: str, text: str) -> None:
    raw = read_file(write(tmp_path, mark + text.encode(codec)))
    assert (raw.text, raw.encoding, raw.encoding_guessed) == (text, codec, False)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (RUSSIAN, "cp866", "ibm866"),
        (RUSSIAN, "iso8859_5", "iso-8859-5"),
        (TURKISH, "cp1254", "windows-1254"),
        (TURKISH, "iso8859_9", "windows-1254"),
        (GERMAN, "cp1252", "windows-1252"),
        (GERMAN, "iso8859_1", "windows-1252"),
        (ARABIC, "cp1256", "windows-1256"),
        (CHINESE, "gb18030", "gb18030"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        ("Rząd przyjął ustawę o środkach łączności, która wchodzi w życie jutro.", "cp1250", "windows-1250"),
        ("Rząd przyjął ustawę o środkach łączności, która wchodzi w życie jutro.", "iso8859_2", "iso-8859-2"),
        ("La décision a été prise à Liège, où le conseil s’est réuni.", "cp1252", "windows-1252"),
    ],
)
def test_legacy_encoding_is_guessed(tmp_path: Path, text: str, codec: str, encoding: str) -> None:
    raw = read_file(write(tmp_path, text.encode(codec)))
    assert (raw.text, raw.encoding, raw.encoding_guessed) == (text, encoding, True)


# Properties ---------------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", " ", "\xa0", "- ", "a", "28", "Anna Berg", "12.", "中文", "the bridge.", "\ufeff"]
        ),
        st.integers(1, 200).map(lambda n: ENGLISH[:n].strip()),
        st.integers(1, 90).map(lambda n: RUSSIAN[-n:].strip()),
        st.text(max_size=20),
    ),
    max_size=12,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.builds(lambda lines, end: end.join(lines), LINES, ENDS).map(lambda text: f"{text}a")


@given(TEXTS)
@example("\x85a\u2028b")
def test_blocks_are_ordered_trimmed_and_located(text: str) -> None:
    raw = read_text(text)
    at = 0
    for block in raw.blocks:
        assert at <= block.span.start < block.span.end
        at = block.span.end
        piece = text[block.span.start : block.span.end]
        assert piece == piece.strip() == piece.strip(BLANK)
        for place, line in ((block.span.start, block.line), (block.span.end, block.end_line)):
            assert line == len(re.findall(r"\r\n|\r|\n", text[:place])) + 1


@given(TEXTS)
def test_every_letter_is_in_one_block(text: str) -> None:
    inside = "".join(blocks_of(text))
    assert [char for char in inside if char.isalpha()] == [char for char in text if char.isalpha()]


@given(LINES)
def test_line_ends_make_no_difference(lines: list[str]) -> None:
    text = "\n".join([*lines, "a"]).replace("\r", "")
    windows = blocks_of(text.replace("\n", "\r\n"))
    assert [piece.replace("\r\n", "\n") for piece in windows] == blocks_of(text)


@given(
    st.text(min_size=1).map(lambda text: text.replace("\0", "") + "a"),
    st.sampled_from(["utf-16", "utf-8-sig"]),
)
def test_files_come_back_as_written(tmp_path_factory: pytest.TempPathFactory, text: str, codec: str) -> None:
    raw = read_file(write(tmp_path_factory.mktemp("files"), text.encode(codec)))
    assert raw.text == text


@given(st.binary(max_size=200))
def test_no_bytes_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = write(tmp_path_factory.mktemp("files"), data)
    message = ""
    try:
        assert read_file(path, shown="a").blocks
    except InputError as error:
        message = str(error)
    assert "\n" not in message


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "中" * 1_000_000,
        "a\n\n" * 100_000,
        "a line\n" * 100_000,
        (wrap(ENGLISH, 72) + "\n") * 3_000,
    ],
)
def test_a_megabyte_takes_seconds_at_most(text: str) -> None:
    before = time.process_time()
    assert read_text(text).blocks
    # Where time grew with the square, this would take minutes.
    assert time.process_time() - before < 10
