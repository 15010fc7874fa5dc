"""Lists of tested sites, and of the hosts of services: what applies to a domain, and what applies only to a page or address."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

TEST_LISTS, SERVICES = "citizenlab_test_lists", "ooni_services"


def labels(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.observations is not None
    rows: list[dict[str, Any]] = outcome.observations.labels.to_pylist()
    return rows


def sample(content: Catalogue, slug: str) -> Outcome:
    return import_folder(content, slug, Path(str(content.source_folders[slug])) / "sample")


def test_a_site_has_its_category_on_each_list(content: Catalogue) -> None:
    outcome = sample(content, TEST_LISTS)
    stated = {(row["list"], row["country"], row["domain"], row["category"]) for row in labels(outcome)}
    assert stated == {
        ("cn", "CN", "lantern-news.example", "news"), ("cn", "CN", "paper-crane.example", "lgbt"),
        ("cn", "CN", "xn--bgg-snaa.example", "culture"), ("global", None, "lantern-news.example", "news"),
        ("global", None, "tunnel.example", "circumvention"), ("global", None, "tunnel.example", "miscellaneous"),
        ("global", None, "telegram.org", "communication-tools"), ("cis", None, "river-post.example", "news"),
        ("aams", "IT", "dice-hall.example", "gambling"), ("aams", "IT", "card-room.example", "gambling"),
    }  # fmt: skip
    assert {row["added"] for row in labels(outcome) if row["domain"] == "lantern-news.example"} == {
        date(2014, 4, 15), date(2019, 3, 3),
    }  # fmt: skip


def test_rows_that_say_nothing_of_a_host_are_left_out_by_rule(content: Catalogue) -> None:
    outcome = sample(content, TEST_LISTS)
    assert outcome.report.out_of_scope == {"page": 1, "numeric-address": 1, "repeated": 1, "no-category": 1, "no-host": 1}
    assert "Person" not in str(labels(outcome)), "who added a site is not read"


def test_an_unknown_category_is_a_problem(content: Catalogue, tmp_path: Path) -> None:
    head = "url,category_code,category_description,date_added,source,notes\n"
    (tmp_path / "cn.csv").write_text(f"{head}https://a.example/,NEWZ,,2014-04-15,x,\nhttps://b.example/,NEWS,,2014,x,\n")
    outcome = import_folder(content, TEST_LISTS, tmp_path)
    messages = [problem.message for problem in outcome.report.problems]
    assert len(messages) == 2 and "'NEWZ'" in messages[0] and "'2014' is not a date" in messages[1]
    assert outcome.observations is None, "a refused row gives no label"


def test_hosts_belong_to_services_and_platforms(content: Catalogue) -> None:
    outcome = sample(content, SERVICES)
    stated = {(row["domain"], row["subdomains"], row["service"], row["part"], row["platform"]) for row in labels(outcome)}
    assert stated == {
        ("owl-search.example", False, "owlsearch", None, None), ("messages.example", True, "whatsapp", "website", "whatsapp"),
        ("chat.signal-host.example", False, "signal", "chat", "signal"), ("dns.owl.example", False, "owl_dns", "resolver", None),
    }  # fmt: skip
    assert outcome.report.out_of_scope == {"no-service": 1, "no-host": 2, "numeric-address": 1, "pattern": 1}


@pytest.mark.ci
@pytest.mark.data
def test_the_complete_lists(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, TEST_LISTS, data / "test_lists", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.problems) == (42_710, 37_033, [])
    assert report.out_of_scope == {"page": 5_255, "repeated": 411, "numeric-address": 9, "no-host": 1, "no-category": 1}
    rows = labels(outcome)
    assert len(rows) == 37_033 and len({row["country"] for row in rows} - {None}) == 145
    assert Counter(row["category"] for row in rows).most_common(1)[0][0] == "news"


@pytest.mark.data
def test_the_complete_registry(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SERVICES, data / "ooni", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.problems) == (1_580, 189, [])
    assert report.out_of_scope == {"no-service": 1_367, "no-host": 3, "numeric-address": 19, "pattern": 2}
    whatsapp = {row["domain"] for row in labels(outcome) if row["platform"] == "whatsapp"}
    assert whatsapp == {"whatsapp.com", "whatsapp.net", "wa.me", "v.whatsapp.net", "web.whatsapp.com"}
