"""Write the names of large towns in the official languages of their countries, from CLDR (Unicode licence) as Babel ships it.

    python -m tools.town_names_in_official_languages
    python -m tools.town_names_in_official_languages --print     on standard output instead

CLDR names one or more towns of each country, for its time zones. Each row of `content/names/town_names.csv` has the country's
code, the English name, and a name in another language. Names that don't differ when folded, and names with a comma, are
left out.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from overt.resolve.names import fold

PATH = Path(__file__).parent.parent / "src" / "overt" / "content" / "names" / "town_names.csv"
HEADER = ("country", "english", "name")


def town_names() -> Iterator[tuple[str, str, str]]:
    """Yield the code of the country, a town's English name, and its name in another official language."""
    english = Locale.parse("en").time_zones
    for country, zones in sorted(get_global("territory_zones").items()):
        names = {zone: english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ") for zone in zones}
        rows = set()
        for language in get_official_languages(country, regional=True, de_facto=True):
            try:
                local = Locale.parse(language).time_zones
            except (UnknownLocaleError, ValueError):
                continue
            rows |= {
                (country, name, city)
                for zone, name in names.items()
                if (city := local.get(zone, {}).get("city")) and fold(city) != fold(name) and "," not in city
            }
        yield from sorted(rows)


def as_csv() -> str:
    """Return the rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([HEADER, *town_names()])
    return text.getvalue()


if __name__ == "__main__":
    if "--print" in sys.argv[1:]:
        sys.stdout.buffer.write(as_csv().encode())
    else:
        PATH.write_text(as_csv(), encoding="utf-8")
