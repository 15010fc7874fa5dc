"""What is reported about a platform: its restrictions, the state of each country, and the sentences that sum this up."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.queries.blocking.blocked_services import restricted_countries
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.blocking_sentences import has_sentence, restriction_sentences
from overt.site.platform.country_sentences import country_sentences, leads_with_age
from overt.site.platform.ends_implied_by_later_blocks import Over
from overt.site.platform.restriction_reporters import Restrictions, reported_by, restriction_rows
from overt.site.platform.restriction_state_by_country import CountryState, by_state, country_states, over_on_platform, year_before
from overt.site.site import Site


class PlatformReport(NamedTuple):
    """The restrictions of a platform and what the newest reports say about each country."""

    restrictions: Restrictions
    states: Sequence[CountryState]
    grouped: Mapping[str, Sequence[CountryState]]
    """The states by name (`by_state`); empty if fewer than two countries are on record."""
    over: Mapping[str, Over]
    """The dates by which restrictions without a reported end must have ended, by id."""
    sentences: Sequence[Markup | str]
    """Sentences on the countries where no end is reported or, if there are none, on the first restrictions."""

    @property
    def newest_to_state(self) -> str | None:
        """The date (EDTF) of the newest report; None if the first sentence already gives its age, or if no report is dated."""
        return None if leads_with_age(self.grouped) else self.restrictions.newest


def platform_report(site: Site, reader: Reader, name: str, restricted: Sequence[Record]) -> PlatformReport:
    """Return what is reported about a platform.

    `name`: its label. `restricted`: the restrictions of the platform itself, from `recorded`.
    """
    restrictions = restriction_rows(reader, restricted)
    since = year_before(site.words.meta["manifest"]["date"])
    states = country_states(site, restrictions, since)
    grouped = by_state(states) if len(states) > 1 else {}
    over = {row.record.id: by for row in restrictions.rows if (by := over_on_platform(restrictions.rows, row))}
    ranked = [country.code for country in restricted_countries(reader)]
    sentences = country_sentences(site, name, grouped, since, ranked) or _on_restrictions(site, name, restrictions, over)
    return PlatformReport(restrictions, states, grouped, over, sentences)


def _on_restrictions(site: Site, name: str, restrictions: Restrictions, over: Mapping[str, Over]) -> Sequence[Markup | str]:
    """Return sentences on the first restrictions.

    If only one country is on record, they also say so, and name those who report the first restriction.
    """
    reported = {row.record.id: row.reported for row in restrictions.rows}
    answer = restriction_sentences(site, name, [row.record for row in restrictions.rows], reported, over)
    if answer and len(restrictions.countries) == 1:
        country = site.words.area(restrictions.countries[0])
        only_country = site.gettext(
            "%(country)s is the only country on record here. Others may restrict it, too.", country=country
        )
        answer[0] += site.language.gap + only_country
        named_first = next((row for row in restrictions.rows if has_sentence(row.record)), None)
        answer.insert(1, reported_by(site, named_first) if named_first else "")
    return [sentence for sentence in answer if sentence]
