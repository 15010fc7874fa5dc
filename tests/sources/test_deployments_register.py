"""Our register of deployments: one name for each body, named customers, own networks, and the maker of FinFisher."""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import overt

_EDITION = Path(overt.__file__).parent / "content" / "sources" / "deployments" / "edition"
_BRACKETS = re.compile(r"\s*\([^)]*\)$")


def _rows(name: str) -> Sequence[Mapping[str, str]]:
    with (_EDITION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_body_is_not_named_with_and_without_its_country() -> None:
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    named = [(row["organization"], row["country"]) for row in _rows("deployment_roles.csv")]
    named += [(row["by"], row["country"]) for row in _rows("deployment_statements.csv")]
    for name, country in named:
        if country:
            names[_BRACKETS.sub("", name).casefold(), country].add(name)
    assert [sorted(each) for each in names.values() if len(each) > 1] == []


def test_a_state_is_called_a_client_only_if_a_customer_is_named() -> None:
    named = {row["deployment"] for row in _rows("deployment_roles.csv") if row["role"] in ("customer", "operator")}
    clients = {row["deployment"]: row["name"] for row in _rows("deployments.csv") if re.search(r"\bclient [A-Z]", row["name"])}
    assert len(clients) > 5 and {name for deployment, name in clients.items() if deployment not in named} == set()


def test_own_networks_and_own_premises_are_no_surveillance() -> None:
    watching = {"surveillance", "video-surveillance", "facial-recognition", "smart-city", "smart-policing", "interception"}
    networks = {"telecom-ict", "mobile-network", "fixed-network"}
    for row in _rows("deployments.csv"):
        kinds = set(filter(None, row["kinds"].split(";")))
        assert not ("police-it" in kinds and kinds & networks and not kinds & watching), f"{row['id']}: the police's own network"
        assert not ("site-security" in kinds and kinds & watching), row["id"]


def test_the_maker_of_finfisher_is_a_supplier_if_a_document_of_the_record_names_it() -> None:
    suppliers: dict[str, set[str]] = defaultdict(set)
    for row in _rows("deployment_roles.csv"):
        if row["role"] == "supplier":
            suppliers[row["deployment"]].add(row["organization"])
            assert row["document"] != "faz-8ebb8b", "it names the maker, but no system, so it isn't a source for one"
    made = {row["deployment"] for row in _rows("deployments.csv") if row["document"] == "faz-8ebb8b"}
    assert len(made) > 5 and [deployment for deployment in sorted(made) if "FinFisher" not in suppliers[deployment]] == []
