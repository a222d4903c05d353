"""The nouns. Every step of the pipeline takes some of these and returns others; none has behaviour
beyond what follows from its own fields. A file a step, in the order of the steps.

Offsets are code points of the decoded text as it was read (`RawText.text`, `Document.text`),
half-open; lines and columns count from 1, paragraphs and sentences from 0.
"""

from __future__ import annotations

from mlcheck.data.arrays import Bool, Float32, Float64, Int64
from mlcheck.data.findings import (
    Finding,
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
from mlcheck.data.places import (
    Location,
)
from mlcheck.data.report import (
    FactMark,
    Report,
    ReportError,
    Scorecard,
    Side,
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
from mlcheck.data.versions import (
    NO_REFERENCE,
    Change,
    ChangeKind,
    ChangeStatus,
    PairName,
    Passage,
)

__all__ = [
    "COLUMNS",
    "NO_REFERENCE",
    "PRODUCT_UNIT",
    "Alignment",
    "Block",
    "BlockKind",
    "Bool",
    "Change",
    "ChangeKind",
    "ChangeStatus",
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
    "PairName",
    "Paragraph",
    "Passage",
    "RawText",
    "Report",
    "ReportError",
    "Role",
    "Row",
    "Scorecard",
    "Sentence",
    "Severity",
    "Side",
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
