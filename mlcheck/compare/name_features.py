"""What is known of a name and a word opposite, as features of a model.

Two words are counterparts in so far as they sound alike (`sound`) and mean alike (the encoder's word
vectors); a name's counterpart may also stand in the passages beside. Nothing here decides: the
model over these features is in `name_match.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mlcheck.compare.kinship import NEAR, beside, by_link, neighbour, slot, without
from mlcheck.compare.name_words import MOST_WORDS, NameWords
from mlcheck.data import Alignment, Link
from mlcheck.text import alike, spell, substance

__all__ = ["FEATURES", "Floats", "Pairs", "pairs", "settled"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FEATURES = (
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
_SOUND_FROM = 0.55
"""Likeness of sound that two words reach by chance."""
_SOUND_WEIGHT = 1.2
_FULL_SUBSTANCE = 3.0
_UNIT_FLOOR = 0.4
_STEM = 5


@dataclass(frozen=True, slots=True)
class Pairs:
    """A name on side `side`, the words opposite that may be in its place, and the features of each."""

    side: int
    sentence: int
    span: tuple[int, int]
    opposite: tuple[tuple[int, int, int], ...]
    """Sentence, start, end."""
    features: Floats
    """(words opposite, FEATURES)."""


def settled(features: Floats) -> npt.NDArray[np.bool_]:
    """Pairs that are no exchange, whatever else is known of them: each other's counterparts, by sound or by
    meaning; or both with a counterpart in the passages beside, as in two versions that put the same names
    elsewhere."""
    sound, cosine, near, near_back = (
        features[:, FEATURES.index(name)] for name in ("sound", "cosine", "near", "near_back")
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
    if not alignment.has_words:
        return
    sides = NameWords.of(alignment.source), NameWords.of(alignment.target)
    links = tuple(
        _before_the_judge(alignment, link)
        for link in alignment.sentences
        if max(len(own.table.rows(unit)) for own, unit in zip(sides, link.sides, strict=True)) <= MOST_WORDS
    )
    for start in range(0, len(links), _LINKS_AT_ONCE):
        # What stands near the ends of a stretch is looked for beyond them.
        low, high = max(0, start - NEAR), start + _LINKS_AT_ONCE + NEAR
        yield from _Stretch(sides, links[low:high]).pairs(
            start - low, min(_LINKS_AT_ONCE, len(links) - start)
        )


class _Stretch:
    """Some links in order, and all that is known between their words."""

    def __init__(self, sides: tuple[NameWords, NameWords], links: tuple[Link, ...]) -> None:
        self.links = links
        self.sides = sides
        rows: list[Ints] = []
        bounds: list[Ints] = []
        for side, chosen in enumerate(sides):
            own = [chosen.table.rows(link.sides[side]) for link in links]
            rows.append(np.concatenate(own) if own else np.zeros(0, np.int64))
            bounds.append(np.concatenate([[0], np.cumsum([len(part) for part in own])]).astype(np.int64))
        self.rows, self.bounds = rows, bounds
        self.kinds = [sides[side].kinds[rows[side]] for side in (0, 1)]
        self.words = [[sides[side].words[row] for row in rows[side]] for side in (0, 1)]
        heard = [[sides[side].heard[row] for row in rows[side]] for side in (0, 1)]
        self.cosines: Floats = sides[0].table.cosines(rows[0], sides[1].table, rows[1])
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
        """Features of each word by itself, whatever is opposite."""
        rows, words = self.rows[side][where], self.words[side][where]
        return {
            "substance": self.substances[side][where],
            "letters": np.array([len(word) for word in words], np.float32),
            "weight": self.sides[side].table.weights[rows],
            "opens": (self.sides[side].places[rows, 1] < _OPENS).astype(np.float32),
            "coded": np.array([bool(self.sides[side].codes[row]) for row in rows], np.float32),
        }

    def pairs(self, first: int, count: int) -> Iterator[Pairs]:
        """The names of `count` links from `first` on."""
        for side in (0, 1):
            yield from self._side_pairs(side, first, count)

    def _side_pairs(self, side: int, first: int, count: int) -> Iterator[Pairs]:
        other = 1 - side
        if not len(self.rows[side]) or not len(self.rows[other]):
            return
        by_links = (
            by_link(self._seen(self.kin, side), self.bounds[other]),
            by_link(np.ascontiguousarray(self._seen(self.kin, other)), self.bounds[side]),
        )
        for number in range(first, first + count):
            where = self._words_of(side, number), self._words_of(other, number)
            chosen = np.flatnonzero(self.known[side][where[0]])
            if not len(chosen) or where[1].start == where[1].stop:
                continue
            values = self._features(side, number, where, by_links)
            shape = where[0].stop - where[0].start, where[1].stop - where[1].start
            features = np.stack(
                [np.broadcast_to(np.asarray(values[f], np.float32), shape)[chosen] for f in FEATURES], -1
            )
            spots = self.sides[other].places[self.rows[other][where[1]]].tolist()
            places = tuple((s, x, y) for s, x, y in spots)
            for at, w in enumerate(chosen.tolist()):
                row = self.rows[side][where[0].start + w]
                sentence, start, end = self.sides[side].places[row].tolist()
                yield Pairs(side, sentence, (start, end), places, features[at])

    def _seen(self, table: Floats, side: int) -> Floats:
        """A table between the words of both sides, with those of `side` down and the others across."""
        return table if side == 0 else table.T

    def _words_of(self, side: int, number: int) -> slice:
        """The words of a side of a link, among those of the stretch."""
        return slice(int(self.bounds[side][number]), int(self.bounds[side][number + 1]))

    def _features(
        self, side: int, number: int, where: tuple[slice, slice], by_links: tuple[Floats, Floats]
    ) -> dict[str, npt.ArrayLike]:
        """`FEATURES` of each word of a side of a link (down) with each opposite (across); what holds for a
        whole row, column or link has one value for it. `by_links` is how far the words of either side have
        a counterpart in each link."""
        down, across = where
        link, other = self.links[number], 1 - side
        k, cs, sn = (self._seen(t, side)[down, across] for t in (self.kin, self.cosines, self.sounds))
        n, m = k.shape
        but_column, but_row = without(k, 1), without(k, 0)
        # A word that another claims more is no counterpart: beside "Armstrong", "David" is like
        # "Армстронга" only because the vectors hold their surroundings.
        claimed, claimed_back = np.maximum(0, but_row - k), np.maximum(0, but_column - k)
        known, known_opposite = self.known[side][down], self.known[other][across]
        lone = known & ((k - claimed).max(1) < _FOUND)
        lone_back = known_opposite & ((k - claimed_back).max(0) < _FOUND)
        capitals = [word.isupper() for word in self.words[side][down]]
        by_row = {
            **self._rows(side, down),
            **beside(by_links[0][down], number),
            "neighbour": neighbour(known, k),
            "capitals": np.array(capitals, np.float32),
        }
        by_column = {
            **self._rows(other, across),
            **beside(by_links[1][across], number),
            "name": known_opposite.astype(np.float32),
        }
        return {
            "here": without(k - claimed, 1),
            "here_back": without(k - claimed_back, 0),
            "heard": without(sn, 1),
            "heard_back": without(sn, 0),
            "free": without(k - but_row, 1),
            "free_back": without(k - but_column, 0),
            "claimed": claimed,
            "claimed_back": claimed_back,
            "best": without(cs, 1),
            "best_back": without(cs, 0),
            "rival": but_column,
            "rival_back": but_row,
            "kin": k,
            "cosine": cs,
            "sound": sn,
            "same_script": _same(self.words[side][down], self.words[other][across], _script),
            "same_start": _same(self.words[side][down], self.words[other][across], _start),
            "slot": slot(np.maximum(0, k - claimed - claimed_back)),
            "distance": np.abs(np.linspace(0, 1, n)[:, None] - np.linspace(0, 1, m)[None, :]),
            "names": known.sum(),
            "names_back": known_opposite.sum(),
            "lone_names": lone.sum(),
            "lone_names_back": lone_back.sum(),
            **self._of_link(link, (n, m), other),
            **{name: value[:, None] for name, value in by_row.items()},
            **{f"{name}_back": value[None, :] for name, value in by_column.items()},
        }

    def _of_link(self, link: Link, shape: tuple[int, int], other: int) -> dict[str, float]:
        """Features that all words of a link have in common."""
        return {
            "words": shape[0],
            "words_back": shape[1],
            "sentences": len(link.source) + len(link.target),
            "cased": self.sides[other].cased,
            "divergence": link.divergence or 0.0,
            "similarity": link.similarity or 0.0,
        }


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
