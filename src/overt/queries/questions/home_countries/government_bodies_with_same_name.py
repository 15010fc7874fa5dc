"""Reads the name of an office, such as 公安部 (Ministry of Public Security), as the office of the question's country, even if
other countries have one.
"""

from collections.abc import Mapping

from overt.index.search_text import IS_HAN
from overt.queries.database import Reader, json_array
from overt.queries.name_search.name_lookup import Entry
from overt.queries.questions.names.short_derived_and_misspelled_names import entities_named
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question

_OF = " of "
_HAN_OFFICES = ("部", "局", "署", "厅", "委员会", "法院", "警察", "军队")
"""Ends of the names of offices that every country has."""
_OFFICES = frozenset({"ministry", "police", "agency", "army", "bureau", "department", "authority", "commission", "council"})


def settle_offices(reader: Reader, lexicon: Lexicon, question: Question, seats: Mapping[str, str]) -> None:
    """Replace each office of another country with the office of the same name in the question's only country.

    “越南 公安部” (“Vietnam Ministry of Public Security”) means that country's ministry. If there is no such office, the words
    are reported as left out if they come right after the country, as in “老挝内政部” (“Laos Ministry of the Interior”).
    Otherwise, they are not changed.
    """
    areas = [part for part in question.parts if part.type == "area"]
    if len({area.id for area in areas}) != 1:
        return
    country = areas[0]
    organizations = [part for part in question.parts if part.type == "organization" and seats.get(part.id) != country.id]
    for part in filter(_is_office, organizations):
        at = question.parts.index(part)
        if own := _of_country(reader, lexicon, part, country):
            question.parts[at] = part._replace(id=own.id, label=own.label or own.id, is_renamed=True, alternatives=())
        elif part.start == country.end:
            question.unweighed.append(part.text)
            del question.parts[at]


def _is_office(part: Part) -> bool:
    return part.text.endswith(_HAN_OFFICES) or not _OFFICES.isdisjoint(part.text.split())


def _of_country(reader: Reader, lexicon: Lexicon, office: Part, country: Part) -> Entry | None:
    """Return the only organisation whose name combines the names of an office and a country, in Chinese or English, or None."""
    names = [f"{office.text} of {country.text}", f"{country.text} {office.text}", f"{office.text} ({country.text})"]
    if IS_HAN.search(office.text):
        names = [*filter(None, [lexicon.chinese_names.get(tokens(f"{country.text}{office.text}"))])]
        area = lexicon.areas.get(country.id)
        labels = (area.label, area.other) if area else ()  # `label` is Chinese on the Chinese site
        names += [f"{english} of {label}" for english in _english_names(reader, office.id) for label in labels]
    for name in names:
        entries = [entry for entry in entities_named(reader, name) if entry.type == "organization"]
        if len(entries) == 1:
            return entries[0]
    return None


def _english_names(reader: Reader, organization: str) -> list[str]:
    """Return an organisation's English names of the form “OFFICE of COUNTRY”, without “of” and the country."""
    rows = reader.rows("question_organizations.names_of", {"ids": json_array([organization])})
    names = (line.partition("\t")[0] for row in rows for line in str(row["names"]).split("\n"))
    return [name.partition(_OF)[0] for name in names if name.count(_OF) == 1 and name.isascii()]
