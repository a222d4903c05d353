"""A second look at the blocks, with evidence that is too dear for the dynamic program.

The program cannot tell a sentence that was split in two from a sentence with a stray beside it
when the stray is short. So each sentence of a larger block is asked whether it belongs there, and
each null beside a link whether it does not; the same question, the same model, so that the two
never disagree.

A headline is a case of its own. What it says stands in the lede too, so a headline that is missing
from one version still looks at home in the link of the ledes. Where only one version has a
headline, it leaves that link if it adds nothing to it.
"""

from __future__ import annotations

from mlcheck.align.dynamic import Pair
from mlcheck.align.evidence import Evidence
from mlcheck.settings import AlignSettings

__all__ = ["absence", "review"]

Headlines = frozenset[tuple[int, int]]
"""(side, sentence) of the headlines that have no headline opposite."""

_UNTESTED = 0.95
"""Confidence of a null that has no link beside it to belong to: it stands in a longer gap, and those
are seldom wrong."""


def review(
    links: list[Pair], evidence: Evidence, settings: AlignSettings, headlines: Headlines = frozenset()
) -> list[Pair]:
    """The links, in order, with strays let go and lost members taken in."""
    taken = _attach(links, evidence, settings, headlines)
    return [part for link in taken for part in _detach(link, evidence, settings, headlines)]


def absence(
    links: list[Pair], at: int, evidence: Evidence, settings: AlignSettings, headlines: Headlines
) -> float:
    """Probability, 0 to 1, that the null `links[at]` has no part in the links beside it."""
    if _is_headline(links[at], headlines):
        return _UNTESTED
    chances = [chance for chance, _, _ in _options(links, at, evidence, settings)]
    return min(chances, default=_UNTESTED)


def _detach(link: Pair, evidence: Evidence, settings: AlignSettings, headlines: Headlines) -> list[Pair]:
    """A link as itself and the nulls that were inside it, in order."""
    nulls: list[Pair] = []
    while True:
        side, one, chance = _weakest(link, evidence, headlines)
        if chance < settings.stray:
            break
        nulls.append(((), (one,)) if side else ((one,), ()))
        rest = tuple(i for i in link[side] if i != one)
        link = (link[0], rest) if side else (rest, link[1])
    before = [null for null in nulls if any(null[side] and null[side] < link[side] for side in (0, 1))]
    return [*sorted(before), link, *sorted(null for null in nulls if null not in before)]


def _weakest(link: Pair, evidence: Evidence, headlines: Headlines) -> tuple[int, int, float]:
    """The sentence of a link that belongs least: its side, its number, the probability."""
    found = (0, 0, -1.0)
    if not link[0] or not link[1]:
        return found
    for side in (0, 1):
        block, opposite = link[side], link[1 - side]
        pair = evidence.similarity.headlines if _has_headlines(link, evidence) else None
        for one in block if len(block) > 1 else ():
            if pair is not None and one == pair[side]:
                continue
            chance = evidence.stray(side, block, one, opposite)
            suspect = pair is not None or (side, one) in headlines
            if suspect and evidence.redundant(side, block, one, opposite):
                chance = 1.0
            found = max(found, (side, one, chance), key=lambda f: f[2])
    return found


def _attach(
    links: list[Pair], evidence: Evidence, settings: AlignSettings, headlines: Headlines
) -> list[Pair]:
    """Nulls that belong to the link before or after them join it; the better fit wins."""
    result = list(links)
    at = 0
    while at < len(result):
        options = _options(result, at, evidence, settings)
        best = min(options, key=lambda option: option[0], default=None)
        if best is None or best[0] >= settings.stray or _is_headline(result[at], headlines):
            at += 1
            continue
        _, near, joined = best
        result[near] = joined
        del result[at]
        at = max(0, min(at, near) - 1)
    return result


def _has_headlines(link: Pair, evidence: Evidence) -> bool:
    """Does a link join the headlines of both versions? A lede that hangs on to it says the same as
    they do, and is missing all the same."""
    pair = evidence.similarity.headlines
    return pair is not None and pair[0] in link[0] and pair[1] in link[1]


def _is_headline(null: Pair, headlines: Headlines) -> bool:
    return any((side, i) in headlines for side in (0, 1) for i in null[side])


def _options(
    links: list[Pair], at: int, evidence: Evidence, settings: AlignSettings
) -> list[tuple[float, int, Pair]]:
    """Where a null could belong: the probability that it does not, the neighbour's place, and the
    two joined. Empty for a link that is no null."""
    a, c = links[at]
    if a and c:
        return []
    side = 1 if c else 0
    options = []
    for near, place in ((at - 1, 0), (at + 1, 1)):
        if not 0 <= near < len(links) or _has_headlines(links[near], evidence):
            continue
        joined = _joined(links[near], (a, c), side, place)
        if joined is not None and sum(map(len, joined)) <= settings.max_block_sum:
            chance = evidence.stray(side, joined[side], (c if side else a)[0], joined[1 - side])
            options.append((chance, near, joined))
    return options


def _joined(link: Pair, null: Pair, side: int, place: int) -> Pair | None:
    """A link with a null at its end (`place` 0) or start, where they are neighbours."""
    if not link[0] or not link[1]:
        return None
    block, one = link[side], null[side]
    together = one + block if place else block + one
    if together[-1] - together[0] != len(together) - 1:
        return None
    return (link[0], together) if side else (together, link[1])
