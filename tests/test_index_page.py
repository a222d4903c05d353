"""The README as a package index shows it: there nothing of the repository is beside it."""

from __future__ import annotations

import re
import shutil
from email import message_from_bytes
from pathlib import Path

import pytest
from paths import ROOT

build = pytest.importorskip("hatchling.build")
pytest.importorskip("hatch_fancy_pypi_readme")

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The description in the metadata of a build."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "models.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "mlcheck").mkdir()
    shutil.copy(ROOT / "mlcheck/_version.py", tmp_path / "mlcheck")
    monkeypatch.chdir(tmp_path)
    folder = build.prepare_metadata_for_build_wheel(str(tmp_path))
    metadata = message_from_bytes((tmp_path / folder / "METADATA").read_bytes())
    assert metadata["Description-Content-Type"] == "text/markdown"
    return str(metadata.get_payload(decode=True), "utf-8")


def test_it_has_no_link_into_the_repository_and_no_picture_of_it(shown: str) -> None:
    text = FENCE.sub("", shown)
    assert re.findall(r"!?\[[^\]]*\]\((?!https?:)[^)]*\)", text) == []
    assert "![" not in text
    assert "<img" not in text


def test_but_all_the_words(shown: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert shown.startswith("# mlcheck\n")
    assert FENCE.findall(shown) == FENCE.findall(readme)
    words = re.findall(r"(?<!!)\[([^\]]+)\]\([^)]*\)", FENCE.sub("", readme))
    assert words
    assert [each for each in words if each not in shown] == []
