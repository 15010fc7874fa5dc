"""What is asked of the service, checked: batches of queries and of data extension, from anybody."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

Held = TypeVar("Held", bound=BaseModel)
MOST_QUERIES = 20
"""Queries of one batch; OpenRefine sends ten at a time."""
MOST_CANDIDATES = 25
MOST_IDS = 500
MOST_PROPERTIES = 50
MOST_GIVEN = 10
"""Properties of a query, and values of one of these."""
LONGEST = 100
"""Signs of a name that are read."""


def _listed(value: Any) -> Any:
    """One value or many are the same to us."""
    return value if isinstance(value, list) else [value]


class _Asked(BaseModel):
    """What is sent to us; a field that we do not know is refused, as an answer without regard to it would be one to another
    question.
    """

    model_config = ConfigDict(extra="forbid")


class Entity(_Asked):
    """A value that is an entity, matched before."""

    id: str
    name: str | None = None


Value = str | bool | int | float | Entity


class Wanted(_Asked):
    """A property that the list of others has, with its values."""

    pid: str = Field(max_length=100)
    v: Annotated[list[Value], BeforeValidator(_listed), Field(max_length=MOST_GIVEN)]

    def texts(self) -> list[str]:
        """The values as text; of an entity its id."""
        return [value.id if isinstance(value, Entity) else str(value) for value in self.v]


class Query(_Asked):
    """One row of the list of others."""

    query: str = ""
    type: Annotated[list[str], BeforeValidator(_listed), Field(max_length=20)] = []
    limit: int = Field(5, ge=1)
    properties: list[Wanted] = Field(default=[], max_length=MOST_GIVEN)
    type_strict: Literal["any", "all", "should"] | None = None

    @property
    def most(self) -> int:
        """How many candidates the answer has."""
        return min(self.limit, MOST_CANDIDATES)


class ExtendedProperty(_Asked):
    """A column to be added."""

    id: str = Field(max_length=100)
    settings: dict[str, Any] = {}


class Extension(_Asked):
    """Which columns for which records."""

    ids: list[str] = Field(max_length=MOST_IDS)
    properties: list[ExtendedProperty] = Field(max_length=MOST_PROPERTIES)


def queries(text: str) -> dict[str, Query]:
    """The batch in `queries`. Raises HTTPException 400 that says what is wrong with which query."""
    data = _json(text, "queries")
    if not isinstance(data, Mapping):
        raise HTTPException(400, "queries: is no JSON object of queries by key.")
    if len(data) > MOST_QUERIES:
        raise HTTPException(400, f"queries: has {len(data)} queries; send at most {MOST_QUERIES} at a time.")
    return {key: _checked(Query, value, f"queries: {key[:50]}") for key, value in data.items()}


def extension(text: str) -> Extension:
    """The batch in `extend`. Raises HTTPException 400."""
    return _checked(Extension, _json(text, "extend"), "extend")


def _json(text: str, where: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise HTTPException(400, f"{where}: is not JSON.") from None


def _checked(kind: type[Held], value: Any, where: str) -> Held:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][:3])
        raise HTTPException(400, f"{where}: {place}: {first['msg']}.") from None
