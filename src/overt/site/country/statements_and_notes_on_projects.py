"""What companies and governments say about projects, and the notes of our own registers on them, in the site's language."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader, json_array
from overt.queries.labels import RecordLabel
from overt.site.project.statement_response import response
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)


class Statement(NamedTuple):
    """What somebody says about a project: a denial, a reply or a confirmation."""

    id: str
    """Id of the statement's record."""
    by: RecordLabel
    """Who made the statement. If several organisations made it together, only the first is given."""
    date: str | None
    note: str | None
    """What the statement says, in our words."""
    kind: str = "denial"
    """A term of the vocabulary `statement-kinds`; empty if no source says."""
    part: str | None = None
    """What the statement concerns: a term of the vocabulary `statement-parts`, or None if no source says."""
    use_on_record: bool = True
    """Whether the project is on record as in use, now or earlier. Spyware always is, because nobody has it without using it."""

    @property
    def disputes(self) -> bool:
        """Whether the statement denies something that is on record, rather than only that the conduct was wrong."""
        return self.response == "dispute"

    @property
    def response(self) -> str:
        """How the statement responds to what is on record, as `statement_response.response` returns it."""
        return response(self.kind, [self.part] if self.part else [], use_on_record=self.use_on_record)


def denials(reader: Reader, projects: Sequence[str]) -> dict[str, list[Statement]]:
    """Return the denials among the statements about projects, by the project's id. Projects without a denial are left out."""
    of_projects = statements(reader, projects)
    denied = {project: [row for row in rows if row.kind == "denial"] for project, rows in of_projects.items()}
    return {project: rows for project, rows in denied.items() if rows}


def statements(reader: Reader, projects: Sequence[str]) -> dict[str, list[Statement]]:
    """Return the statements about projects, by the project's id: oldest first, undated last.

    Projects without a statement are left out.
    """
    of_projects: dict[str, list[Statement]] = {}
    for row in reader.select(_QUERIES["queries.statements"], [json_array(projects)]) if projects else ():
        by = RecordLabel(row["organization"], row["label"], row["label_lang"], row["label_zh"])
        statement = Statement(row["id"], by, row["date"], row["note"], row["kind"], row["part"], bool(row["use_on_record"]))
        of_projects.setdefault(row["project"], []).append(statement)
    return of_projects


def register_notes(reader: Reader, projects: Sequence[str]) -> dict[str, str]:
    """Return the longest note on each project from our own registers, in English, by id. Projects without one are left out.

    A text that doesn't end with a full stop, such as a number of cameras, isn't a note.
    """
    rows = reader.select(_QUERIES["queries.register_notes"], [json_array(projects)]) if projects else ()
    return {row["id"]: row["value"] for row in rows}


def note_words(site: Site, note: str) -> Markup:
    """Return a note of one of our own registers, in the site's language if it is translated; empty if there is none.

    `note`: the note in English.
    """
    return site.markup("Overt’s note: %(words)s", words=own_words(site, note)) if note else Markup()


def note_from_documents(site: Site, note: str) -> Markup:
    """Return a note as `note_words` does, but with a link to the list of its documents on the page; empty without a note.

    A note contains only what the documents about its record say.
    """
    documents = text_link("#documents", site.gettext("the documents"))
    if not note:
        return Markup()
    return site.markup("Overt’s note, from %(documents)s: %(words)s", documents=documents, words=own_words(site, note))


def own_words(site: Site, text: str) -> Markup:
    """Return a text of one of our own registers: its translation if there is one, otherwise the text marked as English."""
    phrase = site.language.phrase(text)
    return escape(phrase) if phrase else site.foreign(text, "en")
