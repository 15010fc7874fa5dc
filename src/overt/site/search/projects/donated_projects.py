"""Which projects were donated although their kind doesn't say so: they have a grant, or a word for gifts in their names."""

from collections.abc import Callable, Collection

from overt.queries import projects
from overt.queries.database import Reader, json_array


def donated_projects(
    reader: Reader,
    ids: Collection[str],
    flows: Collection[str],
    words: Collection[str],
    name_of: Callable[[projects.Project], str],
) -> list[str]:
    """Return those of the projects with some ids that have a grant, or a name with one of some words.

    `flows`: the types of commitment that are grants. `words`: parts of words, in lower case: “donat”. `name_of`: returns the
    name of a project in the language of the answer; names in the language of the record count, too.
    """
    granted = {
        row["id"] for row in reader.rows("question_projects.granted", {"ids": json_array([*ids]), "flows": json_array([*flows])})
    }
    rows = projects.by_id(reader, [*ids])

    def is_named(identity: str) -> bool:
        names = f"{rows[identity].label} {name_of(rows[identity])}".lower()
        return any(word in names for word in words)

    return [identity for identity in ids if identity in granted or is_named(identity)]
