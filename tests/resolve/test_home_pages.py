"""Home pages as evidence that two organisations are the same."""

from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.resolve.home_pages import home_page, shared_pages
from overt.resolve.pair_scorer import Scorer
from overt.resolve.same_organizations.evidence_levels import evidence_of
from tests.resolve.resolved_hand_made_claims import World, clusters_of, record
from tests.resolve.test_former_names_and_domains import bodies as bodies_of
from tests.resolve.test_former_names_and_domains import claims_of

SCORER = Scorer(Catalogue())


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.acme.com", "acme.com"),
        ("http://acme.com/en/", "acme.com"),
        ("acme.com/zh-CN/index.html", "acme.com"),
        ("https://eng.acme.gov.ru/", "acme.gov.ru"),
        ("https://jpn.acme.com", "acme.com"),
        ("https://acme.com/ke", "acme.com/ke"),
        ("https://portal.gov/bodies/acme?lang=en", "portal.gov/bodies/acme"),
        ("https://portal.gov/?body=7&lang=en", "portal.gov?body=7"),
        ("https://en.kz", "en.kz"),
        ("https://www.es.gov.br", "es.gov.br"),  # Here, “es” means Espírito Santo, not Spanish.
        ("https://uk.gov.in/", "uk.gov.in"),
        ("https://ja.co.jp", "ja.co.jp"),
        ("https://bumn.go.id/pt-len", "bumn.go.id/pt-len"),
        ("https://gov.kz/departments/uk/about", "gov.kz/departments/uk/about"),
        ("https://acme.com/press/zh-hans/", "acme.com/press"),
        ("", ""),
        ("http://[broken", ""),
    ],
)
def test_spellings_and_languages_of_a_page_have_one_key(address: str, page: str) -> None:
    assert home_page(address) == page


def test_a_page_of_two_records_of_one_list_identifies_neither() -> None:
    pages = {"a:1": frozenset({"acme.com"}), "a:2": frozenset({"acme.com"}), "b:1": frozenset({"fern.com"}), "c:1": frozenset()}
    assert shared_pages(pages | {"c:1": frozenset({"fern.com"})}) == {"acme.com"}


def test_a_brand_and_a_legal_name_with_one_home_page_are_one(world: World) -> None:
    legal, brand = "Chengdu Bluestem Digital Technology Co., Ltd.", "Bluestem"
    world.snapshot(
        record("a:1", name=legal, country="CN", website="https://www.bluestem.com"),
        record("b:1", name=brand, country="CN", website="http://bluestem.com/en/"),
        record("c:1", name="Chengdu Bluestem Metal Trade Co., Ltd.", country="CN"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == {frozenset({"a:1", "b:1"})}


def test_a_page_that_a_list_gives_to_two_bodies_joins_nothing(world: World) -> None:
    world.snapshot(
        record("a:1", name="Chengdu Bluestem Digital Technology Co., Ltd.", country="CN", website="https://www.bluestem.com"),
        record("a:2", name="Chengdu Bluestem Robotics Co., Ltd.", country="CN", website="https://www.bluestem.com"),
        record("b:1", name="Bluestem", country="CN", website="http://bluestem.com"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_one_home_page_does_not_join_a_subsidiary_abroad(world: World) -> None:
    world.snapshot(
        record("a:1", name="Bluestem Technologies Co., Ltd.", country="CN", website="https://www.bluestem.com"),
        record("b:1", name="Bluestem Technologies (Kenya) Limited", country="KE", website="https://www.bluestem.com"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_names_without_a_common_word_do_not_join_by_their_page(world: World) -> None:
    world.snapshot(
        record("a:1", name="Quartz Signal Bank", country="GB", website="https://www.holding.co.uk"),
        record("b:1", name="Fern Hollow Insurance", country="GB", website="https://holding.co.uk"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_the_police_and_its_police_force_are_one_with_one_page(world: World) -> None:
    world.snapshot(
        record("a:1", name="Zambia Police Force", country="ZM", website="https://www.police.gov.zm"),
        record("b:1", name="Zambia Police", country="ZM", website="https://police.gov.zm/"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize(
    ("sites", "is_one"),
    [(("quill.jp", "group.quill"), False), (("quill.jp", "quill.jp"), True), (("quill.jp", ""), True), (("", ""), True)],
)
def test_a_group_and_a_company_with_two_home_pages_are_two(sites: tuple[str, str], is_one: bool) -> None:
    values = [{"website": site} if site else {} for site in sites]
    left, right = bodies_of(
        claims_of("a:1", "JP", name="クイルウッド株式会社", alias="Quillwood", kind="company", **values[0]),
        claims_of("b:1", "JP", name="クイルウッドグループ株式会社", alias="Quillwood", kind="company", **values[1]),
    )
    assert (evidence_of(left, right) is not None) is is_one
    assert left.excludes(right) is not is_one
