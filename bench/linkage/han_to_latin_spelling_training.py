"""Learn how Chinese and Japanese readings are spelled in Latin letters, and write the tables in `content/names/`.

    python -m bench.linkage.han_to_latin_spelling_training --unihan FOLDER [--gazetteer cities15000.json.gz]
    python -m bench.linkage.han_to_latin_spelling_training --check

- `han_spellings.csv`: for each Mandarin syllable, the letters that it transcribes in foreign names, with counts (lai in 莱斯特,
  Leicester: *le*). Learned by expectation maximisation from the towns of GeoNames (CC BY 4.0) outside Japan, Korea and Macau
  that have a name in Chinese characters, over all ways to divide the Latin name into as many pieces as the Chinese name has
  characters.
- `han_places.csv`: Chinese and Latin names of GeoNames towns with at least 200,000 people, or 50,000 in China, Taiwan, Hong Kong
  and Japan.
- `han_kanji.csv`, only with `--unihan`: for each character used in Japan, its readings in Latin letters, with counts. The
  readings are Unihan's (Unicode licence; FOLDER has `Unihan_Readings.txt` and `Unihan_OtherMappings.txt`); the counts include the
  names of Japan's towns.

`--check` holds out every tenth name of a town, learns from the other names, and prints how often the right Chinese name ranks
first among those held out. It writes nothing.
"""

import argparse
import csv
import gzip
import io
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from bench.harness import DATA
from overt.model.content_files import packaged_content
from overt.resolve.names.han.cedict import dictionary
from overt.resolve.names.han.latin_spellings_of_chinese_sounds import MAX_CHARACTERS, Bits, Spellings, sound_letters, variants

CHUNK = re.compile(r"[bcdfghjklmnpqrstvwxz]{0,3}[aeiouyw]{0,4}[bcdfghjklmnpqrstvwxz]{0,2}")
"""Matches the letters that one syllable can transcribe."""
ROUNDS = 8
LIKE = [set("bpvf"), set("dt"), set("gkcqh"), set("jzcsxq"), set("lr"), set("mn"), {"w"}, {"y"}]
Pairs = list[tuple[str, tuple[str, ...], float]]
Table = dict[str, dict[str, float]]


def towns(path: Path, japan: bool) -> Pairs:
    """Return a tuple for each name of a town in Chinese characters: the letters of its Latin name, the signs, and the weight.

    `japan`: towns of Japan, instead of those outside Japan, Korea and Macau. Signs are Mandarin syllables or, for Japan,
    characters. The weights of a town's names add up to 1.
    """
    gazetteer = json.loads(gzip.decompress(path.read_bytes()))
    characters = dictionary()
    pairs: Pairs = []
    for key in sorted(gazetteer, key=int):
        town = gazetteer[key]
        letters = sound_letters(town["name"])
        if len(letters) < 3 or (town["countrycode"] == "JP") != japan or town["countrycode"] in ("KR", "KP", "MO"):
            continue
        names = set()
        for name in town["alternatenames"]:
            name = characters.simplify(name.replace("·", ""))
            if len(name) > 2 or (japan and len(name) > 1):
                name = re.sub("[市镇县区村州郡港町]$", "", name)
            if 1 < len(name) <= 12 and all("一" <= sign <= "鿿" and characters.readings(sign) for sign in name):
                names.add(name if japan else "\t".join(characters.readings(sign)[0] for sign in name))
        pairs += [(letters, tuple(name if japan else name.split("\t")), 1 / len(names)) for name in sorted(names)]
    return pairs


def large_towns(path: Path) -> list[tuple[str, str]]:
    """Return Chinese and Latin names of the towns that organisations are likely to be named after."""
    gazetteer = json.loads(gzip.decompress(path.read_bytes()))
    names = set()
    for town in gazetteer.values():
        if town["population"] < (50_000 if town["countrycode"] in ("CN", "TW", "HK", "JP") else 200_000):
            continue
        for name in town["alternatenames"]:
            name = dictionary().simplify(name)
            name = re.sub("[市县区]$", "", name) if len(name) > 2 else name
            if 1 < len(name) <= 7 and all("一" <= sign <= "鿿" and dictionary().readings(sign) for sign in name):
                names.add((name, town["name"].removesuffix(" City")))
    return sorted(names)


def first_guess(chunk: str, syllable: str) -> float:
    """Return the initial likelihood that a chunk of letters, which may be empty, transcribes a syllable.

    It is higher if the chunk and the syllable begin with the same or a similar consonant. Two letters are the likeliest length,
    then three. Each length divides its likelihood among its possible chunks: 20 times as many for each further letter.
    """
    if not chunk:
        return 0.02
    alike = any(chunk[0] in letters and syllable[0] in letters for letters in LIKE)
    likely = 2.0 if chunk[0] == syllable[0] else 1.0 if alike else 0.05
    return likely * (0.35, 1, 0.8, 0.3, 0.1, 0.03)[len(chunk) - 1] * 20.0 ** (1 - len(chunk))


def learn(pairs: Pairs, guess: Callable[[str, str], float], rounds: int = ROUNDS) -> Table:
    """Return the counts of chunks by sign. `guess`: the likelihood of a chunk for a sign in the first round.

    After three rounds, pairs whose letters the signs can't explain are left out, because their names are translations.
    """
    counts: Table = {}
    chance = guess
    for number in range(rounds):
        counts = defaultdict(lambda: defaultdict(float))
        for letters, signs, weight in pairs:
            cuts, total = all_cuts(letters, signs, chance)
            if total <= 0 or (number > 2 and math.log2(total) / len(letters) < -3.2):
                continue
            for position, chunk, share in cuts:
                if share > 1e-4:
                    counts[signs[position]][chunk] += weight * share
        chance = chances(counts)
    return counts


def chances(counts: Table) -> Callable[[str, str], float]:
    """Return a function for the probability of a chunk given its sign, smoothed by the chunk's frequency over all signs."""
    sums: dict[str, float] = defaultdict(float)
    for row in counts.values():
        for chunk, count in row.items():
            sums[chunk] += count
    total = sum(sums.values())
    overall = {chunk: 0.001 * count / total for chunk, count in sums.items()}
    by_sign = {sign: {chunk: 0.98 * count / sum(row.values()) for chunk, count in row.items()} for sign, row in counts.items()}
    return lambda chunk, sign: by_sign.get(sign, {}).get(chunk, 0.0) + overall.get(chunk, 0.0)


def all_cuts(
    letters: str, signs: Sequence[str], chance: Callable[[str, str], float]
) -> tuple[list[tuple[int, str, float]], float]:
    """Return every chunk at every position with its posterior share, and the likelihood of the letters (forward–backward).

    If the letters can't be divided among the signs, there is no chunk, and the likelihood is 0.
    """
    length, count = len(letters), len(signs)
    if not 0.8 * count <= length <= 6 * count:
        return [], 0.0
    forward = [[0.0] * (length + 1) for _ in range(count + 1)]
    backward = [[0.0] * (length + 1) for _ in range(count + 1)]
    forward[0][0] = backward[count][length] = 1.0
    edges = []
    for position, sign in enumerate(signs):
        for begin in range(length + 1):
            if forward[position][begin]:
                for end in range(begin, min(length, begin + 6) + 1):
                    chunk = letters[begin:end]
                    if CHUNK.fullmatch(chunk) and (likely := chance(chunk, sign)) > 0:
                        edges.append((position, begin, end, likely))
                        forward[position + 1][end] += forward[position][begin] * likely
    total = forward[count][length]
    if total <= 0:
        return [], 0.0
    for position, begin, end, likely in reversed(edges):
        backward[position][begin] += likely * backward[position + 1][end]
    return [
        (position, letters[begin:end], forward[position][begin] * likely * backward[position + 1][end] / total)
        for position, begin, end, likely in edges
    ], total


def romaji(kana: str) -> str:
    """Transcribe kana by the Hepburn system, with long vowels written short (とう: to), as in most names."""
    letters = ""
    double = False
    for sign in kana:
        name = unicodedata.name(sign, "").split()
        if "LETTER" not in name:
            continue
        sound = name[-1].lower()
        if "SMALL" in name and sound == "tu":
            double = True
            continue
        if "SMALL" in name and sound in ("ya", "yu", "yo"):
            base = letters[:-1]
            letters = base + (sound[1:] if base.endswith(("sh", "ch", "j")) else sound)
            continue
        sound = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu", "wo": "o"}.get(
            sound, sound
        )
        letters += (sound[0] if double else "") + sound
        double = False
    return re.sub("uu", "u", re.sub("o[ou]", "o", letters))


def kanji_readings(path: Path) -> Table:
    """Return the Japanese readings of the characters for general use and for names, by simplified character.

    The readings are from Unihan's files. Each has a weight: 1 for the first, less for each further one.
    """
    readings: Table = defaultdict(lambda: defaultdict(float))
    common = set()
    for line in (path / "Unihan_OtherMappings.txt").read_text(encoding="utf-8").splitlines():
        if "\tkJoyoKanji\t" in line or "\tkJinmeiyoKanji\t" in line:
            common.add(line.partition("\t")[0])
    for line in (path / "Unihan_Readings.txt").read_text(encoding="utf-8").splitlines():
        code, kind, value = [*line.split("\t"), "", ""][:3]
        if kind == "kJapanese" and code in common:
            sign = dictionary().simplify(chr(int(code[2:], 16)))
            for place, kana in enumerate(value.split()[:8]):
                if 0 < len(letters := romaji(kana)) <= 6:
                    readings[sign][letters] += 1 / (1 + 0.3 * place)
    return readings


def save(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as CSV to `content/names/`, and print its path and its number of rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    place = Path(str(packaged_content())) / "names" / name
    place.write_text(out.getvalue(), encoding="utf-8")
    print(f"{place}: {len(out.getvalue().splitlines()) - 1} rows")


def write(name: str, header: str, table: Table, min_count: float, share: float) -> None:
    """Write a table as CSV, sorted by sign and count.

    Counts below `min_count` or below `share` of the sign's total are left out.
    """
    rows = []
    for sign in sorted(table):
        total = sum(table[sign].values())
        for letters, count in sorted(table[sign].items(), key=lambda item: (-round(item[1], 1), item[0])):
            if count >= min_count and count >= share * total:
                rows.append((sign, letters, f"{count:.1f}"))
    save(name, (header, "letters", "count"), rows)


def main(arguments: list[str] | None = None) -> int:
    """Learn and write the tables, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, default=DATA / "gazetteer" / "cities15000.json.gz")
    parser.add_argument("--unihan", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    pairs = towns(options.gazetteer, japan=False)
    if options.check:
        return check(pairs)
    write("han_spellings.csv", "syllable", learn(pairs, first_guess), min_count=0.5, share=0.002)
    save("han_places.csv", ("chinese", "latin"), large_towns(options.gazetteer))
    if options.unihan:
        readings = kanji_readings(options.unihan)
        origins = {
            sign: {letters: reading for reading in reversed(row) for letters, _ in variants(reading)}
            for sign, row in readings.items()
        }
        counts = learn(
            towns(options.gazetteer, japan=True), lambda chunk, sign: 1.0 if chunk in origins.get(sign, ()) else 1e-6, rounds=4
        )
        for sign, row in counts.items():
            for letters, count in row.items():
                if letters in origins.get(sign, ()):
                    readings[sign][origins[sign][letters]] += count
        write("han_kanji.csv", "kanji", readings, min_count=0.2, share=0.02)
    return 0


def name_bits(spellings: Spellings, letters: str, names: Sequence[Sequence[str]]) -> Bits:
    """Return, for each name, the evidence in bits that the letters spell it. A name is a sequence of signs."""
    unknown = len(spellings.characters)
    flat = [number for name in names for number in [*(spellings.characters.get(sign, unknown) for sign in name), unknown]]
    spelled = spellings.spelled(letters, np.array(flat, dtype=np.int32))
    ends = np.cumsum([len(name) + 1 for name in names]) - 2
    counts = np.array([min(len(name), MAX_CHARACTERS) for name in names])
    return np.asarray(spelled[counts, ends])


def check(pairs: Pairs) -> int:
    """Print how often the right Chinese name ranks first among the held-out names of towns."""
    held_out = pairs[::10]
    spellings = Spellings(learn([pair for number, pair in enumerate(pairs) if number % 10], first_guess))
    names = sorted({signs for _, signs, _ in held_out})
    right = sum(names[int(name_bits(spellings, letters, names).argmax())] == signs for letters, signs, _ in held_out)
    print(f"{right} of {len(held_out)} names of towns rank first among {len(names)} Chinese names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
