"""The released tables of answers about organisations, kinds of projects, lenders and services in countries.

`answers` has a row for each organisation and country with anything recorded, `answer_rows` has the records behind each row, and
`answer_roles` counts the documented projects of each pair by layer and role. Four more tables have answers about an
organisation and a kind of project (`answer_organization_kinds`), a country and a kind (`answer_country_kinds`), a lender in a
country (`answer_lenders`), and a platform or service in a country (`answer_services`). Their texts are in English and Chinese.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.language.language import CHINESE, ENGLISH, load_translations
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.errors import ValueProblem
from overt.model.values.dates import date_bounds
from overt.release.answers.answer_sentences import AnswerSentences, PartYears, Row
from overt.release.project_countries import create_project_countries
from overt.release.release_sql import project_years, release_query
from overt.release.source_independence.independent_sources import Origin, Voices

ANSWER_TABLES = (
    "answers", "answer_rows", "answer_roles", "answer_organization_kinds", "answer_country_kinds", "answer_lenders",
    "answer_services",
)  # fmt: skip
"""All tables of answers."""
ANSWERS_BY_COUNTRY = tuple(name for name in ANSWER_TABLES if name != "answer_organization_kinds")
"""Tables in which each row is about one country."""
Pair = tuple[str, str]
"""An organisation's id and a country's code."""
_STEPS = ("groups", "parts", "rows", "projects", "financiers")


def write_answer_tables(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path) -> dict[str, int]:
    """Write the tables of answers into `folder`, create views of them, and return their row counts.

    `connection` has the release's other tables. Equal rows produce equal bytes.
    """
    create_project_countries(connection)
    steps = {"years": project_years(), **{step: release_query(f"answer_input_tables.{step}") for step in _STEPS}}
    for step, query in steps.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE answer_{step} AS {query}")
    writers = _writers(connection, content)
    counts = {}
    for name, rows in _tables(connection, content, writers).items():
        path = folder / f"{name}.parquet"
        connection.register("incoming", rows)
        counts[name] = write_parquet(connection, "SELECT * FROM incoming", path)
        connection.unregister("incoming")
    for step in steps:
        connection.execute(f"DROP TABLE answer_{step}")
    for name in counts:
        path = folder / f"{name}.parquet"
        connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({quote_literal(path)})')
    return counts


def _tables(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, writers: tuple[AnswerSentences, ...]
) -> dict[str, pa.Table]:
    def rows(query: str) -> pa.Table:
        return connection.execute(release_query(query)).to_arrow_table()

    layers: dict[Pair, list[tuple[str, int]]] = defaultdict(list)
    for organization, country, layer, projects in connection.execute(
        release_query("organization_answers.supplied_layers")
    ).fetchall():
        layers[organization, country].append((layer, projects))
    years: dict[Pair, dict[str, PartYears]] = defaultdict(dict)
    for organization, country, part, first, last, dated in connection.execute(
        release_query("organization_answers.part_years")
    ).fetchall():
        years[organization, country][part] = PartYears(first, last, dated)
    financed: dict[Pair, int] = {
        (organization, country): projects
        for organization, country, projects in connection.execute(
            release_query("organization_answers.financed_by_others")
        ).fetchall()
    }
    answers = _with_evidence(rows("organization_answers.answers"), _evidence(connection, content))
    tables = {
        "answers": _with_sentences(
            answers,
            lambda writer, row: writer.in_country(
                row,
                layers.get((row["organization"], row["country"]), ()),
                years.get((row["organization"], row["country"]), {}),
                financed.get((row["organization"], row["country"]), 0),
            ),
            writers,
        ),
        "answer_rows": connection.execute("FROM answer_rows ORDER BY ALL").to_arrow_table(),
        "answer_roles": rows("organization_answers.roles"),
    }
    sentences: dict[str, Callable[[AnswerSentences, Row], str]] = {
        "organization_kinds": AnswerSentences.organization_kind_sentence,
        "country_kinds": AnswerSentences.country_kind_sentence,
        "lenders": AnswerSentences.lender_sentence,
        "services": AnswerSentences.service_sentence,
    }
    return tables | {
        f"answer_{name}": _with_sentences(rows(f"kind_lender_and_service_answers.{name}"), write, writers)
        for name, write in sentences.items()
    }


def _with_sentences(
    table: pa.Table, write: Callable[[AnswerSentences, Row], str], writers: tuple[AnswerSentences, ...]
) -> pa.Table:
    rows = table.to_pylist()
    for name, writer in zip(("sentence", "sentence_zh"), writers, strict=True):
        table = table.append_column(name, pa.array([write(writer, row) for row in rows], pa.string()))
    return table


def _writers(connection: duckdb.DuckDBPyConnection, content: Catalogue) -> tuple[AnswerSentences, ...]:
    """Return the writers of English and of Chinese sentences."""
    phrases = content.chinese_phrases
    english, chinese = dict[str, str](), dict[str, str]()
    for identity, label, label_zh in connection.execute(release_query("organization_answers.labels")).fetchall():
        english[identity] = label or identity
        chinese[identity] = label_zh or phrases.get(label or "") or label or identity
    areas, vocabularies = content.areas.areas, content.vocabularies

    def name_lookup(names: Mapping[str, str]) -> Callable[[str], str]:
        return lambda identity: names.get(identity, identity)

    def term(column: str) -> Callable[[str, str], str]:
        def label(vocabulary: str, identity: str) -> str:
            known = vocabularies[vocabulary].by_id.get(identity)
            return str(getattr(known, column)) if known else identity

        return label

    return (
        AnswerSentences(
            ENGLISH,
            name_lookup(english),
            name_lookup({code: area.label for code, area in areas.items()}),
            term("label"),
        ),
        AnswerSentences(
            replace(CHINESE, translations=load_translations("zh")),
            name_lookup(chinese),
            name_lookup({code: area.label_zh for code, area in areas.items()}),
            term("label_zh"),
        ),
    )


def _evidence(connection: duckdb.DuckDBPyConnection, content: Catalogue) -> dict[Pair, tuple[int, str | None]]:
    """Return, for each row of `answers`, the number of separate sources and the date of the newest evidence (EDTF)."""
    origins: dict[Pair, set[Origin]] = defaultdict(set)
    newest: dict[Pair, str] = {}
    slugs = set(content.sources)
    for organization, country, source, document, day in connection.execute(
        release_query("organization_answers.evidence")
    ).fetchall():
        pair = organization, country
        origins[pair].add(Origin(source, "", document))
        slugs.add(source)
        if day and (pair not in newest or _sort_key(day) > _sort_key(newest[pair])):
            newest[pair] = day
    voices = Voices(connection, content, slugs)
    return {pair: (voices.count(of_pair, ()), newest.get(pair)) for pair, of_pair in origins.items()}


def _sort_key(day: str) -> tuple[str, str]:
    try:
        first, last = date_bounds(day)
    except ValueProblem:
        return "", day
    return first.isoformat(), last.isoformat()


def _with_evidence(table: pa.Table, evidence: Mapping[Pair, tuple[int, str | None]]) -> pa.Table:
    pairs: Iterable[Any] = zip(table["organization"].to_pylist(), table["country"].to_pylist(), strict=True)
    evidence_of_rows = [evidence.get(pair, (0, None)) for pair in pairs]
    table = table.append_column("independent_sources", pa.array([sources for sources, _ in evidence_of_rows], pa.int32()))
    return table.append_column("newest_evidence", pa.array([day for _, day in evidence_of_rows], pa.string()))
