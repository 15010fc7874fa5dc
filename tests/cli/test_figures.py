"""Figures on the terminal: in words, with useful precision, with nothing invented for missing values, and for a region."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.cli.records.figure_sensitivity_and_difference_text import difference_lines
from overt.cli.records.figure_text import print_figure, region_line
from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import Atlas, make_statements

MONEY = "USD@2021"


def figure(**changes: Any) -> dict[str, Any]:
    plain = {
        "name": "cameras", "question": "How many?", "value": 1204, "unit": "projects", "status": "ok", "release": "r",
        "rows_total": 1204, "groups": {}, "variants": [], "comparators": [],
        "sources": [], "gaps": [],
    }  # fmt: skip
    return {**plain, **changes}


def printed(capsys: pytest.CaptureFixture[str], *, detail: bool = True, **changes: Any) -> list[str]:
    print_figure(figure(**changes), detail=detail)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"bound": "exact", "value": 52, "unit": "plans"}, "An office reported 52)"),
        ({"bound": None, "value": 52, "unit": None}, "An office reported 52)"),
        ({"bound": "at least", "value": 63, "unit": "countries"}, "An office reported at least 63)"),
        ({"bound": "more than", "value": 17_000_000_000, "unit": "USD"}, "An office reported more than $17 bn)"),
    ],
)
def test_reported_totals_are_printed_beside_the_value(
    capsys: pytest.CaptureFixture[str], other: dict[str, Any], words: str
) -> None:
    [line] = printed(capsys, detail=False, comparators=[{"reported_by": "An office", **other}])
    assert line.split("   (")[0].split() == ["cameras", "1,204", "projects"]
    assert line.endswith(words)


@pytest.mark.parametrize(
    ("difference", "amounts", "lines"),
    [
        (0, {"not known": 0}, ["An office, 63: ours is the same"]),
        (0, {"scope": 2, "not known": -2}, [
            "An office, 63: ours is the same, of which", "of another scope: +2", "unexplained: −2",
        ]),
        (-2, {"scope": -2}, ["An office, 63: ours differs by −2, of which", "of another scope: −2"]),
    ],
)  # fmt: skip
def test_a_difference_of_zero_is_no_difference(difference: int, amounts: dict[str, int], lines: list[str]) -> None:
    parts = [{"kind": kind, "amount": amount, "why": ""} for kind, amount in amounts.items()]
    other = {"reported_by": "An office", "value": 63, "difference": difference, "parts": parts}
    assert [line.strip() for line in difference_lines(other, str)] == lines


def test_money_in_words_and_to_the_cent(capsys: pytest.CaptureFixture[str]) -> None:
    variants = [{"title": "Without loans", "value": 25_700_000.5}, {"title": "With none", "value": None}]
    lines = printed(
        capsys, value=25_714_038_272.0313, unit=MONEY, variants=variants, groups={"year": {"2011": 5_749_769_018.59, "2012": 1}}
    )
    assert lines[0].split(maxsplit=1) == ["cameras", "$25.7 bn in constant prices of 2021"]
    assert lines[2:] == [
        "  to the cent: $25,714,038,272.03", "  Without loans: $25.7 m", "  With none: –", "  by year: 2011 $5.75 bn, 2012 $1",
    ]  # fmt: skip


def test_only_sources_that_are_not_loaded_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    variants = [{"title": "Without loans", "value": None}]
    lines = printed(capsys, value=None, status="source not loaded: map", rows_total=0, variants=variants, groups={"status": {}})
    assert lines[0].split(maxsplit=1) == ["cameras", "source not loaded: map"]
    assert lines[1:] == ["  How many?  release r"]


def test_groups_are_cut_with_a_sign(capsys: pytest.CaptureFixture[str]) -> None:
    groups = {"country": {f"C{number:02}": 100 - number for number in range(15)}, "unit": {"a": 1, "b": 1}, "none": {}}
    lines = printed(capsys, rows_total=1, groups=groups)
    assert lines[1] == "  How many?  release r, 1 row"
    assert len(lines) == 3, "a group for each row says no more than the rows, an empty one nothing"
    assert lines[2].startswith("  by country: C00 100, C01 99, ")
    assert lines[2].endswith("C11 89 … and 3 more, which --json prints")


def test_a_status_beside_a_value_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    [line] = printed(capsys, detail=False, status="some rows are not read")
    assert line.endswith("1,204 projects; some rows are not read")


def test_no_code_in_what_a_release_prints(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P", country="KE"))
    atlas.build()
    for words in (["figures"], ["figures", "submarine-cables", "projects-by-country", "finance-total"]):
        output = atlas.ok(*words).out
        assert not [
            line for line in output.splitlines() if "None" in line or "exact " in line or "USD@" in line or line.endswith(": ")
        ]


def test_a_figure_that_differs_says_so_and_the_others_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="P", country="KE"))
    release = atlas.build()
    monkeypatch.setattr(
        "overt.release.figures.figure_recomputation_check.reproduction_differences",
        lambda _, name: ["value: 1, not 2"] if name == "finance-total" else [],
    )
    outcome = atlas.overt("figures", f"@{release}", "--json")
    assert f"finance-total@{release}: value: 1, not 2" in outcome.err
    assert [figure["name"] for figure in orjson.loads(outcome.out) if not figure["recomputed"]] == ["finance-total"]


def test_a_region_narrows_every_figure(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "one", name="One", kind="5g-network", country="KE"))
    atlas.build()
    [line] = atlas.ok("figures", "projects-by-country", "--region", "ASEAN").out.splitlines()
    assert line.split(maxsplit=1)[1].startswith("source not loaded: aiddata_gcdf")
    [data] = atlas.read_json("figures", "projects-by-country", "--region", "african-union")
    assert (data["region"], data["value"], data["rows"]) == ("african-union", None, [])
    assert "--region nowhere: is not a region" in one_line(atlas.overt("figures", "--region", "nowhere"), 2)
    recomputed = atlas.overt("figures", "projects-by-country@2026", "--region", "asean")
    assert "--region works with --known RELEASE" in one_line(recomputed, 2)


def test_a_figure_of_a_region_is_beside_its_value_everywhere() -> None:
    row = {"name": "cameras", "unit": "projects", "value": 12, "everywhere": 1204, "status": "ok"}
    assert region_line(row).split() == ["cameras", "12", "projects", "(of", "1,204)"]
    assert region_line({**row, "value": None, "status": "no data"}).split(maxsplit=1) == ["cameras", "no data"]
