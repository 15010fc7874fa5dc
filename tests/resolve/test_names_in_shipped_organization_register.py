"""Organisations of the shipped register match records under their other names, and never match one another."""

import pytest

from tests.support.command_built_atlas import Atlas, make_statements


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with the shipped register of organisations, and a source with other names of three of them."""
    atlas = Atlas(tmp_path_factory.mktemp("register"))
    atlas.ok("fetch", "organizations")
    named = {
        "hmn": ["HMN Tech", "HMN Technologies Co., Limited", "Huawei Marine", "Huawei Marine Networks Co., Ltd.", "华海通信"],
        "huawei": ["Huawei", "华为", "Huawei Technologies Co., Ltd"],
        "zte": ["ZTE", "中兴通讯股份有限公司", "ZTE Corporation"],
    }
    rows = [
        row
        for group, names in named.items()
        for at, name in enumerate(names)
        for row in make_statements("organization", f"{group}{at}", name=name)
    ]
    atlas.fetch("named", rows)
    atlas.ok("import")
    atlas.ok("resolve")
    return atlas


def test_huawei_marine_and_hmn_tech_are_one_company(register: Atlas) -> None:
    assert register.are_merged("organizations:hmn-tech", *(f"named:hmn{number}" for number in range(5)))
    assert not register.are_merged("organizations:hmn-tech", "organizations:huawei")


def test_short_and_chinese_names_join_their_company(register: Atlas) -> None:
    assert register.are_merged("organizations:huawei", "named:huawei0", "named:huawei1", "named:huawei2")
    assert register.are_merged("organizations:zte", "named:zte0", "named:zte1", "named:zte2")


def test_no_two_companies_of_the_register_join(register: Atlas) -> None:
    for members in register.clusters().values():
        assert len([name for name in members if name.startswith("organizations:") and "/" not in name]) <= 1


@pytest.mark.ci
def test_companies_in_a_relation_are_two(register: Atlas) -> None:
    release = register.build()
    pairs = register.rows(release, 'SELECT "from", "to", kind FROM relations')
    assert len(pairs) > 30
    assert [pair for pair in pairs if pair["from"] == pair["to"] and pair["kind"] != "renamed"] == []
