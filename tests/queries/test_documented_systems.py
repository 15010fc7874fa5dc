"""Documented systems and state programmes of the shipped edition, compared with the figure and the records."""

from overt.queries import figures, projects, records
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
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
    assert counted.systems + sum(counted.more) == projects.totals(shipped_reader, ProjectFilter()).projects
