"""Findings are counted by vantage point, with confidence intervals."""

import json
from typing import Any

import pytest

from overt.measure.measurement import input_host
from overt.measure.measurement_aggregate import Aggregate, Group, Threshold
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.verdict_rules import Rules
from overt.measure.wilson_interval import wilson_interval
from tests.measure.scenarios.measurement_parts import PLAIN, exchange, web

JUDGE = Judge(Rules.load())


def finding(blocked: bool = True, **more: Any) -> Finding:
    measurement = web(PLAIN, requests=[exchange(PLAIN, "", 0, "connection_reset")]) if blocked else web(PLAIN)
    return JUDGE.judge(Document("made", "", json.dumps(measurement | more).encode()))


def groups(*findings: Finding, networks: bool = True) -> list[Group]:
    aggregate = Aggregate()
    for finding in findings:
        aggregate.add(finding)
    return list(aggregate.groups(networks))


def test_wilson_against_published_values() -> None:
    """The expected intervals are from R's prop.test(correct = FALSE) and binom::binom.wilson."""
    for hits, trials, low, high in (
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ):
        assert wilson_interval(hits, trials) == pytest.approx((low, high), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="not a proportion"):
        wilson_interval(3, 2)


def test_runs_of_one_vantage_point_have_one_vote() -> None:
    (group,) = groups(*[finding()] * 50)
    assert (group.measurements, group.points, group.blocked, group.state) == (50, 1, 1, "too-little")
    assert group.low == pytest.approx(0.2065, abs=1e-4)


def test_distinct_vantage_points_are_counted() -> None:
    points = [finding(software_version=f"5.{n}") for n in range(4)]
    (group,) = groups(*points)
    assert (group.points, group.blocked, group.share, group.state, group.mechanisms) == (4, 4, 1.0, "blocked", ("tcp-reset",))
    (group,) = groups(*points, *(finding(False, software_version=f"6.{n}") for n in range(4)))
    assert (group.points, group.blocked, group.state) == (8, 4, "mixed")
    (group,) = groups(*(finding(False, resolver_asn=f"AS{n}") for n in range(1, 5)))
    assert (group.blocked, group.state) == (0, "open")


def test_a_vantage_point_that_reached_it_as_often_is_not_blocked() -> None:
    (group,) = groups(finding(), finding(False))
    assert (group.points, group.blocked) == (1, 0)
    (group,) = groups(finding(), finding(), finding(False))
    assert (group.points, group.blocked) == (1, 1)


def test_an_insufficient_measurement_is_not_a_trial() -> None:
    (group,) = groups(finding(), finding(test_keys=None, software_version="9"))
    assert (group.points, group.insufficient, group.measurements) == (1, 1, 2)
    (group,) = groups(finding(test_keys=None))
    assert (group.points, group.share, group.low, group.state) == (0, None, None, "too-little")
    assert groups(finding(probe_cc="ZZ"), finding(test_name="ndt"), finding(measurement_start_time="", test_start_time="")) == []


def test_by_network_and_by_country() -> None:
    findings = [finding(probe_asn=f"AS{n}") for n in range(64496, 64500)]
    assert [(group.asn, group.points) for group in groups(*findings)] == [(n, 1) for n in range(64496, 64500)]
    (group,) = groups(*findings, networks=False)
    assert (group.asn, group.points, group.state) == (None, 4, "blocked")


def test_order_does_not_matter() -> None:
    findings = [finding(n % 3 == 0, software_version=f"{n % 5}", probe_asn=f"AS{64496 + n % 2}") for n in range(20)]
    assert groups(*findings) == groups(*reversed(findings))


def test_the_threshold_is_content() -> None:
    threshold = Threshold.load()
    assert threshold.points >= 2 and threshold.says and threshold.source
    assert wilson_interval(threshold.points + 1, threshold.points + 1, threshold.level)[0] >= threshold.blocked_from


def test_low_confidence_needs_several_networks() -> None:
    """A slow connection looks like throttling to all of its users."""
    slow = [
        JUDGE.judge(
            Document("made", "", json.dumps(web(PLAIN, requests=[exchange(PLAIN, "<", 200, "generic_timeout_error")])).encode())
        )._replace(software=f"ooniprobe {version}")
        for version in range(8)
    ]
    assert {finding.confidence for finding in slow} == {"low"}
    assert [group.state for group in groups(*slow)] == ["too-little"]
    two_networks = [finding._replace(asn=64500 + number % 2) for number, finding in enumerate(slow)]
    assert [group.state for group in groups(*two_networks, networks=False)] == ["blocked"]
    unknown_networks = [finding._replace(asn=64500 if number % 2 else None) for number, finding in enumerate(slow)]
    assert [group.state for group in groups(*unknown_networks, networks=False)] == ["too-little"], "all may be in one network"
    firm = [finding()._replace(software=f"ooniprobe {version}") for version in range(20, 23)]
    assert [group.state for group in groups(*slow, *firm)] == ["blocked"]


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
def test_findings_are_counted_by_host(tested: str, host: str) -> None:
    assert input_host(tested) == host
    # A website without a host is not counted at all, not even under the test's name.
    assert [group.domain for group in groups(finding(input=tested))] == ([host] if host else [])


def test_tests_of_one_service_are_counted_by_their_name() -> None:
    telegram = finding()._replace(test_name="telegram", input="http://news.example/")
    assert [group.domain for group in groups(telegram)] == ["telegram"]
