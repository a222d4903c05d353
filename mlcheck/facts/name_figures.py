"""What is known of a name and a word opposite, in figures.

Two words are counterparts in so far as they sound alike (`sound`) and mean alike (the encoder's word
vectors); a name's counterpart may also stand in the passages beside. Nothing here decides: the
model over these figures is in `name_match.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mlcheck.data import Alignment, Encoded, Link
from mlcheck.facts.name_tables import is_common, known_names
from mlcheck.facts.names import names
from mlcheck.facts.sound import alike, spell, substance
from mlcheck.languages import base
from mlcheck.languages import language as record

__all__ = ["FIGURES", "Floats", "Pairs", "pairs", "settled"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FIGURES = (
    "here",
    "here_back",
    "near",
    "near_back",
    "far",
    "far_back",
    "heard",
    "heard_back",
    "free",
    "free_back",
    "claimed",
    "claimed_back",
    "best",
    "best_back",
    "rival",
    "rival_back",
    "kin",
    "cosine",
    "sound",
    "same_script",
    "same_start",
    "slot",
    "distance",
    "neighbour",
    "name_back",
    "coded",
    "coded_back",
    "capitals",
    "substance",
    "substance_back",
    "letters",
    "letters_back",
    "weight",
    "weight_back",
    "opens",
    "opens_back",
    "names",
    "names_back",
    "lone_names",
    "lone_names_back",
    "words",
    "words_back",
    "sentences",
    "cased",
    "divergence",
    "similarity",
)
"""What is known of a name and a word opposite; `pairs` works them out. What ends in `_back` is seen from the
word opposite, the same without it from the name."""

_FOUND = 0.4
"""Kinship (`_Stretch.kin`) below which a word has no counterpart, for what counts as a lone name."""
_BESIDE = 1.34
"""Kinship from which a counterpart stands in the passages beside, for `settled`."""
_SAME_SOUND, _SAME_MEANING, _OTHER = (0.4, 0.8), (0.45, 0.7), 0.2
"""Likeness of sound, and cosine, of words that are not at all each other's counterparts, and of those that
surely are; and how far two words must be neither, 0 to 1, to be worth a look."""
_OPENS = 2
"""Characters into a sentence up to which a word opens it: a quotation mark may stand before."""
_LINKS_AT_ONCE = 60
"""Links that are compared with each other. Bounds time and memory by the length of the text."""
_MOST_WORDS = 1000
"""Words of a link, on either side, up to which it is looked at: each is compared with each, and what
has more is a table or a list."""
_NEAR = 2
"""Links on either side in which a name's counterpart may stand as well."""
_SUBSTRING = 7
"""Characters from which a name in a script without spaces is read."""
_SOUND_FROM = 0.55
"""Likeness of sound that two words reach by chance."""
_SOUND_WEIGHT = 1.2
_FULL_SUBSTANCE = 3.0
_UNIT_FLOOR = 0.4
_STEM = 5


@dataclass(frozen=True, slots=True)
class Pairs:
    """A name on side `side`, the words opposite that may be in its place, and the figures of each."""

    side: int
    sentence: int
    span: tuple[int, int]
    opposite: tuple[tuple[int, int, int], ...]
    """Sentence, start, end."""
    figures: Floats
    """(words opposite, FIGURES)."""


def settled(figures: Floats) -> npt.NDArray[np.bool_]:
    """Pairs that are no exchange, whatever else is known of them: each other's counterparts, by sound or by
    meaning; or both with a counterpart in the passages beside, as in two versions that put the same names
    elsewhere."""
    sound, cosine, near, near_back = (
        figures[:, FIGURES.index(name)] for name in ("sound", "cosine", "near", "near_back")
    )
    other = (1 - _ramp(sound, *_SAME_SOUND)) * (1 - _ramp(cosine, *_SAME_MEANING))
    result: npt.NDArray[np.bool_] = (other < _OTHER) | ((near > _BESIDE) & (near_back > _BESIDE))
    return result


def _ramp(values: Floats, low: float, high: float) -> Floats:
    """0 up to `low`, 1 from `high` on, and straight between."""
    result: Floats = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return result


def pairs(alignment: Alignment) -> Iterator[Pairs]:
    """The names of both sides, each with the words of the linked passage opposite."""
    if alignment.source.words is None or alignment.target.words is None:
        return
    sides = _Side.of(alignment.source), _Side.of(alignment.target)
    starts = alignment.source.words.starts, alignment.target.words.starts
    links = tuple(
        _before_the_judge(alignment, link)
        for link in alignment.sentences
        if max(
            sum(int(starts[side][i + 1] - starts[side][i]) for i in (link.source, link.target)[side])
            for side in (0, 1)
        )
        <= _MOST_WORDS
    )
    for start in range(0, len(links), _LINKS_AT_ONCE):
        # What stands near the ends of a stretch is looked for beyond them.
        low, high = max(0, start - _NEAR), start + _LINKS_AT_ONCE + _NEAR
        yield from _Stretch(sides, links[low:high]).pairs(
            start - low, min(_LINKS_AT_ONCE, len(links) - start)
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of a document: sentence, start, end (words, 3); their texts; 1 for words of names, 2
    for those that may have a capital for another reason, 3 for those that are translated in names too
    (Court), else 0; vectors."""

    places: Ints
    words: tuple[str, ...]
    heard: tuple[str, ...]
    """What sound is compared with: the word, or what begins there, where no spaces end it."""
    kinds: Ints
    codes: tuple[frozenset[str], ...]
    """What tables know that a word names."""
    vectors: npt.NDArray[np.int8]
    starts: Ints
    weights: Floats
    spaced: bool
    cased: bool

    @classmethod
    def of(cls, encoded: Encoded) -> _Side:
        table, document = encoded.words, encoded.document
        assert table is not None
        code = base(document.language)
        spaced = record(code).spaced
        places = np.empty((len(table.spans), 3), np.int64)
        kinds = np.zeros(len(table.spans), np.int64)
        words: list[str] = []
        heard: list[str] = []
        codes: list[frozenset[str]] = []
        for sentence in document.sentences:
            low, high = int(table.starts[sentence.index]), int(table.starts[sentence.index + 1])
            places[low:high, 0] = sentence.index
            places[low:high, 1:] = table.spans[low:high]
            spans: list[tuple[int, int]] = [(a, b) for a, b in table.spans[low:high].tolist()]
            codes += known_names(sentence.text, spans, code)
            few = high - low <= _MOST_WORDS
            facts = [(f.span, f.weak) for f in names(sentence.text, code)] if few else []
            for k, (start, end) in enumerate(spans, low):
                word = sentence.text[start:end]
                words.append(word)
                heard.append(word if spaced else sentence.text[start : start + _SUBSTRING])
                if word[:1].isupper():
                    held = [weak for span, weak in facts if span.start <= start and end <= span.end]
                    if held:
                        sure = not held[0] and not _is_first(sentence.text, start)
                        kinds[k] = 3 if is_common(word, code) else 1 if sure else 2
        cased = any(character.isupper() for word in words[:500] for character in word)
        return cls(
            places,
            tuple(words),
            tuple(heard),
            kinds,
            tuple(codes),
            table.vectors,
            table.starts,
            table.weights,
            spaced,
            cased,
        )


def _is_first(text: str, start: int) -> bool:
    return not any(character.isalnum() for character in text[:start])


class _Stretch:
    """Some links in order, and all that is known between their words."""

    def __init__(self, sides: tuple[_Side, _Side], links: tuple[Link, ...]) -> None:
        self.links = links
        self.sides = sides
        rows: list[Ints] = []
        bounds: list[Ints] = []
        for side, chosen in enumerate(sides):
            units = [(link.source, link.target)[side] for link in links]
            starts = chosen.starts.tolist()
            own = [np.arange(starts[i], starts[i + 1]) for unit in units for i in unit]
            rows.append(np.concatenate(own) if own else np.zeros(0, np.int64))
            sizes = [sum(starts[i + 1] - starts[i] for i in unit) for unit in units]
            bounds.append(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))
        self.rows, self.bounds = rows, bounds
        self.kinds = [sides[side].kinds[rows[side]] for side in (0, 1)]
        self.words = [[sides[side].words[row] for row in rows[side]] for side in (0, 1)]
        heard = [[sides[side].heard[row] for row in rows[side]] for side in (0, 1)]
        # int8 to float32 once; a stretch has a few thousand words.
        left, right = (sides[side].vectors[rows[side]].astype(np.float32) for side in (0, 1))
        self.cosines: Floats = left @ right.T / np.float32(127**2)
        self.sounds = self._sounds(heard)
        self.substances = [
            np.array([substance(word) for word in self.words[side]], np.float32) for side in (0, 1)
        ]
        self.kin, self.unit = self._kinship()
        self.known = [self._names_known(side) for side in (0, 1)]

    def _sounds(self, heard: list[list[str]]) -> Floats:
        """Likeness of sound where one of two words has a capital, 1 where tables know both, else 0."""
        result = np.zeros(self.cosines.shape, np.float32)
        for side in (0, 1):
            mine, theirs = np.flatnonzero(self.kinds[side] > 0), heard[1 - side]
            names_here = [self.words[side][k] for k in mine]
            rows, columns = sorted(set(names_here)), sorted(set(theirs))
            found = alike(rows, columns, spaced=self.sides[1 - side].spaced)
            at, across = ({form: k for k, form in enumerate(forms)} for forms in (rows, columns))
            full = found[np.ix_([at[w] for w in names_here], [across[w] for w in theirs])]
            if side == 0:
                result[mine] = full
            else:
                result[:, mine] = np.maximum(result[:, mine], full.T)
        holders: list[dict[str, list[int]]] = [{}, {}]
        for side in (0, 1):
            for k, row in enumerate(self.rows[side].tolist()):
                for code in self.sides[side].codes[row]:
                    holders[side].setdefault(code, []).append(k)
        for code, left in holders[0].items():
            if code in holders[1]:
                result[np.ix_(left, holders[1][code])] = 1
        return result

    def _kinship(self) -> tuple[Floats, float]:
        """How far two words are counterparts, 0 to about 2, and the cosine of those that are."""
        weight = np.minimum(1, self.substances[0] / _FULL_SUBSTANCE)[:, None]
        # Names known to tables are alike, however short they are.
        weight = np.where(self.sounds == 1, 1, weight)
        sound = np.maximum(0, self.sounds - _SOUND_FROM) / (1 - _SOUND_FROM) * weight
        sure = self.cosines[(sound > 0.6) & (self.cosines > 0.3)]
        unit = max(_UNIT_FLOOR, float(np.median(sure))) if len(sure) > 4 else 0.6
        kin: Floats = np.maximum(0, self.cosines) / np.float32(unit) + np.float32(_SOUND_WEIGHT) * sound
        return kin.astype(np.float32), unit

    def _names_known(self, side: int) -> npt.NDArray[np.bool_]:
        """Words that are names: by their own form, or because they are elsewhere in the stretch."""
        kinds, words = self.kinds[side], self.words[side]
        sure = {word[:_STEM] for word, kind in zip(words, kinds, strict=True) if kind == 1}
        lower = {word for word, kind in zip(words, kinds, strict=True) if kind == 0}
        return np.array(
            [
                (kind == 1 or (kind == 2 and word[:_STEM] in sure)) and word.lower() not in lower
                for word, kind in zip(words, kinds, strict=True)
            ],
            bool,
        )

    def _rows(self, side: int, where: slice) -> dict[str, Floats]:
        """Figures of each word by itself, whatever is opposite."""
        rows, words = self.rows[side][where], self.words[side][where]
        return {
            "substance": self.substances[side][where],
            "letters": np.array([len(word) for word in words], np.float32),
            "weight": self.sides[side].weights[rows],
            "opens": (self.sides[side].places[rows, 1] < _OPENS).astype(np.float32),
        }

    def pairs(self, first: int, count: int) -> Iterator[Pairs]:
        """The names of `count` links from `first` on."""
        for side in (0, 1):
            yield from self._side_pairs(side, first, count)

    def _side_pairs(self, side: int, first: int, count: int) -> Iterator[Pairs]:
        other = 1 - side
        tables = self.kin, self.cosines, self.sounds
        kin, cosines, sounds = tables if side == 0 else (table.T for table in tables)
        own, opposite = self.bounds[side], self.bounds[other]
        if not len(self.rows[side]) or not len(self.rows[other]):
            return
        by_link = _by_link(kin, opposite)
        by_link_back = _by_link(np.ascontiguousarray(kin.T), own)
        known, known_opposite = self.known[side], self.known[other]
        for number in range(first, first + count):
            a, b, c, d = own[number], own[number + 1], opposite[number], opposite[number + 1]
            chosen = np.flatnonzero(known[a:b])
            if not len(chosen) or c == d:
                continue
            link = self.links[number]
            k, cs, sn = kin[a:b, c:d], cosines[a:b, c:d], sounds[a:b, c:d]
            n, m = k.shape
            low, high = max(0, number - _NEAR), number + _NEAR + 1
            near = np.maximum(
                by_link[a:b, low:number].max(1, initial=0), by_link[a:b, number + 1 : high].max(1, initial=0)
            )
            near_back = np.maximum(
                by_link_back[c:d, low:number].max(1, initial=0),
                by_link_back[c:d, number + 1 : high].max(1, initial=0),
            )
            far = np.maximum(by_link[a:b, :low].max(1, initial=0), by_link[a:b, high:].max(1, initial=0))
            far_back = np.maximum(
                by_link_back[c:d, :low].max(1, initial=0), by_link_back[c:d, high:].max(1, initial=0)
            )
            but_column, but_row = _without(k, 1), _without(k, 0)
            # A word that another claims more is no counterpart: beside "Armstrong", "David" is like
            # "Армстронга" only because the vectors hold their surroundings.
            claimed, claimed_back = np.maximum(0, but_row - k), np.maximum(0, but_column - k)
            here, here_back = _without(k - claimed, 1), _without(k - claimed_back, 0)
            coded, coded_back = (
                np.array([bool(self.sides[x].codes[row]) for row in self.rows[x][u:v]], np.float32)
                for x, u, v in ((side, a, b), (other, c, d))
            )
            neighbour = np.zeros(n, np.float32)
            neighbour[1:] = np.where(known[a : b - 1], k[:-1].max(1), 0)
            neighbour[:-1] = np.maximum(neighbour[:-1], np.where(known[a + 1 : b], k[1:].max(1), 0))
            lone = known[a:b] & ((k - claimed).max(1) < _FOUND)
            lone_back = known_opposite[c:d] & ((k - claimed_back).max(0) < _FOUND)
            names_here, names_there = self._rows(side, slice(a, b)), self._rows(other, slice(c, d))
            down = {
                "near": near,
                "far": far,
                "coded": coded,
                "neighbour": neighbour,
                "capitals": np.array([word.isupper() for word in self.words[side][a:b]], np.float32),
                **names_here,
            }
            across = {
                "near": near_back,
                "far": far_back,
                "coded": coded_back,
                "name": known_opposite[c:d].astype(np.float32),
                **names_there,
            }
            values: dict[str, npt.ArrayLike] = {
                "here": here,
                "here_back": here_back,
                "heard": _without(sn, 1),
                "heard_back": _without(sn, 0),
                "free": _without(k - but_row, 1),
                "free_back": _without(k - but_column, 0),
                "claimed": claimed,
                "claimed_back": claimed_back,
                "best": _without(cs, 1),
                "best_back": _without(cs, 0),
                "rival": but_column,
                "rival_back": but_row,
                "kin": k,
                "cosine": cs,
                "sound": sn,
                "same_script": _same(self.words[side][a:b], self.words[other][c:d], _script),
                "same_start": _same(self.words[side][a:b], self.words[other][c:d], _start),
                "slot": _slot(np.maximum(0, k - claimed - claimed_back)),
                "distance": np.abs(np.linspace(0, 1, n)[:, None] - np.linspace(0, 1, m)[None, :]),
                "names": known[a:b].sum(),
                "names_back": known_opposite[c:d].sum(),
                "lone_names": lone.sum(),
                "lone_names_back": lone_back.sum(),
                "words": n,
                "words_back": m,
                "sentences": len(link.source) + len(link.target),
                "cased": self.sides[other].cased,
                "divergence": link.divergence or 0.0,
                "similarity": link.similarity or 0.0,
                **{name: value[:, None] for name, value in down.items()},
                **{f"{name}_back": value[None, :] for name, value in across.items()},
            }
            figures = np.stack(
                [np.broadcast_to(np.asarray(values[f], np.float32), (n, m))[chosen] for f in FIGURES], -1
            )
            spots = self.sides[other].places[self.rows[other][c:d]].tolist()
            places = tuple((s, x, y) for s, x, y in spots)
            for at, w in enumerate(chosen.tolist()):
                sentence, start, end = self.sides[side].places[self.rows[side][a + w]].tolist()
                yield Pairs(side, sentence, (start, end), places, figures[at])


def _same(left: Sequence[str], right: Sequence[str], what: Callable[[str], str]) -> npt.NDArray[np.bool_]:
    """(left, right): whether two words have the same of something."""
    one, two = (np.array([what(word) for word in words]) for words in (left, right))
    result: npt.NDArray[np.bool_] = one[:, None] == two[None, :]
    return result


@lru_cache(maxsize=10_000)
def _script(word: str) -> str:
    """The script of a word's first letter, as Unicode calls it: LATIN, CYRILLIC, CJK."""
    return unicodedata.name(word[:1], "").partition(" ")[0] if word else ""


def _start(word: str) -> str:
    return spell(word)[:1]


def _before_the_judge(alignment: Alignment, link: Link) -> Link:
    """The link with the divergence that the model of names was fitted with. What the judge makes of it rises
    with an exchanged name itself, which the model would hold against the name."""
    judged = alignment.judgement(link)
    return link if judged is None or judged.before is None else replace(link, divergence=judged.before)


def _by_link(kin: Floats, bounds: Ints) -> Floats:
    """For each row the largest value in each link's columns; 0 where a link has none."""
    result = np.zeros((len(kin), len(bounds) - 1), np.float32)
    full = np.flatnonzero(np.diff(bounds) > 0)
    if len(full):
        result[:, full] = np.maximum.reduceat(kin, bounds[full], axis=1)
    return result


def _without(values: Floats, axis: int) -> Floats:
    """The largest value along an axis, each cell itself left out; 0 where there is no other."""
    if values.shape[axis] < 2:
        return np.zeros_like(values)
    top = np.sort(values, axis=axis)
    best, second = (np.take(top, [at], axis=axis) for at in (-1, -2))
    return np.where(values == best, second, best)


def _slot(kin: Floats) -> Floats:
    """For each cell, how far the words beside the one are counterparts of those beside the other."""
    n, m = kin.shape
    padded = np.zeros((n + 4, m + 4), np.float32)
    padded[2:-2, 2:-2] = kin
    shifts = [(i, j) for i in (-2, -1, 1, 2) for j in (-2, -1, 1, 2)]
    result: Floats = np.max(
        [
            padded[2 + i : 2 + i + n, 2 + j : 2 + j + m] / np.float32(1 + 0.25 * (abs(i) + abs(j) - 2))
            for i, j in shifts
        ],
        axis=0,
    )
    return result
