"""The name by which an organisation is known, for headings: `Hikvision`, not its full legal name."""

import re
from collections.abc import Iterable

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.country.sentence_parts import short_name
from overt.site.site import Site

NAME_PROPERTIES = ("kind", "name", "alias")
"""Properties of a record that `known_name` reads."""
_FIRMS = ("company", "state-owned-company", "bank", "policy-bank")
"""Kinds of organisations whose names are shortened. The names of state bodies say of which state they are, and stay whole."""
_LATIN = re.compile(r"[ -~]+")
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def known_name(site: Site, record: Record) -> str:
    """Return a company's shortest recorded name that is a part of its full name, or an acronym.

    If there is none, the full name without its legal form. In Chinese, aliases count as names as well. An organisation of unknown
    kind counts as a company. For state bodies and organisations of other kinds, the full name.
    """
    full = site.called(record)
    if record.value("kind") not in (*_FIRMS, None):
        return full
    is_chinese = bool(_CHINESE.search(full))
    facts = [*record.shown("name"), *(record.shown("alias") if is_chinese else ())]
    short = (fact.value for fact in facts if fact.value != full)
    names = [name for name in short if _is_short_form(name, full, is_chinese=is_chinese)]
    return min(names, key=lambda name: (len(name), name), default="") or short_name(full)


def _is_short_form(name: str, full: str, *, is_chinese: bool) -> bool:
    if is_chinese:
        return bool(_CHINESE.search(name)) and len(name) > 1 and name in full
    if not _LATIN.fullmatch(name):
        return False
    return bool(_ACRONYM.fullmatch(name) or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", full))


def known_names(site: Site, reader: Reader, identities: Iterable[str]) -> dict[str, str]:
    """Return the names by which organisations are known, by id. Unknown ids are left out."""
    return {record.id: known_name(site, record) for record in records.records(reader, sorted(identities), NAME_PROPERTIES)}
