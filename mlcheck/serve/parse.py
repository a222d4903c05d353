"""From a request's body to an `Order`. What is not known is refused: a misspelt field would otherwise change
nothing, and nobody would see it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from mlcheck.config import settings_from
from mlcheck.errors import UsageError
from mlcheck.languages import is_known
from mlcheck.read import FORMATS
from mlcheck.serve.orders import Form, Order, Refusal, Version
from mlcheck.text import safe_line
from mlcheck.wording import did_you_mean

__all__ = ["FIELDS", "FORM_FIELDS", "VERSION_FIELDS", "order_of_form", "order_of_json"]

FIELDS: Final = (
    "source", "target", "versions", "id", "words", "whole", "ignores", "terms", "settings", "model", "judge",
)  # fmt: skip
VERSION_FIELDS: Final = ("text", "data", "language", "format", "name")
FORM_FIELDS: Final = (
    "source", "target", "source_language", "target_language", "source_format", "target_format", "id", "words",
    "whole",
)  # fmt: skip
_SIDES: Final = ("source", "target")
_LONGEST: Final = 300
"""Characters of a name or an id; the longest that file systems have is 255."""
_FLAGS: Final = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}


def order_of_json(body: bytes, form: Form, max_size: int, tools: Mapping[str, str | None]) -> Order:
    """The order that a JSON body gives. `tools` are the names of the service's model and judge, which a
    request may ask to be certain of. Raises `Refusal`."""
    fields = _object(_json(body), "the request", FIELDS)
    sides = _sides(fields)
    for name in ("model", "judge"):
        wanted = _text(fields, name)
        own = tools.get(name) or "none"
        if wanted is not None and wanted != own:
            raise _bad(f"the service uses the {name} {own}, and not {_shown(wanted)}; start it with --{name}")
    versions = [_version(value, side, max_size) for side, value in zip(_SIDES, sides, strict=False)]
    return Order(
        source=versions[0],
        target=versions[1] if len(versions) > 1 else None,
        form=form,
        id=_text(fields, "id"),
        words=_flag(fields, "words"),
        whole=_flag(fields, "whole") or False,
        ignores=_flag(fields, "ignores") is not False,
        terms=_flag(fields, "terms") is not False,
        settings=_settings(fields.get("settings")),
    )


def order_of_form(
    texts: Mapping[str, str], files: Mapping[str, tuple[str, bytes]], form: Form, max_size: int
) -> Order:
    """The order of a form: its fields, and its files with their names. A side may be a file or a text.
    Raises `Refusal`."""
    for name in (*texts, *files):
        if name not in FORM_FIELDS or (name in files and name not in _SIDES):
            _unknown(name, FORM_FIELDS, "a form")
    versions = []
    for side in _SIDES:
        if side in files:
            name, data = files[side]
        elif side in texts:
            name, data = side, texts[side].encode("utf-8", "surrogatepass")
        elif side == "target":
            continue
        else:
            raise _bad("the form has no 'source'; send the two versions as source and target")
        beside = {key: texts[f"{side}_{key}"] for key in ("language", "format") if texts.get(f"{side}_{key}")}
        versions.append(_made({**beside, "name": name or side}, side, data, max_size))
    return Order(
        source=versions[0],
        target=versions[1] if len(versions) > 1 else None,
        form=form,
        id=_text(texts, "id"),
        words=_form_flag(texts, "words"),
        whole=_form_flag(texts, "whole") or False,
    )


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _bad(f"the request is not UTF-8 (byte {error.start}); JSON has to be") from None
    except (ValueError, RecursionError) as error:
        why = "too deep" if isinstance(error, RecursionError) else safe_line(str(error), 100)
        raise _bad(f"the request is not JSON: {why}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _object(value: Any, what: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _bad(f'{what} is not an object; write {{"{known[0]}": …}}')
    for name in value:
        if name not in known:
            _unknown(name, known, what)
    return value


def _unknown(name: str, known: tuple[str, ...], what: str) -> NoReturn:
    hint = did_you_mean(name, known, quoted=True) or f"there are {', '.join(known)}"
    raise _bad(f"{what} has no field {_shown(name)}; {hint}")


def _sides(fields: Mapping[str, Any]) -> list[Any]:
    versions = fields.get("versions")
    if versions is None:
        if "source" not in fields:
            raise _bad("the request has no 'source'; send the two versions as source and target")
        return [fields[side] for side in _SIDES if fields.get(side) is not None or side == "source"]
    if "source" in fields or "target" in fields:
        raise _bad("'versions' stands beside 'source' or 'target'; send one or the other")
    if not isinstance(versions, list) or len(versions) < 2:
        raise _bad("'versions' has to be a list of two versions")
    if len(versions) > 2:
        raise _bad(f"'versions' has {len(versions)}; this service checks two at a time: send pairs")
    return versions


def _version(value: Any, side: str, max_size: int) -> Version:
    fields = _object(value, f"'{side}'", VERSION_FIELDS)
    text, data = fields.get("text"), fields.get("data")
    if (text is None) == (data is None):
        raise _bad(f"'{side}' needs either 'text' or 'data', the bytes of a file in base64")
    if text is not None:
        if not isinstance(text, str):
            raise _bad(f"'{side}.text' has to be text")
        try:
            held = text.encode()
        except UnicodeEncodeError as error:
            raise _bad(f"'{side}.text': character {error.start} is a lone surrogate") from None
    else:
        try:
            held = base64.b64decode(str(data), validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise _bad(f"'{side}.data' is not base64") from None
    return _made(fields, side, held, max_size)


def _made(fields: Mapping[str, Any], side: str, data: bytes, max_size: int) -> Version:
    name = _text(fields, "name", side) or side
    language, format = _text(fields, "language", side), _text(fields, "format", side)
    if language is not None and not is_known(language):
        raise _bad(f"'{side}.language': {_shown(language)} is no language code; give one such as en or pt-BR")
    if format is not None and format not in FORMATS:
        hint = did_you_mean(format, tuple(FORMATS), quoted=True) or f"there are {', '.join(FORMATS)}"
        raise _bad(f"'{side}.format': {_shown(format)} is none; {hint}")
    if len(data) > max_size:
        raise Refusal(413, "size", f"{_shown(name)}: larger than {max_size:,} bytes; split it, or start the "
                      "service with a larger --max-size")  # fmt: skip
    return Version(data=data, name=name, language=language, format=format)


def _text(fields: Mapping[str, Any], name: str, side: str = "") -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    shown = f"'{side}.{name}'" if side else f"'{name}'"
    if not isinstance(value, str):
        raise _bad(f"{shown} has to be text")
    if len(value) > _LONGEST or not value.isprintable():
        raise _bad(f"{shown} is longer than {_LONGEST} characters, or has control characters in it")
    return value


def _flag(fields: Mapping[str, Any], name: str) -> bool | None:
    value = fields.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise _bad(f"'{name}' has to be true or false")


def _form_flag(fields: Mapping[str, str], name: str) -> bool | None:
    value = fields.get(name)
    if not value:
        return None
    if value.lower() not in _FLAGS:
        raise _bad(f"'{name}' has to be true or false")
    return _FLAGS[value.lower()]


def _settings(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad("'settings' has to be an object, with the names of a configuration")
    try:
        return settings_from(value, "settings")
    except UsageError as error:
        raise _bad(str(error)) from None


def _bad(message: str) -> Refusal:
    return Refusal(400, "request", message)


def _shown(text: str) -> str:
    return repr(safe_line(text, 80))
