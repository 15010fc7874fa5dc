"""Parameters as they are given: each once, none without a value; and what is said of one that cannot be meant."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from fastapi import Request
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from overt.queries.filters import check_given

_LONGEST = 40
"""Characters of a value that are told back."""


async def check_parameters(request: Request) -> None:
    """A dependency of all addresses below `/api`. Raises BadQuery for a parameter that is given without a value, and for one that
    has one value and is given several: the answer would be one to another question than was asked.
    """
    _check(request, empty=False)


async def check_repeated(request: Request) -> None:
    """The same of the reconciliation service, whose clients send what they have not as nothing: a `prefix` of which nothing is
    typed yet, the `type` of a column that has none.
    """
    _check(request, empty=True)


def _check(request: Request, *, empty: bool) -> None:
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        given.setdefault(name, []).append(value)
    fields = _fields(request.scope["endpoint"])
    if given.keys() <= fields.keys():  # else what is not known is told before all else, by the model
        check_given(given, [name for name, field in fields.items() if _is_list(field.annotation)], empty=empty)


def faults_said(endpoint: Any, faults: Sequence[Mapping[str, Any]]) -> str:
    """What is wrong with the parameters of a request, and what is right, in a sentence each. `faults`: as pydantic has them."""
    fields = _fields(endpoint) if endpoint else {}
    said = dict.fromkeys(_said(one, fields.get(str(one["loc"][-1]))) for one in faults)
    return "; ".join(list(said)[:5]) + "."


def _said(fault: Mapping[str, Any], field: FieldInfo | None) -> str:
    name, asked = fault["loc"][-1], str(fault.get("input"))[:_LONGEST]
    kind, about = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"{name} must be given"
    if kind == "string_too_long":
        return f"{name} has at most {about['max_length']} characters; {len(fault['input'])} were sent"
    if kind == "literal_error":
        return f"{name} is one of {about['expected'].replace(' or ', ', ')}; {asked!r} was asked"
    least, most = _bounds(field)
    if least is not None and most is not None:
        return f"{name} is from {least} to {most}; {asked} was asked"
    return f"{name} is a whole number; {asked!r} was asked" if kind.startswith("int") else f"{name} cannot be read: {asked!r}"


def _bounds(field: FieldInfo | None) -> tuple[Any, Any]:
    held = field.metadata if field else []
    return next((one.ge for one in held if isinstance(one, Ge)), None), next(
        (one.le for one in held if isinstance(one, Le)), None
    )


@cache
def _fields(endpoint: Callable[..., Any]) -> dict[str, FieldInfo]:
    """The parameters of an address, by name: those of the model that its function takes."""
    hints = get_type_hints(endpoint).values()
    return {
        name: field
        for hint in hints
        if isinstance(hint, type) and issubclass(hint, BaseModel)
        for name, field in hint.model_fields.items()
    }


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is list or any(get_origin(one) is list for one in get_args(kind))
