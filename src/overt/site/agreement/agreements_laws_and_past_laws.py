"""Agreements and laws in three groups: agreements, laws, and laws that are no longer in force or never were."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries import agreements
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.agreement.first_date import first_day_key
from overt.site.agreement.law_status import planned_ends
from overt.site.site import Site

HISTORY = ("superseded", "repealed", "denied", "cancelled")
"""Statuses of laws and agreements that are no longer in force, or never were."""


class Split(NamedTuple):
    """The three groups. Each record is in one of them."""

    agreements: list[Record]
    laws: list[Record]
    past: list[Record]
    """Laws that are no longer in force, or never were."""


def split_laws(site: Site, reader: Reader, rows: Sequence[Record]) -> Split:
    """Separate laws from other agreements, and past laws from other laws. Laws are sorted from new to old.

    A law is not past if its end was only planned and no newer document confirms it (`planned_ends`).
    """
    laws = [record for record in rows if agreements.is_law(site.words, record)]
    laws.sort(key=first_day_key, reverse=True)
    past = [record for record in laws if record.value("status") in HISTORY]
    unconfirmed = planned_ends(site, reader, past)
    past = [record for record in past if record.id not in unconfirmed]
    law_ids, past_ids = {record.id for record in laws}, {record.id for record in past}
    return Split(
        [record for record in rows if record.id not in law_ids], [record for record in laws if record.id not in past_ids], past
    )
