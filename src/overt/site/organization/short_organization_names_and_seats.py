"""The name by which an organisation is known, for headings: `Hikvision`, not its full legal name."""

import re
from collections.abc import Iterable

from overt.model.short_chinese_organization_name import chinese_short_name, is_chinese
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.sentences.linked_record_and_company_names import short_name
from overt.site.site import KnownOrganization, Site

_NAME_PROPERTIES = ("kind", "name", "alias")
"""Properties of a record that `known_name` reads."""
_MAX_CACHED = 20_000
"""The cache is emptied when it has more organisations than this."""
_FIRMS = ("company", "state-owned-company", "bank", "policy-bank")
"""Kinds of organisations whose names are shortened. State bodies keep their full names, which include the state's name."""
_LATIN = re.compile(r"[ -~]+")
_ACRONYM = re.compile(r"[A-Z]{2,8}")


def known_name(site: Site, record: Record) -> str:
    """Return a company's shortest recorded name that is either part of its full name or an acronym.

    If there is no such name, return the full name without its legal form. In Chinese, aliases count as names as well. An
    organisation of unknown kind counts as a company. State bodies and organisations of other kinds keep their full names.
    """
    full = site.called(record)
    if record.value("kind") not in (*_FIRMS, None):
        return full
    names = [fact.value for fact in record.shown("name") if fact.value != full]
    if is_chinese(full):
        aliases = [fact.value for fact in record.shown("alias") if fact.value != full]
        return chinese_short_name([full], [*names, *aliases]) or short_name(full)
    latin = (name for name in names if _is_short_form(name, full))
    return min(latin, key=lambda name: (len(name), name), default="") or short_name(full)


def _is_short_form(name: str, full: str) -> bool:
    if not _LATIN.fullmatch(name):
        return False
    return bool(_ACRONYM.fullmatch(name) or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", full))


def known_names(site: Site, reader: Reader, identities: Iterable[str]) -> dict[str, str]:
    """Return the names by which organisations are known, by id. Unknown ids are left out."""
    return {identity: known.name for identity, known in known_organizations(site, reader, identities).items()}


def known_organizations(site: Site, reader: Reader, identities: Iterable[str]) -> dict[str, KnownOrganization]:
    """Return the known names of organisations, and the countries where they are based, by id. Unknown ids are left out.

    The result is cached, because many pages name the same organisations.
    """
    cache, known, missing = site.known_organizations, dict[str, KnownOrganization](), list[str]()
    for identity in sorted(set(identities)):
        if organization := cache.get(identity):
            known[identity] = organization
        else:
            missing.append(identity)
    for record in records.records(reader, missing, (*_NAME_PROPERTIES, "country")) if missing else ():
        known[record.id] = KnownOrganization(known_name(site, record), record.value("country"))
    if len(cache) > _MAX_CACHED:
        cache.clear()
    cache.update(known)
    return known
