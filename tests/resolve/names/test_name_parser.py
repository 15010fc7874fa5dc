"""Parsed names of organisations: their parts, script, legal form and countries."""

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.resolve.names.lexicon import FormFile, Lexicon, WordFile, lexicon
from overt.resolve.names.name_parser import MAX_WORDS, ParsedName, parse_name
from overt.resolve.names.name_word import Kind

CASES = [
    ("Huawei Technologies (Kenya) Co., Ltd.", ("huawei",), ("technology",), ("KE",), (), "company-limited"),
    ("华为技术（肯尼亚）有限公司", ("华为",), ("technology",), ("KE",), (), "zh-limited"),
    ("杭州海康威视数字技术股份有限公司", ("海康威视",), ("digital", "technology"), ("hangzhou",), (), "zh-joint-stock"),
    ("華為技術有限公司", ("华为",), ("technology",), (), (), "zh-limited"),
    ("株式会社日立製作所", ("日立制作所",), (), (), (), "ja-kabushiki"),
    ("ソニー株式会社", ("soni",), (), (), (), "ja-kabushiki"),
    ("삼성전자 주식회사", ("samseong",), ("electronic",), (), (), "ko-jusik"),
    ("(주)한화", ("hanhwa",), (), (), (), "ko-jusik"),
    ("ООО «Ромашка»", ("romashka",), (), (), (), "ooo"),
    ("ПАО «Газпром нефть»", ("gazprom",), ("oil",), (), (), "pao"),
    ("Акционерное общество «Муромский завод»", ("murom",), ("factory",), (), (), "ao"),
    ("شركة هواوي للتكنولوجيا ش.م.م", ("hwwy",), ("technology",), (), (), "ar-limited"),
    ("Bowne International de Mexico S.A. de C.V.", ("bowne",), (), ("MX",), (), "sa-de-cv"),
    ("Société Générale S.A.", (), ("society",), (), (), "s-a"),
    ("Petrobras Distribuidora Ltda.", ("petrobras", "distribuidora"), (), (), (), "ltda"),
    ("Siemens Aktiengesellschaft", ("siemens",), (), (), (), "ag"),
    ("Volkswagen Gesellschaft mit beschränkter Haftung", ("volkswagen",), (), (), (), "gmbh"),
    ("Enel S.p.A.", ("enel",), (), (), (), "spa"),
    ("Turkcell İletişim A.Ş.", ("turkcell", "iletisim"), (), (), (), "a-s"),
    ("FABERLIC EUROPE Sp. z o.o.", ("faberlic",), (), ("europe",), (), "sp-zoo"),
    ("ASML Holding N.V.", ("asml",), (), (), (), "nv"),
    ("Telefonaktiebolaget LM Ericsson AB", ("telefonaktiebolaget", "lm", "ericsson"), (), (), (), "ab"),
    ("PT Telkom Indonesia (Persero) Tbk", ("telkom",), (), ("ID",), (), "pt"),
    ("Sika Ltd. (Vietnam)", ("sika",), (), ("VN",), (), "limited"),
    ("Oboronnye Initsiativy o.O.O.", ("initsiativy",), ("defence",), (), (), "ooo"),
    ("J.P. Morgan & Co.", ("jp", "morgan"), (), (), (), "company-limited"),
    ("L & H Sweden, AB", ("lh",), (), ("SE",), (), "ab"),
    ("Bain Capital Fund XI L.P.", ("bain",), ("capital", "fund"), (), ("11",), "lp"),
    ("Bain Capital Fund X L.P.", ("bain",), ("capital", "fund"), (), ("10",), "lp"),
    ("Brigade Forty-Four", (), ("army-brigade",), (), ("44",), None),
    ("1st International Bank", (), ("bank",), (), ("1",), None),
    ("U.S. Department of State", (), ("department",), ("US",), (), None),
    ("日立製作所(株)", ("日立制作所",), (), (), (), "ja-kabushiki"),
    ("Trina Solar Co., Ltd. (Trina Solar)", ("trina", "solar"), (), (), (), "company-limited"),
    ("Chuangyu Technology Co., Ltd. (Knownsec)", ("chuangyu",), ("technology",), (), (), "company-limited"),
    ("Saint Gobain (Kisumu)", ("saint", "gobain", "kisumu"), (), (), (), None),
    ("Company", ("company",), (), (), (), None),
    ("有限公司", ("有限公司",), (), (), (), None),
    ("", (), (), (), (), None),
    ("🎉 …", (), (), (), (), None),
]


def meanings(parsed: ParsedName, kind: Kind) -> tuple[str, ...]:
    return tuple(word.meaning for word in parsed.words if word.kind == kind)


@pytest.mark.parametrize(("name", "core", "industry", "places", "numbers", "form"), CASES, ids=[case[0] for case in CASES])
def test_parts_of_a_name(
    name: str,
    core: tuple[str, ...],
    industry: tuple[str, ...],
    places: tuple[str, ...],
    numbers: tuple[str, ...],
    form: str | None,
) -> None:
    parsed = parse_name(name)
    assert (meanings(parsed, "brand"), meanings(parsed, "number")) == (core, numbers)
    assert (parsed.industry, parsed.places) == (industry, places)
    assert (parsed.forms[0] if parsed.forms else None) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Siemens Aktiengeselschaft", "ag"),
        ("TACTICAL MISSILES JOINT STOCK COMPAN", "joint-stock"),
        ("TACTICAL MISSILES JOYNT STOCK COMPANY", "joint-stock"),
        ("Huawei Technologies Limitted", "limited"),
    ],
)
def test_a_misspelled_form_is_recognised(name: str, form: str) -> None:
    assert parse_name(name).forms == (form,)


@pytest.mark.parametrize("name", ["AB InBev", "AG Insurance", "Какао", "Sasol", "Cocoa", "Salesforce", "AS Roma"])
def test_letters_of_a_brand_are_not_a_legal_form(name: str) -> None:
    assert parse_name(name).forms == ()


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Huawei", "latin"),
        ("华为", "han"),
        ("Газпром", "cyrillic"),
        ("هواوي", "arabic"),
        ("TCL科技", "mixed"),
        ("삼성", "hangul"),
        ("360", ""),
    ],
)
def test_script(name: str, script: str) -> None:
    assert parse_name(name).script == script


def test_a_form_has_its_kind_and_countries() -> None:
    form = lexicon().forms[parse_name("Siemens GmbH").forms[0]]
    assert form.kind == "limited"
    assert "DE" in form.areas


def test_the_specific_form_comes_first() -> None:
    assert parse_name("Goldman Sachs & Co. LLC").forms == ("llc", "company-limited")


def test_both_ends_of_a_long_name_are_read() -> None:
    parsed = parse_name(" ".join(f"w{number}" for number in range(80)) + " GmbH")
    assert len(parsed.words) < MAX_WORDS
    assert parsed.forms == ("gmbh",)


def test_countries_come_from_the_areas() -> None:
    for area in Catalogue().areas.areas.values():
        if area.kind == "country" and "," not in area.label:
            assert parse_name(f"Zzyzx {area.label}").places[-1:] == (area.code,), area


def test_a_spelling_with_two_meanings_is_an_error() -> None:
    none = {key: {} for key in ("body", "generic", "scope", "numbers", "regions", "places", "cities")}
    file = WordFile(title="t", description="d", stop=[], state=[], field={"bank": ["bank"], "river": ["bank"]}, **none)
    forms = FormFile(title="t", description="d", source="s", forms=[])
    with pytest.raises(ContentError, match=r"names/organization_fields_and_kinds\.yml: 'bank' is under 'bank' and under 'river'"):
        Lexicon(forms, file, {})
    file = WordFile(title="t", description="d", stop=[], state=["bank", "court"], field={"bank": ["bank"]}, **none)
    with pytest.raises(ContentError, match=r"state: court: neither a field nor a body"):
        Lexicon(forms, file, {})
