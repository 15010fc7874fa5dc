"""Learning how Chinese and Japanese readings are spelled in Latin letters."""

import gzip
import json
from pathlib import Path

import pytest

from bench.linkage.han_to_latin_spelling_training import Pairs, all_cuts, first_guess, large_towns, learn, romaji, towns

TOWNS = {
    "1": {"name": "Bergen", "countrycode": "NO", "population": 250_000, "alternatenames": ["卑爾根", "Bergen", "ベルゲン"]},
    "2": {"name": "Kōbe", "countrycode": "JP", "population": 1_500_000, "alternatenames": ["神戸市", "Kobe"]},
    "3": {"name": "Bern", "countrycode": "CH", "population": 130_000, "alternatenames": ["伯尔尼"]},
    "4": {"name": "Ur", "countrycode": "IQ", "population": 20_000, "alternatenames": ["乌尔"]},
}


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    path = tmp_path / "cities.json.gz"
    path.write_bytes(gzip.compress(json.dumps(TOWNS).encode()))
    return path


def test_towns_with_a_chinese_name_are_read_by_their_syllables(gazetteer: Path) -> None:
    assert towns(gazetteer, japan=False) == [("bergen", ("bei", "er", "gen"), 1.0), ("bern", ("bo", "er", "ni"), 1.0)]


def test_towns_of_japan_are_read_by_their_characters(gazetteer: Path) -> None:
    assert towns(gazetteer, japan=True) == [("kobe", ("神", "户"), 1.0)]


def test_only_large_towns_are_names_of_places(gazetteer: Path) -> None:
    assert large_towns(gazetteer) == [("卑尔根", "Bergen"), ("神户", "Kōbe")]


def test_the_shares_of_all_cuts_add_up_to_one_a_sign() -> None:
    cuts, likelihood = all_cuts("nokia", ("nuo", "ji", "ya"), first_guess)
    assert likelihood > 0
    for position in range(3):
        assert sum(share for place, _, share in cuts if place == position) == pytest.approx(1)


def test_names_of_other_lengths_have_no_cut() -> None:
    assert all_cuts("a", ("nuo", "ji", "ya"), first_guess) == ([], 0.0)


def test_recurring_spellings_are_learned() -> None:
    pairs: Pairs = [
        ("lima", ("li", "ma"), 1.0),
        ("mali", ("ma", "li"), 1.0),
        ("lila", ("li", "la"), 1.0),
        ("mala", ("ma", "la"), 1.0),
    ]
    counts = learn(pairs * 3, first_guess)
    assert max(counts["li"], key=counts["li"].__getitem__) == "li"
    assert max(counts["la"], key=counts["la"].__getitem__) == "la"


@pytest.mark.parametrize(
    ("kana", "letters"), [("とうきょう", "tokyo"), ("しゅう", "shu"), ("ニッポン", "nippon"), ("おおさか", "osaka")]
)
def test_kana_in_hepburn(kana: str, letters: str) -> None:
    assert romaji(kana) == letters
