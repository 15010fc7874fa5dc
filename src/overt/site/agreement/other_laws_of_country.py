"""Other laws of the same country, to list on the page of a law."""

from overt.queries import agreements, records
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.agreement.law_no_longer_in_force import NEVER_IN_FORCE
from overt.site.site import Site

_MAX_LAWS = 4
"""Maximum number of other laws of a country that the page of a law names."""


def laws_beside(site: Site, reader: Reader, record: Record) -> list[Record]:
    """Return up to `_MAX_LAWS` other laws of the law's first country, the newest first.

    Laws that were denied or cancelled are left out. The order is by the date of entry into force or, if it is unknown, of the
    version or the adoption.
    """
    country = record.value("party-country")
    rows = records.linked(reader, country, "agreement", "party-country") if country else []
    laws = [
        law
        for law in rows
        if law.id != record.id and law.value("status") not in NEVER_IN_FORCE and agreements.is_law(site.words, law)
    ]
    laws.sort(key=lambda law: law.value("in-force") or law.value("date") or law.value("adopted") or "", reverse=True)
    return laws[:_MAX_LAWS]
