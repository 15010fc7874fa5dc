"""Separate sources: publishers, cited documents and copied texts count once."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.model.content_catalogue import Catalogue
from overt.release.source_independence.independent_sources import count_voices, document_voices, repeated_voices
from overt.release.source_independence.near_duplicate_texts import COPIED_SHARE, ComparableText, copied_pairs
from overt.release.source_independence.publisher_names import publisher_key, read_publisher
from overt.release.source_independence.same_and_cited_documents import Document
from overt.release.source_independence.shared_announcements import Announced, announcement_keys
from overt.resolve.names import NameKeys
from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id

TEXT = (
    "In March the ministry and the company signed an agreement for two hundred cameras in the old town, to be run by the police."
)
Names = tuple[str, ...]
PUBLISHERS = {"alpha": "Institute (Data portal)", "beta": "Other House", "gamma": "The Institute Ltd.", "delta": "Fourth Press"}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with one organisation and one project, each in four sources."""
    atlas = Atlas(tmp_path_factory.mktemp("independence"))
    for source, publisher in PUBLISHERS.items():
        atlas.source(source, publisher=publisher.replace("The ", ""), address=f"https://data.{source}.example/x")
        rows = make_statements("organization", "maker", name="Bluestem Optics")
        rows += make_statements("project", "cameras", name=f"{source} cameras")
        if source in ("alpha", "beta"):
            text = TEXT if source == "alpha" else f"{TEXT[:-1]}, it was said."
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


def source_counts(atlas: Atlas, record: str, prop: str) -> dict[str, tuple[int, int]]:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    rows = atlas.rows(release, f"FROM values WHERE id = '{atlas.id_of(record)}' AND property = '{prop}'")
    return {row["value"]: (row["sources"], row["independent_sources"]) for row in rows}


def record_counts(atlas: Atlas, record: str) -> tuple[int, int]:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of(record)}'")
    return row["sources"], row["independent_sources"]


@pytest.mark.ci
def test_sources_of_one_publisher_count_once(atlas: Atlas) -> None:
    assert source_counts(atlas, "alpha:maker", "name") == {"Bluestem Optics": (4, 3)}


def test_a_cited_document_counts_once_in_place_of_its_source(atlas: Atlas) -> None:
    assert source_counts(atlas, "alpha:maker", "sector") == {"Surveillance": (1, 1)}


def test_a_document_on_the_site_of_a_source_has_its_publisher(atlas: Atlas) -> None:
    """The maker's sources are alpha and gamma (same publisher), beta and delta. Delta also cites a document on gamma's site."""
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of('alpha:maker')}'")
    assert (row["sources"], row["independent_sources"]) == (4, 3)


def test_sources_with_a_copied_text_count_once(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [row] = atlas.rows(release, f"FROM records WHERE id = '{atlas.id_of('alpha:cameras')}'")
    assert (row["sources"], row["independent_sources"]) == (4, 2), "alpha, beta and gamma are one voice, delta another"


def test_exports_have_the_number_of_independent_sources(atlas: Atlas) -> None:
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
    """An atlas with one of our own registers, whose address is a folder, and the documents that it cites."""
    atlas = Atlas(tmp_path_factory.mktemp("cited"))
    atlas.source("register", publisher="Overt", address="src/overt/content/register", own=True)
    rows = make_statements("document", "paper", title="A paper") + make_statements("document", "letter", title="A letter")
    rows += make_statements("document", "note", title="A note")
    addresses = {"old": "old-times.example/a", "late": "late-news.example/b", "far": "far.example/c"}
    addresses = {key: f"https://web.archive.org/web/20200101000000/https://{path}" for key, path in addresses.items()}
    for key, url in {
        **addresses,
        "short-a": "https://archive.ph/AbC12",
        "short-b": "https://archive.ph/XyZ34",
        "short-c": "https://archive.ph/Q",
    }.items():
        rows += make_statements("document", key, url=url, title=key)
    rows += [row for key in ("papers", "archived", "short") for row in make_statements("organization", key, name=f"{key} works")]
    for key, documents in {
        "papers": ("paper", "letter", "note"),
        "archived": ("old", "late", "far"),
        "short": ("short-a", "short-b", "short-c"),
    }.items():
        rows += [Statement("organization", key, "sector", f"As {name} says", document=f"register:{name}") for name in documents]
    rows += make_statements("organization", "plain", name="Plain", website="https://plain.example")
    rows.append(Statement("organization", "plain", "sector", "Optics", document="register:paper"))
    rows += make_statements("organization", "twice", name="Twice")
    rows += [Statement("organization", "twice", "sector", "Lenses", document=f"register:{key}") for key in ("paper", "letter")]
    atlas.fetch("register", rows)
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("papers", "a document without an address is a source of its own"),
        ("archived", "a web archive is not the publisher"),
        ("short", "nor if its address hides the original one"),
    ],
)
def test_documents_without_a_publisher_count_separately(cited: Atlas, key: str, why: str) -> None:
    assert record_counts(cited, f"register:{key}") == (1, 3), why


def test_a_value_that_two_documents_state_counts_both(cited: Atlas) -> None:
    assert source_counts(cited, "register:twice", "sector") == {"Lenses": (1, 2)}, "rows of one source that make one claim"


def test_an_own_register_does_not_count_besides_what_it_cites(cited: Atlas) -> None:
    assert record_counts(cited, "register:plain") == (1, 1), "the one document"
    assert source_counts(cited, "register:plain", "website") == {"https://plain.example": (1, 1)}, (
        "a claim without a document is the register's own"
    )


# --- What a document cites ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with an agency's report, a site that cites it, an essay that cites the site and a law, and a daily's reprint."""
    atlas = Atlas(tmp_path_factory.mktemp("treaty"))
    atlas.source("register", publisher="Overt", address="src/overt/content/register", own=True)
    rows = make_statements("document", "agency", title="A report", url="https://agency.example/1", publisher="Agency")
    rows += make_statements("document", "site", title="As the agency says", publisher="Site", cites="register:agency")
    rows += make_statements("document", "essay", title="An essay", publisher="Journal", cites=["register:site", "register:law"])
    rows += make_statements("document", "law", title="A law", publisher="Parliament")
    rows += make_statements("document", "reprint", title="Two states plan a treaty on content", publisher="Daily (Agency)")
    for key, documents in {
        "all": ("agency", "site", "essay", "reprint"),
        "essays": ("essay",),
        "both": ("essay", "agency", "law"),
    }.items():
        rows += make_statements("organization", key, name=f"{key} works")
        rows += [Statement("organization", key, "sector", f"As {name} says", document=f"register:{name}") for name in documents]
    atlas.fetch("register", rows)
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    ("key", "count", "why"),
    [
        ("all", 1, "three of the four pass on the agency, one of them through another"),
        ("essays", 1, "an essay is a source where what it cites is not among the sources"),
        ("both", 2, "an essay that cites two sources is no third, and does not make the two one"),
    ],
)
def test_what_a_document_cites_is_its_origin(treaty: Atlas, key: str, count: int, why: str) -> None:
    assert record_counts(treaty, f"register:{key}") == (1, count), why


@pytest.mark.parametrize(
    ("text", "outlets", "origins", "beside"),
    [
        ("Rappler (Reuters)", ("Rappler",), (), ("Reuters",)),
        ("Reuters (copy)", ("Reuters",), (), ()),
        ("Breaking Latest (translated copy)", ("Breaking Latest",), (), ()),
        ("Axios (citing WSJ)", ("Axios",), ("WSJ",), ()),
        ("iTnews, citing the Wall Street Journal", ("iTnews",), ("the Wall Street Journal",), ()),
        ("Xinhua via People's Daily Online", (), ("Xinhua",), ()),
        ("copy of the WIRED article", (), ("WIRED",), ()),
        ("Forum Macao (citing Angop and Lusa)", ("Forum Macao",), ("Angop", "Lusa"), ()),
        ("DW / Myanmar Now (copy)", ("DW", "Myanmar Now"), (), ()),
        ("NewsGram (RFE/RL)", ("NewsGram",), (), ("RFE/RL",)),
        ("Riffa Store (APS report)", ("Riffa Store",), (), ("APS",)),
        ("Nordic Monitor", ("Nordic Monitor",), (), ()),
        ("Blog (VOA, citing AFP)", ("Blog",), ("AFP",), ("VOA",)),
        ("Reuters (citing Microsoft; copy on a site)", ("Reuters",), ("Microsoft",), ()),
        ("Paper (copy of a report, citing Human Rights Watch)", ("Paper",), ("Human Rights Watch",), ()),
        ("GrantFunds (AidData data)", ("GrantFunds",), (), ("AidData",)),
        ("Scientific Data", ("Scientific Data",), (), ()),
        ("anoni.net (Chinese translation of InterSecLab's report)", ("anoni.net",), ("InterSecLab",), ()),
        ("Mashviral (9to5Mac on The New York Times)", ("Mashviral",), (), ("9to5Mac", "The New York Times")),
        ("Blog (citing Index on Censorship)", ("Blog",), ("Index on Censorship",), ()),
        ("Blog (citing VOA on Index on Censorship)", ("Blog",), ("VOA", "Index on Censorship"), ()),
        (
            "Daily (Congressional-Executive Commission on China)",
            ("Daily",),
            (),
            ("Congressional-Executive Commission on China",),
        ),
        ("Reuters, in The Express Tribune", ("Reuters",), (), ()),
        ("Xinhua (repeated by News Ghana)", ("Xinhua",), (), ()),
    ],
)
def test_publishers_name_whom_they_copy(text: str, outlets: Names, origins: Names, beside: Names) -> None:
    assert read_publisher(NameKeys(), text) == (outlets, origins, beside)


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("Amnesty International UK", "Amnesty International (Netherlands)", True),
        ("Amnesty International Netherlands", "Amnesty International", True),
        ("VOA", "Voice of America", True),
        ("RSF", "Reporters Without Borders", True),
        ("SCMP", "The South China Morning Post", True),
        ("The Record", "Recorded Future", True),
        ("Thomson Reuters Foundation", "Reuters", True),
        ("Radio Free Asia", "RFE/RL", False),
        ("The Guardian BD", "The Guardian", False),
        ("The Nation Thailand", "The Nation", False),
        ("Newsweek Pakistan", "Newsweek", False),
        ("Associated Press of Pakistan", "AP", False),
    ],
)
def test_sections_and_abbreviations_of_a_publisher_have_its_key(content: Catalogue, name: str, other: str, is_same: bool) -> None:
    forms, countries = NameKeys(), content.areas.names
    assert (publisher_key(forms, name, countries) == publisher_key(forms, other, countries)) == is_same


def test_national_sections_are_recognised_by_the_countries_of_the_atlas() -> None:
    assert publisher_key(NameKeys(), "Amnesty International UK", None) == "amnesty international uk"


def test_a_retelling_counts_once_with_a_national_section_of_its_origin(content: Catalogue) -> None:
    retold = (
        document("retold", "Coalition (on Amnesty International)"),
        document("retold again", "Daily (on Amnesty International)"),
    )
    assert voices(content, document("report", "Amnesty International Netherlands"), *retold) == 1
    named = document("report", "Amnesty International UK")._replace(
        publishers=("Shadows of Control team", "Amnesty International UK")
    )
    assert voices(content, named, *retold) == 1, "each source's name of the publisher counts"
    assert voices(content, document("copy", "copy of a press report"), document("second copy", "copy of a press report")) == 2


def document(key: str, publisher: str = "", **fields: Any) -> Document:
    values = {"address": "", "title": "", "published": ""} | fields
    publishers = (publisher,) if publisher else ()
    return Document(key, values["address"], values["title"], publishers, values["published"], tuple(values.get("cites", ())))


def voices(content: Catalogue, *documents: Document) -> int:
    return count_voices(document_voices({each.id: each for each in documents}, content.areas.names).values())


def test_documents_that_repeat_another_are_told_apart(content: Catalogue) -> None:
    documents = [
        document("wire copy", "Daily Post (Reuters)"),
        document("wire", "Reuters"),
        document("own", "SHARE Foundation"),
        document("second", "SHARE Foundation"),
        document("agency copy", "Gazette (AFP)"),
        document("agency copy 2", "Herald (AFP)"),
        document("namesake", "The Nation (Kenya)"),
    ]
    by_document = document_voices({each.id: each for each in documents}, content.areas.names)
    assert repeated_voices(by_document) == {"wire copy": "wire", "second": "own", "agency copy 2": "agency copy"}
    assert count_voices(by_document.values()) == len(documents) - 3


def test_a_collection_of_reports_adds_no_voice(content: Catalogue) -> None:
    collection = document("collection", "Incident database")._replace(collects=True)
    second = document("second", "Another database")._replace(collects=True)
    report, citing = document("report", "Daily"), document("citing", "Weekly", cites=["collection"])
    assert voices(content, collection, report, document("own", "Institute")) == 2
    assert voices(content, collection) == 1 and voices(content, collection, second) == 2, "nothing but collections"
    assert voices(content, collection, citing) == 1
    by_document = document_voices({each.id: each for each in (collection, citing, report)}, content.areas.names)
    assert repeated_voices(by_document) == {"collection": "citing"}, "the voices that are left are those that count"
    assert repeated_voices({"collection": by_document["collection"]}) == {}


TITLE = "Vanuatu prime minister visits Huawei and views policing technology"


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        (document("a", "Rappler (Reuters)"), document("b", "Reuters via WSAU"), 1),
        (document("a", "Axios (citing WSJ)"), document("b", "Newsmax (citing WSJ)"), 1),
        (document("a", "The Nation (Kenya)"), document("b", "The Standard (Kenya)"), 2),
        (document("a", "Rappler (Reuters)"), document("b", "Rappler"), 1),
        (
            document("a", title="A report", published="2021-05"),
            document("b", "House", title="A Report", published="2021-05-03"),
            1,
        ),
        (document("a", title="A report", published="2021-05"), document("b", "House", title="A report", published="2020"), 2),
        (document("a", title=TITLE), document("b", "House", title=TITLE), 1),
        (document("a", "One", title=TITLE, published="2024-07-08"), document("b", "Two", title=TITLE, published="2024-07-09"), 1),
        (document("a", "One", title=TITLE, published="2024-07-08"), document("b", "Two", title=TITLE, published="2024-07-12"), 2),
        (
            document("a", "One", title="Annual report", published="2024"),
            document("b", "Two", title="Annual report", published="2024"),
            2,
        ),
        (document("a", "One", title=TITLE), document("b", "Two", title=TITLE), 2),
        (document("a", "One", cites=["c"]), document("b", "Two", cites=["c"]), 1),
        (document("a", "One", cites=["b"]), document("b", "Two", cites=["a"]), 1),
    ],
)
def test_documents_are_matched_by_title_publisher_and_date(
    content: Catalogue, left: Document, right: Document, count: int
) -> None:
    assert voices(content, left, right) == voices(content, right, left) == count


# --- Copied texts -------------------------------------------------------------------------------------------------------


def shared_part(left: str, right: str) -> float:
    first, second = ComparableText(left), ComparableText(right)
    assert first.shared_part(second) == second.shared_part(first)
    return first.shared_part(second)


def test_a_text_with_a_few_words_changed_or_cut_off_is_a_copy() -> None:
    assert shared_part(TEXT, TEXT.upper()) == 1.0
    changed = shared_part(TEXT, TEXT.replace("old town", "new town"))
    assert changed >= COPIED_SHARE
    assert changed == pytest.approx(1 - 3 / (len(TEXT.split()) - 2), abs=0.05), "one word is in three runs of three"
    assert shared_part(f"{TEXT} " + " ".join(f"word{n}" for n in range(60)), TEXT) >= COPIED_SHARE


def test_a_different_or_short_text_is_not_a_copy() -> None:
    assert (
        shared_part(TEXT, "The company sold cameras to the ministry; in March the police of the town said that they run them.")
        < 0.3
    )
    assert shared_part("Safe City phase 2", "Safe City phase 2") == 0.0, "a short text is not compared"


def test_chinese_is_compared_by_characters() -> None:
    text = "公安部与华为公司于三月签署协议，在老城区安装二百个摄像头"
    assert shared_part(text, f"{text}，由警方运行") >= COPIED_SHARE
    assert shared_part(text, "中国进出口银行为国家光纤骨干网项目提供优惠贷款协议签署") < 0.3


def test_copied_pairs() -> None:
    texts: dict[str, Any] = {
        "a": ComparableText(TEXT),
        "b": ComparableText("Nothing of the kind was ever said by anybody in that town at all."),
    }
    assert copied_pairs(texts | {"c": ComparableText(TEXT + " Indeed.")}) == [("a", "c")]


def test_the_record_has_the_id_of_its_anchor(atlas: Atlas) -> None:
    assert atlas.id_of("beta:maker") == own_id("alpha:maker")


def test_reports_of_one_announcement_count_once(content: Catalogue) -> None:
    kind = "official-statement"
    reports = [
        Announced("p", "a", kind, "2024-05-16"),
        Announced("p", "b", kind, "2024-05-18"),
        Announced("p", "c", kind, "2024-06-16"),
        Announced("p", "d", "press-report", "2024-05-16"),
        Announced("p", "e", kind, "2024-05"),
        Announced("p", "h", kind, "2024-05/.."),
        Announced("p", "i", kind, "2024-05-XX"),
        Announced("q", "f", kind, "2024-05-16"),
        Announced("p", "g", "company-statement", "2024-05-16"),
    ]
    keys = announcement_keys(reports)
    assert set(keys) == {"a", "b"} and keys["a"] == keys["b"], "only within days, of one kind and on one record"
    documents = [Document(name, name, "", (f"Paper {name}",), "", announcements=keys.get(name, frozenset())) for name in "abc"]
    voices = document_voices({each.id: each for each in documents}, content.areas.names)
    assert count_voices(voices.values()) == 2
    assert repeated_voices(voices) == {"b": "a"}
