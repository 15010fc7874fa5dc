"""Answers about pairs: what is recorded about an organisation in a country, and the records behind it.

`other_pairs` reads the answers about other pairs, such as a lender and a country.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader, Row, json_array
from overt.queries.organizations import RoleCount

LENDERS, ORGANIZATION_KINDS, COUNTRY_KINDS, SERVICES = "lender_units", "organization_kinds", "country_kinds", "services"
"""Names of the queries that `other_pairs` accepts."""
_LISTS = {ORGANIZATION_KINDS: ("country",), COUNTRY_KINDS: ("index_years",), SERVICES: ("kind",)}
"""Columns that contain lists, by query."""


_SUPPLIES_ITSELF = """EXISTS (
    SELECT 1 FROM answer_rows AS w
    WHERE w.organization = a.organization AND w.country = a.country AND w.through = a.organization
        AND w.type IN ('project', 'assessment') AND w.role IN ('supplier', 'implementer')
)"""
"""SQL condition for answers in which the organisation itself is a supplier, not only a company of its group."""


class Answer(NamedTuple):
    """What is recorded about an organisation in a country.

    Projects that are only announced, cancelled, denied or unverified count only in `not_built`.
    """

    organization: str
    country: str
    strength: str
    projects: int
    supplied: int
    named_customers: int
    cables_supplied: int
    owned: int
    cables_owned: int
    financed: int
    other_parts: int
    not_built: int
    group_projects: int
    through: list[str]
    kind: list[str]
    index_years: list[int]
    programmes: int
    agreements: int
    lists: int
    financier: list[str]
    first_year: int | None
    last_year: int | None
    independent_sources: int
    newest_evidence: str | None
    sentence: str
    sentence_zh: str
    label: str | None = None
    label_lang: str | None = None
    label_zh: str | None = None

    @property
    def id(self) -> str:
        """Id of the organisation."""
        return self.organization


class Part(NamedTuple):
    """The role that an organisation, or a company of its group (`through`), has in a record."""

    type: str
    id: str
    role: str
    through: str
    label: str | None
    """The label of `through`."""
    label_lang: str | None
    label_zh: str | None


class AnswerProject(NamedTuple):
    """A project behind an answer."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    layer: str | None
    kinds: list[str]
    status: str | None
    year: int | None
    date: str | None
    """The first of these dates that is on record (EDTF): agreement, construction, start, use, completion."""
    dated: str | None
    """The property from which `date` comes, such as `agreed`."""
    sources: int
    independent_sources: int
    known_from: list[str]
    """Kinds of document or observation from which the project is known: terms of the vocabulary `known-from`."""


class OtherRecord(NamedTuple):
    """A record behind an answer, other than a project: an assessment, a programme or an agreement."""

    type: str
    id: str
    role: str
    through: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    independent_sources: int
    date: str | None
    source: str | None


class CountrySupplier(NamedTuple):
    """An organisation that supplies something documented in a country."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    supplied: int
    """Number of projects that it supplies in the country, cables included."""


class Selection(NamedTuple):
    """Criteria for choosing answers. An empty criterion matches all answers."""

    organizations: Sequence[str] = ()
    countries: Sequence[str] = ()
    kinds: Sequence[str] = ()
    strengths: Sequence[str] = ()
    seats: Sequence[str] = ()
    """Codes of countries. Only organisations based in one of these countries match."""
    supplies: bool = False
    """Whether only answers match in which the organisation itself supplies something documented, or an index names it as a
    supplier.
    """

    def where(self) -> tuple[str, Row]:
        """Return an SQL condition on `answers AS a`, and the values of its parameters."""
        tests, values = ["true"], dict[str, Any]()
        for column, chosen in (("organization", self.organizations), ("country", self.countries), ("strength", self.strengths)):
            if chosen:
                tests.append(f"a.{column} IN (SELECT value FROM json_each(:{column}s))")
                values[f"{column}s"] = json_array(chosen)
        if self.kinds:
            tests.append("EXISTS (SELECT 1 FROM json_each(a.kind) AS k JOIN json_each(:kinds) AS c ON c.value = k.value)")
            values["kinds"] = json_array(self.kinds)
        if self.seats:
            tests.append("a.organization IN (SELECT id FROM companies WHERE country IN (SELECT value FROM json_each(:seats)))")
            values["seats"] = json_array(self.seats)
        if self.supplies:
            tests.append(f"(a.supplied + a.cables_supplied > 0 OR a.index_years <> '[]') AND {_SUPPLIES_ITSELF}")
        return " AND ".join(tests), values


def find(reader: Reader, organization: str, country: str) -> Answer | None:
    """Return the answer about an organisation in a country, or None if nothing is recorded."""
    rows = listed(reader, Selection((organization,), (country,)), 1)
    return rows[0] if rows else None


def listed(reader: Reader, selection: Selection, limit: int, after: tuple[str, str] = ("", "")) -> list[Answer]:
    """Return up to `limit` answers sorted by organisation and country, starting after the pair `after`."""
    where, values = selection.where()
    values |= {"after": after[0], "after_country": after[1], "limit": limit}
    return _answers(reader, "listed", f"{where} AND (a.organization, a.country) > (:after, :after_country)", values)


def ranked(reader: Reader, selection: Selection, limit: int) -> list[Answer]:
    """Return up to `limit` answers, the strongest first."""
    where, values = selection.where()
    return _answers(reader, "ranked", where, {**values, "limit": limit})


def count(reader: Reader, selection: Selection) -> int:
    """Return the number of answers that match a selection."""
    where, values = selection.where()
    row = reader.first("pair_answers.count", values, where=where)
    return row["answers"] if row else 0


def roles(reader: Reader, organization: str, country: str) -> list[RoleCount]:
    """Count the documented projects of an answer by layer and role. A project with two layers counts in both."""
    return reader.query(RoleCount, "pair_answers.roles", [organization, country])


def parts(reader: Reader, organization: str, country: str) -> list[Part]:
    """Return the roles that an organisation and its group have in the records of a country."""
    return reader.query(Part, "pair_answers.parts", [organization, country])


def projects(reader: Reader, organization: str, country: str) -> list[AnswerProject]:
    """Return the projects behind an answer, those with the most separate sources first.

    Projects that are only announced, cancelled, denied or unverified come last.
    """
    decode = {"kinds": orjson.loads, "known_from": orjson.loads}
    return reader.query(AnswerProject, "pair_answers.projects", {"organization": organization, "country": country}, decode=decode)


def stated_projects(reader: Reader, organization: str, country: str) -> list[AnswerProject]:
    """Return a country's projects about which an organisation made a statement.

    Projects in which it or its group has a part are left out.
    """
    decode = {"kinds": orjson.loads, "known_from": orjson.loads}
    values = {"organization": organization, "country": country}
    return reader.query(AnswerProject, "pair_answers.stated_projects", values, decode=decode)


def other_records(reader: Reader, organization: str, country: str) -> list[OtherRecord]:
    """Return the assessments, programmes and agreements behind an answer."""
    return reader.query(OtherRecord, "pair_answers.records", [organization, country])


def suppliers(reader: Reader, country: str, besides: str) -> list[CountrySupplier]:
    """Return the organisations other than `besides` that supply something documented in a country, most projects first.

    Organisations that supply only through companies of their group are left out.
    """
    values = {"organization": besides, "country": country}
    return reader.query(CountrySupplier, "pair_answers.suppliers", values, itself=_SUPPLIES_ITSELF)


def pairs(reader: Reader) -> list[tuple[str, str]]:
    """Return every pair of an organisation and a country for which a project or an index is on record."""
    return [(row["organization"], row["country"]) for row in reader.rows("pair_answers.addresses")]


def other_pairs(reader: Reader, query: str, limit: int, offset: int = 0, **chosen: Sequence[str]) -> list[Row]:
    """Return up to `limit` rows of another table of answers, starting at row `offset`. `query`: a name such as `LENDERS`.

    `chosen`: the allowed values by column; a column without values is not restricted. Columns with lists are decoded.
    """
    tests = ["true", *(f"{column} IN (SELECT value FROM json_each(:{column}))" for column, values in chosen.items() if values)]
    values = {column: json_array(values) for column, values in chosen.items() if values}
    rows = reader.rows(f"pair_answers.{query}", {**values, "limit": limit, "offset": offset}, where=" AND ".join(tests))
    lists = _LISTS.get(query, ())
    return [{name: orjson.loads(value) if name in lists and value else value for name, value in row.items()} for row in rows]


def _answers(reader: Reader, query: str, where: str, values: Row) -> list[Answer]:
    decode = dict.fromkeys(("through", "kind", "index_years", "financier"), orjson.loads)
    return reader.query(Answer, f"pair_answers.{query}", values, decode=decode, where=where)
