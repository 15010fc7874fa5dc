"""Known block pages and addresses: scopes, false positives, countries, slow patterns, broken lists, and versions."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.measurement_file_reader import Document
from overt.measure.measurement_judge import Finding, Judge
from overt.measure.protocols.http import parse_exchanges
from overt.measure.verdict_rules import Rules
from overt.model.errors import UsageError
from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    FORGED,
    HOST,
    PLAIN,
    SECURE,
    SITE,
    control,
    exchange,
    query,
    web,
)

SAMPLE = Path(__file__).parent / "fingerprints"
DIFFER = {"body_length_match": False, "title_match": False, "headers_match": False, "status_code_match": True}
COLUMNS = "name,scope,location_found,pattern_type,pattern\n"


@pytest.fixture(scope="module")
def fingerprints() -> Fingerprints:
    return Fingerprints.load(SAMPLE)


def scope(
    fingerprints: Fingerprints, body: str = "", headers: dict[str, str] | None = None, country: str = "XK", code: int = 200
) -> str:
    return fingerprints.match_pages(parse_exchanges([exchange(PLAIN, body, code, headers=headers)]), country)[0]


def judge(fingerprints: Fingerprints, measurement: dict[str, Any]) -> Finding:
    return Judge(Rules.load(), fingerprints).judge(Document("made", "", json.dumps(measurement).encode()))


def test_pages_and_headers_give_the_scope_of_the_list(fingerprints: Fingerprints) -> None:
    assert fingerprints.count == 9
    assert scope(fingerprints, BLOCK_PAGE) == "national"
    assert scope(fingerprints, headers={"Location": "http://stop.example.net/?u=1"}, code=302) == "provider"
    assert scope(fingerprints, headers={"Server": "School Shield 3"}) == "institution"
    assert scope(fingerprints, headers={"Server": "School Shield 31"}) == "none"
    assert scope(fingerprints, "<h1>Blocked by Shield 42</h1>") == "product"
    assert scope(fingerprints, "not available in your region") == "vague"
    assert scope(fingerprints, "Under maintenance") == "vague"
    assert scope(fingerprints, "Good morning") == "none"


def test_a_known_false_positive_is_not_a_block_page(fingerprints: Fingerprints) -> None:
    assert scope(fingerprints, "This domain is for sale. Closed by order 17 of the Ministry of Examples") == "false-positive"


def test_a_block_page_of_another_country_is_weaker_evidence(fingerprints: Fingerprints) -> None:
    assert scope(fingerprints, BLOCK_PAGE, country="FR") == "abroad"
    assert scope(fingerprints, BLOCK_PAGE, country="") == "national"


def test_a_block_page_decides(fingerprints: Fingerprints) -> None:
    finding = judge(fingerprints, web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control=None))
    assert (finding.verdict, finding.mechanism, finding.rule) == ("blocked", "block-page", "web-block-page")
    assert judge(Fingerprints(), web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control=None)).verdict == "insufficient"


def test_the_same_words_over_checked_tls_are_the_site_s_own(fingerprints: Fingerprints) -> None:
    assert judge(fingerprints, web(SECURE, requests=[exchange(SECURE, BLOCK_PAGE)])).verdict == "ok"


def test_known_addresses_and_aliases(fingerprints: Fingerprints) -> None:
    finding = judge(fingerprints, web(PLAIN, queries=[query(HOST, [FORGED])], tcp_connect=[], requests=[], control=control()))
    assert (finding.rule, finding.mechanism) == ("web-block-address", "dns-forged-address")
    alias = query(HOST, [SITE])
    alias["answers"].append({"answer_type": "CNAME", "hostname": "Block.example.net."})
    assert judge(fingerprints, web(PLAIN, queries=[alias], requests=[])).rule == "web-block-address"


def test_an_address_or_page_that_the_control_has_too_is_not_blocked(fingerprints: Fingerprints) -> None:
    same: dict[str, Any] = {"title_match": True, "body_length_match": True, "headers_match": True, "status_code_match": True}
    own = judge(fingerprints, web(PLAIN, queries=[query(HOST, [FORGED])], control=control(FORGED, 80), **same))
    assert (own.verdict, own.rule) == ("ok", "web-page-same")
    page = judge(fingerprints, web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], **same))
    assert (page.verdict, page.rule) == ("ok", "web-page-same")


def test_a_pattern_that_makes_other_engines_hang_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "made.csv").write_text(COLUMNS + "x,nat,body,regexp,(a+)+$b|(x*)*y{0}z\ny,nat,body,regexp,^(a|aa)+$\n")
    assert scope(Fingerprints.load(tmp_path), "a" * 200_000 + "!") == "none"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("x,nat,body,regexp,(?=a)b", "RE2 does not support the pattern"),
        ("x,nat,body,regexp,(a)\\1", "RE2 does not support the pattern"),
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


def test_every_verdict_names_the_version_of_its_lists(fingerprints: Fingerprints, tmp_path: Path) -> None:
    digests = [hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in SAMPLE.glob("*.csv")]
    assert len(digests) == 2 and fingerprints.version == "+".join(sorted(digests))
    assert judge(fingerprints, web()).fingerprints == fingerprints.version
    assert judge(fingerprints, web() | {"test_keys": None}).fingerprints == fingerprints.version
    assert judge(fingerprints, web() | {"test_name": "ndt"}).fingerprints is None, "there is no verdict"
    assert judge(Fingerprints(), web()).fingerprints is None, "there are no lists"
    for path in SAMPLE.glob("*.csv"):
        (tmp_path / f"renamed_{path.name}").write_bytes(path.read_bytes())
    assert Fingerprints.load(tmp_path).version == fingerprints.version
    with (tmp_path / "renamed_fingerprints_http.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert Fingerprints.load(tmp_path).version != fingerprints.version


def test_folders_without_lists(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no CSV files"):
        Fingerprints.load(tmp_path)
    (tmp_path / "made.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="has no column 'location_found'"):
        Fingerprints.load(tmp_path)
    (tmp_path / "made.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not a CSV file in UTF-8"):
        Fingerprints.load(tmp_path)


@pytest.mark.data
def test_ooni_s_lists_can_be_loaded(data: Path) -> None:
    assert Fingerprints.load(data / "ooni" / "fingerprints").count == 1_955
