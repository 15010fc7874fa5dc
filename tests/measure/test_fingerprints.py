"""Known block pages: scopes, false positives, countries, and patterns that would hang other engines."""

import json
from pathlib import Path
from typing import Any

import pytest

from overt.measure.fingerprints import Fingerprints
from overt.measure.http import exchanges
from overt.measure.judging import Finding, Judge
from overt.measure.reading import Document
from overt.measure.rules import Rules
from overt.model.errors import UsageError
from tests.measure.generated import BLOCK_PAGE, FORGED, HOST, PLAIN, SECURE, SITE, control, exchange, query, web

SAMPLE = Path(__file__).parent / "fingerprints"
DIFFER = {"body_length_match": False, "title_match": False, "headers_match": False, "status_code_match": True}
COLUMNS = "name,scope,location_found,pattern_type,pattern\n"


@pytest.fixture(scope="module")
def listed() -> Fingerprints:
    return Fingerprints.load(SAMPLE)


def scope(
    listed: Fingerprints, body: str = "", headers: dict[str, str] | None = None, country: str = "XK", code: int = 200
) -> str:
    return listed.of_pages(exchanges([exchange(PLAIN, body, code, headers=headers)]), country)[0]


def say(listed: Fingerprints, made: dict[str, Any]) -> Finding:
    return Judge(Rules.load(), listed).judge(Document("made", "", json.dumps(made).encode()))


def test_scopes(listed: Fingerprints) -> None:
    assert listed.count == 9
    assert scope(listed, BLOCK_PAGE) == "national"
    assert scope(listed, headers={"Location": "http://stop.example.net/?u=1"}, code=302) == "provider"
    assert scope(listed, headers={"Server": "School Shield 3"}) == "institution"
    assert scope(listed, headers={"Server": "School Shield 31"}) == "none"
    assert scope(listed, "<h1>Blocked by Shield 42</h1>") == "product"
    assert scope(listed, "not available in your region") == "vague"
    assert scope(listed, "Under maintenance") == "vague"
    assert scope(listed, "Good morning") == "none"


def test_a_page_known_to_be_none_is_none(listed: Fingerprints) -> None:
    assert scope(listed, "This domain is for sale. Closed by order 17 of the Ministry of Examples") == "false-positive"


def test_another_country_s_page_is_less(listed: Fingerprints) -> None:
    assert scope(listed, BLOCK_PAGE, country="FR") == "abroad"
    assert scope(listed, BLOCK_PAGE, country="") == "national"


def test_a_block_page_decides(listed: Fingerprints) -> None:
    found = say(listed, web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control=None))
    assert (found.verdict, found.mechanism, found.rule) == ("blocked", "block-page", "web-block-page")
    assert say(Fingerprints(), web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control=None)).verdict == "insufficient"


def test_the_same_words_over_checked_tls_are_the_site_s_own(listed: Fingerprints) -> None:
    assert say(listed, web(SECURE, requests=[exchange(SECURE, BLOCK_PAGE)])).verdict == "ok"


def test_known_addresses_and_aliases(listed: Fingerprints) -> None:
    found = say(listed, web(PLAIN, queries=[query(HOST, [FORGED])], tcp_connect=[], requests=[], control=control()))
    assert (found.rule, found.mechanism) == ("web-block-address", "dns-forged-address")
    alias = query(HOST, [SITE])
    alias["answers"].append({"answer_type": "CNAME", "hostname": "Block.example.net."})
    assert say(listed, web(PLAIN, queries=[alias], requests=[])).rule == "web-block-address"


def test_what_the_control_has_too_is_no_block(listed: Fingerprints) -> None:
    same = {"title_match": True, "body_length_match": True, "headers_match": True, "status_code_match": True}
    own = say(listed, web(PLAIN, queries=[query(HOST, [FORGED])], control=control(FORGED, 80), **same))
    assert (own.verdict, own.rule) == ("ok", "web-page-same")
    page = say(listed, web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], **same))
    assert (page.verdict, page.rule) == ("ok", "web-page-same")


def test_a_pattern_that_hangs_others_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "made.csv").write_text(COLUMNS + "x,nat,body,regexp,(a+)+$b|(x*)*y{0}z\ny,nat,body,regexp,^(a|aa)+$\n")
    assert scope(Fingerprints.load(tmp_path), "a" * 200_000 + "!") == "none"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("x,nat,body,regexp,(?=a)b", "none that RE2 takes"),
        ("x,nat,body,regexp,(a)\\1", "none that RE2 takes"),
        ("x,world,body,contains,a", "unknown scope 'world'"),
        ("x,nat,foot,contains,a", "unknown location_found 'foot'"),
        ("x,nat,body,glob,a", "pattern_type 'glob'"),
        ("x,nat,body,contains,", "pattern_type"),
        ("x,nat,dns,contains,a", "matched in full"),
        ("x,nat", "pattern_type"),
    ],
)
def test_lists_that_cannot_be_used(tmp_path: Path, row: str, why: str) -> None:
    (tmp_path / "made.csv").write_text(COLUMNS + row + "\n")
    with pytest.raises(UsageError, match=r"made\.csv: line 2") as raised:
        Fingerprints.load(tmp_path)
    assert why in str(raised.value)


def test_folders_that_hold_no_lists(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no CSV files"):
        Fingerprints.load(tmp_path)
    (tmp_path / "made.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="has no column 'location_found'"):
        Fingerprints.load(tmp_path)
    (tmp_path / "made.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not a CSV file in UTF-8"):
        Fingerprints.load(tmp_path)


@pytest.mark.data
def test_ooni_s_lists_are_taken(data: Path) -> None:
    assert Fingerprints.load(data / "ooni" / "fingerprints").count == 1_955
