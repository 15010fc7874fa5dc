"""Organisations that are recognised as the same by a former name, an abbreviation in brackets, or the domain of their pages."""

import pytest

from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.home_pages import home_page, registered_domain
from overt.resolve.identity_conflicts import IdentityConflicts
from overt.resolve.names import NameKeys
from overt.resolve.names.former_and_registered_notes import without_formerly
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.organization_clusters_by_country import Body, read_bodies
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames
from tests.resolve.test_combined_evidence_for_organizations import claims_of as claims_of_kind

KEYS = NameKeys()
OLD, NEW = "福州市美枫柏科信息股份有限公司", "云投智能信息股份有限公司"


def claims_of(record: str, country: str, **values: str) -> list[MatchingClaim]:
    """Return the claims of an organisation: its country, and these values by property."""
    return [(record, "organization", property_, value) for property_, value in {"country": country, **values}.items()]


def bodies(*claims: list[MatchingClaim]) -> list[Body]:
    """Return a body for each list of claims about one record."""
    return list(read_bodies([claim for of in claims for claim in of], {of[0][0]: of[0][0] for of in claims}, KEYS).values())


@pytest.mark.parametrize(
    ("name", "former"),
    [
        ("原" + OLD, OLD),
        ("formerly Quill Systems Ltd", "Quill Systems Ltd"),
        ("ранее ООО Квилл", "ООО Квилл"),
        ("曾用名：枫叶信息", "枫叶信息"),
        ("原子能科学研究院", ""),
        ("Quill (formerly Fern)", ""),
    ],
)
def test_a_note_before_a_name_says_that_it_is_a_former_one(name: str, former: str) -> None:
    assert without_formerly(name) == former


@pytest.mark.parametrize(("alias", "is_one"), [("原" + OLD, True), ("枫叶", False)])
def test_a_former_name_is_the_present_one_of_an_older_source(alias: str, is_one: bool) -> None:
    claims = claims_of("a:1", "CN", name=OLD, kind="company") + claims_of("b:1", "CN", name=NEW, alias=alias, kind="company")
    pairs = [shared.records for shared in CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS).find()]
    assert pairs == ([["a:1", "b:1"]] if is_one else [])
    assert (IdentityConflicts(claims, KEYS).find("a:1", "b:1") is None) is is_one


@pytest.mark.parametrize(
    ("page", "domain"),
    [
        ("jpn.quill.com", "quill.com"),
        ("quill.com/a/b", "quill.com"),
        ("www2.fern.gov.br", "fern.gov.br"),
        ("fern.ru?id=1", "fern.ru"),
        ("gov.br/fern", ""),  # This is the site of the state itself.
    ],
)
def test_a_domain_is_what_its_owner_registered(page: str, domain: str) -> None:
    assert registered_domain(page) == domain


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("quill.com", "quill.com", "same"),
        ("quill.com", "jp.quill.com", "domain"),
        ("quill.com", "quill.jp", "label"),
        ("fernpost.com", "fernpost.jp", None),  # Neither organisation is named `fernpost`.
    ],
)
def test_pages_agree_in_degrees(left: str, right: str, level: str | None) -> None:
    first, second = bodies(
        claims_of("a:1", "JP", name="Quill", website=left),
        claims_of("b:1", "JP", name="Fern Nihon", alias="Quill", website=right),
    )
    assert (evidence_of(first, second) or {}).get("page") == level


def test_one_page_of_a_firm_and_of_a_further_brand_counts_as_one_domain() -> None:
    def page(left: str, right: str) -> str | None:
        first, second = bodies(
            claims_of("a:1", "US", name=left, website="quill.com", kind="company"),
            claims_of("b:1", "US", name=right, website="quill.com", kind="company"),
        )
        return (evidence_of(first, second) or {}).get("page")

    assert page("Quillane Technologies Inc.", "Quillane Fernpost Inc.") == "domain"
    assert page("Quillane", "Quillane Networks, Inc.") == "same"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.quill.com/about-us", "quill.com"),
        ("https://quill.com/en/company", "quill.com"),
        ("https://quill.com/products", "quill.com/products"),
    ],
)
def test_a_page_about_the_owner_is_the_home_page(address: str, page: str) -> None:
    assert home_page(address) == page


def test_an_abbreviation_in_brackets_is_a_name() -> None:
    first, second, third = bodies(
        claims_of("a:1", "BR", name="Federal Data Processing Service", alias="Quilpro", kind="state-body"),
        claims_of("b:1", "BR", name="SERVICO FEDERAL DE PROCESSAMENTO DE DADOS (QUILPRO)", kind="state-body"),
        claims_of("c:1", "BR", name="Federal Data (BRASIL)", kind="state-body"),
    )
    assert (evidence_of(first, second) or {})["abbreviation"] == "long"
    assert not third.short


def with_pages(country: str, *entries: tuple[str, str]) -> list[Body]:
    """Return a state body for each pair of names and a home page."""
    claims = []
    for number, (names, page) in enumerate(entries):
        claims += claims_of_kind(f"s{number}:1", country, "state-body", names)
        claims += [(f"s{number}:1", "organization", "website", page)] if page else []
    return list(read_bodies(claims, {f"s{number}:1": f"s{number}:1" for number in range(len(entries))}, KEYS).values())


def test_a_page_below_the_domain_of_a_body_is_no_evidence_for_its_office_in_a_region() -> None:
    service = ("Федеральная служба по надзору в сфере связи", "quill.gov.ru")
    office = ("Управление Федеральной службы по надзору в сфере связи по Республике Татарстан", "16.quill.gov.ru")
    english = ("Federal Service for Supervision of Communications", "en.quill.gov.ru")
    assert evidence_of(*with_pages("RU", service, office)) == {"kind": "same", "name": "part"}
    evidence = evidence_of(*with_pages("RU", service, english))
    assert evidence is not None and evidence["page"] == "domain"


def test_the_label_of_a_domain_is_evidence_if_the_other_body_is_called_so() -> None:
    finnish = ("Fernlaitos; Quillpo", "")
    service = ("Finnish Security and Intelligence Service", "quillpo.fi")
    assert evidence_of(*with_pages("FI", finnish, service)) == {"kind": "same", "page": "named"}
    other = evidence_of(*with_pages("FI", finnish, ("Finnish Fern Service", "fern.fi")))
    assert other is not None and "page" not in other
