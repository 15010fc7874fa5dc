import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ValueProblem
from overt.model.geography.country_name_lookup import fold_name

AREAS = Catalogue().areas
_SAMPLE = Path(__file__).parent / "samples" / "country_spellings.csv"
SPELLINGS = list(csv.DictReader(_SAMPLE.read_text(encoding="utf-8").splitlines()))
"""Spellings of countries that sources and people use, with their languages and codes, collected before the rules were written.

A spelling with several codes, such as `CD+CG`, must be refused with these choices. One with `-` must be refused as unknown.
"""


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


@pytest.mark.parametrize("name", ["", "no", "in", "me", "Atlantis", "Keniya.", "K E", "ken", "several", "-"])
def test_other_words_are_not_countries(name: str) -> None:
    with pytest.raises(ValueProblem, match="not a known country or area"):
        AREAS.find(name)


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row["spelling"])
def test_spellings_of_people_are_read_or_refused(row: dict[str, str]) -> None:
    if row["code"] == "-":
        with pytest.raises(ValueProblem, match="not a known country or area"):
            AREAS.find(row["spelling"])
    elif "+" in row["code"]:
        choices = " or ".join(f"{code} \\(.+\\)" for code in row["code"].split("+"))
        with pytest.raises(ValueProblem, match=f"could mean {choices}; write the code or the full name"):
            AREAS.find(row["spelling"])
    else:
        assert AREAS.find(row["spelling"]) == row["code"]


def test_the_spellings_are_many_and_differ() -> None:
    read = {row["spelling"] for row in SPELLINGS if row["code"] != "-"}
    assert len(read) >= 300 and len({row["spelling"] for row in SPELLINGS}) == len(SPELLINGS)
    assert sum(row["language"].startswith("zh") for row in SPELLINGS) >= 100


def test_two_names_must_mean_the_same_country() -> None:
    assert AREAS.find("Myanmar / Burma") == "MM"
    for text in ("Myanmar (Thailand)", "Kenya/Uganda", "Korea (South Korea)"):
        with pytest.raises(ValueProblem):
            AREAS.find(text)


def test_an_editor_adds_spellings(tmp_path: Path) -> None:
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "areas-ours.yml").write_text("spellings: {KE: [Cape Alder]}\nambiguous: {Alder: [KE, UG]}\n")
    areas = Catalogue(tmp_path).areas
    assert (areas.find("cape alder"), areas.find("Kenya")) == ("KE", "KE")
    with pytest.raises(ValueProblem, match=r"could mean KE .* or UG"):
        areas.find("Alder")


def test_an_unknown_code_in_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "areas-ours.yml").write_text("spellings: {QQ: [Cape Alder]}\n")
    with pytest.raises(ContentError, match="'QQ' is not an area"):
        _ = Catalogue(tmp_path).areas


def test_only_a_code_is_canonical() -> None:
    assert AREAS.canonical("NO") == "NO"
    for text in ("no", "Norway", "NOR", ""):
        with pytest.raises(ValueProblem):
            AREAS.canonical(text)


def test_no_name_means_two_areas() -> None:
    codes: dict[str, str] = {}
    for area in AREAS.areas.values():
        for name in (area.label, area.label_zh, *area.names):
            assert codes.setdefault(fold_name(name), area.code) == area.code, name


def test_every_area_is_complete() -> None:
    assert len(AREAS.areas) >= 249 + 17
    for code, area in AREAS.areas.items():
        assert code == area.code
        assert area.label and any("\u4e00" <= character <= "\u9fff" for character in area.label_zh), code
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


def test_a_code_that_cannot_be_in_an_address_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "areas-ours.yml").write_text("areas: [{code: X/../Y, label: Y, label_zh: 乙}]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^vocab/areas-ours.yml: areas.0.code: 'X/../Y' cannot be the code of an area; write"):
        _ = Catalogue(tmp_path).areas
