"""What it finds
    An item that is withheld, or was canceled, in one version and not in the other: by what the format says of
    it (`pubStatus` of ninjs and NewsML, `management-status` of NITF), or by a "KILL" or "withdrawn" at the
    head or the end of the text.

Why it matters
    One version of a story that must not be used goes on being published.

Example
    Source: `"pubstatus": "canceled"`
    Target: `"pubstatus": "usable"`

Known to be wrong when
    versions are released and withdrawn one after another on purpose. Of a plain text nothing is known but
    its words; in a language without a list of these nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlcheck.checks.item_notices import head_of, notices_of
from mlcheck.checks.phrases import numbered, severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document
from mlcheck.facts import notices_known
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_SAID = {"usable": "is usable", "withheld": "is withheld", "canceled": "was canceled"}


class _Status(NamedTuple):
    value: str
    paragraph: int
    words: str
    """By which the text says it; "" where the format does."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """One finding at most: that the two do not have the same status."""
    alignment = evidence.alignment
    one, two = (_status(document) for document in alignment.documents)
    if one.value == two.value or not (one.value or two.value):
        return
    if not (one.value and two.value):
        # What says nothing is usable, as far as anybody knows.
        side = 0 if one.value else 1
        said = (one, two)[side]
        if said.value == "usable" or (
            said.words and not notices_known(alignment.documents[1 - side].language)
        ):
            return
        silent = alignment.documents[1 - side].item is None and not said.words
        confidence = settings.item_silent if silent else settings.notice
        message = f"{_place(said)}{version(alignment, side)} {_SAID[said.value]}{_words(said)}, and {version(alignment, 1 - side)} says nothing of it"  # noqa: E501
    else:
        confidence = settings.notice if one.words or two.words else settings.item
        message = (
            f"{_capital(version(alignment, 0))} {_SAID[one.value]}{_words(one)}, and "
            f"{version(alignment, 1)} {_SAID[two.value]}{_words(two)}"
        )
    yield Draft(
        message=_capital(message),
        severity=severity_of(confidence, settings.error_from),
        confidence=confidence,
        paragraphs=(one.paragraph, two.paragraph),
        evidence={"source": one.value, "target": two.value},
    )


def _status(document: Document) -> _Status:
    value = document.item.status if document.item is not None else ""
    if value != "canceled":
        placed = next((p for p in notices_of(document) if p.notice.kind == "kill"), None)
        if placed is not None:
            text = document.paragraphs[placed.paragraph].text
            return _Status(
                "canceled", placed.paragraph, text[placed.notice.span.start : placed.notice.span.end]
            )
    return _Status(value, head_of(document), "")


def _place(status: _Status) -> str:
    return f"{numbered([status.paragraph])} says that " if status.words else ""


def _words(status: _Status) -> str:
    return f" (“{status.words}”)" if status.words else ""


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


RULE = Rule(
    name="status-mismatch",
    summary="One version is canceled or withheld, and the other is not",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
