"""The short Chinese name of an organisation."""

import pytest

from overt.model.short_chinese_organization_name import chinese_short_name


@pytest.mark.parametrize(
    ("full", "names", "short"),
    [
        (["华为技术有限公司"], ["华为技术有限公司", "华为", "Huawei"], "华为"),
        (["华为技术有限公司"], ["菊厂", "华"], ""),
        (["中国进出口银行"], ["进出口银行", "中国进出口", "口行"], "中国进出口"),
        (["Huawei"], ["Huawei"], ""),
        ([], ["华为"], ""),
    ],
)
def test_the_shortest_part_of_a_full_name_is_chosen(full: list[str], names: list[str], short: str) -> None:
    assert chinese_short_name(full, names) == short
