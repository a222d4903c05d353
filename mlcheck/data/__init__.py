"""The nouns. Every step of the pipeline takes some of these and returns others; none has behaviour
beyond what follows from its own fields. A file a step, in the order of the steps.

Offsets are code points of the decoded text as it was read (`RawText.text`, `Document.text`),
half-open; lines and columns count from 1, paragraphs and sentences from 0.
"""

from __future__ import annotations

from mlcheck.data.arrays import Bool, Float32, Float64, Int64
from mlcheck.data.findings import (
    Finding,
    Location,
    Note,
    OneSided,
    Severity,
    Skip,
    Suppression,
)
from mlcheck.data.links import (
    Alignment,
    JudgedWords,
    JudgeId,
    Judgement,
    Link,
    Links,
    Pair,
)
from mlcheck.data.report import (
    FactMark,
    Report,
    ReportError,
    Scorecard,
    Verdict,
    WordDifference,
)
from mlcheck.data.rows import COLUMNS, Row
from mlcheck.data.terms import (
    Glossary,
    Term,
)
from mlcheck.data.text import (
    Block,
    BlockKind,
    Document,
    Item,
    Mark,
    MarkKind,
    Origin,
    Paragraph,
    RawText,
    Role,
    Sentence,
    Span,
    is_compared,
)
from mlcheck.data.vectors import (
    PRODUCT_UNIT,
    Encoded,
    EncoderId,
    Words,
    WordTable,
)

__all__ = [
    "COLUMNS",
    "PRODUCT_UNIT",
    "Alignment",
    "Block",
    "BlockKind",
    "Bool",
    "Document",
    "Encoded",
    "EncoderId",
    "FactMark",
    "Finding",
    "Float32",
    "Float64",
    "Glossary",
    "Int64",
    "Item",
    "JudgeId",
    "JudgedWords",
    "Judgement",
    "Link",
    "Links",
    "Location",
    "Mark",
    "MarkKind",
    "Note",
    "OneSided",
    "Origin",
    "Pair",
    "Paragraph",
    "RawText",
    "Report",
    "ReportError",
    "Role",
    "Row",
    "Scorecard",
    "Sentence",
    "Severity",
    "Skip",
    "Span",
    "Suppression",
    "Term",
    "Verdict",
    "WordDifference",
    "WordTable",
    "Words",
    "is_compared",
]
