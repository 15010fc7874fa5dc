"""Organisations of one country whose names agree by an abbreviation, a translation or a former name; and look-alikes."""

from pathlib import Path

import pytest

from overt.resolve.names.abbreviations.syllable_abbreviations import abbreviates_words
from tests.resolve.resolved_hand_made_claims import World, record


@pytest.mark.parametrize(
    ("short", "words", "fits"),
    [
        ("entel", ("empresa", "nacional", "telecomunicaciones"), True),
        ("sotelma", ("societe", "telecommunications", "mali"), True),
        ("nigcomsat", ("nigerian", "communications", "satellite"), True),
        ("telkomsel", ("telekomunikasi", "selular"), True),
        ("entel", ("empresa", "nacional", "ferrocarriles"), False),
        ("telkom", ("telekomunikasi", "selular"), False),
        ("novatech", ("nova", "tech"), False),
    ],
)
def test_an_abbreviation_has_letters_of_each_word_in_order(short: str, words: tuple[str, ...], fits: bool) -> None:
    assert abbreviates_words(short, words) is fits


STATE = "state-body"
Values = dict[str, str | list[str]]


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        # An abbreviation of the full name.
        ({"name": "Entel", "country": "BO"}, {"name": "Empresa Nacional de Telecomunicaciones", "country": "BO"}, True),
        ({"name": "Entel", "country": "CL"}, {"name": "Empresa Nacional de Telecomunicaciones", "country": "BO"}, False),
        # The same abbreviation, and names that mean the same or differ by a renaming.
        (
            {"name": "Instituto Nacional de Estatística", "alias": "INEST", "country": "MZ", "kind": STATE},
            {"name": "National Statistics Institute", "alias": "INEST", "country": "MZ", "kind": STATE},
            True,
        ),
        (
            {"name": "Quill Data Protection Agency", "alias": "QDPA", "country": "GH", "kind": STATE},
            {"name": "Quill Data Protection Authority", "alias": "QDPA", "country": "GH", "kind": STATE},
            True,
        ),
        # Two bodies with the same abbreviation: their names differ.
        (
            {"name": "Nigerian Communications Commission", "alias": "NCC", "country": "NG", "kind": STATE},
            {"name": "Nigerian Copyright Commission", "alias": "NCC", "country": "NG", "kind": STATE},
            False,
        ),
        (
            {"name": "National Informatics Technology Authority", "alias": "NITA", "country": "UG", "kind": STATE},
            {"name": "National Insurance Trade Association", "alias": "NITA", "country": "UG", "kind": "non-governmental"},
            False,
        ),
        # A translation without any abbreviation.
        (
            {"name": "Ministério da Justiça", "country": "AO", "kind": STATE},
            {"name": "Ministry of Justice", "country": "AO", "kind": STATE},
            True,
        ),
        (
            {"name": "Cơ quan An ninh Quốc gia", "country": "VN", "kind": STATE},
            {"name": "National Security Agency", "country": "VN", "kind": STATE},
            True,
        ),
        (
            {"name": "Ministério da Justiça", "country": "AO", "kind": STATE},
            {"name": "Ministry of Health", "country": "AO", "kind": STATE},
            False,
        ),
        # Both had the same legal name in earlier years.
        (
            {"name": "Quillwater", "alias": "Bramble Systems Ltd.", "country": "IL"},
            {"name": "Fernhill Tech Ltd", "alias": "BRAMBLE SYSTEMS LTD (until 2019)", "country": "IL"},
            True,
        ),
        (
            {"name": "Quillwater", "alias": "Bramble", "country": "IL"},
            {"name": "Fernhill Tech Ltd", "alias": "Bramble", "country": "IL"},
            False,
        ),
        # Turkish legal forms and letters.
        (
            {"name": "KIRLANGIÇ GÜVENLİK SİSTEMLERİ SANAYİ VE TİCARET LİMİTED ŞİRKETİ", "country": "TR"},
            {"name": "Kirlangic Guvenlik Sistemleri San. ve Tic. Ltd. Sti.", "country": "TR"},
            True,
        ),
        # Different numbers in one register, and different Chinese names.
        (
            {"name": "ООО «Квилл»", "country": "RU", "identifier": "ru-inn:7700000001"},
            {"name": "ООО Квилл", "country": "RU", "identifier": "ru-inn:7800000002"},
            False,
        ),
        (
            {"name": "ООО «Квилл»", "country": "RU", "identifier": "ru-inn:7700000001"},
            {"name": "ООО Квилл", "country": "RU", "identifier": "ru-ogrn:7800000002"},
            True,
        ),
        (
            {"name": ["宜春市公安局", "Yichun Public Security Bureau"], "country": "CN", "kind": STATE},
            {"name": ["伊春市公安局", "Yichun Public Security Bureau"], "country": "CN", "kind": STATE},
            False,
        ),
        (
            {"name": ["宜春市公安局", "Yichun Public Security Bureau"], "country": "CN", "kind": STATE},
            {"name": ["江西省宜春市公安局", "Yichun Public Security Bureau"], "country": "CN", "kind": STATE},
            True,
        ),
    ],
)
def test_names_of_one_body(tmp_path: Path, left: Values, right: Values, is_one: bool) -> None:
    world = World(tmp_path)
    world.snapshot(record("a:1", **left), record("b:1", **right))
    assert bool(world.clusters()) is is_one


def test_an_abbreviation_of_three_bodies_joins_none(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.snapshot(
        record("a:1", name="Entel", country="BO"),
        record("b:1", name="Empresa Nacional de Telecomunicaciones", country="BO"),
        record("b:2", name="Entidad Nacional de Teléfonos", country="BO"),
    )
    assert world.clusters() == set()
