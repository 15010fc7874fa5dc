"""Record types and their properties, defined only in `content/schema/*.yml`."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Literal

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping

ValueType = Literal[
    "text",
    "name",
    "date",
    "year",
    "area",
    "money",
    "number",
    "boolean",
    "geometry",
    "term",
    "record",
    "url",
    "identifier",
]


class Property(Content):
    """A property of a record type: its labels, the type of its values, and the rules that they must meet."""

    name: str
    label: str
    label_zh: str
    description: str
    description_zh: str | None = None
    type: ValueType
    many: bool = False
    vocabulary: str | None = None
    """For a property of type `term`: its vocabulary."""
    record: str | None = None
    """For a property of type `record`: the type of record to which it refers."""
    unit: str | None = None
    """For a property of type `number`: the only allowed unit, such as `km`. A claim about `money` always needs a unit."""
    required: bool = False
    prose: bool = False
    """Whether several values complete one another, so that all are shown and none contradicts another.

    The column in the release table has only the first value.
    """

    @property
    def column(self) -> str:
        """Name of the property's column in the release table."""
        return self.name.replace("-", "_")

    @property
    def labels_of_values(self) -> str | None:
        """The vocabulary that has the labels of the property's values: `areas` for countries; None if the values have none."""
        return "areas" if self.type == "area" else self.vocabulary

    @property
    def several(self) -> bool:
        """Whether all values are shown, because none contradicts another."""
        return self.many or self.prose


class RecordType(Content):
    """A type of record, such as `project`: its labels, its table in a release and its properties."""

    name: str
    label: str
    label_zh: str
    description: str
    description_zh: str | None = None
    table: str
    """Name of the type's table in a release."""
    merges: bool = False
    """Whether records of several sources can describe the same item, such as a project, and are then merged."""
    lasts: bool = False
    """Whether records of this type begin and end (properties `start` and `end`). Their table has a computed column `current`."""
    properties: dict[str, Property]


class Schema(Content):
    """All record types, by name."""

    types: dict[str, RecordType]

    def property(self, record_type: str, name: str) -> Property:
        """Return a property of a record type. Raises ContentError if there is no such type or property."""
        definition = self.types.get(record_type)
        if definition is None:
            raise ContentError(f"there is no record type {record_type!r} (schema/ has {', '.join(self.types)})")
        if name not in definition.properties:
            raise ContentError(f"{record_type} has no property {name!r} (it has {', '.join(definition.properties)})")
        return definition.properties[name]


def load_schema(folder: Traversable, vocabularies: Mapping[str, object]) -> Schema:
    """Load every `*.yml` of a folder.

    Raises ContentError for an invalid file, such as one with an undefined vocabulary or record type.
    """
    types = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yml"):
            data = read_mapping(path)
            properties = data.get("properties")
            if isinstance(properties, dict):
                data["properties"] = {
                    name: {"name": name, **fields} if isinstance(fields, dict) else fields for name, fields in properties.items()
                }
            record_type = parse(RecordType, data, f"schema/{path.name}")
            types[record_type.name] = record_type
    for record_type in types.values():
        for name in ("start", "end") if record_type.lasts else ():
            if name not in record_type.properties or record_type.properties[name].type != "date":
                raise ContentError(f"schema/{record_type.name}.yml: lasts: needs {name!r}, a date")
        for property_ in record_type.properties.values():
            where = f"schema/{record_type.name}.yml: {property_.name}"
            if property_.type == "term" and property_.vocabulary not in vocabularies:
                raise ContentError(f"{where}: there is no vocabulary {property_.vocabulary!r}")
            if property_.type == "record" and property_.record not in types:
                raise ContentError(f"{where}: there is no record type {property_.record!r}")
    return Schema(types=types)
