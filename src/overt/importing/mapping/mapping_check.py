"""Checks that a mapping fits the schema, the vocabularies and the rest of source.yml. All mistakes are reported at once.

The module also finds the record types to which a mapping refers by key.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from overt.importing.mapping.property_of_each_value import all_mapped_values
from overt.importing.mapping.used_columns import other_names, top_column, used_columns
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, quote_text
from overt.model.mapping import Party, RecordMapping, RoleMapping
from overt.model.source import SourceSpec
from overt.model.spelling_suggestions import similar_hint
from overt.model.values.source_mapping_values import Value

_ROLE_KEYS = ("role", "start", "end", "known_from")
_PARTY_KEYS = ("country", "kind", *_ROLE_KEYS)
_LOOKUP_KEYS = ("lookup", "corrections", "among", "not_among")


def check_mapping(spec: SourceSpec, content: Catalogue) -> None:
    """Raise ContentError with all mistakes of a source's mappings."""
    mistakes = [
        f"mapping.{role}{where}: {message}"
        for role, mapping in spec.mapping.items()
        for where, message in [
            *_role_mistakes(spec, mapping),
            *_column_mistakes(spec, role),
            *_record_mistakes(spec, content, mapping),
        ]
    ]
    mistakes += _lookup_mistakes(spec, content)
    if mistakes:
        where, mistakes = f"sources/{spec.slug}/source.yml", list(dict.fromkeys(mistakes))
        raise ContentError(f"{where}: {'; '.join(mistakes)}", where, mistakes)


def referred_types(spec: SourceSpec, content: Catalogue) -> set[str]:
    """Return the record types to which cells refer by a record's key."""
    types = set()
    for mapping in spec.mapping.values():
        for record in mapping.records:
            properties = content.schema.types[record.record].properties
            for name, values in record.properties.items():
                target = properties[name].record if name in properties else "organization"
                types |= {target for value in values if value.existing and target}
            types |= {"document" for document in record.document if document.existing}
            types |= {record.record} if record.existing else set()
    return types


def _role_mistakes(spec: SourceSpec, mapping: RoleMapping) -> Iterator[tuple[str, str]]:
    for rule in mapping.out_of_scope:
        if rule not in spec.scope:
            yield ".out_of_scope", f"{quote_text(rule)} is not among `scope:`{similar_hint(rule, spec.scope)}"
    for where, node in _walk(mapping, ""):
        for key in _LOOKUP_KEYS:
            name = getattr(node, key, None)
            if isinstance(name, str) and name not in spec.lookups:
                known = f"; it has {', '.join(spec.lookups)}" if spec.lookups else ""
                yield where, f"`lookups:` has no {quote_text(name)}{similar_hint(name, spec.lookups)}{known}"
        if isinstance(node, Value) and node.rule is not None and node.rule not in spec.rules:
            known = f"it has {', '.join(spec.rules)}" if spec.rules else "add it there, with what it does"
            yield where, f"`rules:` has no {quote_text(node.rule)}{similar_hint(node.rule, spec.rules)}; {known}"


def _column_mistakes(spec: SourceSpec, role: str) -> Iterator[tuple[str, str]]:
    """Yield mistakes in columns: other names that contradict the mapping, and columns about persons that it reads."""
    persons, used = set(spec.files[role].persons), used_columns(spec, role)
    all_aliases = other_names(spec, role)
    for column, aliases in spec.mapping[role].other_names.items():
        if column not in used:
            yield ".other_names", f"the mapping reads no column {quote_text(column)}{similar_hint(column, used)}"
        for alias in aliases:
            if alias in used:
                yield ".other_names", f"the mapping reads column {quote_text(alias)} itself; read only {quote_text(column)}"
            if all_aliases.count(alias) > 1:
                yield ".other_names", f"{quote_text(alias)} is another name of two columns"
    for column in [*used, *all_aliases]:
        if (top := top_column(column)) in persons:
            yield "", f"reads column {quote_text(column)}, but {quote_text(top)} is under `persons:`, which nothing reads"


def _record_mistakes(spec: SourceSpec, content: Catalogue, mapping: RoleMapping) -> Iterator[tuple[str, str]]:
    types, roles = content.schema.types, content.vocabularies["roles"].by_id
    for number, record in enumerate(mapping.records):
        where = f".records.{number}"
        if record.record not in types:
            yield (
                where,
                f"there is no record type {quote_text(record.record)}{similar_hint(record.record, types)};"
                f" write one of {', '.join(types)}",
            )
            continue
        if spec.key_template(record.record) is None:
            yield where, f'`records:` has no key for {record.record}, as in `{record.record}: "{{No}}"`'
        if isinstance(record.per_column, str) and record.per_column not in spec.lookups:
            yield where, f"`lookups:` has no {quote_text(record.per_column)}{similar_hint(record.per_column, spec.lookups)}"
        properties = types[record.record].properties
        allowed = [*properties, *(roles if record.record == "project" else ())]
        for name, values in record.properties.items():
            if name not in allowed:
                yield (
                    where,
                    f"{record.record} has no {quote_text(name)}{similar_hint(name, allowed)}; it has {', '.join(allowed)}",
                )
            elif name in properties:
                yield from _party_mistakes(f"{where}.{name}", values, properties[name].record)
        if record.record != "project":
            for key in ("place", "commitment", "parties"):
                if getattr(record, key):
                    yield where, f"only a project has `{key}:`"
        for name in [name for name, property_ in properties.items() if property_.required]:
            if name not in record.properties and not _is_stated_elsewhere(mapping, record):
                yield where, f"every {record.record} needs {quote_text(name)}"


def _lookup_mistakes(spec: SourceSpec, content: Catalogue) -> Iterator[str]:
    """Yield mistakes in lookups: words that differ only in case but have different terms, and values that aren't terms of the
    property's vocabulary.
    """
    nodes = [node for mapping in spec.mapping.values() for _, node in _walk(mapping, "")]
    names = {str(getattr(node, key, None)) for node in nodes for key in _LOOKUP_KEYS}
    for name in sorted(names & spec.lookups.keys()):
        folded: dict[str, str] = {}
        for word, term in spec.lookups[name].items():
            first = folded.setdefault(word.casefold(), word)
            if spec.lookups[name][first] != term:
                yield (
                    f"lookups.{name}: {quote_text(first)} and {quote_text(word)} are the same word, because case does not matter;"
                    " keep one of them"
                )
    for value, property_ in all_mapped_values(spec, content.schema):
        if property_ is None or value.lookup is None or not property_.vocabulary:
            continue
        vocabulary = content.vocabularies[property_.vocabulary]
        for word, term in spec.lookups.get(value.lookup, {}).items():
            if term and term not in vocabulary.by_id:
                hint = similar_hint(term, vocabulary.by_id)
                yield (
                    f"lookups.{value.lookup}: {quote_text(word)}: {quote_text(term)} is not a term of {vocabulary.name}{hint};"
                    f" use one of {', '.join(vocabulary.by_id)} ({content.list_of_terms(vocabulary.name)})"
                )


def _party_mistakes(where: str, values: list[Party], refers_to: str | None) -> Iterator[tuple[str, str]]:
    wrong = _ROLE_KEYS if refers_to == "organization" else _PARTY_KEYS
    for value in values:
        for key in wrong:
            if getattr(value, key):
                yield where, f"has no key {quote_text(key)}: only a role, such as `supplier:`, has one"


def _is_stated_elsewhere(mapping: RoleMapping, record: RecordMapping) -> bool:
    """Return whether another record of the mapping, or another row, can state what this record leaves out."""
    return record.existing or sum(other.record == record.record for other in mapping.records) > 1


def _walk(node: Any, where: str) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(node, BaseModel):
        yield where, node
        for name in type(node).model_fields:
            yield from _walk(getattr(node, name), f"{where}.{name}" if name != "properties" else where)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _walk(value, f"{where}.{name}")
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from _walk(item, f"{where}.{number}" if len(node) > 1 else where)
