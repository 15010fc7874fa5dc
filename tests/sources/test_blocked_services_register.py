"""The register of blocked services: what counts as one restriction, and what isn't a block."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue

Line = dict[str, str]


@pytest.fixture(scope="module")
def lines(content: Catalogue) -> list[Line]:
    path = Path(str(content.source_folders["blocked_services"] / "edition" / "blocked_services.csv"))
    with path.open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


def services(line: Line) -> set[str]:
    return {*line["platform"].split(";"), *line["service"].split(";")} - {""}


def test_every_line_names_a_service(lines: list[Line]) -> None:
    assert [line["id"] for line in lines if not services(line)] == []


def test_a_record_is_one_kind_of_restriction_in_one_country(lines: list[Line]) -> None:
    kinds = defaultdict(set)
    for line in lines:
        kinds[line["record"]].add((line["country"], line["kind"]))
    assert {record: pairs for record, pairs in kinds.items() if len(pairs) > 1} == {}


def test_no_block_is_called_a_shutdown(lines: list[Line]) -> None:
    assert {line["kind"] for line in lines} == {
        "blocking", "throttling", "call-blocking", "feature-blocking", "app-removal", "device-ban", "withdrawal",
    }  # fmt: skip


def test_a_ban_on_official_devices_does_not_reach_the_country(lines: list[Line]) -> None:
    assert [line["id"] for line in lines if line["kind"] == "device-ban" and line["scope"]] == []


def test_a_line_about_one_area_is_not_about_the_whole_country(lines: list[Line]) -> None:
    assert [line["id"] for line in lines if line["scope"] == "nationwide" and line["area"]] == []


def test_two_records_do_not_tell_of_one_event(lines: list[Line]) -> None:
    events = defaultdict(set)
    for line in lines:
        if len(line["start"].rstrip("~?")) == len("2024-01-31"):
            for service in services(line):
                events[line["country"], line["kind"], line["start"].rstrip("~?"), service].add(line["record"])
    assert {event: records for event, records in events.items() if len(records) > 1} == {}


def test_the_best_known_blocks_are_on_record(lines: list[Line]) -> None:
    blocked = {(line["country"], service) for line in lines if line["kind"] == "blocking" for service in services(line)}
    assert len({country for country, service in blocked if service == "whatsapp"}) > 20
    assert {("IR", "telegram"), ("RU", "signal"), ("TR", "wikipedia"), ("BR", "x"), ("NG", "x"), ("UA", "vk")} <= blocked
    assert ("CA", "tiktok") not in blocked


def test_orders_have_chinese_words(content: Catalogue, lines: list[Line]) -> None:
    texts = {line[column] for line in lines for column in ("order", "area") if line[column]}
    assert texts - set(content.sources["blocked_services"].words_zh) == set()
