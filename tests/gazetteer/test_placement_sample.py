"""A sample of judged placements: at least 98 of 100 are right and unchanged, and no wrong placement recurs."""

import csv
from pathlib import Path

import pytest

from overt.gazetteer import Province, Town, locate
from overt.model.content_catalogue import Catalogue

CHOICES = Catalogue().town_choices
"""The choices shipped with Overt, which take precedence over the gazetteer."""

ROWS = list(csv.DictReader((Path(__file__).parent / "placement_sample.csv").read_text(encoding="utf-8").splitlines()))
"""Drawn by `bench.importing.town_geocoding_quality --sample` from names of towns in the real data.

An independent reader, who did not know the rules, judged them.
"""


@pytest.mark.ci
def test_at_least_98_of_100_are_right() -> None:
    assert len(ROWS) == 100
    assert {row["verdict"] for row in ROWS} <= {"right", "wrong"}
    right = [row for row in ROWS if row["verdict"] == "right" and _id(row) == int(row["geonames"])]
    assert len(right) >= 98


def test_what_was_judged_wrong_is_not_placed_there_again() -> None:
    assert not [row["name"] for row in ROWS if row["verdict"] == "wrong" and _id(row) == int(row["geonames"])]


def _id(row: dict[str, str]) -> int | None:
    if any(choice.geonames == "none" and (choice.name, choice.country) == (row["name"], row["country"]) for _, choice in CHOICES):
        return None
    entry = locate(row["name"], row["country"], row["admin1"] or None)
    return entry.id if isinstance(entry, Town | Province) else None
