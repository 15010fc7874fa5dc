"""JSON schemas of the parameter values that are valid for a release, for the OpenAPI descriptions."""

from collections.abc import Collection
from typing import Any

from overt.http.served_release import Served
from overt.index.accepted_filter_values import PROJECT_KINDS
from overt.index.filter_kinds import Values
from overt.index.project_filter_declarations import FACETS
from overt.queries.address_parameters import FACET_OF_PARAMETER, known_values

VALUES = {
    **{name: declared.values.schema for name, declared in FACET_OF_PARAMETER.items()},
    "assessed": PROJECT_KINDS.schema,
    "type": "RecordType",
    "area": "AreaOrRegion",
    "strength": "AnswerStrength",
    "service": "Service",
}
"""Name of the schema for a single value of each repeatable parameter."""


def values(served: Served) -> dict[str, dict[str, Any]]:
    """Return the schemas of valid values in this release, by schema name. Terms come first, ids last."""
    types = list(dict.fromkeys(declared.values for declared in FACETS.values()))
    terms = [values for values in types if values.vocabulary]
    ids = [values for values in types if values.pattern]
    lists = [values for values in types if not (values.vocabulary or values.pattern)]
    return {
        **{values.schema: _schema(values, served) for values in (*terms, *lists)},
        "RecordType": _one_of(served.schema.types, "A type of record."),
        "AreaOrRegion": _one_of([*served.words.areas, *served.words.regions], "Code of an area, or id of a region."),
        "AnswerStrength": _one_of(served.words.terms.get("answer-strengths", {}), "How strong an answer is."),
        "Service": _one_of(
            dict.fromkeys(name for kind in ("platforms", "services") for name in served.words.terms.get(kind, ())),
            "A platform or another service.",
        ),
        **{values.schema: _schema(values, served) for values in ids},
    }


def _schema(values: Values, served: Served) -> dict[str, Any]:
    if values.pattern:
        return {"type": "string", "pattern": f"^{values.pattern}$", "description": values.description}
    return _one_of(known_values(values, served.words, served.sources), values.description)


def _one_of(known: Collection[str], description: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(known), "description": description}
