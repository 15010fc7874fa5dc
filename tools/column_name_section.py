"""The section of docs/data-dictionary.md on column names: shared names, plurals, names with two meanings, and former names."""

from overt.release.columns.shared_and_former_column_names import load_vocabulary
from tools.markdown_tables import cell, code, table

INTRODUCTION = """\
Tables, files, OGC features and the API use the same names for the same ideas. A column with several values has a singular
name. `X_name` has words for the ids or codes in `X`; `X_from` and `X_to` are the first and last day that the date `X` can mean;
`X_unit` is the currency or unit of `X`; `X_zh` is `X` in Chinese. Formats share these names; the tables below have more."""
NUMBERS = "These plurals are numbers:"
HOMONYMS = "In these tables, a name means something else than in other formats:"
FORMER = """\
Names that columns had before. The API and OGC still accept them in requests, and SQLite has views with them. As formats,
`geo_projects` and `geo_places` are layers of GeoJSON, GeoParquet and GeoPackage; those that end in `_file` are downloads from
pages."""


def column_names() -> str:
    """Return the section as Markdown."""
    vocabulary = load_vocabulary()
    meanings = [[code(name), cell(text)] for name, text in vocabulary.names.items()]
    counts = [[code(name), cell(text)] for name, text in vocabulary.counts.items()]
    homonyms = [[code(name), cell(text)] for name, text in vocabulary.homonyms.items()]
    former = [[code(form), code(old), code(name)] for form, names in vocabulary.former.items() for old, name in names.items()]
    return "\n\n".join(
        [
            "## Column names",
            INTRODUCTION,
            table(["column", "meaning"], meanings),
            NUMBERS,
            table(["column", "counts"], counts),
            HOMONYMS,
            table(["column", "meaning"], homonyms),
            FORMER,
            table(["format", "before", "now"], former),
        ]
    )
