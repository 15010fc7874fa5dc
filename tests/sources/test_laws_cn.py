"""Chinese laws: versions, duplicates, dates, kinds, and the topics of articles."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue

Records = Mapping[str, Mapping[str, list[str]]]
CYBERSECURITY = "中华人民共和国网络安全法/2016-11-07"


def by_record(outcome: Outcome) -> dict[str, dict[str, list[str]]]:
    records: dict[str, dict[str, list[str]]] = {}
    for claim in outcome.claims:
        records.setdefault(claim.record.partition(":")[2], {}).setdefault(claim.property, []).append(claim.value)
    return records


@pytest.fixture(scope="module")
def outcome(content: Catalogue) -> Outcome:
    return import_folder(content, "laws_cn", Path(str(content.source_folders["laws_cn"] / "sample")))


@pytest.fixture(scope="module")
def records(outcome: Outcome) -> Records:
    return by_record(outcome)


def test_every_row_is_accounted_for(outcome: Outcome) -> None:
    report = outcome.report
    assert report.problems == []
    assert report.rows_by_role["laws"] == report.imported + sum(report.out_of_scope.values())
    assert report.out_of_scope["annex"] == 1 and report.out_of_scope["no-topic"] > 0


def test_a_law_in_two_folders_or_under_two_titles_is_read_once(outcome: Outcome, records: Records) -> None:
    assert sum(key.startswith("中华人民共和国反电信网络诈骗法/") and "/第" not in key for key in records) == 1
    titles = [key for key in records if "人脸识别" in key and "/第" not in key]
    assert titles == ["最高人民法院关于审理使用人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定/2021-07-27"]
    assert outcome.report.out_of_scope["same-law-twice"] == 7, "two heads and five articles"


def test_an_older_version_is_history(records: Records) -> None:
    older, newer = records["商用密码管理条例/1999-10-07"], records["商用密码管理条例/2023-04-27"]
    assert older["status"] == ["superseded"] and newer["status"] == ["in-force"]
    assert older["superseded-by"] == ["laws_cn:商用密码管理条例/2023-04-27"]
    assert older["repealed"] == newer["in-force"] == ["2023-07-01"]
    assert newer["adopted"] == ["1999-10-07"] and newer["amended"] == ["2023-04-27"]


def test_kinds_come_from_the_issuer(records: Records) -> None:
    kinds = {key: record["kind"] for key, record in records.items() if "party-country" in record}
    assert kinds[CYBERSECURITY] == ["law"]
    assert kinds["互联网信息服务算法推荐管理规定/2021-11-16"] == ["departmental-rule"], (
        "though it is in the folder of regulations"
    )
    assert kinds["关键信息基础设施安全保护条例/2021-07-30"] == ["administrative-regulation"], "as its folder says"
    assert records["中华人民共和国香港特别行政区维护国家安全法/2020-06-30"]["party-country"] == ["CN", "HK"]


@pytest.mark.parametrize(
    ("article", "topics"),
    [
        ("第二十四条", {"real-name-registration"}),
        ("第三十七条", {"data-localisation", "cross-border-data", "critical-infrastructure", "personal-information"}),
        ("第五十八条", {"internet-shutdown"}),
    ],
)
def test_articles_get_topics(records: Records, article: str, topics: set[str]) -> None:
    provision = records[f"{CYBERSECURITY}/{article}"]
    assert set(provision["topic"]) == topics
    assert provision["article"] == [article] and len(provision["note"]) == 1


def test_articles_on_no_topic_are_no_provisions(records: Records) -> None:
    assert f"{CYBERSECURITY}/第一条" not in records and f"{CYBERSECURITY}/第七十九条" not in records
    assert records[CYBERSECURITY]["in-force"] == ["2017-06-01"], "read from article 79, which is no provision"


def test_topics_point_at_the_lines_of_the_article(outcome: Outcome) -> None:
    claim = next(claim for claim in outcome.claims if claim.record.endswith("第五十八条") and claim.property == "topic")
    [place] = [place for place in outcome.evidence if place.claim_id == claim.id]
    assert place.locator.startswith("line") and "网络通信采取限制" in (place.excerpt or "")
    assert claim.basis == "coded" and claim.rule == "law-topic-internet-shutdown@1"


@pytest.mark.data
def test_notes_are_of_articles_that_exist_in_the_collection(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, "laws_cn", data / "laws_cn", complete=True)
    report = outcome.report
    assert report.problems == []
    assert (report.rows_by_role["laws"], report.imported, sum(report.out_of_scope.values())) == (1706, 695, 1011)
    notes = [claim.value for claim in outcome.claims if claim.property == "note"]
    assert len(notes) == 47, "every note is of a provision"
    assert set(notes) <= set(content.sources["laws_cn"].words_zh)
