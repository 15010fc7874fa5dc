"""Canonical domain names."""

import pytest

from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("X.com", "x.com"),
        (" x.com. ", "x.com"),
        ("Bücher.EXAMPLE", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("中文。example。", "xn--fiq228c.example"),
        ("ｘ.com", "x.com"),
        ("↗↘↗.example", "xn--b6gac.example"),
        ("_wildcard_.example", "_wildcard_.example"),
        ("cn", "cn"),
        (f"{'a' * 63}.example", f"{'a' * 63}.example"),
        (".".join(["a" * 49] * 5) + ".com.", ".".join(["a" * 49] * 5) + ".com"),
    ],
)
def test_a_name_has_one_canonical_form(written: str, name: str) -> None:
    assert canonical_domain(written) == name
    assert canonical_domain(name) == name


@pytest.mark.parametrize(
    "written",
    [
        "", " ", ".", "..", "x..com", ".com", "x.com..", "a b.com", "x.com/y", "℀.com", "192.0.2.1", f"{'a' * 64}.com",
        f"x.{'a' * 64}", ".".join(["a" * 49] * 5) + ".info", "ü" * 64 + ".com", "中" * 5_000, "x.com\n.", "x;y", "=1+1",
    ],
)  # fmt: skip
def test_other_texts_are_not_domain_names(written: str) -> None:
    with pytest.raises(ValueProblem, match="is not a domain name"):
        canonical_domain(written)
