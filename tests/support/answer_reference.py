"""Answers computed another way: in Python, record by record, from the released tables of records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Row = Mapping[str, Any]
NOT_DOCUMENTED = {"announced", "cancelled", "denied", "unverified"}


class Tie(NamedTuple):
    """An organisation that belongs to another, and the first and last year in which it does."""

    head: str
    member: str
    first: int
    last: int


class ReferenceAnswers:
    """The numbers of answers about an organisation in a country. `tables`: the rows of the released tables, by table name."""

    def __init__(self, tables: Mapping[str, Sequence[Row]]) -> None:
        self._tables = tables
        self._organizations = {row["id"]: row for row in tables["organizations"]}
        self._projects = {row["id"]: row for row in tables["projects"]}
        self._members = self._group_members()
        self._customers = defaultdict(set)
        for role in tables["roles"]:
            if role["role"] in ("customer", "operator"):
                self._customers[role["project"]].add(role["organization"])
        self._cables = {row["id"] for row in tables["project_kinds"] if row["kind"] == "submarine-cable"}

    def counts(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the numbers of each answer by organisation and country."""
        parts: dict[tuple[str, str], dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
        answers: dict[tuple[str, str], dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
        for kind, identity, organization, role, year, countries in self._parts():
            for head in self._heads(organization, year):
                for country in countries:
                    if kind == "project":
                        parts[head, country][identity].add((role, organization))
                    answers[head, country][kind].add(year if kind == "assessment" else identity)
                    if head != organization:
                        answers[head, country]["through"].add(organization)
        return {pair: self._count(pair[0], parts[pair], kinds) for pair, kinds in answers.items()}

    def _count(self, head: str, projects: Mapping[str, set[tuple[str, str]]], kinds: Mapping[str, set[Any]]) -> dict[str, Any]:
        counts: dict[str, Any] = defaultdict(int)
        years = []
        for identity, parts in projects.items():
            roles, through = {role for role, _ in parts}, {organization for _, organization in parts}
            if self._projects[identity]["status"] in NOT_DOCUMENTED:
                counts["not_built"] += 1
                continue
            cable = identity in self._cables
            supplies, owns = bool(roles & {"supplier", "implementer"}), bool(roles & {"owner", "operator"})
            counts["projects"] += 1
            counts["group_projects"] += head not in through
            if supplies:
                counts["cables_supplied" if cable else "supplied"] += 1
                counts["named_customers"] += not cable and bool(self._customers[identity] - through)
            elif owns:
                counts["cables_owned" if cable else "owned"] += 1
            counts["financed"] += "financier" in roles
            counts["other_parts"] += not supplies and not owns and "financier" not in roles
            if (year := self._year(identity)) is not None:
                years.append(year)
        return {
            **counts,
            "index_years": sorted(kinds.get("assessment", ())),
            "programmes": len(kinds.get("programme", ())),
            "agreements": len(kinds.get("agreement", ())),
            "through": sorted(kinds.get("through", ())),
            "first_year": min(years, default=None),
            "last_year": max(years, default=None),
        }

    def _parts(self) -> Iterator[tuple[str, str, str, str, int | None, list[str]]]:
        """Yield the type, record, organisation, role, year and countries of each part that an organisation on record plays.

        Parties to laws are left out.
        """
        for row in self._tables["roles"]:
            yield from self._project_part(row["project"], row["organization"], row["role"])
        for row in self._tables["commitments"]:
            for financier in row["financier"] or ():
                yield from self._project_part(row["project"], financier, "financier")
        for row in self._tables["assessments"]:
            for supplier in row["supplier"] or ():
                yield from self._known("assessment", row["id"], supplier, "supplier", row["year"], [row["country"]])
        for row in self._tables["programmes"]:
            for role in ("supplier", "operator"):
                for organization in row[role] or ():
                    yield from self._known("programme", row["id"], organization, role, _year(row["start_from"]), [row["country"]])
        laws = {
            row["id"]
            for row in self._tables["terms"]
            if row["vocabulary"] == "agreement-kinds" and "law" in (row["id"], row["broader"])
        }
        for row in self._tables["agreements"]:
            for party in row["party"] or () if row["kind"] not in laws else ():
                yield from self._known(
                    "agreement", row["id"], party, "party", _year(row["date_from"]), row["party_country"] or []
                )

    def _project_part(self, project: str, organization: str, role: str) -> Iterator[Any]:
        if project in self._projects:
            countries = self._projects[project]["country"] or []
            yield from self._known("project", project, organization, role, self._year(project), countries)

    def _known(
        self, kind: str, identity: str, organization: str, role: str, year: int | None, countries: list[str]
    ) -> Iterator[Any]:
        known = [country for country in countries if country]
        if organization in self._organizations and known:
            yield kind, identity, organization, role, year, known

    def _heads(self, organization: str, year: int | None) -> set[str]:
        """Return the organisation, and the heads of its group in a year; without a year, the heads of ties without an end."""
        heads = {organization}
        for tie in self._members:
            if tie.member == organization and (tie.last == 9999 if year is None else tie.first <= year <= tie.last):
                heads.add(tie.head)
        return heads

    def _group_members(self) -> set[Tie]:
        """Return direct ties, and indirect ties for the years in which all their links hold. No public body is a head."""
        ties = set()
        for row in self._tables["relations"]:
            upward = row["kind"] in ("parent", "grouped-under") or (row["kind"] == "joint-venture" and (row["share"] or 0) > 50)
            downward = row["kind"] == "subsidiary" or (row["kind"] == "share-held" and (row["share"] or 0) > 50)
            head, member = (row["to"], row["from"]) if upward else (row["from"], row["to"])
            kind = self._organizations.get(head, {}).get("kind")
            if (upward or downward) and head and member and head != member and kind not in ("state-body", "intergovernmental"):
                ties.add(Tie(head, member, _year(row["start_from"]) or 0, _year(row["end_to"]) or 9999))
        reached = set(ties)
        while True:
            more = {
                Tie(above.head, below.member, max(above.first, below.first), min(above.last, below.last))
                for above in reached
                for below in ties
                if above.member == below.head and below.member != above.head
            }
            if more <= reached:
                return {tie for tie in reached if tie.first <= tie.last}
            reached |= more

    def _year(self, project: str) -> int | None:
        row = self._projects[project]
        for name in ("agreed", "construction_start", "started", "operational", "completed"):
            if row[name] is not None:
                day = row[f"{name}_from"] or row[f"{name}_to"]
                return day.year if day else None
        return None


def _year(day: Any) -> int | None:
    return day.year if day else None
