"""Learns how Chinese and Japanese readings are spelled in Latin letters; writes the tables that Overt ships in `content/names/`.

    python -m bench.linkage.spellings --unihan FOLDER [--gazetteer cities15000.json.gz]
    python -m bench.linkage.spellings --check

- `han_spellings.csv`: for each Mandarin syllable, the letters that it stands for in foreign names (lai in 莱斯特, Leicester:
  *le*), with counts. Learned by expectation maximisation over all ways to cut the Latin name of a town into as many pieces as its
  Chinese name has characters, from the towns of GeoNames (CC BY 4.0) that have a name in Chinese characters, without Japan and
  Korea.
- `han_places.csv`: Chinese and Latin names of towns of GeoNames: over 200,000 people, in China, Taiwan and Japan over 50,000.
- `han_kanji.csv`: for each character in use in Japan, its readings in Latin letters with counts: those of Unihan (Unicode
  licence; FOLDER holds `Unihan_Readings.txt`, `Unihan_OtherMappings.txt`), and how often the names of Japan's towns have them.

`--check` puts every tenth town aside, learns from the others and tells how often the right Chinese name comes first among those
of all that were put aside; it writes nothing.
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

from bench.harness import DATA
from overt.model.yaml import packaged_content
from overt.resolve.names.gloss import dictionary
from overt.resolve.names.phonetic import Spellings, sound_letters, variants

CHUNK = re.compile(r"[bcdfghjklmnpqrstvwxz]{0,3}[aeiouyw]{0,4}[bcdfghjklmnpqrstvwxz]{0,2}")
"""What one syllable can stand for."""
ROUNDS = 8
LIKE = [set("bpvf"), set("dt"), set("gkcqh"), set("jzcsxq"), set("lr"), set("mn"), {"w"}, {"y"}]
Pairs = list[tuple[str, tuple[str, ...], float]]
Table = dict[str, dict[str, float]]


def towns(path: Path, japan: bool) -> Pairs:
    """Latin letters, signs (syllables; characters for Japan) and weight of the towns that have a name in Chinese characters."""
    held = json.loads(gzip.decompress(path.read_bytes()))
    known, found = dictionary(), []
    for key in sorted(held, key=int):
        town = held[key]
        letters = sound_letters(town["name"])
        if len(letters) < 3 or (town["countrycode"] == "JP") != japan or town["countrycode"] in ("KR", "KP", "MO"):
            continue
        names = set()
        for name in town["alternatenames"]:
            name = known.simplify(name.replace("·", ""))
            if len(name) > 2 or (japan and len(name) > 1):
                name = re.sub("[市镇县区村州郡港町]$", "", name)
            if 1 < len(name) <= 12 and all("一" <= sign <= "鿿" and known.readings(sign) for sign in name):
                names.add(name if japan else "\t".join(known.readings(sign)[0] for sign in name))
        found += [(letters, tuple(name if japan else name.split("\t")), 1 / len(names)) for name in sorted(names)]
    return found


def large_towns(path: Path) -> list[tuple[str, str]]:
    """Chinese and Latin names of towns that organisations are likely to be named after."""
    held = json.loads(gzip.decompress(path.read_bytes()))
    found = set()
    for town in held.values():
        if town["population"] < (50_000 if town["countrycode"] in ("CN", "TW", "HK", "JP") else 200_000):
            continue
        for name in town["alternatenames"]:
            name = dictionary().simplify(name)
            name = re.sub("[市县区]$", "", name) if len(name) > 2 else name
            if 1 < len(name) <= 7 and all("一" <= sign <= "鿿" and dictionary().readings(sign) for sign in name):
                found.add((name, town["name"].removesuffix(" City")))
    return sorted(found)


def first_guess(chunk: str, syllable: str) -> float:
    """How likely a chunk seems before anything was learned: like consonants first, two or three letters long."""
    if not chunk:
        return 0.02
    alike = any(chunk[0] in letters and syllable[0] in letters for letters in LIKE)
    likely = 2.0 if chunk[0] == syllable[0] else 1.0 if alike else 0.05
    return likely * (0.35, 1, 0.8, 0.3, 0.1, 0.03)[len(chunk) - 1] * 20.0 ** (1 - len(chunk))


def learn(pairs: Pairs, guess: Callable[[str, str], float], rounds: int = ROUNDS) -> Table:
    """Counts of chunks by sign. Pairs whose letters the signs do not explain (translations) are left out after three rounds."""
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
    """Chance of a chunk given its sign: as counted, and a little of how often it is met at all."""
    sums: dict[str, float] = defaultdict(float)
    for row in counts.values():
        for chunk, count in row.items():
            sums[chunk] += count
    total = sum(sums.values())
    whole = {chunk: 0.001 * count / total for chunk, count in sums.items()}
    known = {sign: {chunk: 0.98 * count / sum(row.values()) for chunk, count in row.items()} for sign, row in counts.items()}
    return lambda chunk, sign: known.get(sign, {}).get(chunk, 0.0) + whole.get(chunk, 0.0)


def all_cuts(
    letters: str, signs: Sequence[str], chance: Callable[[str, str], float]
) -> tuple[list[tuple[int, str, float]], float]:
    """Every chunk at every position with its posterior share, and the likelihood of the letters (forward and backward sums)."""
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
    """Kana in Hepburn's Latin letters; long vowels short (とう: to), as most names are written."""
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
    """Japanese readings of the characters in common use and in names, from Unihan's files, by simplified character."""
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
    """Write a table as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    place = Path(str(packaged_content())) / "names" / name
    place.write_text(out.getvalue(), encoding="utf-8")
    print(f"{place}: {len(out.getvalue().splitlines()) - 1} rows")


def write(name: str, header: str, table: Table, least: float, share: float) -> None:
    """A table as CSV, sorted; rows under `least` counts, or under `share` of their sign, are left out."""
    rows = []
    for sign in sorted(table):
        total = sum(table[sign].values())
        for letters, count in sorted(table[sign].items(), key=lambda item: (-round(item[1], 1), item[0])):
            if count >= least and count >= share * total:
                rows.append((sign, letters, f"{count:.1f}"))
    save(name, (header, "letters", "count"), rows)


def main(arguments: list[str] | None = None) -> int:
    """Learn and write, or check."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gazetteer", type=Path, default=DATA / "gazetteer" / "cities15000.json.gz")
    options.add_argument("--unihan", type=Path)
    options.add_argument("--check", action="store_true")
    given = options.parse_args(arguments)
    pairs = towns(given.gazetteer, japan=False)
    if given.check:
        return check(pairs)
    write("han_spellings.csv", "syllable", learn(pairs, first_guess), least=0.5, share=0.002)
    save("han_places.csv", ("chinese", "latin"), large_towns(given.gazetteer))
    if given.unihan:
        readings = kanji_readings(given.unihan)
        origins = {
            sign: {letters: reading for reading in reversed(row) for letters, _ in variants(reading)}
            for sign, row in readings.items()
        }
        met = learn(
            towns(given.gazetteer, japan=True), lambda chunk, sign: 1.0 if chunk in origins.get(sign, ()) else 1e-6, rounds=4
        )
        for sign, row in met.items():
            for letters, count in row.items():
                if letters in origins.get(sign, ()):
                    readings[sign][origins[sign][letters]] += count
        write("han_kanji.csv", "kanji", readings, least=0.2, share=0.02)
    return 0


def check(pairs: Pairs) -> int:
    """Tell how well names that were put aside are found again."""
    asked = pairs[::10]
    spellings = Spellings(learn([pair for number, pair in enumerate(pairs) if number % 10], first_guess))
    names = sorted({signs for _, signs, _ in asked})
    right = sum(names[int(spellings.windows(letters, names).argmax())] == signs for letters, signs, _ in asked)
    print(f"{right} of {len(asked)} names of towns come first among {len(names)} Chinese names")
    return 0


if __name__ == "__main__":
    sys.exit(main())
