"""AidData: descriptions give organisations, places, dates and amounts, and nothing that belongs to another record."""

import csv
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from overt.content.sources.aiddata_gcdf import make_edition
from overt.content.sources.aiddata_gcdf.description_reader import Descriptions, edtf, money
from overt.content.sources.aiddata_gcdf.title_reader import Titles
from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import read_yaml

FOLDER = Path(make_edition.__file__).parent
RULES = read_yaml(FOLDER / "description_rules.yml")
ROW = {"Commitment Year": "2012", "Implementation Start Year": "2013", "Completion Year": "2015", "Recipient": "Kenya"}


@pytest.fixture(scope="module")
def descriptions() -> Descriptions:
    return Descriptions(RULES, Titles(read_yaml(FOLDER / "title_rules.yml")).known_name)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "importing" / "aiddata_description_quality.py"
    spec = importlib.util.spec_from_file_location("bench_aiddata_description_quality", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(descriptions: Descriptions, text: str) -> set[tuple[str, str]]:
    return {(fact.property, fact.value) for fact in descriptions.read("1", text, ROW)}


def test_rules_are_declared(content: Catalogue) -> None:
    assert {rule["id"] for rule in RULES["rules"]} <= set(content.sources["aiddata_gcdf"].rules)
    assert all(rule.get("note") for rule in RULES["rules"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On May 3, 2012, China Eximbank and the Government of Kenya signed an RMB 2.1 billion loan agreement.",
            {("loan-agreed", "2012-05-03"), ("loan-amount", "2100000000 CNY")},
        ),
        ("On May 3, 2012, China Eximbank and Kenya signed an RMB 2 billion framework loan agreement.", set()),
        ("On May 3, 2009, China Eximbank and Kenya signed an RMB 2 billion loan agreement.", set()),
        ("On May 3, 2012, CDB and Kenya signed a $1 million loan agreement, captured via Project ID#77.", set()),
        (
            "It pays for a $154 million commercial contract between ZTE Corporation and the Alder Computer Council.",
            {("contract-value", "154000000 USD"), ("customer", "Alder Computer Council"), ("implementer", "ZTE Corporation")},
        ),
        (
            "The commercial contract between Alder Telecom and Huawei, which was signed in June 2011, was modified.",
            {("contract-signed", "2011-06"), ("customer", "Alder Telecom"), ("implementer", "Huawei Technologies")},
        ),
        (
            "China Harbour Engineering Company (CHEC) won. CHEC was the EPC contractor responsible for implementation.",
            {("implementer", "China Harbour Engineering Company")},
        ),
        ("NFC was the contractor responsible for implementation.", set()),
        ("Sinohydro was the subcontractor.", set()),
        (
            "CDB signed a loan agreement with Megafon for the purchase of Huawei equipment.",
            {("supplier", "Huawei Technologies"), ("customer", "MegaFon")},
        ),
        ("CDB signed a loan agreement with Megafon.", set()),
        (
            "Construction began on July 1, 2013. The project was completed in June 2015.",
            {("started", "2013-07-01"), ("completed", "2015-06")},
        ),
        ("Construction was expected to begin in 2013. Phase 2 was completed in 2015.", set()),
        ("The cameras hang in the city of Mombasa.", {("place", "Mombasa")}),
    ],
)
def test_values(descriptions: Descriptions, text: str, expected: set[tuple[str, str]]) -> None:
    assert read(descriptions, text) == expected


def test_a_text_about_many_records_gives_nothing(descriptions: Descriptions) -> None:
    text = "Construction began on July 1, 2013. See " + ", ".join(f"Project ID#{number}" for number in range(70, 77))
    assert read(descriptions, text) == set()


def test_a_value_has_its_place(descriptions: Descriptions) -> None:
    text = "The ‘Alder’ network. Construction began on July 1, 2013."
    (fact,) = descriptions.read("1", text, ROW)
    assert text[fact.start : fact.end] == "Construction began on July 1, 2013"


@pytest.mark.parametrize(("text", "expected"), [("late 2012", "2012"), ("May 2012", "2012-05"), ("3 May 2012", "2012-05-03")])
def test_dates(text: str, expected: str) -> None:
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("$1.5 million", "1500000 USD"), ("€ 12", None), ("$121,734,105.49 million", None)]
)
def test_amounts(text: str, expected: str | None) -> None:
    assert money(text) == expected


def test_every_repeat_has_an_upper_bound() -> None:
    texts = [
        *RULES["words"].values(),
        *(pattern for rule in RULES["rules"] for pattern in [*rule["pattern"], rule.get("unless") or ""]),
    ]
    assert len(texts) > 40
    for pattern in texts:
        bare = re.sub(r"\\.|\[[^\]]*\]", "x", pattern)
        assert not re.search(r"[*+]|\{\d*,\}", bare), pattern


@pytest.mark.parametrize(
    "word", ["On May 3, 2012, ", "Alder and ", "( ", "signed a $1 loan ", "contract between A Co., ", "A — "]
)
def test_hostile_texts_are_read_to_their_end(descriptions: Descriptions, word: str) -> None:
    """A pattern that backtracks from every repeated word would not return here. More repetitions say nothing new."""
    many, few = (descriptions.read("1", word * times, ROW) for times in (5_000, 50))
    assert {(fact.property, fact.value) for fact in many} == {(fact.property, fact.value) for fact in few}


def test_the_edition_names_the_place_of_every_value(content: Catalogue) -> None:
    _, rows = make_edition.table(FOLDER / "edition" / make_edition.VALUES)
    assert len(rows) > 100
    assert all(re.fullmatch(r"gcdf3_df_filtered\.csv#row=\d+;col=Description;characters=\d+-\d+", row["read in"]) for row in rows)
    longest = max(len(row["value"].split()) for row in rows)
    assert longest <= 12, "a value is a name, a date or an amount, never a sentence"


@pytest.mark.slow
@pytest.mark.data
def test_the_edition_gives_the_claims_of_the_publisher_s_files(content: Catalogue, data: Path) -> None:
    ours, published = (
        {
            (claim.record, claim.property, claim.value, claim.unit)
            for claim in import_folder(content, "aiddata_gcdf", folder).claims
            if (claim.type, claim.property) != ("project", "name")
        }
        for folder in (FOLDER / "edition", data / "aiddata")
    )
    assert ours == published


@pytest.mark.ci
@pytest.mark.data
def test_rules_agree_with_a_person(bench: ModuleType) -> None:
    scores = bench.measure()
    assert {half for half, _ in scores} == {"development", "held-out"}
    for (half, name), score in scores.items():
        if half == "development":
            assert score.precision >= 0.97, (name, score)


@pytest.mark.data
def test_places_of_the_edition_are_true(data: Path) -> None:
    with (data / "aiddata" / make_edition.DESCRIPTIONS).open(encoding="utf-8", newline="") as handle:
        texts = list(csv.DictReader(handle))
    _, rows = make_edition.table(FOLDER / "edition" / make_edition.VALUES)
    for row in rows:
        number, start, end = map(int, re.findall(r"\d+", row["read in"].partition("#")[2]))
        text = texts[number - 2]
        assert text["AidData Record ID"] == row["AidData Record ID"]
        assert 0 < end - start < 700
        assert len(text["Description"]) >= end
