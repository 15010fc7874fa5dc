"""Latin letters that spell the sound of Chinese characters."""

import numpy as np
import pytest

from bench.linkage.han_to_latin_spelling_training import name_bits
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.han.latin_spellings_of_chinese_sounds import (
    MAX_CHARACTERS,
    Spellings,
    japanese,
    latin_letters,
    mandarin,
    sound_letters,
    variants,
)


def spelling_bits(latin: str, han: str) -> float:
    """Return the bits of evidence that the letters spell the full name, in Mandarin or in Japanese, whichever has more."""
    known = dictionary()
    syllables = [(known.readings(character) or [""])[0] for character in han]
    return float(max(name_bits(mandarin(), latin, [syllables])[0], name_bits(japanese(), latin, [list(han)])[0]))


FOREIGN = [
    ("Kaspersky", "卡巴斯基"),
    ("Ericsson", "爱立信"),
    ("Vodafone", "沃达丰"),
    ("Philips", "飞利浦"),
    ("Grumman", "格鲁曼"),
    ("Honeywell", "霍尼韦尔"),
    ("Caterpillar", "卡特彼勒"),
    ("Nokia", "诺基亚"),
    ("Huawei", "华为"),
    ("Kawasaki", "川崎"),
    ("Murata", "村田"),
    ("Yokogawa", "横河"),
]


@pytest.mark.parametrize(("latin", "han"), FOREIGN)
def test_a_name_spells_its_own_sound_better_than_other_sounds(latin: str, han: str) -> None:
    own = spelling_bits(latin, han)
    assert own > 4
    assert own > max(spelling_bits(latin, other) for _, other in FOREIGN if other != han)


def test_the_best_run_is_found_within_longer_names() -> None:
    table = mandarin()
    unknown = len(table.characters)
    characters = (
        [table.characters[syllable] for syllable in ("bei", "jing", "nuo", "ji", "ya")] + [unknown] + [table.characters["ma"]]
    )
    spelled = table.spelled("nokia", np.array(characters, dtype=np.int32))
    assert spelled.shape == (MAX_CHARACTERS + 1, 7)
    assert divmod(int(spelled.argmax()), len(characters)) == (3, 4)  # the best run has three characters and ends with the fifth
    assert spelled[4, 6] == -np.inf  # no run crosses the border between two names


def test_accents_and_doubled_letters_do_not_matter() -> None:
    assert latin_letters("Škoda-Øst, Straße 5") == "skodaoststrasse"
    assert sound_letters("Dassault") == "dasault"
    assert sound_letters("Lexmark") == "leksmark"
    assert sound_letters("Xerox") == "xeroks"
    assert spelling_bits("Škoda", "斯柯达") == spelling_bits("skoda", "斯柯达")


def test_letters_without_a_sound_and_very_long_ones_end() -> None:
    assert np.isfinite(spelling_bits("a" * 10_000, "阿" * 8)) or spelling_bits("a" * 10_000, "阿" * 8) == -np.inf
    assert spelling_bits("", "阿") <= 0


def test_a_japanese_reading_is_voiced_doubled_or_shortened_within_a_word() -> None:
    assert {"gawa", "kawa"} <= {letters for letters, _ in variants("kawa")}
    assert "ni" in {letters for letters, _ in variants("nichi")}
    assert {"bata", "pata"} <= {letters for letters, _ in variants("hata")}


def test_counts_become_bits() -> None:
    table = Spellings({"a": {"x": 9.0, "y": 1.0}, "b": {"y": 10.0}}, parted=False)
    bits = table.bits("x")
    assert bits[table.characters["a"]] > 0 > bits[table.characters["b"]]
    assert bits[len(table.characters)] == -np.inf
