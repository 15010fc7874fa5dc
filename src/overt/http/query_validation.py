"""Checks for repeated and empty query parameters, and messages about invalid ones."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from fastapi import Request
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from overt.queries.address_parameters import check_value_counts

_MAX_QUOTE_LENGTH = 40
"""Maximum number of characters of a value that a message quotes."""


async def check_parameters(request: Request) -> None:
    """Check the parameters of addresses below `/api` (a dependency).

    Raises BadQuery for a parameter without a value, and for several values of a parameter that takes one, because the response
    would not match the question.
    """
    _check(request, empty=False)


async def check_repeated(request: Request) -> None:
    """Check the parameters of the reconciliation service (a dependency). Only repeated parameters raise BadQuery.

    Its clients send empty values: a `prefix` before anything is typed, or the `type` of a column that has no type.
    """
    _check(request, empty=True)


def _check(request: Request, *, empty: bool) -> None:
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, []).append(value)
    fields = _fields(request.scope["endpoint"])
    if values.keys() <= fields.keys():  # Otherwise the model reports the unknown parameters first.
        check_value_counts(values, [name for name, field in fields.items() if _is_list(field.annotation)], empty=empty)


def describe_faults(endpoint: Any, faults: Sequence[Mapping[str, Any]]) -> str:
    """Describe up to five invalid parameters and their valid values.

    `endpoint`: the function that handles the address; None if it is unknown. `faults`: errors from pydantic.
    """
    fields = _fields(endpoint) if endpoint else {}
    sentences = dict.fromkeys(_describe_fault(fault, fields.get(str(fault["loc"][-1]))) for fault in faults)
    return "; ".join(list(sentences)[:5]) + "."


def _describe_fault(fault: Mapping[str, Any], field: FieldInfo | None) -> str:
    name, value = fault["loc"][-1], str(fault.get("input"))[:_MAX_QUOTE_LENGTH]
    kind, about = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"{name} must be given"
    if kind == "string_too_long":
        return f"{name} has at most {about['max_length']} characters; {len(fault['input'])} were sent"
    if kind == "literal_error":
        return f"{name} must be one of {about['expected'].replace(' or ', ', ')}; not {value!r}"
    minimum, maximum = _bounds(field)
    if minimum is not None and maximum is not None:
        return f"{name} must be from {minimum} to {maximum}; not {value}"
    return f"{name} must be a whole number; not {value!r}" if kind.startswith("int") else f"{name} cannot be read: {value!r}"


def _bounds(field: FieldInfo | None) -> tuple[Any, Any]:
    metadata = field.metadata if field else []
    return next((bound.ge for bound in metadata if isinstance(bound, Ge)), None), next(
        (bound.le for bound in metadata if isinstance(bound, Le)), None
    )


@cache
def _fields(endpoint: Callable[..., Any]) -> dict[str, FieldInfo]:
    """Return the parameters of an endpoint by name, from its pydantic models."""
    hints = get_type_hints(endpoint).values()
    return {
        name: field
        for hint in hints
        if isinstance(hint, type) and issubclass(hint, BaseModel)
        for name, field in hint.model_fields.items()
    }


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is list or any(get_origin(argument) is list for argument in get_args(kind))
