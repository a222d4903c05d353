"""A checker that has a running service check. Texts are read here too, so that what is accepted of their
findings is decided here, by files that the service does not see."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mlcheck.config import settings_table
from mlcheck.data import OneSided, RawText, Report
from mlcheck.errors import InputError, MlcheckError, ModelError, UsageError
from mlcheck.files import named
from mlcheck.pipeline import Checker, Suppress, Text
from mlcheck.read import ReadOptions, bytes_of
from mlcheck.report import scorecard
from mlcheck.saved import read_reports
from mlcheck.settings import Settings

__all__ = ["ServedChecker"]

_ERRORS: Final = {kind.code: kind for kind in (InputError, ModelError, UsageError)}
_PATIENCE: Final = 600.0
"""Seconds to wait for an answer. The service has a limit of its own, which is shorter; this is for one that
says nothing any more."""


class ServedChecker(Checker):
    """Checks pairs as `Checker` does, with the same reports, in the process of a service."""

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        model: str | None = None,
        judge: str | None = None,
        max_size: int,
        format: str | None = None,
        whole: bool = False,
    ) -> None:
        """`server` is an address such as `http://127.0.0.1:8756` or `127.0.0.1:8756`. `model` and `judge`
        are those that the service has to have been started with, None for whatever it has. Raises
        `UsageError` where the address is none."""
        super().__init__(max_size=max_size, format=format, reading=ReadOptions(whole=whole))
        self._server = _Server(server, token)
        self._asked = {"model": model, "judge": judge, "whole": whole, "ignores": False}
        self._bytes, self._from = max_size, format

    def check(
        self,
        source: Text,
        target: Text,
        *,
        languages: Sequence[str | None] = (None, None),
        id: str | None = None,
        words: bool = False,
        facts: bool = False,
        settings: Settings | None = None,
        suppress: Suppress | None = None,
        one_sided: OneSided | None = None,
    ) -> Report:
        """As `Checker.check`, whose errors it raises too; `UsageError` where no service answers. The texts
        are paths, and there are always `facts` in the report."""
        settings = settings or Settings()
        if settings.check.glossary is not None:
            raise UsageError(
                "a glossary is not sent to a service; start it with --terms, or check without --server"
            )
        if one_sided is not None:
            raise UsageError("a service does not tell which version changed alone; check without --server")
        texts = self.read(source, target)
        sides = {"source": source} if source == target else {"source": source, "target": target}
        fields = {
            **{
                side: self._version(text, language)
                for (side, text), language in zip(sides.items(), languages, strict=False)
            },
            **{name: value for name, value in self._asked.items() if value is not None},
            "id": id,
            "words": words,
            "terms": False,
            "settings": settings_table(settings),
        }
        line = self._server.ask(fields)
        report = next(read_reports(line, self._server.shown))
        return report if suppress is None else _accepted(report, texts, settings, suppress)

    def _version(self, text: Text, language: str | None) -> dict[str, Any]:
        assert not isinstance(text, RawText), "a service is sent files"
        if named(text).entry:
            raise UsageError(f"{text}: a service is sent whole files, and no entry; check without --server")
        data, shown = bytes_of(Path(text), max_size=self._bytes)
        held = base64.b64encode(data).decode("ascii")
        return {"data": held, "name": shown, "language": language, "format": self._from}


def _accepted(
    report: Report, texts: tuple[RawText, RawText], settings: Settings, suppress: Suppress
) -> Report:
    """The report with what somebody has accepted, as it would have been made with it."""
    assert report.source is not None
    assert report.target is not None
    silent = frozenset(skip.rule for skip in report.skipped if skip.rule != "words")
    findings, notes = suppress(texts, report.findings, silent)
    return replace(
        report,
        findings=findings,
        notes=(*report.notes, *notes),
        scorecard=scorecard(findings, report.source, report.target, settings.scorecard),
    )


class _Server:
    """A service that may be running."""

    def __init__(self, address: str, token: str | None) -> None:
        whole = address if "://" in address else f"http://{address}"
        try:
            parts = urlsplit(whole)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urlsplit("")
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.username is not None:
            raise UsageError(f"--server {address}: no address; write it as http://127.0.0.1:8756")
        self.shown = address
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port, self._path = host, port, parts.path.rstrip("/")
        self._token = token

    def ask(self, fields: dict[str, Any]) -> str:
        """The report, as a line of `jsonl`."""
        body = json.dumps(fields).encode("ascii")
        headers = {"Content-Type": "application/json", "Accept": "application/x-ndjson"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        line = self._kind(self._host, self._port, timeout=_PATIENCE)
        try:
            line.request("POST", f"{self._path}/check?format=jsonl", body, headers)
            answer = line.getresponse()
            said, status = answer.read(), answer.status
        except (OSError, HTTPException) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise UsageError(
                f"--server {self.shown}: no service answers there ({why}); start one with mlcheck serve"
            ) from None
        finally:
            line.close()
        if status == 200:
            return said.decode("utf-8", "replace")
        raise self._error(status, said)

    def _error(self, status: int, said: bytes) -> MlcheckError:
        try:
            error = json.loads(said)["error"]
            code, message = str(error["code"]), str(error["message"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return UsageError(
                f"--server {self.shown}: answers {status}, and is no mlcheck serve; check the address"
            )
        if status == 422:  # of the text, and so in the words that it would have had here
            return _ERRORS.get(code, MlcheckError)(message)
        return UsageError(f"--server {self.shown}: {message}")
