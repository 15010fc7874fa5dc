"""Organisations that match by the domain of their pages or by a shared brand, each with a look-alike that stays apart."""

import pytest

from overt.resolve.projects.brand_sounds import are_joined_alike
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.home_page_evidence import page_level
from tests.resolve.two_organizations import Side, two


@pytest.mark.parametrize(
    ("country", "left", "right", "level"),
    [
        ("JP", {"name": "JICT"}, {"name": "株式会社海外通信・放送・郵便事業支援機構", "website": "jictfund.co.jp"}, "named"),
        ("JP", {"name": "JICT"}, {"name": "株式会社海外通信・放送・郵便事業支援機構", "website": "jictquill.co.jp"}, ""),
        ("RU", {"name": "Quillon", "website": "quillon.com"}, {"name": "Quillon Telecom", "website": "quillon.ru"}, "named"),
        (
            "RU",
            {"name": "Quillon", "website": "quillon.com"},
            {"name": "Quillon Fernix Telecom", "website": "quillon.ru"},
            "label",
        ),
    ],
)
def test_a_domain_has_a_short_name_or_a_brand(country: str, left: Side, right: Side, level: str) -> None:
    kind = "state-owned-company" if country == "JP" else "company"
    assert page_level(*two(country, kind, left, right)) == level


@pytest.mark.parametrize(
    ("right", "name"),
    [("Hạ tầng Viễn thông CMC", "equal"), ("Công nghệ CMC", ""), ("Hạ tầng Viễn thông FPT", "")],
)
def test_companies_share_a_brand_and_all_fields_in_two_languages(right: str, name: str) -> None:
    evidence = evidence_of(*two("VN", "company", {"name": "CMC Telecom Infrastructure"}, {"name": right}))
    assert evidence is not None and evidence.get("name", "") == name


@pytest.mark.parametrize(
    ("right", "is_one"), [("جيزيكه وديفرينت الألمانيه", True), ("جيزيكه وسيمنز الألمانيه", False), ("جيزيكه", False)]
)
def test_two_brands_are_joined_by_and(right: str, is_one: bool) -> None:
    assert are_joined_alike(["giesecke", "and", "devrient"], right.split()) is is_one
