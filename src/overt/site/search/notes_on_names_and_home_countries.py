"""Notes on projects that are unexpectedly in an answer, or missing from it, because of how the question's names were read."""

from collections.abc import Iterator
from dataclasses import replace

from overt.http.page_addresses import address
from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import fold
from overt.language.language import NN_
from overt.queries.database import json_array
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.home_countries.country_beside_organization import unlike_origins
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import Note, size_of
from overt.site.sentences.linked_record_and_company_names import short_name

_IN = frozenset({"in", "inside", "within", "在"})
_MOST = 2_000
"""If an answer has more projects than this, their names aren't searched for the name of an excluded organisation."""
_MAX_SEATED = 8
"""Maximum number of organisations that the note on suppliers from a country names."""


def notes_on_excluded_names(scope: RelatedProjects, mask: Mask) -> Iterator[Note]:
    """Yield a note on a mask's projects whose names contain the name of an organisation that the question excludes.

    The organisation isn't a party to them. The answer to “data centres not built by Huawei”, for example, has regions of Huawei
    Cloud.
    """
    for part in scope.question.excluded:
        if part.type != "organization" or not 0 < size_of(mask) <= _MOST:
            continue
        named = scope.titled_with(scope.rows("titles", mask), [fold(part.text)])
        message = NN_(
            "%(n)s of them has “%(brand)s” in its name, but doesn’t name the organisation: %(names)s.",
            "%(n)s of them have “%(brand)s” in their names, but don’t name the organisation: %(names)s.",
        )
        yield from scope.notes_naming(named, message, brand=part.text)


def without_suppliers(scope: RelatedProjects, mask: Mask) -> str:
    """Return a sentence with the number of a mask's projects that name no supplier, if the question excludes an organisation.

    That organisation may be their supplier. Empty if all projects name one, or if the question excludes no organisation.
    """
    if not scope.question.left_out("organization") or not mask.any():
        return ""
    supplied = {row["id"] for row in scope.rows("supplied_parts", mask)}
    number = size_of(mask) - len(supplied)
    if number == size_of(mask):
        return scope.language.gettext("No supplier is named for any of them.")
    return (
        scope.language.ngettext("%(n)s of them names no supplier.", "%(n)s of them name no supplier.", number) if number else ""
    )


def notes_on_each_name(scope: RelatedProjects, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
    """If a question has several names and no project has all of them, yield a note on the projects with each name.

    `chosen`: the question's filter. `mask`: its projects.
    """
    names = [part.label for part in scope.question.parts if part.type == "project_name"]
    for name in names if len(names) > 1 and not mask.any() else ():
        named = replace(chosen, company=(), q=name)
        more = scope.mask(named)
        message = NN_(
            "%(n)s project has only “%(name)s” in its name: %(names)s.",
            "%(n)s projects have only “%(name)s” in their names: %(names)s.",
        )
        yield from scope.notes_naming(more, message, address("/explorer", [*named.items()]), name=name)


def notes_on_seats(scope: RelatedProjects, chosen: ProjectFilter) -> Iterator[Note]:
    """Yield a note on projects elsewhere with suppliers from the question's only country, if it is an exporter.

    “中国监控项目” may mean surveillance projects in China or by China, but the answer has only those in the country. Nothing is
    yielded if the question names no kind of project, or if “in” is before the country. `chosen`: the filter of the answer.
    """
    areas = [part for part in scope.question.parts if part.type == "area"]
    is_only = len(areas) == 1 and not (scope.regions or scope.organizations or scope.seats or scope.question.ids("place"))
    if not (is_only and scope.kinds and areas[0].id in scope.lexicon.exporters):
        return
    [area] = areas
    if not _IN.isdisjoint(scope.question.tokens[max(area.start - 1, 0) : area.start]):
        return
    elsewhere = scope.mask(replace(chosen, country=())) & ~scope.mask(chosen)
    more = scope.with_organizations_from(elsewhere, (area.id,), ("supplier", "implementer"))
    message = NN_(
        "“%(word)s” is read as the place. %(n)s project elsewhere has a supplier from there: %(names)s.",
        "“%(word)s” is read as the place. %(n)s projects elsewhere have a supplier from there: %(names)s.",
    )
    yield from scope.notes_naming(more, message, word=area.text)


def sentence_about_seats(scope: RelatedProjects) -> str:
    """Return sentences with the home country of each organisation that the question places elsewhere; empty if none."""
    texts = []
    for part, organization in unlike_origins(scope.question):
        name = short_name(scope.label("organization", organization.id, organization.id))
        countries = [scope.words.area(country) for country in part.countries]
        if not countries:
            texts.append(scope.language.gettext("Where %(name)s is based is not on record.", name=name))
            continue
        texts.append(scope.language.gettext("%(name)s is recorded as based in %(country)s.", name=name, country=countries[0]))
        if len(countries) > 1:
            texts.append(scope.language.gettext("Sources disagree: %(names)s.", names=scope.joined(countries)))
    return scope.sentences(*texts)


def notes_on_companies(scope: RelatedProjects, chosen: ProjectFilter) -> Iterator[Note]:
    """Yield a note on suppliers based in the question's only country, if it is an exporter: “surveillance companies in Israel”.

    The answer has the suppliers of projects in that country. `chosen`: the filter of the answer.
    """
    only = scope.areas if not (scope.regions or scope.seats or scope.organizations or scope.side) else []
    if len(only) != 1 or only[0] not in scope.lexicon.exporters:
        return
    mask = scope.mask(replace(chosen, country=()))
    values = {"ids": json_array(scope.ids(mask)), "seats": json_array(only), "named": json_array([]), "side": ""}
    rows = scope.reader.rows("question_projects.suppliers", values)
    if rows:
        yield Note(
            scope.language.ngettext(
                "These are the suppliers of projects in %(country)s. %(n)s organisation based there is on record as "
                "a supplier of such projects anywhere: %(names)s.",
                "These are the suppliers of projects in %(country)s. %(n)s organisations based there are on record as "
                "suppliers of such projects anywhere: %(names)s.",
                len(rows), country=scope.words.area(only[0]), names=scope.named(map(scope.called_row, rows), _MAX_SEATED),
            )
        )  # fmt: skip
