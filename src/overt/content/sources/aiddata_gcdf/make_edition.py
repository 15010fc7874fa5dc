"""Write `edition/` from the publisher's files.

The edition has the facts of the records in scope, in the layout of the short table, with titles in our own words. It also has
the values that rules extract from the descriptions, each with its place in the publisher's file, but no sentence of the
descriptions. A separate column has the ids of the records that the publisher's title links to. Addresses of OpenStreetMap are
left out, because no claim uses them.

    python src/overt/content/sources/aiddata_gcdf/make_edition.py FOLDER_OF_THE_PUBLISHERS_FILES

A title is composed of what the rules extract from the publisher's title, and of edition_names.yml. The rules must extract the
same kinds, names, flow, phases and works from both titles, or the run stops. Equal input gives equal bytes.
"""

import csv
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from overt.content.sources.aiddata_gcdf.aiddata_row import LINKS
from overt.content.sources.aiddata_gcdf.description_claims import links_in
from overt.content.sources.aiddata_gcdf.description_reader import Descriptions
from overt.content.sources.aiddata_gcdf.importer import YEARS, repair_encoding
from overt.content.sources.aiddata_gcdf.phase_and_id_extraction import FACILITY, linked_ids
from overt.content.sources.aiddata_gcdf.programme_grouping import LinkedRecords, LinkedRow
from overt.content.sources.aiddata_gcdf.title_reader import Reading, Titles
from overt.importing import knows_town
from overt.model.content_catalogue import Catalogue
from overt.model.files.atomic_writes import atomic_write
from overt.model.yaml_reading_and_validation import read_yaml

HERE = Path(__file__).parent
SHORT, PLACES = "gcdf3_final_input.csv", "GCDF_3.0_ADM1_Locations.csv"
DESCRIPTIONS, VALUES = "gcdf3_df_filtered.csv", "gcdf3_description_values.csv"
VALUE_COLUMNS = ["AidData Record ID", "property", "value", "rule", "read in"]
LINK_COLUMN = LINKS.replace(" ", ".")
WORKS = {
    "repair": "repair",
    "extension": "expansion",
    "training": "training",
    "assistance": "technical assistance",
    "study": "study",
    "refinancing": "refinancing",
}
FLOWS = {
    "loan": "Loan",
    "interest-free-loan": "Interest-free loan",
    "concessional-loan": "Concessional loan",
    "export-credit": "Export credit",
    "grant": "Grant",
    "technical-assistance": "Technical assistance",
    "training": "Training",
    "debt-rescheduling": "Debt rescheduling",
}
KINDS = {
    "5g-network": "a 5G network",
    "broadcasting": "radio or television",
    "commercial-partnership": "a letter of intent",
    "investment": "a joint venture",
    "data-centre": "a data centre",
    "e-government": "e-government",
    "fixed-network": "a fixed network",
    "manufacturing": "a factory",
    "mobile-network": "a mobile network",
    "police-it": "a police information system",
    "rnd-lab": "an innovation centre",
    "satellite": "a satellite",
    "security-inspection": "scanners for goods or vehicles",
    "smart-city": "a safe city",
    "submarine-cable": "a submarine cable",
    "surveillance": "a surveillance system",
    "telecom-ict": "telecommunications or information technology",
    "terrestrial-cable": "a fibre-optic cable",
    "training": "training",
    "video-surveillance": "video surveillance",
}
PHRASES = {
    "Unspecified Chinese Government Institution": "the Chinese government",
    "Embassy of China in {recipient}": "the Embassy of China",
}


def join_words(items: Iterable[str]) -> str:
    """Join words with commas and "and": `A`, `A and B`, `A, B and C`."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def compose(
    row: dict[str, str], reading: Reading, country: str, provinces: list[str], names: dict[int, str], works: Iterable[str] = ()
) -> str:
    """Compose a title of flow, financiers, recipients, purpose, phase, works, suppliers, province, country and year.

    `names`: purposes in our own words, by id. `works`: the works that the purpose doesn't mention.
    """
    by_role: dict[str, list[str]] = {}
    for name, role, _ in reading.names:
        if name not in by_role.setdefault(role, []):
            by_role[role].append(name)
    kinds = [kind for kind, _ in reading.kinds]
    flow = FLOWS[reading.flow[0]] if reading.flow else "Funding"
    if "donation" in kinds:
        flow = "Donation"
    title = flow
    if "financier" in by_role:
        title += f" by {join_words(PHRASES.get(name, name) for name in by_role['financier'])}"
    if "recipient" in by_role:
        title += f" to {join_words(by_role['recipient'])}"
    kind_words = [KINDS[kind] for kind in kinds if kind != "donation"]
    purpose = names.get(int(row["AidData.Record.ID"])) or join_words(kind_words)
    if purpose and not (purpose == "training" and flow == "Training"):
        title += f" {purpose}" if purpose.startswith(("of ", "to ")) else f" for {purpose}"
    if phases := [phase for phase in reading.phases if not phase.startswith(FACILITY)]:
        title += f", phase {join_words(phases)}"
    if words := [WORKS[work] for work in works]:
        modern = "moderni" in row["Title"].lower()
        title += f", {join_words('modernisation' if word == WORKS['repair'] and modern else word for word in words)}"
    if "supplier" in by_role:
        title += f"; supplied by {join_words(by_role['supplier'])}"
    place = [*provinces[:1], country] if len(provinces) == 1 and provinces[0] not in title else [country]
    return f"{title} ({', '.join(place)}, {row['Commitment.Year']})"


def is_equivalent(first: Reading | str, second: Reading | str) -> bool:
    """Return whether two titles give the same facts, even by different rules; False if either title is out of scope."""
    if isinstance(first, str) or isinstance(second, str):
        return False
    facts = [
        (
            {kind for kind, _ in reading.kinds},
            {(name, role) for name, role, _ in reading.names},
            reading.flow and reading.flow[0],
            reading.phases,
            {work for work, _ in reading.works},
        )
        for reading in (first, second)
    ]
    return facts[0] == facts[1]


def works_of(reading: Reading | str) -> set[str]:
    """Return the works of a title; an empty set if it is out of scope."""
    return set() if isinstance(reading, str) else {work for work, _ in reading.works}


def table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return a CSV file's header and rows."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        return list(reader.fieldnames or []), list(reader)


def write(path: Path, header: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a CSV file atomically."""
    lines = [header, *([row[column] for column in header] for row in rows)]
    quoted = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' if re.search(r'[",\n\r]', cell) else cell for cell in line] for line in lines
    ]
    atomic_write(path, "".join(",".join(line) + "\n" for line in quoted).encode())


def description_values(content: Catalogue, data: Path, edition: list[dict[str, str]]) -> Iterable[dict[str, str]]:
    """Yield the rows of the table of values: what the rules extract from the descriptions of the edition's records, and the
    records that the descriptions mention. Towns that the gazetteer lacks are left out.
    """
    titles = Titles(read_yaml(HERE / "title_rules.yml"))
    rules = Descriptions(read_yaml(HERE / "description_rules.yml"), titles.known_name)
    linked = LinkedRecords(linked_rows(edition, titles))
    by_id = {row["AidData.Record.ID"]: row for row in edition}
    _, texts = table(data / DESCRIPTIONS)
    for number, text in enumerate(texts, start=2):
        record = text["AidData Record ID"]
        if record not in by_id:
            continue
        row = by_id[record]
        known = {column: row[column.replace(" ", ".")].removesuffix(".0") for column in (*YEARS, "Recipient")}
        country = content.areas.find(row["Recipient.ISO-3"] or row["Recipient"])
        for fact in (*rules.read(record, text["Description"], known), *links_in(record, text["Description"], linked)):
            if fact.property != "place" or knows_town(content.areas, fact.value, country):
                place = f"{DESCRIPTIONS}#row={number};col=Description;characters={fact.start}-{fact.end}"
                yield dict(zip(VALUE_COLUMNS, (record, fact.property, fact.value, fact.rule, place), strict=True))


def linked_rows(edition: list[dict[str, str]], titles: Titles) -> Iterable[LinkedRow]:
    """Yield the records of the edition with the ids that they link to."""
    for row in edition:
        reading = titles.read(row["Sector.Name"], row["Title"])
        if not isinstance(reading, str):
            yield LinkedRow(row["AidData.Record.ID"], tuple(row[LINK_COLUMN].split()), reading, row["Recipient"])


def main(data: Path) -> None:
    """Write the three files of the edition, or exit without writing if a title gives other facts than the publisher's title."""
    content = Catalogue()
    words, own = read_yaml(HERE / "title_rules.yml"), read_yaml(HERE / "edition_names.yml")
    titles = Titles(words)
    header, rows = table(data / SHORT)
    place_header, places = table(data / PLACES)
    edition, unlike = [], []
    for row in rows:
        reading = titles.read(row["Sector.Name"], row["Title"])
        if isinstance(reading, str):
            continue
        record = row["AidData.Record.ID"]
        country = content.areas.areas[content.areas.find(row["Recipient.ISO-3"] or row["Recipient"])].label
        provinces = [repair_encoding(place["shapeName"].strip()) for place in places if place["id"] == record]
        own_title = own["titles"].get(int(record))
        plain = titles.read(row["Sector.Name"], own_title or compose(row, reading, country, [], own["names"]))
        missing = works_of(reading) - works_of(plain)
        candidates = [
            own_title or compose(row, reading, country, names, own["names"], sorted(missing)) for names in (provinces, [])
        ]
        equivalent = [title for title in candidates if is_equivalent(titles.read(row["Sector.Name"], title), reading)]
        if not equivalent:
            unlike.append(f"{record}: {candidates[0]!r} does not give the facts of the publisher's title")
            continue
        links = " ".join(other for other in linked_ids(row["Title"]) if other != record)
        edition.append({**row, "OSM.link": "", "Title": equivalent[0], LINK_COLUMN: links})
    if unlike:
        sys.exit("\n".join([*unlike, "change edition_names.yml"]))
    ids = {row["AidData.Record.ID"] for row in edition}
    write(HERE / "edition" / SHORT, [*header, LINK_COLUMN], edition)
    write(HERE / "edition" / PLACES, place_header, (place for place in places if place["id"] in ids))
    write(HERE / "edition" / VALUES, VALUE_COLUMNS, description_values(content, data, edition))
    print(f"{len(edition)} records")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
