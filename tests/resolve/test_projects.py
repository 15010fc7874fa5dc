"""Which records of projects are one project, with what probability and why."""

import random
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from bench.projects.labels import described, elsewhere, truth
from overt.importing.folder_import import import_folder
from overt.model.claim import CLAIMS, Claim
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.resolve.projects import CANDIDATES, explain_project_pair, load_project_model, score_project_pairs
from overt.resolve.projects.name_tables import rarity, variant_keys
from overt.resolve.projects.project_name_reader import ProjectNameReader
from tests.resolve.world import World, record

CONTENT = Catalogue()
MODEL = load_project_model()
READER = ProjectNameReader(MODEL.words)


def pairs(*claims: list[Claim], **options: object) -> dict[tuple[str, str], float]:
    """The probability of each pair that is proposed or shown to a person."""
    return {(row["left"], row["right"]): row["probability"] for row in table(*claims, **options).to_pylist()}


def table(*claims: list[Claim], **options: object) -> pa.Table:
    rows = [{"claim_id": claim.id, **claim._asdict()} for held in claims for claim in held]
    with connect(threads=1) as connection:
        connection.register("said", pa.Table.from_pylist(rows, schema=CLAIMS))
        return score_project_pairs(connection, "(SELECT *, 0 AS turn FROM said)", CONTENT, **options)


def cable(key: str, /, **values: str | Iterable[str]) -> list[Claim]:
    """A submarine cable with its supplier."""
    supplier = values.pop("supplier", "")
    claims = record(key, "project", kind="submarine-cable", **values)
    if supplier:
        source = key.partition(":")[0]
        claims += record(f"{source}:organization/{supplier}", name=supplier)
        claims += record(f"{key}/s", "role", project=key, organization=f"{source}:organization/{supplier}", role="supplier")
    return claims


def others(count: int = 100) -> list[list[Claim]]:
    """Cables that have nothing to do with one another, so that rare words are rare."""
    towns = [f"{first}{second}" for first in ("bel", "car", "dun", "fal", "gor", "hul") for second in ("mont", "wick", "stad")]
    chosen = random.Random(7)
    return [
        cable(
            f"b:other-{number}",
            name=f"{chosen.choice(towns)} {number + 100} {chosen.choice(towns)} Cable",
            country="NO",
            supplier=f"Maker {number}",
        )
        for number in range(count)
    ]


# --- What must hold -----------------------------------------------------------------------------------------------------


def test_five_loans_for_one_broadcaster_are_one_project_with_five_commitments(mauritius: list[Claim], tmp_path: Path) -> None:
    loans = {f"aiddata_gcdf:{key}" for key in (1144, 20089, 20104, 20881, 21229)}
    joined = [pair for pair, chance in pairs(mauritius).items() if chance >= MODEL.same and loans & {*pair}]
    assert set(joined) == {(one, other) for one in loans for other in loans if one < other}
    world = World(tmp_path)
    world.snapshot(mauritius)
    ids = {member: identity for member, _, identity, *_ in world.resolve(same=joined).members}
    assert len({ids[loan] for loan in loans}) == 1
    assert len({ids[f"{loan}/commitment"] for loan in loans}) == 5


@pytest.fixture(scope="module")
def mauritius() -> list[Claim]:
    """AidData's records as Overt ships them."""
    return list(import_folder(CONTENT, "aiddata_gcdf", Path(str(CONTENT.source_folders["aiddata_gcdf"])) / "edition").claims)


def test_a_cable_under_its_initials_and_in_full_is_one() -> None:
    said = {"supplier": "HMN Tech", "country": ["CM", "BR"]}
    map_row = cable("b:sail", name="South Atlantic Inter Link (SAIL)", operational="2020", length="5800", **said)
    title = "China Eximbank provides $85 million loan for SAIL Submarine Cable Project"
    loan = cable("a:1", name=title, agreed="2017-06", length="6000", **said)
    assert pairs(map_row, loan, *others(600))["a:1", "b:sail"] >= MODEL.same


def test_an_equal_telling_name_of_the_kind_in_one_country_is_one() -> None:
    listed = cable("b:next", name="Southern Cross NEXT", country=["FJ", "NZ", "US", "AU", "KI", "TK"], operational="2022-07")
    older = cable("b:sccn", name="Southern Cross Cable Network (SCCN)", country=["FJ", "NZ", "US", "AU"], operational="2000-11")
    told = [cable("a:1", name="Southern Cross NEXT", country="FJ"), cable("a:2", name="Southern Cross cable", country="FJ")]
    found = pairs(listed, older, *told, *others(), alone=["b"])
    assert min(found["a:1", "b:next"], found["a:2", "b:sccn"]) >= MODEL.same
    assert max(found.get(pair, 0) for pair in (("a:1", "b:sccn"), ("a:2", "b:next"))) < MODEL.review


def test_a_name_in_another_country_is_asked_about() -> None:
    here = cable("b:1", name="Quillwater Express", country="NO", operational="2018")
    found = pairs(here, cable("a:1", name="Quillwater Express", country="CL"), *others())
    assert MODEL.review <= found["a:1", "b:1"] < MODEL.same


def test_what_can_stand_for_any_is_not_joined_by_its_name() -> None:
    said = {"kind": "data-centre", "country": "BD"}
    one = record("b:1", "project", name="National Data Centre", **said)
    assert pairs(one, record("a:1", "project", name="Data centre project", **said), *others()).get(("a:1", "b:1"), 0) < MODEL.same


@pytest.mark.parametrize(("role", "shared"), [("supplier", True), ("owner", False)])
def test_who_takes_part_is_compared_by_role(role: str, shared: bool) -> None:
    said = {"kind": "satellite", "country": "NG", "name": "Quillwater-1"}
    claims = [*record("a:1", "project", **said), *record("b:1", "project", **said)]
    for source, name, part in (("a", "Harrowfen Bank", "financier"), ("b", "Harrowfen Bank" if shared else "Ebbstone", role)):
        claims += record(f"{source}:o", name=name)
        claims += record(f"{source}:1/r", "role", project=f"{source}:1", organization=f"{source}:o", role=part)
    (row,) = [held for held in table(claims, *others()).to_pylist() if held["left"] == "a:1"]
    assert ("participants" in {part["comparison"] for part in row["parts"]}) == shared


def test_another_name_of_a_project_counts_as_a_name() -> None:
    listed = cable("b:1", name="Quillwater Express", country="NO")
    listed += [Claim("b", "b:1", "project", "alias", "Harrowfen Link")]
    found = pairs(listed, cable("a:1", name="Harrowfen Link", country="NO"), *others())
    assert found["a:1", "b:1"] >= MODEL.same


def test_an_assessment_is_never_paired() -> None:
    said = {"name": "Safe City Dodoma Project", "kind": "smart-city", "country": "TZ", "agreed": "2019-05-01"}
    project = record("a:1", "project", **said)
    assessment = record("b:1", "assessment", **said)
    assert pairs(project, assessment, *others()) == {}
    assert ("a:1", "b:1") in pairs(project, record("b:1", "project", **said), *others())


def test_two_of_a_source_without_duplicates_are_two() -> None:
    said = {"name": "Quillwater Express", "country": ["IE", "IS"], "operational": "2018-04", "length": "1200"}
    one, two = cable("b:1", **said), cable("b:2", **said)
    assert ("b:1", "b:2") in pairs(one, two, *others())
    assert ("b:1", "b:2") not in pairs(one, two, *others(), alone=["b"])


@pytest.mark.parametrize(
    ("unit", "level"), [("USD@2021", "same"), ("USD@2017", "unknown"), ("USD", "unknown"), ("EUR@2021", "unknown")]
)
def test_amounts_compare_in_one_currency_at_prices_of_one_year(unit: str, level: str) -> None:
    said = {"name": "Quillwater Harrowfen Programme", "kind": "smart-city", "country": "TZ"}
    claims = [*record("a:1", "project", **said), *record("b:1", "project", **said)]
    for project, held in (("a:1", "USD@2021"), ("b:1", unit)):
        claims += record(f"{project}/c", "commitment", project=project)
        claims.append(Claim(project[0], f"{project}/c", "commitment", "amount", "85000000", unit=held))
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in claims]
    with connect(threads=1) as connection:
        connection.register("said", pa.Table.from_pylist(rows, schema=CLAIMS))
        _, parts = explain_project_pair(connection, "(SELECT *, 0 AS turn FROM said)", CONTENT, ("a:1", "b:1"))
    assert {part["level"] for part in parts if part["comparison"] == "amount"} == {level}


def test_an_umbrella_is_not_what_is_under_it() -> None:
    said = {"name": "Quillwater Harrowfen Programme", "kind": "smart-city", "country": "TZ", "agreed": "2019-05-01"}
    one = record("b:1", "project", **said)
    assert ("a:1", "b:1") in pairs(record("a:1", "project", **said), one, *others())
    assert ("a:1", "b:1") not in pairs(record("a:1", "project", umbrella="true", **said), one, *others())


# --- What each comparison does --------------------------------------------------------------------------------------------


def test_phases_of_one_system_stay_apart() -> None:
    said = {"kind": "smart-city", "country": "SR", "agreed": "2018-03-01", "completed": "2020-05-01"}
    first = record("a:1", "project", name="Quillwater Safe City, Phase 1", **said)
    again = record("b:1", "project", name="Quillwater Safe City, Phase I", **said)
    second = record("b:2", "project", name="Quillwater Safe City, Phase 2", **said)
    found = pairs(first, again, second, *others())
    assert found["a:1", "b:1"] >= MODEL.same > found.get(("a:1", "b:2"), 0)


def test_a_repair_is_not_the_construction() -> None:
    said = {"kind": "broadcasting", "country": "GN", "agreed": "2014"}
    built = record("a:1", "project", name="Quillwater Broadcasting Centre Construction", **said)
    again = record("b:1", "project", name="Construction of the Quillwater Broadcasting Centre", **said)
    mended = record("b:2", "project", name="Quillwater Broadcasting Centre Repair", **said)
    found = pairs(built, again, mended, *others())
    assert found["a:1", "b:1"] > found.get(("a:1", "b:2"), 0)


def level(comparison: str, *claims: list[Claim]) -> str:
    """The level of a comparison for a:1 and b:1, or a:1 and a:2."""
    with connect(threads=1) as connection:
        rows = [{"claim_id": claim.id, **claim._asdict()} for held in [*claims, *others()] for claim in held]
        connection.register("said", pa.Table.from_pylist(rows, schema=CLAIMS))
        pair = ("a:1", next(key for held in claims for key in ("b:1", "a:2") if held[0].record == key))
        _, parts = explain_project_pair(connection, "(SELECT *, 0 AS turn FROM said)", CONTENT, pair)
    return next(part["level"] for part in parts if part["comparison"] == comparison)


def test_what_is_done_to_a_thing_bears_its_name_and_is_not_called_so() -> None:
    said = {"kind": "broadcasting", "country": "GN"}
    built = record("a:1", "project", name="Quillwater Harrowfen Corporation", **said)
    assert level("name", built, record("b:1", "project", name="Quillwater Harrowfen Corporation", **said)) == "equal-telling"
    taught = record("b:1", "project", name="Training for the Quillwater Harrowfen Corporation", **said)
    assert level("name", built, taught) == "inside-telling"


def test_where_something_is_makes_no_telling_name() -> None:
    one = cable("a:1", name="South Atlantic Inter Link", country="CM")
    assert level("name", one, cable("b:1", name="South Atlantic Cable System", country="CM")) not in ("inside-telling", "part")


@pytest.mark.parametrize(("year", "told"), [("2013", "same"), ("2019", "again")])
def test_a_source_that_tells_of_a_name_years_later_tells_of_another(year: str, told: str) -> None:
    said = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    assert level("source", record("a:1", "project", agreed="2013", **said), record("a:2", "project", agreed=year, **said)) == told


def test_kinds_that_cannot_be_one_thing_are_no_pair() -> None:
    said = {"name": "Quillwater Harrowfen", "country": "GN", "agreed": "2014-05-03"}
    camera = record("a:1", "project", kind="smart-city", **said)
    seen = record("b:1", "project", kind="video-surveillance", **said)
    assert ("a:1", "b:1") in pairs(camera, seen, *others())
    assert ("a:1", "b:1") not in pairs(camera, record("b:1", "project", kind="satellite", **said), *others())


def place(key: str, project: str, /, **values: str) -> list[Claim]:
    return record(key, "place", project=project, **values)


@pytest.mark.parametrize(
    ("precision", "point", "level"),
    [
        ("locality", "POINT (12.5 41.9)", "near"),
        ("locality", "POINT (9.19 45.46)", "far"),
        ("admin1", "POINT (9.19 45.46)", None),
    ],
)
def test_distance_counts_only_where_both_places_are_precise(precision: str, point: str, level: str | None) -> None:
    said = {"name": "Quillwater Safe City", "kind": "smart-city", "country": "IT", "agreed": "2019-05-01"}
    claims = [record(f"{source}:1", "project", **said) for source in "ab"]
    claims.append(place("a:1/p", "a:1", name="Rome", precision="locality", geometry="POINT (12.49 41.9)"))
    claims.append(place("b:1/p", "b:1", name="Elsewhere", precision=precision, geometry=point))
    (row,) = [one for one in table(*claims, *others()).to_pylist() if one["left"] == "a:1"]
    assert [part["level"] for part in row["parts"] if part["comparison"] == "place"] == ([level] if level else [])


def test_the_parts_add_up_to_the_probability() -> None:
    said = {"name": "Quillwater Safe City", "kind": "smart-city", "country": "IT", "agreed": "2019-05-01"}
    found = table(*(record(f"{source}:1", "project", **said) for source in "ab"), *others())
    assert found.schema == CANDIDATES
    for row in found.to_pylist():
        total = MODEL.prior + sum(part["bits"] for part in row["parts"])
        assert row["probability"] == pytest.approx(1 / (1 + 2**-total), abs=1e-6)


def test_any_pair_can_be_explained(mauritius: list[Claim]) -> None:
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in mauritius]
    with connect(threads=1) as connection:
        connection.register("said", pa.Table.from_pylist(rows, schema=CLAIMS))

        def explained(left: str, right: str) -> tuple[float, list[dict]] | None:
            return explain_project_pair(connection, "(SELECT *, 0 AS turn FROM said)", CONTENT, (left, right))

        same, other = explained("aiddata_gcdf:20104", "aiddata_gcdf:1144"), explained("aiddata_gcdf:1144", "aiddata_gcdf:37016")
        assert same
        assert same[0] == pairs(mauritius)["aiddata_gcdf:1144", "aiddata_gcdf:20104"]
        assert [part["comparison"] for part in same[1]] == list(MODEL.comparisons)
        assert other is None  # a broadcaster and a safe city
        lusaka = explained("aiddata_gcdf:57033", "aiddata_gcdf:37016")
        assert lusaka  # two safe cities that no block brings together
        assert lusaka[0] < MODEL.review
        assert explained("aiddata_gcdf:1144", "nobody:1") is None


def test_the_order_of_rows_changes_nothing(mauritius: list[Claim]) -> None:
    shuffled = mauritius.copy()
    random.Random(3).shuffle(shuffled)
    assert table(shuffled).equals(table(mauritius))


def test_nothing_gives_nothing() -> None:
    assert table().num_rows == 0
    assert pairs(record("a:1", "project", name="!!!")) == {}


# --- Names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words", "numbers"),
    [
        ("China Eximbank provides RMB 850 million loan for Safe City Islamabad Project", {"safe", "city", "islamabad"}, set()),
        ("Safe City Project (Linked to Project ID#55437 and #70442)", {"safe", "city"}, set()),
        ("Ceiba-2", {"ceiba"}, {"2"}),
        ("SJC2", {"sjc"}, {"2"}),
        ("Backbone, Phases II and III", {"backbone"}, {"2", "3"}),
        ("Phase I of the Optical Fibre Backbone", {"backbone"}, {"1"}),
        ("Loan for a safe city (Dushanbe, Tajikistan, 2013)", {"safe", "city"}, set()),
    ],
)
def test_words_and_numbers_of_a_name(name: str, words: set[str], numbers: set[str]) -> None:
    read = READER.read(name)
    assert (read.words, read.numbers) == (words, numbers)


@pytest.mark.parametrize("listed", ["plain", "wide"])
def test_a_word_of_the_model_is_one_that_is_read(listed: str) -> None:
    words = getattr(MODEL.words, listed)
    assert [word for word in words if READER.read(word).words != {word}] == []
    assert len(words) == len(set(words))


def test_initials_are_read() -> None:
    assert "peace" in READER.read("Pakistan East Africa Cable Express").initials


@pytest.mark.parametrize("name", ["x" * 100_000, "(" * 5_000, "‮⁦🚨", "安全城市项目", "$" * 10_000 + "1" * 10_000])
def test_names_of_any_kind_are_read(name: str) -> None:
    READER.read(name)


def test_a_name_that_refers_to_another_record_speaks_for_one_project() -> None:
    said = {"kind": "smart-city", "country": "SR", "agreed": "2018-03-01"}
    one = record("a:5501", "project", name="Loan for the Quillwater Safe City (Linked to #5502)", **said)
    other = record("a:5502", "project", name="Grant for the Quillwater Safe City (Linked to #5501)", **said)
    alone = record("a:5503", "project", name="Grant for the Quillwater Safe City", **said)
    found = pairs(one, other, alone, *others())
    assert found["a:5501", "a:5502"] > found.get(("a:5501", "a:5503"), 0)
    assert READER.read("Safe City (Linked to Project ID#55437 and #70442)").mentions == {"55437", "70442"}


def test_a_word_says_more_the_fewer_have_it_and_the_more_names_there_are() -> None:
    assert rarity(100_000, 100_000, MODEL.words) < 10
    assert rarity(50, 100, MODEL.words) < rarity(1, 100, MODEL.words) < rarity(1, 10_000, MODEL.words)
    assert rarity(1, 20, MODEL.words) < 7000  # among twenty all words are rare


def keys(name: str) -> set[str]:
    """What a project is called, as keys under which equal names meet."""
    plain = frozenset(MODEL.words.plain)
    return {key for call in READER.read(name).calls for key, _ in variant_keys(call, frozenset(), plain)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("South Atlantic Inter Link (SAIL)", "SAIL"),
        ("South Atlantic Inter Link (SAIL)", "South Atlantic Inter Link Cable System"),
        ("West Africa Cable System (WACS)", "WACS submarine cable"),
        ("SeaMeWe-5", "SEA-ME-WE 5"),
        ("South East Asia-Middle East-West Europe 5 (SEA-ME-WE 5, SMW5)", "SeaMeWe-5"),
        ("X-Link Submarine Cable", "Xlink cable"),
        ("SEACOM/Tata TGN-Eurasia", "Seacom"),
        ("Crosslake Fibre cable between Toronto and Buffalo", "Crosslake Fibre"),
        ("سيلفيوم Silphium", "Silphium"),
        ("NigComSat-1", "China Eximbank provides $200 million loan for NigComSat-1 Communications Satellite Project"),
        ("Coral Sea Cable System (CS²)", "Coral Sea Cable System"),
        ("Tonga–Fiji cable", "Fiji-Tonga submarine cable"),
    ],
)
def test_names_of_one_thing_share_a_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SeaMeWe-5", "SeaMeWe-4"),
        ("Asia Africa Europe-1 (AAE-1)", "Asia-Africa-Europe-2 (AAE-2)"),
        ("Southern Cross NEXT", "Southern Cross Cable Network (SCCN)"),
        ("NigComSat-1", "NigComSat-1R"),
        ("Japan-Guam-Australia North (JGA-N)", "Japan-Guam-Australia South (JGA-S)"),
        ("National ICT Broadband Backbone (NICTBB)", "Third phase of the National ICT Broadband Backbone (NICTBB)"),
        ("PEACE Cable", "PEACE South extension"),
        (
            "Loan for Mauritius Broadcasting Corporation (MBC) Headquarters",
            "Grant for Mauritius Broadcasting Corporation (MBC) Studios",
        ),
    ],
)
def test_names_of_two_things_share_none(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


# --- Labels ---------------------------------------------------------------------------------------------------------------


def test_labels_speak_of_records_that_there_are(mauritius: list[Claim]) -> None:
    labels = truth()
    known = {claim.record for claim in mauritius if claim.type == "project"} | {described(row["id"]) for row in elsewhere()}
    told = {
        one for pair in labels.same | labels.unsure for one in pair if not one.startswith(("telegeography:", "aspi_tech_map:"))
    }
    assert told <= known
    assert not labels.same & labels.unsure
    assert all(row["document"].startswith("http") for row in elsewhere())
    parts = [labels.part(pair) for pair in labels.same]
    assert min(parts.count("dev"), parts.count("test")) >= 30
