"""The answer on a series' page about a country: the newest value, its publisher, and how many countries are above and below."""

from overt.language.language import N_
from overt.queries.labels import Area, Term
from overt.site.series.index_publishers import index_publisher
from overt.site.series.scales import DEMOCRATIC, FREER, REPRESSION, scale_of
from overt.site.series.standings import SeriesStandings, Standing
from overt.site.site import Site

_COMPARED = {
    DEMOCRATIC: N_("That is more democratic than %(freer)s of the %(n)s countries in Overt’s data, and less than %(other)s."),
    FREER: N_("That is freer than %(freer)s of the %(n)s countries in Overt’s data, and less free than %(other)s."),
    REPRESSION: N_(
        "That is more repression than in %(other)s of the %(n)s countries in Overt’s data, and less than in %(freer)s."
    ),
    "": N_("Of the %(n)s countries in Overt’s data, %(other)s have a higher value and %(freer)s a lower one."),
}


def value_sentence(site: Site, term: Term, country: Area, standings: SeriesStandings, standing: Standing) -> str:
    """Return a sentence with the newest value of a country and its year.

    For a number on a scale with bounds, the sentence also gives the scale and, if known, the publisher.
    """
    words = {"index": term.label, "country": country.label, "value": standing.text or "–", "year": str(standing.year)}
    if not standings.scale.bounds or standing.value is None:
        return site.gettext("%(index)s: %(value)s for %(country)s in %(year)s.", **words)
    if index_publisher(term.id) is None:
        low, high = map(site.formats.rounded, standings.ends)
        words |= {"low": low, "high": high, "meaning": site.gettext(standings.scale.words)}
        return site.gettext(
            "%(index)s: %(value)s for %(country)s on a scale from %(low)s to %(high)s (%(meaning)s) in %(year)s.", **words
        )
    return site.gettext("%(sentence)s.", sentence=score_words(site, term, country, words["value"], words["year"], standings.ends))


def score_words(site: Site, term: Term, country: Area, value: str, year: str, ends: tuple[float, float] | None) -> str:
    """Return a value of an index with its maker, country and year as a sentence without its full stop.

    The series must have a known maker. `ends`: the lowest and highest possible value, which the sentence includes; None if the
    scale has no bounds or the value is a code.
    """
    publisher = index_publisher(term.id)
    assert publisher is not None, "callers ask only for series with a known maker"
    maker = publisher.short_name(site)
    index = term.label.removesuffix(f" ({maker})")
    words = {"publisher": maker, "index": index, "country": country.label, "value": value, "year": year}
    if ends is None:
        return site.gettext("%(publisher)s on %(country)s in %(year)s: %(value)s (“%(index)s”)", **words)
    low, high = map(site.formats.rounded, ends)
    words |= {"low": low, "high": high, "meaning": site.gettext(scale_of(term.id).words)}
    return site.gettext(
        "%(publisher)s’s index “%(index)s” gave %(country)s %(value)s on a scale from %(low)s to %(high)s (%(meaning)s) "
        "in %(year)s",
        **words,
    )


def comparison(site: Site, standings: SeriesStandings, standing: Standing) -> str:
    """Return sentences on how many countries have a higher, a lower or the same value as a country.

    Empty if the country has no rank, or if no other country is ranked.
    """
    values = list(standings.compared.values())
    if standing.rank is None or standing.value is None or len(values) < 2:
        return ""
    below, above = (sum(test) for test in zip(*((v < standing.value, v > standing.value) for v in values), strict=True))
    freer, other = (above, below) if standings.scale.direction < 0 else (below, above)
    counts = {"n": len(values), "freer": freer, "other": other}
    write = site.formats.number
    sentence = site.gettext(_COMPARED[standings.scale.words], **{name: write(count) for name, count in counts.items()})
    if equal := len(values) - 1 - below - above:
        sentence += site.language.gap + site.ngettext(
            "%(n)s other has the same value.", "%(n)s others have the same value.", equal
        )
    return sentence
