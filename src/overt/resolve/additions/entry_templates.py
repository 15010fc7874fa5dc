"""Examples of entries, to copy and change."""

from overt.model.content_catalogue import Catalogue
from overt.model.schema import Property, RecordType

_PROJECT = """\
# One entry for each record. Leave out what you don't know; a value may also be a list, or have keys of its own:
# {value: …, lang: zh}, {value: …, from: 2019, to: 2021}, {value: …, document: {title: …, place: …}}.
- record: project
  # id: editorial:project/…   # to add to an existing record, instead of making a new one
  name: [Safe city of Nairobi, {value: 内罗毕平安城市, lang: zh}]
  kind: [video-surveillance, facial-recognition]   # docs/data-dictionary.md#project-kinds lists them
  status: operational                              # a word of docs/data-dictionary.md#statuses
  country: Kenya
  agreed: 2019-05-17                               # or 2019-05, or 2019
  supplier:
    - Huawei
    - {name: Safaricom, country: Kenya, start: 2015}
  customer: National Police Service
  place: {name: Nairobi, precision: locality}
  commitment: {amount: US$1.2m, financier: China Exim Bank, flow-type: loan, agreed: 2018}
  document:                                        # what says so; each part may have a document of its own
    title: Annual report
    place: page 12
    url: https://example.org/report
    publisher: Ministry of Finance
    published: 2020-03
"""
_EXAMPLES = {
    "text": "A text", "name": "A name", "date": "2019-05-17", "year": "2019", "area": "Kenya", "money": "US$1.2m", "number": "12",
    "boolean": "true", "geometry": "POINT (36.82 -1.29)", "url": "https://example.org/", "identifier": "wikidata:Q1",
}  # fmt: skip


def entry_template(content: Catalogue, record_type: RecordType) -> str:
    """Return an example of an entry for a record of this type, as YAML with comments."""
    if record_type.name == "project":
        return _PROJECT
    lines = [f"# {record_type.description} Leave out what you don't know.", f"- record: {record_type.name}"]
    for property_ in record_type.properties.values():
        example = _example(content, property_)
        needed = " (required)" if property_.required else ""
        many = "; several as [A, B]" if property_.many else ""
        lines.append(f"  {property_.name}: {example}  # {property_.description.rstrip('.')}{many}{needed}")
    lines += ["  document:", "    title: Annual report", "    place: page 12", "    url: https://example.org/report"]
    return "\n".join(lines) + "\n"


def _example(content: Catalogue, property_: Property) -> str:
    if property_.type == "term":
        return content.vocabularies[property_.vocabulary or ""].terms[0].id
    if property_.type == "record":
        return f"Name of an existing {property_.record}" if property_.record != "organization" else "Huawei"
    if property_.type == "number" and property_.unit:
        return f"12 {property_.unit}"
    return _EXAMPLES[property_.type]
