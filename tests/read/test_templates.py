"""Calls of templates in Markdown are no text, and listings between them are code."""

from __future__ import annotations

import pytest

from mlcheck.read import read_text


def blocks(text: str) -> list[tuple[str, str, int, int]]:
    raw = read_text(text, markdown=True)
    return [(b.kind, text[b.span.start : b.span.end], b.line, b.end_line) for b in raw.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{< note >}}\n节点的名称必须唯一。\n{{< /note >}}\n", [("text", "节点的名称必须唯一。", 2, 2)]),
        ("{{< note >}}\n\nПаромы.\n\n{{< /note >}}\n", [("text", "Паромы.", 3, 3)]),
        ("{% assign x = site.data %}\n\nFähren.\n", [("text", "Fähren.", 3, 3)]),
        ("- {{% a %}}\n- العبارات\n", [("list", "العبارات", 2, 2)]),
        (
            "So:\n{% highlight ruby %}\nclass A\n\n# not a heading\n\nend\n{% endhighlight %}\n\nEnd.\n",
            [
                ("text", "So:", 1, 1),
                ("code", "{% highlight ruby %}\nclass A", 2, 3),
                ("code", "not a heading", 5, 5),
                ("code", "end\n{% endhighlight %}", 7, 8),
                ("text", "End.", 10, 10),
            ],
        ),
        ("See {{ site.name }} and {% link a.md %} here.", None),
        ("Braces {{ like these.", None),
    ],
)
def test_templates(text: str, expected: list[tuple[str, str, int, int]] | None) -> None:
    assert blocks(text) == (expected or [("text", text, 1, 1)])
