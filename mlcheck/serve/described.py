"""What the service says of itself, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from mlcheck._version import __version__
from mlcheck.serve.orders import FORMS

__all__ = ["openapi"]

_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_VERSION: Final = {
    "type": "object",
    "additionalProperties": False,
    "description": "A version of the text: characters, or the bytes of a file in any format that is read.",
    "oneOf": [{"required": ["text"]}, {"required": ["data"]}],
    "properties": {
        "text": _TEXT,
        "data": {**_TEXT, "contentEncoding": "base64"},
        "language": {**_TEXT, "description": "BCP 47; without it, detected."},
        "format": {
            **_TEXT,
            "description": "As --from takes it; without it, by content and the name's ending.",
        },
        "name": {**_TEXT, "description": "What the report calls it."},
    },
}
_REQUEST: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "source": {"$ref": "#/components/schemas/Version"},
        "target": {"$ref": "#/components/schemas/Version"},
        "versions": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "items": {"$ref": "#/components/schemas/Version"},
            "description": "In place of source and target.",
        },
        "id": {**_TEXT, "description": "The report's name."},
        "words": {**_FLAG, "description": "A difference for every word."},
        "whole": {**_FLAG, "description": "Leave out nothing of a page as navigation."},
        "ignores": {**_FLAG, "description": "Do ignores in the texts count? True without it."},
        "terms": {**_FLAG, "description": "Do the service's glossaries count? True without it."},
        "settings": {
            "type": "object",
            "description": "rules, thresholds, markup, localised and scorecard, as a configuration has them; "
            "in place of the service's own.",
        },
        "model": {**_TEXT, "description": "Refuse if the service was not started with this model."},
        "judge": {**_TEXT, "description": "Refuse if the service was not started with this judge."},
    },
}
_FILE: Final = {"type": "string", "format": "binary"}
_FORM: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source"],
    "properties": {
        "source": _FILE,
        "target": _FILE,
        "source_language": _TEXT,
        "target_language": _TEXT,
        "source_format": _TEXT,
        "target_format": _TEXT,
        "id": _TEXT,
        "words": _FLAG,
        "whole": _FLAG,
    },
}
_ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": _TEXT, "message": {**_TEXT, "description": "A line for people."}},
        }
    },
}
_HEALTH: Final = {
    "type": "object",
    "required": ["version", "ready", "model", "judge"],
    "properties": {
        "version": _TEXT,
        "ready": _FLAG,
        "model": {"type": ["string", "null"], "description": "Its name."},
        "judge": {"type": ["string", "null"]},
    },
}
_REFUSALS: Final = {
    400: "not what it should be: JSON, a field, a form",
    401: "no token, or another",
    403: "asked by another page",
    408: "took too long to arrive",
    413: "too large",
    415: "neither JSON nor a form",
    421: "asked under another name",
    422: "a text cannot be checked",
    500: "a flaw of mlcheck, or no memory",
    503: "too many at once; see Retry-After",
    504: "not checked in time",
}


def _said(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def openapi() -> dict[str, Any]:
    """The description, which `/openapi.json` gives."""
    refusals = {
        str(status): {"description": why, "content": _said("Error")} for status, why in _REFUSALS.items()
    }
    check = {
        "summary": "Check two versions of a text; the first is the reference.",
        "parameters": [
            {"name": "format", "in": "query", "schema": {"enum": list(FORMS)}, "description": "Else Accept."}
        ],
        "requestBody": {
            "required": True,
            "content": {**_said("Request"), "multipart/form-data": {"schema": _FORM}},
        },
        "responses": {
            "200": {
                "description": "The report, as mlcheck check --format writes it.",
                "content": {kind.partition(";")[0]: {} for kind in FORMS.values()},
            },
            **refusals,
        },
    }
    health = {
        "summary": "Is it ready?",
        "responses": {
            "200": {"description": "Yes.", "content": _said("Health")},
            "503": {"description": "Not yet, or not now.", "content": _said("Health")},
        },
    }
    plain = {"responses": {"200": {"description": "It."}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "mlcheck", "version": __version__},
        "security": [{}, {"token": []}],
        "paths": {
            "/check": {"post": check},
            "/health": {"get": health},
            "/openapi.json": {"get": {"summary": "This description.", **plain}},
            "/": {"get": {"summary": "A page to compare two texts on.", **plain}},
            "/page.css": {"get": {"summary": "Its style.", **plain}},
            "/page.js": {"get": {"summary": "Its script.", **plain}},
        },
        "components": {
            "schemas": {"Version": _VERSION, "Request": _REQUEST, "Error": _ERROR, "Health": _HEALTH},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
