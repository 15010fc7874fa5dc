"""Chinese offices and numbered institutes whose English names fit two places or groups."""

import pytest

from overt.resolve.different_places_of_chinese_state_bodies import differ_in_place
from overt.resolve.identity_conflicts import IdentityConflicts
from overt.resolve.names import NameKeys
from overt.resolve.names.numbered_institutes import NumberedInstitute, read_institute


@pytest.mark.parametrize(
    ("names", "offices", "are_two"),
    [
        (["Yiyang Public Security Bureau", "Yiyang PSB, Hunan"], ["江西省上饶市弋阳县公安局"], True),
        (["Fuzhou Public Security Bureau", "Fuzhou, Fujian"], ["抚州市公安局"], True),  # CC-CEDICT states the province of 抚州.
        (["Linyi Public Security Bureau"], ["临邑县公安局"], True),  # Linyi means the larger town, 临沂.
        (["Xiangtan County Public Security Bureau"], ["湘潭市公安局"], True),
        (["Lop County Public Security Bureau"], ["洛浦县公安局"], False),
        (["Hefei Public Security Bureau"], ["合肥市公安局", "安徽省合肥市公安局"], False),
        (["Zigong Public Security Bureau, Sichuan"], ["四川省自贡市公安局"], False),
        (["Ministry of Public Security"], ["公安部"], False),  # The names contain no place.
    ],
)
def test_offices_of_two_places_are_two(names: list[str], offices: list[str], are_two: bool) -> None:
    assert differ_in_place(names, offices) is are_two


def test_clusters_of_two_places_conflict_and_keep_their_names_when_they_grow() -> None:
    claims = [
        ("a:1", "organization", "name", "Yiyang Public Security Bureau"),
        ("a:2", "organization", "alias", "Yiyang PSB, Hunan"),
        ("b:1", "organization", "name", "弋阳县公安局"),
    ]
    conflicts = IdentityConflicts(claims, NameKeys())
    conflicts.join("a:2", "a:1")
    conflict = conflicts.find("a:1", "b:1")
    assert conflict is not None
    assert conflict.why == "their names are of two places"


@pytest.mark.parametrize(
    ("key", "institute"),
    [
        ("cetc 28th research institute", NumberedInstitute("cetc", 28, "institute")),
        ("中国电子科技集团公司第二十八研究所", NumberedInstitute("cetc", 28, "institute")),
        ("中电28所", NumberedInstitute("cetc", 28, "institute")),
        ("中国航空工业集团公司第六三一研究所", NumberedInstitute("avic", 631, "institute")),
        ("中国航天科工集团第二研究院", NumberedInstitute("casic", 2, "academy")),
        ("third research institute of ministry of public security", NumberedInstitute("mps", 3, "institute")),
        ("nanjing research institute of electronics engineering", None),
        ("中国电子科技集团公司", None),
    ],
)
def test_a_numbered_institute_is_read_in_two_languages(key: str, institute: NumberedInstitute | None) -> None:
    assert read_institute(key) == institute
