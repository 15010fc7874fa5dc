"""Notes for answers without a match: which records were searched, and which records of other types there are."""

from collections.abc import Iterator

import numpy as np

from overt.http.page_addresses import address, record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import N_, NN_
from overt.queries import pair_answers
from overt.queries.database import json_array
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.titles_in_questions import TITLED, Title, known_titles
from overt.queries.questions.understood_question import Part
from overt.site.search.organization_records_besides_projects import relations_and_lists
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of

_SEARCHED = {
    "agreements": N_("Only laws and agreements were searched, by their names, summaries, topics and provisions."),
    "blocked": N_("Only restrictions and measurements of blocking were searched."),
    "scores": N_("Only the scores of countries in these series were searched."),
    "lists": N_("Only entries of official lists were searched."),
    "owners": N_("Only relations between organisations, and the owners of projects, were searched."),
}
_PROJECTS = N_(
    "Only projects were searched for this, with their suppliers and money, and not laws, agreements, programmes or scores."
)
"""Message for all intents that aren't in `_SEARCHED`."""
_TYPES = {
    "project": NN_("%(n)s project", "%(n)s projects"),
    "agreement": NN_("%(n)s law or agreement", "%(n)s laws or agreements"),
    "programme": NN_("%(n)s programme", "%(n)s programmes"),
    "restriction": NN_("%(n)s restriction", "%(n)s restrictions"),
}
"""By type of record: the message, in singular and plural, with the number of such records."""
_LONG_WORD = 4
"""Latin words with fewer letters must match a whole word of a name: “UK” doesn't match “Ukraine”."""
_MAX_NAMED, _MAX_COUNTRIES, _MAX_ROWS = 5, 3, 500
_WORDED = frozenset({"organization", "kind", "subject", "service", "project_name", "absent"})
"""Words of parts of these types are looked for in titles."""
_MAX_PROJECTS = 12
"""Maximum number of projects with a place in their names, for a note on them.

If there are more, the place is probably something else in these names, such as “China” in names of banks.
"""


def searched(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on what was searched, and notes on what else is on record.

    If only projects were searched, the latter are about records with words of the question in their names, agreements and
    programmes of its organisations, indexes of its kinds, and records of its countries. If it names no country, they are also
    about relations and list entries of its organisations. If something else was searched, they are about the question's
    projects and, for laws and agreements, about records of its countries.
    """
    message = _SEARCHED.get(scope.question.intent, _PROJECTS)
    yield Note(scope.language.gettext(message))
    if message != _PROJECTS:
        yield from _projects(scope)
        if scope.question.intent == "agreements":
            yield from counted_in_countries(scope)
        return
    yield from _titled(scope)
    yield from _with_words(scope)
    yield from _named_after_places(scope)
    yield from of_organizations(scope)
    if not scope.codes():
        yield from relations_and_lists(scope)
    yield from _indexed(scope)
    yield from counted_in_countries(scope)


def _projects(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on the projects of the question's organisations, places and kinds, for answers about other records."""
    chosen = scope.filter()
    mask = scope.mask(chosen)
    if (chosen.company or chosen.kind) and mask.any():
        text = scope.language.ngettext(
            "%(n)s project is on record for these names: %(names)s.", "%(n)s projects are on record for these names: %(names)s.",
            size_of(mask), names=scope.names_of(mask),
        )  # fmt: skip
        yield Note(text, address("/explorer", [*chosen.items()]))


def _with_words(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on records whose titles have two or more of the question's names, kinds and subjects."""
    words = {tokens(part.text) for part in scope.question.parts if part.type in _WORDED}
    titled: dict[str, Title] = {}
    for phrase, titles in known_titles(scope.reader, scope.lexicon).items() if len(words) > 1 else ():
        if sum(_contains(phrase, word) for word in words) > 1:
            titled |= {title.id: title for title in titles if title.type in TITLED}
    if titled:
        text = scope.language.ngettext(
            "%(n)s programme, law or agreement has several of these words in its title: %(names)s.",
            "%(n)s programmes, laws or agreements have several of these words in their titles: %(names)s.",
            len(titled), names=scope.named((title.label for title in titled.values()), _MAX_NAMED),
        )  # fmt: skip
        first = next(iter(titled.values()))
        yield Note(text, record_url(first.type, first.id), first.id if len(titled) == 1 else "")


def _contains(phrase: tuple[str, ...], word: tuple[str, ...]) -> bool:
    return any(phrase[at : at + len(word)] == word for at in range(len(phrase) - len(word) + 1))


def _named_after_places(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on projects with the question's place in their names that are recorded under another country or party."""
    places = [part for part in scope.question.parts if part.type in ("area", "region")]
    typed = [name for part in places for name in (part.text, scope.part_label(part))]
    if len(places) != 1 or not (scope.organizations or scope.kinds):
        return
    of_parties = [ProjectFilter(company=tuple(scope.organizations), kind=tuple(scope.kinds), q=name) for name in typed]
    parties = [part.text for part in scope.question.parts if part.type == "organization"]
    for named in [*of_parties, *(ProjectFilter(q=" ".join([*parties, name])) for name in typed if parties)]:
        mask = _without_longer_names(scope, matching_projects(scope.reader, named), places[0])
        mask = _with_short_word(scope, mask, named.q)
        if 0 < size_of(mask) <= _MAX_PROJECTS:
            text = scope.language.ngettext(
                "%(n)s project has “%(name)s” in its name: %(names)s.",
                "%(n)s projects have “%(name)s” in their names: %(names)s.",
                size_of(mask), name=named.q, names=scope.names_of(mask),
            )  # fmt: skip
            ids = scope.ids(mask)
            is_one = len(ids) == 1
            path = record_url("project", ids[0]) if is_one else address("/explorer", [*named.items()])
            yield Note(text, path, ids[0] if is_one else "")
            return


def _without_longer_names(scope: ProjectScope, mask: Mask, place: Part) -> Mask:
    """Leave out projects in countries whose names contain that of the place, such as Papua New Guinea for Guinea."""
    label = scope.words.area(place.id) if place.type == "area" else ""
    longer = [code for code in scope.words.areas if label and code != place.id and label in scope.words.area(code)]
    inside = matching_projects(scope.reader, ProjectFilter(country=tuple(longer))) if longer else np.zeros_like(mask)
    remaining: Mask = mask & ~inside
    return remaining


def _with_short_word(scope: ProjectScope, mask: Mask, text: str) -> Mask:
    """Return the projects of a mask whose names have all short Latin words of a text as whole words: “UK”, not “Ukraine”."""
    short = [(word,) for word in tokens(text) if word.isascii() and len(word) < _LONG_WORD]
    if not short or not mask.any():
        return mask
    named = [row["id"] for row in scope.rows("titles", mask) if all(_contains(tokens(row["names"]), word) for word in short)]
    return scope.reader.vectors.mask_of(named)


def of_organizations(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on agreements and programmes of the question's organisations, limited to its countries if it names any."""
    if not scope.organizations:
        return
    values = {"ids": json_array(scope.organizations), "countries": json_array(scope.codes())}
    if rows := scope.reader.rows("question_organizations.agreements_and_programmes", values):
        if scope.codes():
            text = scope.language.ngettext(
                "%(n)s agreement or programme names the organisation there: %(names)s.",
                "%(n)s agreements or programmes name the organisation there: %(names)s.",
                len(rows), names=scope.named(map(scope.called_row, rows), _MAX_NAMED),
            )  # fmt: skip
        else:
            text = scope.language.ngettext(
                "%(n)s agreement or programme names the organisation: %(names)s.",
                "%(n)s agreements or programmes name the organisation: %(names)s.",
                len(rows), names=scope.named(map(scope.called_row, rows), _MAX_NAMED),
            )  # fmt: skip
        yield Note(text, record_url(rows[0]["type"], rows[0]["id"]), rows[0]["id"] if len(rows) == 1 else "")


def _indexed(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note on those of the question's countries for which an index names the question's kinds."""
    codes = scope.codes()
    if not (codes and scope.kinds) or scope.organizations:
        return
    rows = pair_answers.other_pairs(scope.reader, pair_answers.COUNTRY_KINDS, _MAX_ROWS, country=codes, kind=scope.kinds)
    indexed = sorted({scope.words.area(row["country"]) for row in rows if row["index_years"]})
    if indexed:
        text = scope.language.gettext(
            "An index of countries names this kind of technology: %(countries)s.", countries=scope.named(indexed, _MAX_NAMED)
        )
        yield Note(text, f"/country/{codes[0]}" if len(codes) == 1 else "")


def counted_in_countries(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note with the numbers of records of other types about the question's countries, if it names only a few."""
    if not 0 < len(scope.areas) <= _MAX_COUNTRIES or scope.regions:
        return
    rows = scope.reader.rows("question_restrictions_laws_and_scores.in_countries", {"countries": json_array(scope.areas)})
    counts = {row["type"]: row["records"] for row in rows}
    texts = [scope.language.ngettext(*_TYPES[name], counts[name]) for name in _TYPES if counts.get(name)]
    if texts:
        text = scope.language.gettext(
            "On record of %(countries)s: %(what)s.",
            countries=scope.listed(map(scope.words.area, scope.areas)), what=scope.listed(texts),
        )  # fmt: skip
        yield Note(text, f"/country/{scope.areas[0]}")


def _titled(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note for each programme, law or agreement whose title is in the question."""
    titles = known_titles(scope.reader, scope.lexicon)
    for part in scope.question.parts:
        named = [*titles.get(tokens(part.text), ()), *titles.get(tokens(part.label), ())] if part.type == "project_name" else []
        for title in dict.fromkeys(named):
            if title.type in TITLED:
                yield Note(
                    scope.language.gettext("Another record has this title: %(name)s.", name=title.label),
                    record_url(title.type, title.id),
                    title.id,
                )
