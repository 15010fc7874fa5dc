"""The services that a restriction affected, as parts of a sentence."""

from collections.abc import Collection, Sequence
from functools import cache

from overt.language.first_letter_case import lower_first
from overt.language.language import NN_
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.queries.rows.records import Record
from overt.site.site import Site

_PATH = "names/services_that_are_groups.yml"
_VOCABULARIES = (("platform", "platforms"), ("service", "services"))
"""Properties of a restriction that name services, each with its vocabulary."""
_MOST_NAMED, _EXAMPLES = 4, 3
"""Up to `_MOST_NAMED` services are all named. If there are more, only the first `_EXAMPLES` are."""
_AMONG = NN_("%(n)s service (among them %(names)s)", "%(n)s services (among them %(names)s)")


class ServiceGroupFile(Content):
    """The content of `names/services_that_are_groups.yml`."""

    title: str
    description: str
    groups: list[str]
    plural: list[str]


def service_names(site: Site, record: Record) -> list[str]:
    """Return the platforms and services that a restriction affected, as words in a sentence; groups of services come last."""
    return [*_own_names(site, record), *_group_names(site, record)]


def listed_services(site: Site, record: Record) -> str:
    """Return the words of `service_names` as one phrase.

    If there are more than `_MOST_NAMED` services, the phrase gives their number and `_EXAMPLES` names. Groups are always named.
    """
    names, groups = _own_names(site, record), _group_names(site, record)
    if len(names) <= _MOST_NAMED:
        return site.language.join([*names, *groups])
    examples = site.language.join(names[:_EXAMPLES])
    return site.language.join([site.ngettext(*_AMONG, len(names), names=examples), *groups])


def is_plural(record: Record) -> bool:
    """Return whether the services that a restriction affected take a plural verb in English: several do, and so does “VPNs”."""
    services = [fact.value for fact in (*record.shown("platform"), *record.shown("service"))]
    return len(services) > 1 or any(fact.value in _file().plural for fact in record.shown("service"))


def names_any(site: Site, record: Record, services: Collection[str]) -> bool:
    """Return whether a restriction names one of `services` (ids of services or categories), or no service at all."""
    named = [
        (fact.value, site.words.terms[terms].get(fact.value)) for name, terms in _VOCABULARIES for fact in record.shown(name)
    ]
    ids = {identity for identity, _ in named} | {term.broader for _, term in named if term}
    return not ids or not ids.isdisjoint(services)


def _own_names(site: Site, record: Record) -> list[str]:
    names = [site.words.term("platforms", fact.value) for fact in record.shown("platform")]
    return names + [
        site.words.term("services", fact.value) for fact in record.shown("service") if fact.value not in service_groups()
    ]


def _group_names(site: Site, record: Record) -> list[str]:
    """Return the names of the groups of services, with “other” before a group if a service of its category is named, too."""
    named = [site.words.terms[terms].get(fact.value) for name, terms in _VOCABULARIES for fact in record.shown(name)]
    categories = {term.broader for term in named if term}
    groups = [fact.value for fact in record.shown("service") if fact.value in service_groups()]
    words = {group: lower_first(site.language, site.words.term("services", group)) for group in groups}
    return [
        site.gettext("other %(services)s", services=words[group]) if group in categories else words[group] for group in groups
    ]


def service_groups() -> frozenset[str]:
    """Return the ids of the terms of the vocabulary `services` that stand for a group of services, not for a single one."""
    return frozenset(_file().groups)


@cache
def _file() -> ServiceGroupFile:
    return packaged_model(ServiceGroupFile, _PATH)


def only_blocks(site: Site, rows: Sequence[Record]) -> str:
    """Return what restrictions affected, in words, if there are several and all block the same services or domains.

    Otherwise, return an empty string.
    """
    names = {affected(site, row) for row in rows}
    blocks = all([fact.value for fact in row.shown("kind")] == ["blocking"] for row in rows)
    return names.pop() if len(rows) > 1 and len(names) == 1 and blocks else ""


def affected(site: Site, record: Record) -> str:
    """Return the platforms and services that a restriction affected, as text; if none is named, its domains or its area.

    The measure comes first, unless it is the blocking of named platforms, services or domains.
    """
    names = service_names(site, record) or [fact.value for fact in record.shown("domain")]
    kinds = [site.words.term("restriction-kinds", fact.value) for fact in record.shown("kind")]
    if names and record.value("kind") == "blocking":
        return site.language.join(names)
    area = record.value("area")
    kind = site.language.comma.join(kinds) or site.gettext("Restriction")
    named = site.language.join(names) if names else site.language.translated(area)
    return site.gettext("%(kind)s: %(services)s", kind=kind, services=named) if named else kind
