"""The parameter that selects fields of the items in a response."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException


def fields_parameter(item: type[BaseModel], former: Mapping[str, str] = MappingProxyType({})) -> Any:
    """Return the parameter that selects fields of `item`. `former`: old names of fields that still work, with the new names."""
    name = f"({'|'.join([*item.model_fields, *former])})"
    description = "Fields of each item to return, separated by commas; all by default."
    if former:
        description += f" Old names, which are deprecated: {', '.join(f'`{old}` for `{new}`' for old, new in former.items())}."
    return Field(None, max_length=500, description=description, json_schema_extra={"pattern": f"^{name}(, ?{name})*$"})


def select_fields(
    items: Sequence[Mapping[str, Any]],
    fields: str | None,
    known: Collection[str],
    former: Mapping[str, str] = MappingProxyType({}),
) -> list[Mapping[str, Any]]:
    """Return the items with only the selected fields, or with all if none is selected.

    `fields`: names of the selected fields, separated by commas. `known`: the valid names. `former`: old names that still work,
    with the new ones. A field that is requested by its old name keeps that name in the response. Raises HTTPException 400 for an
    unknown field, even if there are no items.
    """
    names = [name.strip() for name in fields.split(",")] if fields else []
    if unknown := [name for name in names if former.get(name, name) not in known]:
        raise HTTPException(400, f"fields: there is no {unknown[0][:50]!r} here; there are {', '.join(known)}.")
    return [{name: item[former.get(name, name)] for name in names} for item in items] if names else list(items)
