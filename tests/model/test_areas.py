import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.areas import _fold
from overt.model.catalogue import Catalogue
from overt.model.errors import ValueProblem

AREAS = Catalogue().areas


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "KE"), ("KENYA", "KE"), ("KE", "KE"), ("KEN", "KE"), ("Lao PDR", "LA"), ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"), ("the Gambia", "GM"), ("Kosovo", "XK"), ("刚果民主共和国", "CD"), ("Congo, Dem. Rep.", "CD"),
        ("Congo, Rep.", "CG"),
        ("Hong Kong SAR", "HK"), ("Taiwan", "TW"), ("Somaliland", "X-SOMALILAND"), ("Zanzibar", "X-ZANZIBAR"),
        ("Africa, regional", "X-AFRICA-REGIONAL"), ("Türkiye", "TR"), ("Bosnia & Herzegovina", "BA"), ("  Viet  Nam ", "VN"),
    ],
)  # fmt: skip
def test_find_takes_names_and_codes(name: str, code: str) -> None:
    assert AREAS.find(name) == code


@pytest.mark.parametrize("name", ["", "no", "in", "me", "Atlantis", "Kenia.", "K E", "ken", "several", "-"])
def test_other_words_are_not_countries(name: str) -> None:
    with pytest.raises(ValueProblem, match="not a known country or area"):
        AREAS.find(name)


def test_only_a_code_is_canonical() -> None:
    assert AREAS.canonical("NO") == "NO"
    for text in ("no", "Norway", "NOR", ""):
        with pytest.raises(ValueProblem):
            AREAS.canonical(text)


def test_no_name_means_two_areas() -> None:
    codes: dict[str, str] = {}
    for area in AREAS.areas.values():
        for name in (area.label, area.label_zh, *area.names):
            assert codes.setdefault(_fold(name), area.code) == area.code, name


def test_every_area_is_complete() -> None:
    assert len(AREAS.areas) >= 249 + 17
    for code, area in AREAS.areas.items():
        assert code == area.code
        assert area.label and any("\u4e00" <= sign <= "\u9fff" for sign in area.label_zh), code
        assert area.kind in ("country", "territory", "region")
        assert area.part_of is None or area.part_of in AREAS.areas
        assert code.startswith("X") or area.kind == "country"
        if area.bounds:
            west, south, east, north = area.bounds
            assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        assert AREAS.find(text) in AREAS.areas
    except ValueProblem as problem:
        assert "\n" not in str(problem)
