"""Turn the entries of a file into claims. The problems of all entries are collected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from overt.importing.proposal.text_kinds import language
from overt.ledger import SourceDocument
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError, ValueProblem
from overt.model.record_ids import EDITORIAL_SOURCE, key_part
from overt.model.schema import Property
from overt.model.spelling_suggestions import similar_hint
from overt.resolve.additions.entry_documents import EntryDocuments, read_documents
from overt.resolve.additions.entry_field_normalization import as_list, first_name, local_key, nested, party_name, plain_text
from overt.resolve.additions.entry_files import AddedEntry
from overt.resolve.additions.entry_value_parser import AddedValue, canonical_value, read_language, read_written
from overt.resolve.additions.referred_records import KnownNames, editorial_record
from overt.resolve.editorial_claims import document_record

PARTY_KEYS = ("name", "country", "kind", "start", "end")
_PLACE_KEYS = ("name", "country", "geometry", "precision", "radius", "kind", "latitude", "longitude")
_COMMITMENT_KEYS = ("amount", "financier", "flow-type", "agreed", "status")


@dataclass(frozen=True)
class AddedClaim:
    """A claim of an entry, with its documents."""

    record: str
    type: str
    property: str
    value: str
    unit: str | None
    lang: str | None
    valid_from: str | None
    valid_to: str | None
    documents: tuple[SourceDocument, ...]


@dataclass
class Additions:
    """What the entries of a file add, and the problems with them."""

    claims: list[AddedClaim] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Record that an entry adds or completes, or organisation that it refers to → its name, or its type if it has no name."""
    types: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    """Records in `names` that did not exist before."""
    similar: dict[str, list[str]] = field(default_factory=dict)
    """Name of a new organisation → similar names of existing organisations (`NamedRecord.similar`)."""
    problems: list[str] = field(default_factory=list)


class AdditionsReader:
    """Reads entries, and checks them against the schema, the vocabularies and existing records."""

    def __init__(self, content: Catalogue, known: KnownNames) -> None:
        self._content = content
        self._types = content.schema.types
        self._roles = content.vocabularies["roles"].by_id
        self._known = known
        self._result = Additions()
        self._added: set[AddedClaim] = set()
        self._lang = "en"
        """Default language of the entry's names and texts."""

    def read(self, entries: Sequence[AddedEntry]) -> Additions:
        """Return what the entries add, with the problems of all entries."""
        for entry in entries:
            name = entry.fields.get("name")
            label = f" ({first_name(name)})" if name else ""
            problems = list(entry.problems)
            self._read_entry(entry, problems)
            self._result.problems += [f"{entry.where}{label}: {problem}" for problem in dict.fromkeys(problems)]
        return self._result

    def _read_entry(self, entry: AddedEntry, problems: list[str]) -> None:
        fields = dict(entry.fields)
        type_name = str(fields.pop("record", "") or "")
        if type_name not in self._types:
            wrong = f"there is no record type {type_name!r}{similar_hint(type_name, self._types)}" if type_name else "is missing"
            problems.append(f"record: {wrong}; write one of {', '.join(self._types)}")
            return
        documents = read_documents(self._content, fields.pop("document", None), problems)
        self._add_details(documents)
        properties = self._types[type_name].properties
        self._lang = "en" if "lang" in properties else read_language(fields.pop("lang", None), problems)
        is_project = type_name == "project"
        nested = ("place", "commitment") if is_project else ()
        allowed = [*properties, *(self._roles if is_project else ()), *nested, "id", "lang"]
        problems += [
            f"{type_name} has no {name!r}{similar_hint(name, allowed)}; it has {', '.join(allowed)}"
            for name in fields
            if name not in allowed
        ]
        record = self._own_record(type_name, fields, problems)
        if record is None:
            return
        is_new = record in self._result.new
        for name, property_ in properties.items():
            values = as_list(fields.get(name))
            if property_.required and is_new and not values:
                problems.append(f"{name}: is missing; every {type_name} needs it")
            self._add_values(record, type_name, property_, values, documents, problems)
        for role in self._roles if is_project else ():
            for party in as_list(fields.get(role)) if role not in properties else ():
                self._add_party(record, role, party, documents, problems)
        if is_project:
            for number, place in enumerate(as_list(fields.get("place")), start=1):
                site = "site" if number == 1 else f"site {number}"
                self._add_place(record, place, site, fields.get("country"), documents, problems)
            for commitment in as_list(fields.get("commitment")):
                self._add_commitment(record, commitment, documents, problems)

    def _own_record(self, type_name: str, fields: dict[str, Any], problems: list[str]) -> str | None:
        """Register the record that an entry adds to (`id:`) or creates, and return its id. None if there is a problem.

        The id of a new record is made from its name or, without a name, from its values.
        """
        identity, name = fields.pop("id", None), fields.get("name", fields.get("title"))
        label = first_name(name) if name else ""
        try:
            if identity:
                record = self._known.existing(str(identity), type_name)
            else:
                parts = [label] if label else self._own_values(type_name, fields)
                if not parts:
                    problems.append("name: is missing, or the `id:` of an existing record")
                    return None
                record = editorial_record(type_name, *parts)
                if self._known.type_of(record) is not None or record in self._result.types:
                    problems.append(f"name: {record} exists already; to add to it, write `id: {record}`, else another name")
                    return None
                self._result.new.add(record)
        except ValueProblem as error:
            problems.append(f"{'id' if identity else 'name'}: {error}")
            return None
        self._result.types[record] = type_name
        self._result.names[record] = label or type_name
        return record

    def _own_values(self, type_name: str, fields: dict[str, Any]) -> list[str]:
        """Return the values that identify a record without a name, such as its country and year. Lists and texts are left out."""
        names = [name for name, property_ in self._types[type_name].properties.items() if property_.type != "text"]
        return [
            text for name in names if not isinstance(fields.get(name), list | dict) and (text := plain_text(fields.get(name)))
        ]

    def _add_values(
        self, record: str, type_name: str, property_: Property, values: list[Any], documents: EntryDocuments, problems: list[str]
    ) -> None:
        if len(values) > 1 and not property_.many and property_.type != "name":
            problems.append(f"{property_.name}: has {len(values)} values, but a {type_name} has only one")
            return
        for written in values:
            try:
                value = read_written(written)
                if property_.type == "record":
                    text, unit = self._referred(property_.record or "", value.text, documents, problems), None
                else:
                    text, unit = canonical_value(self._content, property_, value)
                cited = self._part_documents(documents, value.document, problems, property_.name).default
                self._add(record, type_name, property_.name, text, value, cited, unit=unit)
            except OvertError as error:
                problems.append(f"{property_.name}: {error}")

    def _referred(self, type_name: str, name: str, documents: EntryDocuments, problems: list[str]) -> str:
        """Return the id of the record that a property refers to. Only an organisation may be new."""
        if type_name == "organization":
            return self._organization(name, documents)
        return self._known.existing(name, type_name)

    def _organization(self, name: str, documents: EntryDocuments) -> str:
        named = self._known.find(name, "organization")
        if named.is_new and named.record not in self._result.types:
            self._result.new.add(named.record)
            self._result.similar[name] = list(named.similar)
            self._add(named.record, "organization", "name", name, AddedValue(name), documents.default)
        self._result.types.setdefault(named.record, "organization")
        self._result.names.setdefault(named.record, name)
        return named.record

    def _add_party(self, project: str, role: str, data: Any, documents: EntryDocuments, problems: list[str]) -> None:
        try:
            fields = nested(data, "name", (*PARTY_KEYS, "document"))
            name = party_name(fields)
            own = self._part_documents(documents, fields.pop("document", None), problems, role)
            organization = self._organization(name, own)
            name_key = key_part(local_key(organization).rpartition("/")[2].casefold())
            record = f"{EDITORIAL_SOURCE}:{local_key(project)}/{role}/{name_key}"
            fixed = {"project": project, "organization": organization, "role": role}
            self._add_part(record, "role", fixed, {key: fields.get(key) for key in ("start", "end")}, own, problems, role)
            details = {key: fields[key] for key in ("country", "kind") if fields.get(key)}
            self._add_part(organization, "organization", {}, details, own, problems, role)
        except ValueProblem as error:
            problems.append(f"{role}: {error}")

    def _add_place(
        self, project: str, data: Any, site: str, country: Any, documents: EntryDocuments, problems: list[str]
    ) -> None:
        """Add a place of a project. `site`: replaces the name in the record's id if the place has no name."""
        try:
            fields = nested(data, "name", (*_PLACE_KEYS, "document"))
            own = self._part_documents(documents, fields.pop("document", None), problems, "place")
            latitude, longitude = fields.pop("latitude", None), fields.pop("longitude", None)
            if (latitude is None) != (longitude is None):
                raise ValueProblem("a point needs `latitude:` and `longitude:`")
            if latitude is not None:
                fields["geometry"] = f"POINT ({longitude} {latitude})"
            if not fields.get("name") and not fields.get("geometry"):
                raise ValueProblem("needs a name, or latitude and longitude")
            name = key_part((first_name(fields.get("name")) or site).casefold())
            fields.setdefault("precision", "exact" if fields.get("geometry") else "locality")
            fields.setdefault("kind", "site")
            if len(countries := as_list(country)) == 1:
                fields.setdefault("country", countries[0])
            record = f"{EDITORIAL_SOURCE}:{local_key(project)}/place/{name}"
            self._add_part(record, "place", {"project": project}, fields, own, problems, "place")
        except ValueProblem as error:
            problems.append(f"place: {error}")

    def _add_commitment(self, project: str, data: Any, documents: EntryDocuments, problems: list[str]) -> None:
        try:
            fields = nested(data, "amount", (*_COMMITMENT_KEYS, "unit", "document"))
            own = self._part_documents(documents, fields.pop("document", None), problems, "commitment")
            amount = AddedValue(plain_text(fields.pop("amount", None)), plain_text(fields.pop("unit", None)) or None)
            property_ = self._types["commitment"].properties["amount"]
            number, unit = canonical_value(self._content, property_, amount)
            lenders = [nested(lender, "name", ("name",)) for lender in as_list(fields.pop("financier", None))]
            financiers = [self._organization(party_name(lender), own) for lender in lenders]
            names = key_part(" ".join(local_key(each).rpartition("/")[2] for each in financiers) or "not named")
            record = f"{EDITORIAL_SOURCE}:{local_key(project)}/commitment/{names}/{key_part(f'{number} {unit}')}"
            self._add_part(record, "commitment", {"project": project}, fields, own, problems, "commitment")
            self._add(record, "commitment", "amount", number, amount, own.default, unit=unit)
            for financier in financiers:
                self._add(record, "commitment", "financier", financier, AddedValue(financier), own.default)
        except ValueProblem as error:
            problems.append(f"commitment: {error}")

    def _add_part(
        self,
        record: str,
        type_name: str,
        fixed: dict[str, str],
        fields: dict[str, Any],
        documents: EntryDocuments,
        problems: list[str],
        where: str,
    ) -> None:
        """Add the values in `fixed` (already canonical) and `fields` to the record of a role, place, commitment or party."""
        if fixed:
            if self._known.type_of(record) is None:
                self._result.new.add(record)
            self._result.names.setdefault(record, type_name)
            self._result.types.setdefault(record, type_name)
        for name, text in fixed.items():
            self._add(record, type_name, name, text, AddedValue(text), documents.default)
        mistakes: list[str] = []
        for name, data in fields.items():
            if data is not None:
                property_ = self._types[type_name].properties[name]
                self._add_values(record, type_name, property_, as_list(data), documents, mistakes)
        problems += [f"{where}: {mistake}" for mistake in mistakes]

    def _part_documents(self, documents: EntryDocuments, data: Any, problems: list[str], where: str) -> EntryDocuments:
        """Return the documents of a part of the entry: its own if it has any, otherwise those of the entry."""
        if data is None:
            return documents
        mistakes: list[str] = []
        own = read_documents(self._content, data, mistakes)
        problems += [f"{where}: {mistake}" for mistake in mistakes]
        self._add_details(own)
        return own

    def _add_details(self, documents: EntryDocuments) -> None:
        """Add the publisher, date and language that the entry gives for its documents."""
        for document, name, text in documents.details:
            record = document_record(self._content, document)
            self._add(record, "document", name, text, AddedValue(text), (document,))

    def _add(
        self,
        record: str,
        type_name: str,
        name: str,
        text: str,
        value: AddedValue,
        documents: tuple[SourceDocument, ...],
        *,
        unit: str | None = None,
    ) -> None:
        has_lang = self._types[type_name].properties[name].type in ("name", "text") and type_name != "document"
        lang = value.lang or language([text]) or self._lang if has_lang else None
        claim = AddedClaim(record, type_name, name, text, unit, lang, value.valid_from, value.valid_to, documents)
        if claim not in self._added:
            self._added.add(claim)
            self._result.claims.append(claim)
