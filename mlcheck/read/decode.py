"""Bytes to characters: byte order marks, UTF-16 without one, what markup declares, UTF-8, and last a guess.

Python's own text mode is not used: it folds line ends, and offsets count the file's own characters.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from typing import NamedTuple

from mlcheck.errors import InputError
from mlcheck.read.declared import declared_encoding

__all__ = ["Decoded", "decode_bytes"]


class Decoded(NamedTuple):
    """The characters of a file, the encoding's name, and whether that is a guess."""

    text: str
    encoding: str
    guessed: bool = False


# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ZIP = b"PK\x03\x04"
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_IN_ZIP = (
    (b"word/", "a Word document (.docx)"),
    (b"opendocument", "an OpenDocument file (.odt)"),
    (b"epub+zip", "an EPUB book"),
)

# Python's name, and the one of the Encoding Standard, which other tools know. Fewer than charset-
# normalizer has: with all of them it read Turkish as iso-8859-10 and French as mac_latin2, encodings
# that hardly any file is in. iso-8859-1 and -9 are absent because windows-1252 and -1254 read the same
# bytes as the same letters. On a tie the one that stands first wins.
_LEGACY = {
    "cp1252": "windows-1252",
    "cp1254": "windows-1254",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1253": "windows-1253",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp874": "windows-874",
    "cp866": "ibm866",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "iso8859_2": "iso-8859-2",
    "iso8859_5": "iso-8859-5",
    "iso8859_6": "iso-8859-6",
    "iso8859_7": "iso-8859-7",
    "iso8859_8": "iso-8859-8",
    "iso8859_15": "iso-8859-15",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "gb18030": "gb18030",
    "big5": "big5",
    "cp949": "euc-kr",
}

# The letters outside ASCII of the languages that are written in Latin script and had an encoding of
# their own, in lower case.
_ALPHABETS = tuple(
    map(
        frozenset,
        (
            "çğıöşüâîû",  # Turkish; ı stands for both cases
            "àâæçéèêëîïôœùûüÿ",  # French
            "äöüß",  # German
            "áéíñóúü",  # Spanish
            "àáâãçéêíóôõúü",  # Portuguese
            "àèéìíîòóùú",  # Italian
            "àçèéíïòóúü",  # Catalan
            "áèéêëíïóöúü",  # Dutch
            "åäöéæø",  # Danish, Norwegian, Swedish, Finnish
            "áðéíóúýþæö",  # Icelandic
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýž",  # Czech
            "áäčďéíĺľňóôŕšťúýž",  # Slovak
            "áéíóöőúüű",  # Hungarian
            "ăâîșțşţ",  # Romanian
            "čćđšž",  # Croatian, Bosnian, Serbian, Slovene
            "çë",  # Albanian
            "ąčęėįšųūž",  # Lithuanian
            "āčēģīķļņšūž",  # Latvian
            "äõöüšž",  # Estonian
            "ċġħż",  # Maltese
            "àáâãèéêìíòóôõùúýăđĩũơư\u0300\u0301\u0303\u0309\u0323",  # Vietnamese, tones apart
        ),
    )
)
_SAMPLE = 20_000  # bytes or characters: letters are counted on these, as all of 10 MB says no more
_AS_CLEAN = 0.05  # of charset-normalizer's noise, 0 to 1; right and wrong readings differ by up to .03


def decode_bytes(data: bytes, shown: str) -> Decoded:
    """Decode the bytes of a file; a byte order mark is no part of the text, line ends stay as they are.

    `shown` names the file in messages. Raises `InputError` where the bytes are none, are no text, are
    damaged, or are in no encoding that is known.
    """
    if not data:
        raise InputError(f"{shown}: is empty (0 bytes); check that it is the right file")
    _refuse_formats(data, shown)
    decoded = _marked(data, shown) or _utf16(data) or _declared(data) or _utf8(data, shown) or _guess(data)
    if decoded is None:
        raise InputError(f"{shown}: its encoding is not recognised; save it as UTF-8")
    if "\0" in decoded.text:
        raise InputError(f"{shown}: looks binary (it has NUL bytes); save it as text")
    return decoded


def _refuse_formats(data: bytes, shown: str) -> None:
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if data.startswith(_ZIP):
        kind = next((name for part, name in _IN_ZIP if part in data), "a zip archive")
    if kind is not None:
        raise InputError(f"{shown}: looks like {kind}, which is not read; save it as text")


def _marked(data: bytes, shown: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise _damaged(shown, encoding, error.start + len(mark)) from None
    return None


def _declared(data: bytes) -> Decoded | None:
    name = declared_encoding(data)
    if name is None:
        return None
    try:
        return Decoded(data.decode(name), _LEGACY.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return None  # it says what is not so


def _damaged(shown: str, encoding: str, at: int) -> InputError:
    return InputError(f"{shown}: damaged {encoding.upper()}, from byte {at} on; save it again as UTF-8")


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: ASCII characters put a NUL on every other byte, before them or after.

    The other bytes can be NUL too, but by rare characters (一 is 4E 00): the majority tells.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or even == odd:
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # Most binary files do not get here. Those that do have one character in eight that is none, while
    # a text may have the odd emoji that is newer than this Python.
    sample = text[:_SAMPLE]
    strange = sum(not _is_text(char) for char in sample)
    return Decoded(text, encoding) if strange <= len(sample) / 100 else None


def _is_text(char: str) -> bool:
    return char in "\t\n\r\f\x1a" or unicodedata.category(char) not in {"Cc", "Cn", "Co", "Cs"}


def _utf8(data: bytes, shown: str) -> Decoded | None:
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise InputError(f"{shown}: looks binary (it has NUL bytes); save it as text") from None
        # A UTF-8 file with one bad byte must not go to the guess: it would be read as windows-1252,
        # every letter wrong. Letters of legacy encodings make up valid UTF-8 by rare chance only.
        replaced = data.decode(errors="replace")
        bad = replaced.count("\ufffd")
        if sum(char > "\x7f" for char in replaced) >= 3 * bad:
            raise _damaged(shown, "utf-8", error.start) from None
        return None


def _guess(data: bytes) -> Decoded | None:
    # Here and not above: it takes a tenth of a second to load, and hardly any file needs it.
    from charset_normalizer import from_bytes

    # It skips what resembles an encoding that failed, so at its usual .2 windows-1250 takes iso-8859-2
    # down with it. At .35 random bytes are still refused, from some 20 bytes on.
    matches = from_bytes(data, cp_isolation=list(_LEGACY), threshold=0.35)
    best = matches.best()
    if best is None:
        return None
    rivals = {
        name
        for match in matches
        if match.chaos <= best.chaos + _AS_CLEAN
        for name in match.could_be_from_charset  # which includes its own
    }
    encoding = _by_spelling(data[:_SAMPLE], best.encoding, rivals)
    try:
        return Decoded(data.decode(encoding), _LEGACY[encoding], guessed=True)
    except UnicodeDecodeError:
        return None


def _by_spelling(sample: bytes, first: str, rivals: set[str]) -> str:
    """The first encoding, unless it gives Latin letters and a rival gives better spelt ones.

    charset-normalizer ranks by noise, and there windows-1252, -1254 and -1257 hardly differ: alone it
    gets one Turkish text in three wrong (ý for ı, þ for ş). No language writes ý, þ and ç together.
    """
    if not _is_latin(_letters(sample, first)):
        return first
    ranked = [name for name in _LEGACY if name in rivals]
    return max(ranked, key=lambda name: _best_share(_letters(sample, name)))


def _letters(sample: bytes, encoding: str) -> Counter[str]:
    text = sample.decode(encoding, errors="ignore").lower()
    return Counter(char for char in text if char > "\x7f" and unicodedata.category(char)[0] in "LM")


def _is_latin(letters: Counter[str]) -> bool:
    return all(unicodedata.name(char).startswith("LATIN") for char, _ in letters.most_common(1))


def _best_share(letters: Counter[str]) -> float:
    """The share of letters, 0 to 1, that one alphabet explains, at best."""
    known = max(sum(letters[char] for char in alphabet) for alphabet in _ALPHABETS)
    return known / max(letters.total(), 1)
