# ruff: noqa: E501
"""Mutated texts and files for what stands behind the readers: segmenter, facts, configuration and the like.

    python tests/fuzz/targets.py [--target NAME ...] [--runs 100000] [--seed 1]

Prints a line a target: executions, how many were taken and how many refused, seconds. Nothing may be raised but
an error for people, on one line. The first input that is not handled is written to `fuzz-NAME`, its traceback
printed, and the exit is 1. `test_fuzz.py` runs a few.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from readers import command, mutated  # noqa: E402

from mlcheck.errors import MlcheckError  # noqa: E402

LANGUAGES = ("en", "de", "fr", "ru", "tr", "az", "ka", "hy", "ar", "zh", "ja", "xx")
PROSE = (
    "Ferries again cross the bay\n\nFerries will cross the bay on Sunday, 28 April 2024, at 5 p.m., Anna Berg said.\n"
    "“It cost 4.2 million crowns,” she told the BBC (+1 202 555 0100). No one was hurt.\n\nRead more: example.org\n",
    "Die Fähre fährt am 3. Mai um 17.30 Uhr. „Das kostet 1.234,5 €“, so die Behörde – nicht mehr.\n\n- Eins\n- Zwei\n",
    "Паром пойдёт в воскресенье, 28 апреля. «Это 4,2 млн крон», — сказала Анна Берг. Никто не пострадал.\n",
    "渡轮周日下午五点半恢复。安娜说：「花了四百二十万克朗。」没有人受伤。\n\n二〇二四年四月二十八日\n",
    "تعود العبارات يوم الأحد ٢٨ أبريل. وقالت آنا: «كلفت ٤٫٢ مليون». لم يصب أحد.\n",
    "Bərələr bazar günü, 28 apreldə saat 17:30-da qayıdır. “4,2 milyon”, – Anna dedi.\n",
)
CONFIG = (
    'model = "e5-small"\nfail-on = "warning"\nexclude = ["drafts/*.md"]\npairs = ["{lang}/{name}.md"]\nmax-size = 2000000\n'
    '[languages]\n"*.en.txt" = "en"\n[rules]\nname-mismatch = "off"\n[[overrides]]\npaths = ["a/**"]\nterms = ["t.csv"]\n'
    "[thresholds]\nomission-from = 0.7\n[scorecard]\nlimit = 50\n"
)
ENTRY = {
    "fingerprint": "0123456789abcdef",
    "rule": "missing-paragraph",
    "reason": "The desk's choice",
    "decision": "accepted",
    "source": "a.en.txt",
    "target": "a.de.txt",
    "excerpt": "Lorries",
    "expires": "2027-01-31",
}
BASELINE = json.dumps({"schema": 1, "tool": "mlcheck", "entries": [ENTRY]})
MODELS = (
    "# name | source | revision | licence | options | languages\n"
    'own | hub:owner/model | main | MIT | prefix="query: " | en,de\njudge | ../j | - | MIT | judge divergence=+ | *\n'
)
MANIFEST = (
    '{"id": "one", "source": "en.txt", "target": "de.txt", "source_lang": "en", "target_lang": "de"}\n'
    '{"id": "two", "source": "fr.txt", "target": "ru.txt"}\n'
)
MANIFEST_CSV = "id;source;target;source_lang\none;en.txt;de.txt;en\n"
GLOSSARY = "English;Deutsch\nferry;Fähre\nport authority;Hafenbehörde|Hafenamt\n"

Target = Callable[[bytes, random.Random], object]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape" if len(data) % 7 == 0 else "replace")


def segmenter(data: bytes, chance: random.Random) -> None:
    """Spans lie in the text, in order, and two runs agree."""
    from mlcheck.read import read_text
    from mlcheck.segment import segment_pair

    languages = chance.sample(LANGUAGES, 2)
    raws = [
        read_text(part, name=name) for part, name in ((_text(data), "a.md"), (_text(data)[::-1], "b.txt"))
    ]
    for document in segment_pair(raws, languages):
        for sentence in document.sentences:
            assert 0 <= sentence.span.start < sentence.span.end <= len(document.text)
            assert sentence.text.strip()
            assert document.paragraphs[sentence.paragraph].compared


def facts(data: bytes, chance: random.Random) -> None:
    """Places lie in the text."""
    from mlcheck.facts import extract

    text = _text(data)
    for fact in extract(text, chance.choice(LANGUAGES)):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert isinstance(fact.text, str)


def glossary(data: bytes, chance: random.Random) -> None:
    """What is found lies in the text."""
    from mlcheck.terms import find, load_terms

    found = load_terms([_written("terms.csv", data)])
    for language in ("en", "de", "tr"):
        text = f"The ferry {_text(data)[:200]} Fähre"
        assert all(0 <= hit.span[0] < hit.span[1] <= len(text) for hit in find(found, text, language))


def config(data: bytes, chance: random.Random) -> None:
    """What is read can be shown, and asked."""
    from mlcheck.config import load_config, to_json

    made = load_config(["a/b.en.txt"], _written("mlcheck.toml", data))
    assert json.loads(to_json(made))


def baseline(data: bytes, chance: random.Random) -> None:
    """What is read is written, and read as the same."""
    from mlcheck.checks import RULES
    from mlcheck.suppress import baseline_text, read_baseline
    from mlcheck.suppress.baseline import Pairs

    rules = [rule.name for rule in RULES]
    made = read_baseline(_written("baseline.json", data), rules)
    text = baseline_text(made.entries)
    text.encode()
    again = read_baseline(_written("again.json", text.encode()), rules)
    assert sorted(map(repr, again.entries)) == sorted(map(repr, made.entries))
    Pairs(made).of("a.en.txt", "a.de.txt")


def models(data: bytes, chance: random.Random) -> None:
    """What is read can be asked for."""
    from mlcheck.models import find_entry, load_models

    path = _written("own.txt", data)
    for entry in load_models(path, cwd=path.parent):
        assert find_entry(entry.name, (entry,)) is entry


def manifest(data: bytes, chance: random.Random) -> None:
    """What is read names two files."""
    from mlcheck.batch import read_items

    name = "items.jsonl" if data.lstrip()[:1] == b"{" else "items.csv"
    for item in read_items(_written(name, data)):
        assert item.id
        str(item.source).encode("utf-8", "surrogatepass")


def saved(data: bytes, chance: random.Random) -> None:
    """Saved reports are written in every format, and what is text is text."""
    from mlcheck.reporters import REPORTERS, Layout
    from mlcheck.saved import read_reports

    reports = list(read_reports(_text(data), "r.json"))
    layout = Layout(width=chance.randint(20, 120), colour=chance.random() < 0.5, verbose=True)
    for name, write in REPORTERS.items():
        if name not in ("xlsx", "parquet"):
            made = write(reports, layout)
            assert isinstance(made, str)
            if not layout.colour:
                assert not set(made) & set("\x1b\x07\x9b\u202e")


@cache
def _reports() -> tuple[bytes, ...]:
    from hand_made import ferries

    from mlcheck.reporters import to_json, to_jsonl

    return to_json([ferries()]).encode(), to_jsonl(ferries()).encode()


def _written(name: str, data: bytes) -> Path:
    path = Path(name)
    path.write_bytes(data)
    return path


TARGETS: dict[str, tuple[Target, Callable[[], tuple[bytes, ...]]]] = {
    "segmenter": (segmenter, lambda: tuple(text.encode() for text in PROSE)),
    "facts": (facts, lambda: tuple(text.encode() for text in PROSE)),
    "glossary": (glossary, lambda: (GLOSSARY.encode(),)),
    "config": (config, lambda: (CONFIG.encode(),)),
    "baseline": (baseline, lambda: (BASELINE.encode(),)),
    "models": (models, lambda: (MODELS.encode(),)),
    "manifest": (manifest, lambda: (MANIFEST.encode(), MANIFEST_CSV.encode())),
    "saved": (saved, _reports),
}
"""What is run, and what is mutated for it."""


def fuzz(name: str, runs: int, seed: int, say: Callable[[str], None] = print) -> bool:
    """Run a target on `runs` mutated inputs, in a folder of its own; False, and a file with it, for the first
    that is not handled."""
    chance = random.Random(f"{name} {seed}")
    target, given = TARGETS[name]
    samples, done, began, home = given(), 0, time.monotonic(), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for number in range(runs):
                data = mutated(chance.choice(samples), chance)
                try:
                    target(data, chance)
                    done += 1
                except MlcheckError:
                    pass
                except Exception:
                    (home / f"fuzz-{name}").write_bytes(data)
                    said = traceback.format_exc()
                    say(f"{name}: run {number} is not handled; it is in fuzz-{name}\n{said}")
                    return False
        finally:
            os.chdir(home)
    taken = time.monotonic() - began
    say(f"{name}: {runs:,} executions, {done:,} taken, {runs - done:,} refused, {taken:.0f} s")
    return True


if __name__ == "__main__":
    sys.exit(command(__doc__, "--target", TARGETS, fuzz))
