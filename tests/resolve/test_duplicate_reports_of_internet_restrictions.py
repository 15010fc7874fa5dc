"""Two trackers' reports of one event are one restriction. Reports that differ in place, time or services are two."""

from pathlib import Path

import pytest

from overt.model.claim import Claim
from tests.resolve.resolved_hand_made_claims import World, record

TWITTER = {
    "country": "NG",
    "start": "2021-06-04",
    "end": "2022-01-13",
    "scope": "nationwide",
    "kind": "blocking",
    "platform": "x",
}
VALLEY = {"country": "IN", "start": "2021-02-01", "area": "Shopian District, in Alder State", "kind": "shutdown"}


def restriction(name: str, values: dict[str, str], **changes: str) -> list[Claim]:
    return record(name, "restriction", **{key.replace("-", "_"): value for key, value in (values | changes).items() if value})


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        (TWITTER, {}),
        (TWITTER, {"start": "2021-06-05"}),
        (TWITTER, {"start": "2021-06-04~", "end": ""}),
        (TWITTER, {"platform": "x", "service": "vpn"}),
        (VALLEY, {"area": "Shopian, Alder"}),
        (VALLEY, {"end": "2021-02-02"}),
    ],
)
def test_two_trackers_report_one_event(world: World, values: dict[str, str], changes: dict[str, str]) -> None:
    world.snapshot(restriction("a:1", values), restriction("b:1", values, **changes))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}
    [edge] = world.resolve().edges
    assert (edge.reason, edge.key.startswith(values["country"])) == ("event", True)


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        (TWITTER, {"country": "KE"}),
        (TWITTER, {"start": "2021-06-06"}),
        (TWITTER, {"start": "2021-06"}),
        (TWITTER, {"platform": "facebook"}),
        (TWITTER, {"platform": ""}),
        (TWITTER, {"kind": "throttling"}),
        (TWITTER, {"scope": "one-province", "area": "Lagos"}),
        (TWITTER, {"scope": ""}),
        (TWITTER, {"domain": "twitter.com"}),
        (VALLEY, {"area": "Pulwama District, Alder State"}),
        (VALLEY, {"scope": "nationwide"}),
    ],
)
def test_different_events_stay_apart(world: World, values: dict[str, str], changes: dict[str, str]) -> None:
    world.snapshot(restriction("a:1", values), restriction("b:1", values, **changes))
    assert world.clusters() == set()


@pytest.mark.parametrize(("end", "next_end"), [("2021-02-01", ""), ("2021-02-02", ""), ("2021-02-03", "2021-02-04")])
def test_orders_that_are_renewed_day_by_day_are_two(world: World, end: str, next_end: str) -> None:
    second = restriction("b:1", VALLEY, start="2021-02-02", end=next_end)
    world.snapshot(restriction("a:1", VALLEY, start="2021-02-01", end=end), second)
    assert world.clusters() == set()


def test_a_report_with_two_equally_near_partners_joins_neither(world: World) -> None:
    world.snapshot(restriction("a:1", VALLEY), restriction("b:1", VALLEY), restriction("b:2", VALLEY))
    assert world.clusters() == set()


def test_the_same_day_is_nearer_than_the_next(world: World) -> None:
    world.snapshot(
        restriction("a:1", VALLEY),
        restriction("a:2", VALLEY, start="2021-02-02"),
        restriction("b:1", VALLEY),
        restriction("b:2", VALLEY, start="2021-02-02"),
    )
    assert world.clusters() == {frozenset({"a:1", "b:1"}), frozenset({"a:2", "b:2"})}


def test_no_chain_joins_two_records_of_one_source(world: World) -> None:
    world.snapshot(
        restriction("a:1", VALLEY),
        restriction("b:1", VALLEY, start="2021-02-02"),
        restriction("c:1", VALLEY, start="2021-02-03"),
        restriction("a:2", VALLEY, start="2021-02-04"),
    )
    assert all(len({name.partition(":")[0] for name in cluster}) == len(cluster) for cluster in world.clusters())
    assert world.clusters()


def test_each_record_of_an_editor_is_a_report_of_its_own(world: World) -> None:
    world.snapshot(restriction("editorial:1", VALLEY), restriction("editorial:2", VALLEY))
    assert world.clusters() == {frozenset({"editorial:1", "editorial:2"})}


def test_people_can_keep_two_reports_apart(world: World) -> None:
    world.snapshot(restriction("a:1", TWITTER), restriction("b:1", TWITTER))
    assert world.clusters(different=[("a:1", "b:1")]) == set()


def test_the_report_with_most_services_in_common_is_the_same_event(world: World) -> None:
    """One tracker has the orders of two days in one record. The other tracker has a record for each day."""
    both = restriction("a:both", TWITTER, platform="facebook", service="vpn")
    both += [claim for claim in restriction("a:both", TWITTER, platform="instagram") if claim.property == "platform"]
    first = restriction("b:first", TWITTER, platform="facebook", service="messenger")
    first += [claim for claim in restriction("b:first", TWITTER, platform="instagram") if claim.property == "platform"]
    second = restriction("b:second", TWITTER, platform="instagram", start="2021-06-05")
    world.snapshot(both, [*first, *second])
    assert world.clusters() == {frozenset({"a:both", "b:first"})}
