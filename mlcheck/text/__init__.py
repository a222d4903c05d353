"""What is true of text whatever its language and use.

`safe_line` makes somebody else's words fit for a line of a terminal.
"""

from __future__ import annotations

from mlcheck.text.safe import safe_json, safe_line

__all__ = ["safe_json", "safe_line"]
