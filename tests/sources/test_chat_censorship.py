"""Censored keywords: counts by list, theme and topic, without the words, and without topics that name a person."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

SLUG = "chat_censorship"


def figures(outcome: Outcome) -> dict[str, int]:
    return {
        claim.record.partition(":")[2]: int(claim.value)
        for claim in outcome.claims
        if (claim.type, claim.property) == ("reported_figure", "value")
    }


@pytest.fixture(scope="module")
def sample(content: Catalogue) -> Outcome:
    return import_folder(content, SLUG, Path(str(content.source_folders[SLUG])) / "sample")


def test_rows_are_counted_by_list_theme_and_topic(sample: Outcome) -> None:
    assert figures(sample) == {
        "yy-high/Event/tiananmen-square-june-4-1989": 2, "sina-show/Event/tiananmen-square-june-4-1989": 1,
        "yy-high/Event/other": 2, "yy-high/People/other": 1, "yy-high/Misc/other": 1, "yy-normal/Technology/URLs": 1,
        "9158-nicknames/People/other": 1, "9158/Social/Gambling": 1, "9158/Political/falun-gong": 1,
        "GuaGua/Political/falun-gong": 1, "sina-show-built-in/Political/falun-gong": 1,
        "sina-show-built-in-ucclient-dll/Political/falun-gong": 1,
    }  # fmt: skip


def test_a_number_is_computed_from_rows_and_is_that_of_a_client(content: Catalogue, sample: Outcome) -> None:
    key = f"{SLUG}:yy-high/Event/tiananmen-square-june-4-1989"
    claims = {(claim.property, claim.lang): claim for claim in sample.claims if claim.record == key}
    value = claims["value", None]
    assert (value.basis, value.rule, value.unit) == ("computed", "keywords-counted@1", "keywords")
    rows = {evidence.locator.partition(";")[0] for evidence in sample.evidence if evidence.claim_id == value.id}
    assert rows == {"row=2", "row=3"}
    assert claims["organization", None].value == f"{SLUG}:organization/YY"
    assert claims["scope", "en"].value == "list YY High: Events, the Tiananmen massacre of 1989"
    words = content.sources[SLUG].words_zh
    assert words[claims["scope", "en"].value] == "名单YY High：事件，1989年天安门屠杀"


def test_topics_about_persons_are_counted_within_their_theme_only(sample: Outcome) -> None:
    texts = [claim.value for claim in sample.claims] + [claim.original or "" for claim in sample.claims]
    texts += [evidence.excerpt for evidence in sample.evidence]
    assert not [text for text in texts if "Person" in text or "Dissident" in text or "official" in text]


@pytest.mark.ci
@pytest.mark.data
def test_the_complete_table(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data / "chat_censorship", complete=True)
    report = outcome.report
    assert (report.rows_read, report.imported, report.out_of_scope.total(), report.problems) == (17_042, 17_042, 0, [])
    counts, by_list = figures(outcome), Counter[str]()
    for key, number in counts.items():
        by_list[key.partition("/")[0]] += number
    assert by_list == {
        "yy-high": 13_247, "sina-show": 3_311, "sina-show-built-in": 561, "sina-show-built-in-ucclient-dll": 561, "9158": 454,
        "9158-nicknames": 58, "GuaGua": 58, "yy-normal": 53,
    }  # fmt: skip
    scopes = {claim.value for claim in outcome.claims if claim.property == "scope"}
    assert scopes == set(content.sources[SLUG].words_zh), "every number has its words in Chinese"
    themes: dict[str, set[str]] = defaultdict(set)
    for key in counts:
        themes[key.split("/")[1]].add(key.split("/")[2])
    assert themes["People"] == {"other"}
