"""First lines of an organisation's pages: what it is, where it is based, who owns it, and lists that name or named it."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.model.values.current_on_day import Phase
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.organization import profile_texts
from overt.site.organization.current_and_past_sections import PRESENT, UNCLEAR, in_phase
from overt.site.organization.ownership import Owners, owners
from overt.site.site import Site


def identity_sentences(site: Site, reader: Reader, record: Record, own_owners: Owners) -> Markup:
    """Return sentences on what an organisation is, where it is based and who owns it (`profile_texts.identity`)."""
    current = records.records(reader, [tie.owner.value for tie in own_owners.current])
    state_owned = {owner.id for owner in current if owner.value("kind") == profile_texts.STATE_OWNED}
    return profile_texts.identity(site, record, own_owners, state_owned)


def opening_lines(site: Site, reader: Reader, record: Record) -> list[Markup]:
    """Return the first lines of the page about an organisation in a country: who it is, and official lists that name it."""
    identity = identity_sentences(site, reader, record, owners(records.linked(reader, record.id, "relation"), record.id))
    names = list_names(site, in_phase(records.linked(reader, record.id, "listing"), PRESENT))
    address = f"{site.record_url('organization', record.id)}#lists"
    return [identity, *([profile_texts.named_on(site, names, address)] if names else [])]


def list_names(site: Site, listings: Sequence[Record]) -> list[str]:
    """Return the names of official lists, each with the date on which it added the organisation: oldest first, undated last."""
    names: dict[str, str] = {}
    # “~” sorts after every date.
    for listing in sorted(listings, key=lambda listing: (listing.value("start") or "~", listing.id)):
        name, start = site.words.term("lists", listing.value("list") or ""), listing.value("start")
        since = site.formats.date(start) if start else ""
        names.setdefault(name, site.gettext("%(list)s (since %(date)s)", list=name, date=since) if since else name)
    return list(names.values())


def former_lists(site: Site, listings: Sequence[Record]) -> list[Markup]:
    """Return the names of official lists that used to name the organisation, oldest first, each with the period.

    Lists that name it now, or that may name it, are left out.
    """
    naming = {listing.value("list") for listing in in_phase(listings, (*PRESENT, *UNCLEAR))}
    ended = [listing for listing in in_phase(listings, (Phase.ENDED,)) if listing.value("list") not in naming]
    periods: dict[str, list[str]] = {}
    for listing in sorted(ended, key=lambda listing: (listing.value("start") or "", listing.id)):
        period = site.formats.period(listing.value("start"), listing.value("end"))
        periods.setdefault(listing.value("list") or "", []).append(period)
    return [
        site.markup(
            "the %(list)s (%(period)s)",
            list=site.words.term("lists", name),
            period=site.language.join(list(dict.fromkeys(texts))),
        )
        for name, texts in periods.items()
    ]
