"""Links of every kind, for the formats that are made of them."""

from __future__ import annotations

from mlcheck.data import Link, Links

LINKS = Links(
    unit="sentence",
    links=(
        Link(source=(0,), target=(0, 1), similarity=0.912345, divergence=0.04, confidence=0.96),
        Link(source=(1,), target=(), confidence=0.99999),
        Link(source=(), target=(2,)),
        Link(source=(2, 3), target=(3,), similarity=0.5, divergence=0.5),
    ),
    languages=("en", "pt_BR"),
    source=("Ferries sail.", "Nobody knows.", "One.", "Two."),
    target=("As balsas", "navegam.", "Sozinho.", "Um e dois."),
)
