"""Parses and validates requests: batches of queries, and data extension."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

Model = TypeVar("Model", bound=BaseModel)
MAX_QUERIES = 20
"""Maximum number of queries in a batch; OpenRefine sends ten."""
MAX_CANDIDATES = 25
"""Maximum number of candidates for a query."""
MAX_IDS = 500
MAX_PROPERTIES = 50
"""Maximum number of columns in a data extension; `MAX_IDS` limits its rows."""
MAX_PROPERTY_VALUES = 10
"""Maximum number of properties of a query, and of values of a property."""
MAX_NAME_LENGTH = 100
"""Maximum length of a name, in characters. A longer query is cut; a longer prefix is refused."""


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class _Request(BaseModel):
    """Part of a request. Unknown fields are refused, because ignoring them would change the question."""

    model_config = ConfigDict(extra="forbid")


class Entity(_Request):
    """A value that is an already matched entity."""

    id: str
    name: str | None = None


Value = str | bool | int | float | Entity


class PropertyValues(_Request):
    """A property of the client's list, with its values."""

    pid: str = Field(max_length=100)
    v: Annotated[list[Value], BeforeValidator(_as_list), Field(max_length=MAX_PROPERTY_VALUES)]

    def texts(self) -> list[str]:
        """Return the values as strings; entities as their ids."""
        return [value.id if isinstance(value, Entity) else str(value) for value in self.v]


class Query(_Request):
    """A query: one row of the client's list."""

    query: str = ""
    type: Annotated[list[str], BeforeValidator(_as_list), Field(max_length=20)] = []
    limit: int = Field(5, ge=1)
    properties: list[PropertyValues] = Field(default=[], max_length=MAX_PROPERTY_VALUES)
    type_strict: Literal["any", "all", "should"] | None = None

    @property
    def most(self) -> int:
        """The maximum number of candidates to return."""
        return min(self.limit, MAX_CANDIDATES)


class ExtendedProperty(_Request):
    """A column requested by the client."""

    id: str = Field(max_length=100)
    settings: dict[str, Any] = {}


class Extension(_Request):
    """The columns that the client requests, and the ids of the records and countries for which it requests them."""

    ids: list[str] = Field(max_length=MAX_IDS)
    properties: list[ExtendedProperty] = Field(max_length=MAX_PROPERTIES)


def queries(text: str) -> dict[str, Query]:
    """Parse the batch in `queries`. Raises HTTPException 400 with the query and the problem."""
    data = _json(text, "queries")
    if not isinstance(data, Mapping):
        raise HTTPException(400, "queries: is not a JSON object of queries by key.")
    if len(data) > MAX_QUERIES:
        raise HTTPException(400, f"queries: has {len(data)} queries; send at most {MAX_QUERIES} at a time.")
    return {key: _validate(Query, value, f"queries: {key[:50]}") for key, value in data.items()}


def extension(text: str) -> Extension:
    """Parse the batch in `extend`. Raises HTTPException 400 with the problem."""
    return _validate(Extension, _json(text, "extend"), "extend")


def _json(text: str, where: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise HTTPException(400, f"{where}: is not JSON.") from None


def _validate(kind: type[Model], value: Any, where: str) -> Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][:3])
        raise HTTPException(400, f"{where}: {place}: {first['msg']}.") from None
