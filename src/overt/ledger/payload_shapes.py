"""The shape of each kind of entry. An attacker who can write to the database can compute a valid chain for any payload, so
entries of any other shape are refused.
"""

from collections.abc import Mapping
from typing import Any

_VERDICTS = ("same", "different", "unsure")
_SHAPES: dict[str, tuple[dict[str, type], dict[str, type]]] = {
    "judgement": ({"left": str, "right": str, "verdict": str}, {"origin": dict, "act": int}),
    "claim": (
        {"record": str, "type": str, "property": str, "value": str, "document": dict},
        {"unit": str, "lang": str, "valid_from": str, "valid_to": str, "act": int},
    ),
    "claim-source-document": ({"claim": int, "document": dict}, {"act": int}),
    "retraction": ({"target": str}, {}),
    "correction": (
        {"record": str, "type": str, "targets": list, "before": list},
        {"property": str, "value": str, "unit": str, "lang": str, "document": dict},
    ),
    "withholding": ({"record": str}, {"members": list}),
    "source-snapshot": ({"source": str, "snapshot": str}, {}),
    "source-removal": ({"source": str}, {}),
    "undo": ({"sequence": int}, {"last": int}),
    "admit-key": ({"public": str}, {"replaces": str}),
    "revoke-key": ({"key": str}, {}),
}
"""The required and the optional keys of each kind's payload, with their types."""
_PARTS: dict[str, tuple[dict[str, type], dict[str, type]]] = {
    "document": ({"title": str, "place": str}, {"url": str}),
    "origin": ({"atlas": str}, {"entry": int, "chain": str}),
}
"""The required and the optional keys of values that are mappings themselves."""


def has_shape(kind: str, payload: Mapping[str, Any]) -> bool:
    """Return whether the kind is known, and the payload has the kind's required keys, no unknown ones, and valid values."""
    shape = _SHAPES.get(kind)
    if shape is None or not _fits(payload, *shape):
        return False
    if kind == "judgement" and payload["verdict"] not in _VERDICTS:
        return False
    if not all(isinstance(text, str) for name in ("targets", "before", "members") for text in payload.get(name, ())):
        return False
    return all(_fits(payload[name], *part) for name, part in _PARTS.items() if name in payload)


def _fits(payload: Mapping[str, Any], required: Mapping[str, type], optional: Mapping[str, type]) -> bool:
    if not required.keys() <= payload.keys():
        return False
    for name, value in payload.items():
        expected = required.get(name) or optional.get(name)
        if type(value) is not expected:  # `isinstance` would accept True as an integer.
            return False
    return True
