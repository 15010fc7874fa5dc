"""English labels of record types, properties and values, for the output of `overt show`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from overt.model.content_catalogue import Catalogue
    from overt.queries.database import Reader


class PropertyLabel(NamedTuple):
    """The labels of a property and of its record type, and the vocabulary of its values, if they are terms or countries."""

    record_type: str
    property: str
    type_label: str
    label: str
    vocabulary: str | None


class PropertyAndValueLabels:
    """Labels of record types, properties, terms and countries.

    A key that a user may have to type follows its label in parentheses, unless it is only the label in lower case with hyphens
    for spaces. A key without a label, as in a release of an older schema, is printed as it is.
    """

    def __init__(self, properties: Iterable[PropertyLabel], terms: Iterable[tuple[str, str, str]]) -> None:
        """`terms`: the vocabulary, key and label of each term and country."""
        self._properties = {(row.record_type, row.property): row for row in properties}
        self._types = {row.record_type: row.type_label for row in self._properties.values()}
        self._terms = {(vocabulary, key): label for vocabulary, key, label in terms}

    def record_type(self, name: str) -> str:
        """Return the label of a record type with a lower-case first letter, for use within a sentence."""
        label = self._types.get(name, name)
        return label[:1].lower() + label[1:]

    def property(self, record_type: str, name: str) -> str:
        """Return the label of a property."""
        row = self._properties.get((record_type, name))
        return _with_key(row.label, name) if row else name

    def value(self, record_type: str, name: str, value: str) -> str:
        """Return the label of a term or country; any other value as it is."""
        row = self._properties.get((record_type, name))
        label = self._terms.get((row.vocabulary, value)) if row and row.vocabulary else None
        return _with_key(label, value) if label else value


def labels_from_index(reader: "Reader") -> PropertyAndValueLabels:
    """Read the labels from a release's index."""
    terms = [(vocabulary, key, label) for vocabulary, key, label in reader.tuples("full_records.term_labels")]
    return PropertyAndValueLabels((PropertyLabel(*row) for row in reader.tuples("full_records.property_labels")), terms)


def labels_from_content(content: "Catalogue") -> PropertyAndValueLabels:
    """Return the labels of the content, for a release without a current index."""
    properties = [
        PropertyLabel(kind.name, name, kind.label, declared.label, declared.labels_of_values)
        for kind in content.schema.types.values()
        for name, declared in kind.properties.items()
    ]
    terms = [(name, term.id, term.label) for name, vocabulary in content.vocabularies.items() for term in vocabulary.terms]
    return PropertyAndValueLabels(
        properties, [*terms, *(("areas", area.code, area.label) for area in content.areas.areas.values())]
    )


def _with_key(label: str, key: str) -> str:
    return label if label.lower().replace(" ", "-") == key else f"{label} ({key})"
