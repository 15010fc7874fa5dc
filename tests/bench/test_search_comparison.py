"""The comparison with a search library counts matches correctly. No timing is asserted."""

from pathlib import Path

from bench.site import search_comparison
from bench.site.search_comparison import LabelledQuery, build_index, labelled_queries, quality, read_entries
from overt.index.search_index import Entry

KINDS = {"name", "prefix", "Chinese", "traditional", "typing error", "sound"}


def entry(name: str, *names: str, kind: str = "organization") -> Entry:
    return Entry(kind, f"ovt-{name}", name, None, None, None, None, 0, None, [name, *names], [])


ENTRIES = [entry("Bluestem Optics Ltd.", "蓝茎光学有限公司"), entry("Quartz Signal"), entry("Cedar", kind="project")]


def test_every_labelled_query_is_new_and_has_a_kind() -> None:
    queries = labelled_queries()
    assert {query.kind for query in queries} == KINDS
    assert len({query.text for query in queries}) == len(queries) > 50


def test_entries_come_back_from_the_index_that_was_built(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    assert build_index(ENTRIES, path)["bytes"] > 0
    assert [(row.type, row.id, row.names) for row in read_entries(path)] == [(row.type, row.id, row.names) for row in ENTRIES]


def test_only_an_organisation_with_the_name_counts_and_only_among_the_first_eight() -> None:
    queries = [
        LabelledQuery("name", "bluestem", "Bluestem Optics Ltd."),
        LabelledQuery("name", "quartz", "Quartz Signal"),
        LabelledQuery("prefix", "ced", "Cedar"),
        LabelledQuery("prefix", "quartz s", "Quartz Signal"),
    ]
    counted = quality(queries, [[0], [2, 1], [2], [2] * 8 + [1]], ENTRIES)
    assert counted["first"] == {"name": "1 of 2", "prefix": "0 of 2", "all": "1 of 4"}
    assert counted["in_first_eight"] == {"name": "2 of 2", "prefix": "0 of 2", "all": "2 of 4"}
    assert counted["missed"] == ["ced", "quartz s"]


def test_overt_is_measured_without_the_peer(monkeypatch) -> None:
    queries = [LabelledQuery("name", "bluestem", "Bluestem Optics Ltd."), LabelledQuery("Chinese", "光学", "蓝茎光学有限公司")]
    monkeypatch.setattr(search_comparison, "labelled_queries", lambda: queries)
    result = search_comparison.run(ENTRIES, None, 1)
    assert result["overt"]["first"] == {"name": "1 of 1", "Chinese": "1 of 1", "all": "2 of 2"}
    assert result["not_in_this_release"] == []
    assert "tantivy" not in result
