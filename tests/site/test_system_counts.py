"""Numbers of documented systems in the shipped edition: each equals the list behind it."""

import csv
import io
import re

from overt.queries import figures, findings, organizations
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import DocumentedSystems, documented_systems
from tests.support.client import Client
from tests.support.page_text import spaced


def systems_of(reader: Reader) -> DocumentedSystems:
    systems = documented_systems(reader)
    assert systems is not None
    return systems


def rows_of(reader: Reader, query: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in reader.select(query)]


def test_every_system_has_a_named_supplier(shipped_reader: Reader) -> None:
    systems = systems_of(shipped_reader)
    named = rows_of(
        shipped_reader,
        "SELECT id FROM projects_flat WHERE supplier_name IS NOT NULL OR implementer_name IS NOT NULL",
    )
    assert set(systems.ids) <= {identity for (identity,) in named}
    assert len(systems.ids) == len(set(systems.ids)) == systems.systems > 200


def test_countries_of_systems_add_up(shipped_reader: Reader) -> None:
    systems = systems_of(shipped_reader)
    ids = set(systems.ids)
    flat = rows_of(shipped_reader, "SELECT id, country, coalesce(customer_name, operator_name, '') FROM projects_flat")
    pairs = [(country, bool(customer)) for identity, codes, customer in flat if identity in ids for country in codes.split("; ")]
    assert systems.by_country == {code: sum(country == code for country, _ in pairs) for code in {code for code, _ in pairs}}
    with_customer = {country for country, named in pairs if named}
    assert systems.unnamed == sorted(systems.by_country.keys() - with_customer)
    assert "AM" in systems.unnamed, "phones were hacked there, and no source names a customer"


def test_seats_of_systems_add_up(shipped_reader: Reader) -> None:
    """Suppliers on whose country sources disagree are in no country's number."""
    systems = systems_of(shipped_reader)
    contested = rows_of(shipped_reader, "SELECT id FROM facts WHERE property = 'country' AND rank = 1 AND contested")
    assert set(systems.disputed_seats) <= {identity for (identity,) in contested}
    figure = figures.find(shipped_reader, systems.figure)
    assert figure is not None
    assert systems.by_seat == {seat: n for seat, n in figure.groups["seat"].items() if seat != "not known"}
    assert sum(systems.disputed_seats.values()) + systems.without_seat <= figure.groups["seat"]["not known"]


def test_the_front_page_gives_the_numbers_of_the_lists(shipped: Client, shipped_reader: Reader) -> None:
    systems = systems_of(shipped_reader)
    text = spaced(shipped.get("/").text)
    named, unnamed = len(systems.by_country) - len(systems.unnamed), len(systems.unnamed)
    opening = f"Of the {systems.systems} surveillance and censorship systems with a named supplier, "
    assert f"{opening}{systems.by_seat['CN']} have one from China" in text
    words = " ".join(text.split())
    assert re.search(
        rf"{named + unnamed} countries where they are documented ?In {named}, sources name who ordered or runs one\.", words
    )
    explorer = spaced(shipped.get("/explorer").text)
    kind = "surveillance and censorship systems with a named supplier"
    assert re.search(rf"lead to the documents\.\s*{systems.systems} {kind}", words)
    assert f"{systems.systems} {kind} are documented in {len(systems.by_country)} countries." in explorer
    assert f"no customer or operator named: {unnamed}" in explorer and f"no customer or operator named: {unnamed}" in words
    lines = csv.DictReader(io.StringIO(shipped.get(f"/figure/{systems.figure}.csv").text))
    assert {row["unit_id"] for row in lines if row["counted"] == "yes"} == set(systems.ids)


def test_the_spyware_figure_and_the_finding_count_the_same(shipped: Client, shipped_reader: Reader) -> None:
    figure, finding = figures.find(shipped_reader, "commercial-spyware"), findings.find(shipped_reader, "spyware-suppliers")
    assert figure is not None and finding is not None and finding.text and finding.headline
    rows = figures.rows(shipped_reader, figure, size=1000)
    deployments = [row.groups["deployment"] for row in rows]
    _, _, named = (int(number) for number in re.findall(r"\d+", finding.headline))
    countries = int(float(figure.value or 0))
    customers = next(variant["value"] for variant in figure.variants if variant["name"] == "customer-named")
    assert f"in {countries} countries" in finding.headline and named == customers
    [_, systems, *_] = (int(number) for number in re.findall(r"\d+", finding.text))
    assert systems == len(deployments) == len(set(deployments)), "each deployment has one row, whatever its suppliers"
    text = spaced(shipped.get("/figure/commercial-spyware").text)
    assert f"Customer or operator named ({named})" in text
    assert f"No customer or operator named ({countries - named})" in text


def test_no_counted_system_rests_on_one_source_against_a_denial(shipped_reader: Reader) -> None:
    """A system whose supply or use is denied counts only with two separate sources or more; see decision 142."""
    systems = set(systems_of(shipped_reader).ids)
    denied = rows_of(
        shipped_reader,
        """
        SELECT DISTINCT l.target, r.voices
        FROM links AS l
        JOIN facts AS k ON k.id = l.id AND k.property = 'kind' AND k.value = 'denial'
        JOIN facts AS c ON c.id = l.id AND c.property = 'concerns' AND c.value IN ('supply', 'use')
        JOIN records AS r ON r.id = l.target
        WHERE l.type = 'statement' AND l.property = 'about'
        """,
    )
    counted = [sources for identity, sources in denied if identity in systems]
    assert len(counted) > 20 and min(counted) >= 2


def test_the_count_of_one_supplier_is_that_of_the_list(shipped_reader: Reader) -> None:
    listed = [row for row in organizations.page(shipped_reader, size=40)[1] if row.systems]
    assert len(listed) > 10
    assert [organizations.supplied_systems(shipped_reader, row.id) for row in listed] == [row.systems for row in listed]


def test_an_implementer_has_no_systems_supplied(shipped_reader: Reader) -> None:
    [row] = organizations.page(shipped_reader, q="24x7 Panoptes")[1]
    assert row.projects and not row.systems
