"""Projects that count as donations because of a word for gifts in their names, or because of a grant from another country."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from overt.queries import projects
from overt.queries.database import Reader, json_array
from overt.queries.questions.question_lexicon import Lexicon
from overt.site.search.money.home_countries_from_financier_names import first_countries


class Donated(NamedTuple):
    """Ids of projects that aren't recorded as donations but count as such. No id is in both lists."""

    named: list[str]
    """Ids of projects with a word for gifts in their names."""
    granted: list[str]
    """Ids of projects with a grant from a financier whose known home country isn't among the project's countries."""


def donated_projects(
    reader: Reader,
    lexicon: Lexicon,
    ids: Collection[str],
    flows: Collection[str],
    name_of: Callable[[projects.Project], str],
) -> Donated:
    """Return which of the projects `ids` have a word for gifts in their names, and which have a grant from another country.

    Names in the record's language and in that of the answer count. If no home country of a financier is recorded, the first
    country in its name does: “Embassy of China in Rwanda”. `flows`: the types of commitment that are grants. `name_of`: returns
    a project's name in the language of the answer.
    """
    rows = projects.by_id(reader, [*ids])
    words = lexicon.answer_words.gifts

    def is_named(identity: str) -> bool:
        names = f"{rows[identity].label} {name_of(rows[identity])}".lower()
        return any(word in names for word in words)

    granted = set[str]()
    for row in reader.rows("question_projects.granted", {"ids": json_array([*ids]), "flows": json_array([*flows])}):
        homes = {row["country"]} if row["country"] else first_countries(lexicon, str(row["label"]))
        if homes and homes.isdisjoint(rows[row["id"]].countries):
            granted.add(row["id"])
    named = [identity for identity in ids if is_named(identity)]
    return Donated(named, [identity for identity in ids if identity in granted and identity not in named])
