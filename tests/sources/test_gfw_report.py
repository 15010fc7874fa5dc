"""GFW Report's lists: episodes of the sample, and published numbers recomputed from the real files."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from overt.export.public_release_reader import export_query
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

ALWAYS = (
    "youtube.com", "facebook.com", "twitter.com", "instagram.com", "whatsapp.com", "telegram.org", "signal.org", "wikipedia.org",
    "nytimes.com", "bbc.com", "discord.com", "reddit.com", "tiktok.com",
)  # fmt: skip
NEVER = ("github.com", "linkedin.com", "netflix.com", "openai.com")


def ask(outcome: Outcome, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    assert outcome.observations is not None
    with duckdb.connect() as connection:
        connection.register("observations", outcome.observations.episodes)
        connection.register("lists", outcome.observations.lists)
        return connection.execute(query, list(parameters)).fetchall()


@pytest.fixture(scope="module")
def mechanisms(content: Catalogue, data: Path) -> Outcome:
    return import_folder(content, "gfw_report_mechanisms", data / "gfw", complete=True)


@pytest.fixture(scope="module")
def daily(content: Catalogue, data: Path) -> Outcome:
    return import_folder(content, "gfw_report_daily", data / "gfw", complete=True)


def test_episodes_of_the_sample_span_its_gap(content: Catalogue) -> None:
    sample = Path(str(content.source_folders["gfw_report_daily"])) / "sample"
    outcome = import_folder(content, "gfw_report_daily", sample)
    rows = ask(
        outcome, 'SELECT domain, "start", measurements, unmeasured_days FROM observations WHERE unmeasured_days > 0 ORDER BY ALL'
    )
    assert rows == [("alder.example", "../2024-03-02", 6, 217), ("com.example", "../2024-03-04", 3, 217)]
    assert ask(outcome, 'SELECT DISTINCT "start" FROM observations WHERE "start" LIKE \'%/2024-10-08\'') == [
        ("2024-03-05/2024-10-08",)
    ]


@pytest.mark.data
def test_domains_of_the_four_lists(mechanisms: Outcome) -> None:
    assert (mechanisms.report.rows_read, mechanisms.report.imported) == (372_387, 372_387)
    assert ask(mechanisms, "SELECT count(DISTINCT domain) FROM observations") == [(165_365,)]
    on_each = "SELECT domain FROM observations WHERE list_contains(?, series) GROUP BY domain HAVING count(*) = ?"
    each = f"SELECT count(*) FROM ({on_each})"
    assert ask(mechanisms, each, ["dns", "http", "https", "quic"], 4) == [(40_142,)]
    assert ask(mechanisms, each, ["dns", "https"], 2) == [(86_884,)]
    assert ask(mechanisms, "SELECT count(*) FROM observations WHERE list_contains(?, domain)", NEVER) == [(0,)]


@pytest.mark.data
@pytest.mark.ci
def test_durations_of_the_two_series(daily: Outcome) -> None:
    assert (daily.report.rows_read, daily.report.imported, daily.report.problems) == (9_195_596, 9_195_596, [])
    rows = ask(
        daily,
        "SELECT series, count(*), round(avg(days), 1), median(days), round(100 * avg((days < 51)::INTEGER), 1)"
        " FROM (SELECT series, domain, sum(measurements) AS days FROM observations GROUP BY ALL) GROUP BY series ORDER BY series",
    )
    assert rows == [("henan", 216_564, 35.7, 21.0, 75.3), ("national", 8_442, 173.8, 256.0, 26.4)]
    assert ask(daily, "SELECT series, count(*) FROM lists GROUP BY series ORDER BY series") == [("henan", 263), ("national", 258)]


@pytest.mark.data
@pytest.mark.ci
def test_days_of_all_quarters_add_up_to_the_lines_of_the_lists(daily: Outcome) -> None:
    """Every line counts once in the table of all domains by quarter."""
    assert daily.observations is not None
    about = {"source": "gfw_report_daily", "country": "CN", "protocol": "https"}
    with duckdb.connect() as connection:
        connection.register("observations", daily.observations.episodes)
        connection.register("observed_lists", daily.observations.lists)
        connection.register(
            "observed_series", pa.Table.from_pylist([{**about, "series": name} for name in ("national", "henan")])
        )
        rows = connection.execute(
            "SELECT series, count(DISTINCT domain), sum(days_listed), count(*) FILTER (days_listed > days_measured)"
            f" FROM ({export_query('blocklists.quarters')}) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert rows == [("henan", 216_564, 7_728_481, 0), ("national", 8_442, 1_467_115, 0)]


@pytest.mark.data
@pytest.mark.ci
def test_platforms_in_the_national_series(daily: Outcome) -> None:
    condition = "FROM observations WHERE series = 'national' AND list_contains(?, domain) ORDER BY ALL"
    query = f'SELECT domain, "start", "end", measurements {condition}'
    assert ask(daily, query, ALWAYS) == [(domain, "../2023-11-05", "2025-03-31/..", 258) for domain in sorted(ALWAYS)]
    assert ask(daily, query, NEVER) == []
    assert sum(row[3] for row in ask(daily, query, ["google.com"])) == 257
    since = [(domain, "2024-03-05/2024-10-08", "2025-03-31/..", 157) for domain in ("chatgpt.com", "x.com")]
    assert ask(daily, query, ["x.com", "chatgpt.com"]) == since
    assert ask(daily, "SELECT count(*) FROM lists WHERE series = 'national' AND day >= '2024-10-08'") == [(157,)]


@pytest.mark.data
@pytest.mark.ci
def test_an_end_is_a_day_only_next_to_a_measured_day(daily: Outcome) -> None:
    """The start of an episode is a single day if and only if the day before the episode was measured.

    Its end is a single day if and only if the day after the episode was measured.
    """
    measured = "EXISTS (FROM lists AS l WHERE l.series = o.series AND l.day = o.{} {} 1)"
    for end, beside in (("start", measured.format("first_listed", "-")), ("end", measured.format("last_listed", "+"))):
        assert ask(daily, f"SELECT count(*) FROM observations AS o WHERE (o.\"{end}\" NOT LIKE '%/%') <> {beside}") == [(0,)]
