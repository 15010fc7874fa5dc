"""Numbers of documented systems and state programmes in the shipped edition agree with the figure of systems and the records."""

from overt.queries import figures, projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import documented_systems, state_programmes


def test_programmes_are_those_that_name_the_country(shipped_reader: Reader) -> None:
    programmes = state_programmes(shipped_reader)
    assert "CN" in programmes
    assert list(programmes.values()) == sorted(programmes.values(), reverse=True)
    for code, number in programmes.items():
        assert number == len(records.linked(shipped_reader, code, "programme", "country"))


def test_the_shipped_systems_are_those_of_the_figure(shipped_reader: Reader) -> None:
    counted, figure = documented_systems(shipped_reader), figures.find(shipped_reader, "deployments-by-supplier")
    assert counted and figure
    assert counted.systems == float(figure.value or 0)
    assert {**counted.by_seat} == {code: number for code, number in figure.groups["seat"].items() if code != "not known"}
    crossings = counted.crossings
    assert crossings and crossings.abroad + crossings.domestic + crossings.unknown == counted.systems
    beyond_scans = next(variant["value"] for variant in figure.variants if variant["name"] == "without-scans")
    assert 0 < counted.only_scanned == counted.systems - float(beyond_scans)
    assert crossings.abroad_by_seat.keys() == counted.by_seat.keys()
    assert all(abroad <= counted.by_seat[seat] for seat, abroad in crossings.abroad_by_seat.items())
    assert counted.systems + sum(counted.more) == projects.totals(shipped_reader, ProjectFilter()).projects


def test_the_reasons_why_projects_are_not_counted_add_up(shipped_reader: Reader) -> None:
    counted = documented_systems(shipped_reader)
    assert counted and counted.uncounted.unnamed and counted.uncounted.other_kinds
    assert sum(counted.uncounted) == counted.more.repression
    for status in ("announced", "cancelled", "denied", "unverified"):
        listed = ProjectFilter(layer=("surveillance", "censorship"), status=(status,))
        assert getattr(counted.uncounted, status) == projects.totals(shipped_reader, listed).projects, status


def test_the_filter_by_the_suppliers_country_finds_the_systems_of_the_figure(shipped_reader: Reader) -> None:
    """Apart from projects with a status that the figure leaves out, the filter finds the figure's systems.

    It may also find projects of kinds that the figure doesn't count.
    """
    counted = documented_systems(shipped_reader)
    assert counted and len(counted.by_seat) > 10
    for seat, systems in counted.by_seat.items():
        listed = ProjectFilter(layer=("surveillance", "censorship"), supplier_country=(seat,))
        left_out = ProjectFilter(
            layer=listed.layer, supplier_country=(seat,), status=("announced", "cancelled", "denied", "unverified")
        )
        found_by_filter = projects.totals(shipped_reader, listed).projects - projects.totals(shipped_reader, left_out).projects
        assert systems <= found_by_filter <= systems + counted.uncounted.other_kinds, seat
