"""Separate records with the same name into organisations, such as a group, its listed company and a national subsidiary."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from overt.model.record_ids import list_of


@dataclass
class NameBearers:
    """The records that share a name, with or without a legal form."""

    plain: set[str] = field(default_factory=set)
    """Records whose name has no legal form."""
    formed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Legal form → records whose name has this form. Forms that English uses for any country share the empty string as key."""
    by_alias: set[str] = field(default_factory=set)
    """Records that have this name as an alias, without a legal form."""
    aliases_with_form: set[str] = field(default_factory=set)

    def add(self, record: str, property_: str, form: str | None) -> None:
        """Add a name or alias of a record. `form` is None if the name has no legal form."""
        if property_ == "name":
            (self.plain if form is None else self.formed[form]).add(record)
        else:
            (self.by_alias if form is None else self.aliases_with_form).add(record)

    def add_all(self, bearers: "NameBearers") -> None:
        """Add the records with another spelling of the name."""
        self.plain |= bearers.plain
        for form, records in bearers.formed.items():
            self.formed[form] |= records
        self.by_alias |= bearers.by_alias
        self.aliases_with_form |= bearers.aliases_with_form


@dataclass(frozen=True)
class NamedBody:
    """Records that may be the same body."""

    by_name: set[str]
    by_alias: set[str]
    aliases_with_form: set[str]
    has_form: bool
    """Whether one of the names has a legal form."""


def separate_bodies(bearers: NameBearers, one_to_one: Mapping[str, str]) -> Iterator[NamedBody]:
    """Yield the bodies that share a name, distinguished by the legal forms in their names.

    Names with different national forms are different bodies if a source has bodies with two of the forms (AO Kaspersky Lab,
    Kaspersky Lab, Inc.). Names without a form are a separate body if sources without duplicates show that another body has the
    legal name (China Telecom, China Telecom Corporation Limited), or if it is unclear which of several companies they mean.

    `one_to_one`: record → its source, for sources without duplicates.
    """
    formed_groups = _separate_forms(bearers.formed)
    formed = set().union(*formed_groups) if formed_groups else set()
    registered_forms = formed & one_to_one.keys()
    heads = (bearers.by_alias - bearers.plain - formed) & one_to_one.keys()
    if registered_forms:
        heads |= (bearers.plain - formed) & one_to_one.keys()
    if formed and heads:
        yield _body(bearers, bearers.plain - formed, has_form=False)
    else:
        # If several companies share the name, only a source without duplicates shows which of them a name without a form means.
        registered = [group for group in formed_groups if any(record in one_to_one for record in group)]
        home = formed_groups[0] if len(formed_groups) == 1 else registered[0] if len(registered) == 1 else None
        if home is None:
            yield _body(bearers, bearers.plain - formed, has_form=False)
        else:
            home |= bearers.plain
    for group in formed_groups:
        yield _body(bearers, group, has_form=True)


def _body(bearers: NameBearers, by_name: set[str], *, has_form: bool) -> NamedBody:
    by_alias = (bearers.by_alias | bearers.aliases_with_form if has_form else bearers.by_alias) - by_name
    return NamedBody(by_name, by_alias, bearers.aliases_with_form, has_form)


def _separate_forms(formed: Mapping[str, set[str]]) -> list[set[str]]:
    """Return one group of records per legal form, or a single group if no source has two bodies with different forms."""
    forms = sorted(formed)
    parted = {
        (first, second)
        for place, first in enumerate(forms)
        for second in forms[place + 1 :]
        if _sources(formed[first] - formed[second]) & _sources(formed[second] - formed[first])
    }
    if not parted:
        return [set().union(*formed.values())] if formed else []
    return [set(formed[form]) for form in forms]


def _sources(records: set[str]) -> set[str]:
    return {list_of(record) for record in records}


def is_ambiguous(records: set[str], one_to_one: Mapping[str, str], same: Mapping[str, str]) -> bool:
    """Return whether two of the records are different bodies because a source without duplicates has both.

    `same`: record → representative of the records that are known to be the same.
    """
    distinct = {(one_to_one[record], same.get(record, record)) for record in records if record in one_to_one}
    return len(distinct) > len({source for source, _ in distinct})
