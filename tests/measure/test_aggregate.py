"""Counting over vantage points, with intervals."""

import json
from typing import Any

import pytest

from overt.measure.aggregate import Aggregate, Group, Threshold
from overt.measure.intervals import wilson
from overt.measure.judging import Finding, Judge
from overt.measure.measurement import domain
from overt.measure.reading import Document
from overt.measure.rules import Rules
from tests.measure.generated import PLAIN, exchange, web

JUDGE = Judge(Rules.load())


def finding(blocked: bool = True, **more: Any) -> Finding:
    made = web(PLAIN, requests=[exchange(PLAIN, "", 0, "connection_reset")]) if blocked else web(PLAIN)
    return JUDGE.judge(Document("made", "", json.dumps(made | more).encode()))


def groups(*found: Finding, networks: bool = True) -> list[Group]:
    held = Aggregate()
    for one in found:
        held.add(one)
    return list(held.groups(networks))


def test_wilson_against_published_values() -> None:
    """Brown, Cai and DasGupta give no table; these are R's prop.test(correct = FALSE) and binom::binom.wilson."""
    for hits, trials, low, high in (
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ):
        assert wilson(hits, trials) == pytest.approx((low, high), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def test_runs_of_one_point_are_one_voice() -> None:
    (one,) = groups(*[finding()] * 50)
    assert (one.measurements, one.points, one.blocked, one.state) == (50, 1, 1, "too-little")
    assert one.low == pytest.approx(0.2065, abs=1e-4)


def test_distinct_points() -> None:
    points = [finding(software_version=f"5.{n}") for n in range(4)]
    (one,) = groups(*points)
    assert (one.points, one.blocked, one.share, one.state, one.mechanisms) == (4, 4, 1.0, "blocked", ("tcp-reset",))
    (one,) = groups(*points, *(finding(False, software_version=f"6.{n}") for n in range(4)))
    assert (one.points, one.blocked, one.state) == (8, 4, "mixed")
    (one,) = groups(*(finding(False, resolver_asn=f"AS{n}") for n in range(1, 5)))
    assert (one.blocked, one.state) == (0, "open")


def test_a_point_that_reached_it_as_often_is_not_blocked() -> None:
    (one,) = groups(finding(), finding(False))
    assert (one.points, one.blocked) == (1, 0)
    (one,) = groups(finding(), finding(), finding(False))
    assert (one.points, one.blocked) == (1, 1)


def test_what_says_nothing_is_no_trial() -> None:
    (one,) = groups(finding(), finding(test_keys=None, software_version="9"))
    assert (one.points, one.insufficient, one.measurements) == (1, 1, 2)
    (one,) = groups(finding(test_keys=None))
    assert (one.points, one.share, one.low, one.state) == (0, None, None, "too-little")
    assert groups(finding(probe_cc="ZZ"), finding(test_name="ndt"), finding(measurement_start_time="", test_start_time="")) == []


def test_by_network_and_by_country() -> None:
    found = [finding(probe_asn=f"AS{n}") for n in range(64496, 64500)]
    assert [(one.asn, one.points) for one in groups(*found)] == [(n, 1) for n in range(64496, 64500)]
    (one,) = groups(*found, networks=False)
    assert (one.asn, one.points, one.state) == (None, 4, "blocked")


def test_order_does_not_matter() -> None:
    found = [finding(n % 3 == 0, software_version=f"{n % 5}", probe_asn=f"AS{64496 + n % 2}") for n in range(20)]
    assert groups(*found) == groups(*reversed(found))


def test_the_threshold_is_content() -> None:
    held = Threshold.load()
    assert held.points >= 2 and held.says and held.source
    assert wilson(held.points + 1, held.points + 1, held.level)[0] >= held.blocked_from


def test_low_confidence_needs_several_networks() -> None:
    """A slow line looks like throttling, and all who use it see the same."""
    slow = [
        JUDGE.judge(
            Document("made", "", json.dumps(web(PLAIN, requests=[exchange(PLAIN, "<", 200, "generic_timeout_error")])).encode())
        )._replace(software=f"ooniprobe {version}")
        for version in range(8)
    ]
    assert {one.confidence for one in slow} == {"low"}
    assert [one.state for one in groups(*slow)] == ["too-little"]
    apart = [one._replace(asn=64500 + at % 2) for at, one in enumerate(slow)]
    assert [one.state for one in groups(*apart, networks=False)] == ["blocked"]
    untold = [one._replace(asn=64500 if at % 2 else None) for at, one in enumerate(slow)]
    assert [one.state for one in groups(*untold, networks=False)] == ["too-little"], "they may all be in one"
    firm = [finding()._replace(software=f"ooniprobe {version}") for version in range(20, 23)]
    assert [one.state for one in groups(*slow, *firm)] == ["blocked"]


@pytest.mark.parametrize(
    ("tested", "host"),
    [
        ("http://User:secret@News.Example.:8080/a?b", "news.example"),
        ("news.example:443", "news.example"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://192.0.2.1/", "192.0.2.1"),
        ("192.0.2.1:443", "192.0.2.1"),
        ("https://[2001:DB8::1]:443/", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("http://[fe80::1%25eth0]/", ""),
        ("http://<script>alert(1)</script>/", ""),
        ("=cmd|' /C calc'!A0", ""),
        ("http://../../etc/passwd", ""),
        ("http://a..b/", ""),
        ("http://news.example\0.org/", ""),
        ("two words", ""),
        (f"http://{'a' * 64}.example/", ""),
        ("http://[::1/", ""),
        ("", ""),
    ],
)
def test_what_is_counted_is_a_host(tested: str, host: str) -> None:
    assert domain(tested) == host
    # A website without a name is none of that of the test, and is counted nowhere.
    assert [group.domain for group in groups(finding(input=tested))] == ([host] if host else [])


def test_tests_of_one_service_go_by_their_own_names() -> None:
    said = finding()._replace(test_name="telegram", input="http://news.example/")
    assert [group.domain for group in groups(said)] == ["telegram"]
