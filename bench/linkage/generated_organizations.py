"""Generate organisation records with duplicates. Equal seeds give equal records, and the true matches are known.

    python -m bench.linkage.generated_organizations RECORDS OUT.parquet [--seed 1]

Columns: those of `RECORDS` in `overt.resolve.linkage.record_feature_tables`, and `entity`, the number of the organisation that a
record describes.

An organisation has a brand (pinyin from Han characters, syllables, two words, Russian or Arabic), a field of work and a country.
Some have a place in their names, and some an identifier. Records of an organisation differ in, for example, spelling, script,
legal form and word order, and some have no country or a wrong one. Two traps look alike but are different organisations:
homonyms (the same brand in another field or country) and subsidiaries (the parent's name with another country's name).
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.yaml_reading_and_validation import read_mapping

SEED = 1
SCHEMA = pa.schema(
    [
        ("record", pa.string()),
        ("type", pa.string()),
        ("source", pa.string()),
        ("names", pa.list_(pa.string())),
        ("countries", pa.list_(pa.string())),
        ("identifiers", pa.list_(pa.string())),
        ("sites", pa.list_(pa.string())),
        ("entity", pa.int64()),
    ]
)
_BATCH = 50_000

_PARTS = read_mapping(Path(__file__).with_suffix(".yml"))
_HAN, _ARABIC, _TO_CYRILLIC = ([pair.split(":") for pair in _PARTS[name].split()] for name in ("han", "arabic", "cyrillic"))
_WORDS, _ONSETS, _VOWELS, _CODAS = (_PARTS[name].split() for name in ("words", "onsets", "vowels", "codas"))
_FIELDS, _COUNTRIES, _CITIES, _FORMS, _COMMON_FORMS = (
    _PARTS[name] for name in ("fields", "countries", "cities", "forms", "other_forms")
)
_SOURCES = ["register_a", "register_b", "register_c", "list_d"]


class Organisation(NamedTuple):
    """A generated organisation, from which records with different spellings are made."""

    brand: str
    native: str
    """The brand in the script of the home country; empty if that script is Latin."""
    script: str
    fields: tuple[int, ...]
    number: str
    """A number in the name, or empty."""
    place: tuple[str, str] | None
    """A place in the name, in Latin letters and in the script of the home country; None if there is none."""
    country: int
    identifier: str | None


def records(count: int, seed: int = SEED) -> Iterator[pa.RecordBatch]:
    """Yield `count` records in batches with SCHEMA, organisation by organisation. The numbers in their ids are shuffled."""
    drawn = random.Random(seed)
    order = list(range(count))
    drawn.shuffle(order)
    rows: list[tuple[object, ...]] = []
    made = 0
    for entity, organisation in enumerate(_organisations(drawn, seed)):
        for _ in range(min(1 + _duplicates(drawn), count - made)):
            rows.append(_record(drawn, organisation, entity, order[made]))
            made += 1
        if len(rows) >= _BATCH or made == count:
            columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=SCHEMA)
            rows = []
        if made == count:
            return


def _duplicates(drawn: random.Random) -> int:
    return drawn.choices((0, 1, 2, 3, 6), (55, 25, 12, 6, 2))[0]


def _organisations(drawn: random.Random, seed: int) -> Iterator[Organisation]:
    """Yield organisations endlessly. Some are a homonym or a subsidiary of the previous organisation."""
    number = 0
    taken: set[tuple[object, ...]] = set()
    while True:
        brand, native, script = _brand(drawn)
        home = {"han": 0, "cyrillic": 2, "arabic": drawn.choice((3, 4))}.get(script, drawn.randrange(5, len(_COUNTRIES)))
        fields = tuple(drawn.sample(range(len(_FIELDS)), 2 if drawn.random() < 0.15 else 1))
        figure = str(drawn.randint(1, 120)) if drawn.random() < 0.02 else ""
        if (brand, fields, home) in taken:  # a register contains each name only once
            continue
        taken.add((brand, fields, home))
        number += 1
        place = drawn.choice(_CITIES) if script == "han" and drawn.random() < 0.5 else None
        identifier = f"lei:{seed:02}{number:010}" if drawn.random() < 0.3 else None
        parent = Organisation(brand, native, script, fields, figure, place, home, identifier)
        yield parent
        trap = drawn.random()
        if trap < 0.04:  # the next organisation is a homonym
            other = drawn.randrange(5, len(_COUNTRIES))
            identifier = f"lei:{seed:02}{number:09}H" if drawn.random() < 0.3 else None
            fields = (drawn.randrange(len(_FIELDS)),)
            yield parent._replace(fields=fields, place=None, country=other, identifier=identifier)
        elif trap < 0.09:  # the next organisation is a subsidiary
            there = drawn.randrange(5, len(_COUNTRIES))
            where = (_COUNTRIES[there][1], _COUNTRIES[there][{"han": 2, "cyrillic": 3, "arabic": 4}.get(script, 1)])
            identifier = f"lei:{seed:02}{number:09}S" if drawn.random() < 0.3 else None
            yield parent._replace(place=where, country=there, identifier=identifier)


def _brand(drawn: random.Random) -> tuple[str, str, str]:
    kind = drawn.random()
    if kind < 0.35:
        characters = [drawn.choice(_HAN) for _ in range(drawn.choices((2, 3, 4), (10, 50, 40))[0])]
        return "".join(character[1] for character in characters).title(), "".join(character[0] for character in characters), "han"
    if kind < 0.55:
        return f"{drawn.choice(_WORDS)} {drawn.choice(_WORDS)} {_syllables(drawn, 1, 2)}".title(), "", "latin"
    brand = _syllables(drawn, 2, 4)
    if kind < 0.70:
        written = brand
        for latin, cyrillic in _TO_CYRILLIC:
            written = written.replace(latin, cyrillic)
        return brand.title(), written.title(), "cyrillic"
    if kind < 0.78:
        words = [drawn.choice(_ARABIC) for _ in range(3)]
        return "Al " + " ".join(latin for _, latin in words).title(), "ال" + " ".join(arabic for arabic, _ in words), "arabic"
    return brand.title(), "", "latin"


def _syllables(drawn: random.Random, minimum: int, maximum: int) -> str:
    count = drawn.randint(minimum, maximum)
    return "".join(drawn.choice(_ONSETS) + drawn.choice(_VOWELS) + drawn.choice(_CODAS).strip("-") for _ in range(count))


def _record(drawn: random.Random, organisation: Organisation, entity: int, number: int) -> tuple[object, ...]:
    names = [_name(drawn, organisation)]
    if drawn.random() < 0.04:
        names.append(_name(drawn, organisation))
    countries = [_COUNTRIES[organisation.country][0]] if drawn.random() < 0.85 else []
    if drawn.random() < 0.01:
        countries = [drawn.choice(_COUNTRIES)[0]]
    identifiers = [organisation.identifier] if organisation.identifier and drawn.random() < 0.6 else []
    source = drawn.choice(_SOURCES)
    no_sites: list[str] = []
    return f"{source}:{number:08}", "organization", source, names, countries, identifiers, no_sites, entity


def _name(drawn: random.Random, organisation: Organisation) -> str:
    if organisation.native and drawn.random() < 0.35:
        return _native(drawn, organisation)
    brand = _typo(drawn, organisation.brand) if drawn.random() < 0.15 else organisation.brand
    field = _fields(drawn, organisation, 1 if drawn.random() < 0.15 else 0)
    country = organisation.country
    forms = _FORMS.get(_COUNTRIES[country][0], _COMMON_FORMS)
    form = drawn.choice(forms) if drawn.random() < 0.75 else ""
    place = organisation.place[0] if organisation.place and drawn.random() < 0.9 else ""
    order = drawn.random()
    if order < 0.06:
        words = [field, brand, place, form]
    elif order < 0.5 and organisation.script == "han":
        words = [place, brand, field, form]
    else:
        words = [brand, field, f"({place})" if place and drawn.random() < 0.3 else place, form]
    name = " ".join(word for word in words if word)
    return name.upper() if drawn.random() < 0.1 else name


def _native(drawn: random.Random, organisation: Organisation) -> str:
    place = organisation.place[1] if organisation.place and drawn.random() < 0.9 else ""
    if organisation.script == "han":
        form = drawn.choice(("有限公司", "股份有限公司", "有限责任公司", ""))
        return f"{place}{organisation.native}{_fields(drawn, organisation, 2).replace(' ', '')}{form}"
    if organisation.script == "cyrillic":
        form = drawn.choice(("ООО", "АО", ""))
        brand = f"«{organisation.native}»" if form and drawn.random() < 0.3 else organisation.native
        return " ".join(word for word in (form, brand, _fields(drawn, organisation, 3), place) if word)
    form = drawn.choice(("شركة", ""))
    return " ".join(word for word in (form, organisation.native, _fields(drawn, organisation, 4), place) if word)


def _fields(drawn: random.Random, organisation: Organisation, language: int) -> str:
    """Return the organisation's fields of work in a language, and its number. The first field is sometimes left out."""
    fields = organisation.fields
    if drawn.random() < 0.06:
        fields = fields[1:]
    return " ".join([*(_FIELDS[field][language] for field in fields), *([organisation.number] if organisation.number else [])])


def _typo(drawn: random.Random, text: str) -> str:
    at = drawn.randrange(len(text) - 1)
    kind = drawn.randrange(4)
    letter = drawn.choice("abcdefghijklmnopqrstuvwxyz")
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def write(count: int, path: Path, seed: int = SEED) -> None:
    """Write `count` records to a Parquet file."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in records(count, seed):
            writer.write_batch(batch)


def main(arguments: list[str] | None = None) -> int:
    """Write generated records to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    write(options.records, options.path, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
