"""How many sources do not copy one another: publishers, cited documents and copied texts count once."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.release.text_copies import COPIED_SHARE, ComparableText, copied_pairs
from tests.support.atlas import Atlas, Statement, make_statements, own_id

TOLD = (
    "In March the ministry and the company signed an agreement for two hundred cameras in the old town, to be run by the police."
)
PUBLISHERS = {"alpha": "Institute (Data portal)", "beta": "Other House", "gamma": "The Institute Ltd.", "delta": "Fourth Press"}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """One organisation in four sources, by its name; one project in two."""
    atlas = Atlas(tmp_path_factory.mktemp("independence"))
    for source, publisher in PUBLISHERS.items():
        atlas.source(source, publisher=publisher.replace("The ", ""), address=f"https://data.{source}.example/x")
        rows = make_statements("organization", "maker", name="Bluestem Optics")
        rows += make_statements("project", "cameras", name=f"{source} cameras")
        if source in ("alpha", "beta"):
            text = TOLD if source == "alpha" else f"{TOLD[:-1]}, it was said."
            rows.append(Statement("project", "cameras", "description", text))
        if source == "delta":
            rows += make_statements("document", "d", url="http://www.alpha.example/report/", title="A report")
            rows += make_statements(
                "document", "e", url="https://alpha.example/report?utm_source=x#top", publisher="Someone", title="It again"
            )
            rows += make_statements("document", "f", url="https://gamma.example/other", publisher="Someone Else", title="Another")
            rows += [Statement("organization", "maker", "sector", "Surveillance", document=f"delta:{key}") for key in "de"]
            rows.append(Statement("organization", "maker", "website", "https://bluestem.example", document="delta:f"))
        atlas.fetch(source, rows)
    atlas.build()
    for other in ("beta", "gamma", "delta"):
        atlas.judge("same", "alpha:cameras", f"{other}:cameras")
    atlas.build()
    return atlas


def values(atlas: Atlas, record: str, prop: str) -> dict[str, tuple[int, int]]:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    rows = atlas.rows(release, f"FROM values WHERE id = '{atlas.id_of(record)}' AND property = '{prop}'")
    return {row["value"]: (row["sources"], row["independent_sources"]) for row in rows}


def voices(atlas: Atlas, record: str) -> tuple[int, int]:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of(record)}'")
    return row["sources"], row["independent_sources"]


def test_sources_of_one_publisher_count_once(atlas: Atlas) -> None:
    assert values(atlas, "alpha:maker", "name") == {"Bluestem Optics": (4, 3)}


def test_a_document_counts_in_place_of_the_source_that_cites_it_and_once_under_all_its_addresses(atlas: Atlas) -> None:
    assert values(atlas, "alpha:maker", "sector") == {"Surveillance": (1, 1)}


def test_what_stands_at_the_site_of_a_source_is_its_publishers(atlas: Atlas) -> None:
    """All that is told of the maker: alpha and gamma (one publisher, with its report), beta, delta; and what gamma's site has."""
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of('alpha:maker')}'")
    assert (row["sources"], row["independent_sources"]) == (4, 3)


def test_a_copied_text_makes_two_sources_one(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of('alpha:cameras')}'")
    assert (row["sources"], row["independent_sources"]) == (4, 2), "alpha, beta and gamma are one voice, delta another"


def test_it_is_told_beside_the_number_of_sources(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    exported = atlas.root.parent / "out.jsonl"
    atlas.ok("export", "jsonl", exported, "--release", release)
    lines = [orjson.loads(line) for line in Path(exported).read_bytes().splitlines()]
    [maker] = [line for line in lines if line["id"] == atlas.id_of("alpha:maker")]
    assert maker["independent_sources"] == 3
    [name] = maker["values"]["name"]
    assert (name["sources"], name["independent_sources"]) == (4, 3)


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """A register of the project, whose address is a folder, and documents that it cites."""
    atlas = Atlas(tmp_path_factory.mktemp("cited"))
    atlas.source("register", publisher="Overt", address="src/overt/content/register", own=True)
    rows = make_statements("document", "paper", title="A paper") + make_statements("document", "letter", title="A letter")
    rows += make_statements("document", "note", title="A note")
    addresses = {"old": "old-times.example/a", "late": "late-news.example/b", "far": "far.example/c"}
    addresses = {key: f"https://web.archive.org/web/20200101000000/https://{held}" for key, held in addresses.items()}
    for key, held in {
        **addresses,
        "short-a": "https://archive.ph/AbC12",
        "short-b": "https://archive.ph/XyZ34",
        "short-c": "https://archive.ph/Q",
    }.items():
        rows += make_statements("document", key, url=held, title=key)
    rows += [
        held for key in ("papers", "archived", "short") for held in make_statements("organization", key, name=f"{key} works")
    ]
    for key, documents in {
        "papers": ("paper", "letter", "note"),
        "archived": ("old", "late", "far"),
        "short": ("short-a", "short-b", "short-c"),
    }.items():
        rows += [Statement("organization", key, "sector", f"As {one} says", document=f"register:{one}") for one in documents]
    rows += make_statements("organization", "plain", name="Plain", website="https://plain.example")
    rows.append(Statement("organization", "plain", "sector", "Optics", document="register:paper"))
    atlas.fetch("register", rows)
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("papers", "a document without an address is its own voice, not that of a register without a site"),
        ("archived", "the archive is no publisher of what it keeps"),
        ("short", "nor where its address does not tell what is kept"),
    ],
)
def test_documents_without_a_publisher_are_each_one(cited: Atlas, key: str, why: str) -> None:
    assert voices(cited, f"register:{key}") == (1, 3), why


def test_a_register_of_the_project_is_no_voice_beside_what_it_cites(cited: Atlas) -> None:
    assert voices(cited, "register:plain") == (1, 1), "the one document"
    assert values(cited, "register:plain", "website") == {"https://plain.example": (1, 1)}, "what it says by itself is told"


# --- Copied texts -------------------------------------------------------------------------------------------------------


def share(one: str, other: str) -> float:
    assert ComparableText(one).share(ComparableText(other)) == ComparableText(other).share(ComparableText(one))
    return ComparableText(one).share(ComparableText(other))


def test_a_text_with_a_few_words_changed_or_cut_off_is_a_copy() -> None:
    assert share(TOLD, TOLD.upper()) == 1.0
    changed = share(TOLD, TOLD.replace("old town", "new town"))
    assert changed >= COPIED_SHARE
    assert changed == pytest.approx(1 - 3 / (len(TOLD.split()) - 2), abs=0.05), "one word stands in three runs of three"
    assert share(f"{TOLD} " + " ".join(f"word{n}" for n in range(60)), TOLD) >= COPIED_SHARE


def test_a_text_of_its_own_or_of_few_words_is_none() -> None:
    assert share(TOLD, "The company sold cameras to the ministry; in March the police of the town said that they run them.") < 0.3
    assert share("Safe City phase 2", "Safe City phase 2") == 0.0, "a short name says nothing"


def test_chinese_is_compared_by_characters() -> None:
    told = "公安部与华为公司于三月签署协议，在老城区安装二百个摄像头"
    assert share(told, f"{told}，由警方运行") >= COPIED_SHARE
    assert share(told, "中国进出口银行为国家光纤骨干网项目提供优惠贷款协议签署") < 0.3


def test_pairs_of_copies() -> None:
    texts: dict[str, Any] = {"a": ComparableText(TOLD), "b": ComparableText("Nothing of the kind was ever said by anybody in that town at all.")}
    assert copied_pairs(texts | {"c": ComparableText(TOLD + " Indeed.")}) == [("a", "c")]


def test_ids_are_those_of_the_cluster(atlas: Atlas) -> None:
    assert atlas.id_of("beta:maker") == own_id("alpha:maker")
