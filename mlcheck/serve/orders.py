"""What is asked of the service, and what it says to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from mlcheck.settings import Settings

__all__ = ["FORMS", "Answer", "Form", "Order", "Refusal", "Version"]

Form = Literal["json", "jsonl", "html"]
FORMS: Final[dict[Form, str]] = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
}
"""Forms of an answer, and their media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a text, as the bytes of a file."""

    data: bytes
    name: str
    """What reports call it. Nothing is ever opened under this name."""
    language: str | None = None
    """BCP 47; None is detected."""
    format: str | None = None
    """A name of `mlcheck.read.FORMATS`; None goes by content and the name's ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A pair to check, and what is wanted of it."""

    source: Version
    target: Version | None
    """None where the source is a file of segments, a pair by itself."""
    form: Form = "json"
    id: str | None = None
    words: bool | None = None
    """None is as the service was started."""
    whole: bool = False
    """Nothing of a page is left out as navigation."""
    ignores: bool = True
    """Do ignores in the text count?"""
    terms: bool = True
    """Do the service's glossaries count?"""
    settings: Settings | None = None
    """None are the service's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back, ready to be sent."""

    body: bytes
    kind: str
    """The media type."""
    status: int = 200


class Refusal(Exception):
    """A request that is not served. `status` is that of HTTP, `code` names the kind in the answer, and the
    text is a line for people."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}

    def __reduce__(self) -> tuple[type[Refusal], tuple[int, str, str, dict[str, str]]]:
        # It comes from another process, and an exception is made anew of its text alone otherwise.
        return Refusal, (self.status, self.code, str(self), self.headers)
