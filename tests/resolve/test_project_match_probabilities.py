"""Which records describe the same project, with which probability, and why."""

import random
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from bench.projects.labels import described, elsewhere, truth
from overt.importing.folder_import_without_archive import import_folder
from overt.model.claim import CLAIMS, Claim
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.resolve.pair_scorer import Scorer
from overt.resolve.projects import CANDIDATES, explain_project_pair, load_project_model, score_project_pairs
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.project_name_tables import rarity, variant_keys
from tests.resolve.resolved_hand_made_claims import World, record

CONTENT = Catalogue()
MODEL = load_project_model()
READER = ProjectNameReader(MODEL.words)


def pairs(*claims: list[Claim], **options: object) -> dict[tuple[str, str], float]:
    """Return the probability of each pair that reaches the model's `review` threshold."""
    return {(row["left"], row["right"]): row["probability"] for row in table(*claims, **options).to_pylist()}


def table(*claims: list[Claim], **options: object) -> pa.Table:
    rows = [{"claim_id": claim.id, **claim._asdict()} for record_claims in claims for claim in record_claims]
    with connect(threads=1) as connection:
        connection.register("claims", pa.Table.from_pylist(rows, schema=CLAIMS))
        return score_project_pairs(connection, "(SELECT *, 0 AS turn FROM claims)", CONTENT, **options)


def cable(key: str, /, **values: str | Iterable[str]) -> list[Claim]:
    """Return the claims of a submarine cable and, if given, of its supplier."""
    supplier = values.pop("supplier", "")
    claims = record(key, "project", kind="submarine-cable", **values)
    if supplier:
        source = key.partition(":")[0]
        claims += record(f"{source}:organization/{supplier}", name=supplier)
        claims += record(f"{key}/s", "role", project=key, organization=f"{source}:organization/{supplier}", role="supplier")
    return claims


def unrelated_cables(count: int = 100) -> list[list[Claim]]:
    """Return the claims of cables unrelated to those of the tests, so that rare words count as rare."""
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


@pytest.mark.parametrize(("source", "joins"), [("editorial", True), ("c", False)])
def test_editors_records_match_like_those_of_two_sources(source: str, joins: bool) -> None:
    values = {"kind": "smart-city", "country": "RS", "agreed": "2019"}
    twins = (
        record(f"{source}:1", "project", name="Belgrade Safe City", **values),
        record(f"{source}:2", "project", name="Safe City Belgrade", **values),
    )
    probability = pairs(*twins, *unrelated_cables()).get((f"{source}:1", f"{source}:2"), 0.0)
    assert (probability >= MODEL.same) is joins, probability


# --- What must hold -----------------------------------------------------------------------------------------------------


@pytest.mark.ci
def test_five_loans_for_one_broadcaster_are_one_project_with_five_commitments(mauritius: list[Claim], tmp_path: Path) -> None:
    loans = {f"aiddata_gcdf:{key}" for key in (1144, 20089, 20104, 20881, 21229)}
    joined = [pair for pair, probability in pairs(mauritius).items() if probability >= MODEL.same and loans & {*pair}]
    assert set(joined) == {(left, right) for left in loans for right in loans if left < right}
    world = World(tmp_path)
    world.snapshot(mauritius)
    ids = {member: identity for member, _, identity, *_ in world.resolve(same=joined).members}
    assert len({ids[loan] for loan in loans}) == 1
    assert len({ids[f"{loan}/commitment"] for loan in loans}) == 5


@pytest.fixture(scope="module")
def mauritius() -> list[Claim]:
    """Claims of AidData's records, as shipped with Overt."""
    return list(import_folder(CONTENT, "aiddata_gcdf", Path(str(CONTENT.source_folders["aiddata_gcdf"])) / "edition").claims)


def _with_equal_sums(amount: str) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Return the matching pairs of two projects without sums, and of the same projects with equal contract values."""
    values = {"kind": "smart-city", "country": "RS"}
    without = [record(key, "project", name=name, **values) for key, name in (("a:1", "Alder city"), ("b:1", "Alder safe city"))]
    sums = [[record(key, "project", contract_value=amount)[0]._replace(unit="USD")] for key in ("a:1", "b:1")]
    return pairs(*without), pairs(*without, *sums)


def test_equal_contracts_for_nothing_are_no_evidence() -> None:
    without, with_sums = _with_equal_sums("0")
    assert with_sums == without


def test_a_sum_that_rounds_to_nothing_is_compared() -> None:
    without, with_sums = _with_equal_sums("0.00001")
    assert len(with_sums) == len(without) == 1


def test_a_cable_matches_by_its_initials() -> None:
    values = {"supplier": "HMN Tech", "country": ["CM", "BR"]}
    map_row = cable("b:sail", name="South Atlantic Inter Link (SAIL)", operational="2020", length="5800", **values)
    title = "China Eximbank provides $85 million loan for SAIL Submarine Cable Project"
    loan = cable("a:1", name=title, agreed="2017-06", length="6000", **values)
    assert pairs(map_row, loan, *unrelated_cables(600))["a:1", "b:sail"] >= MODEL.same


def test_an_equal_specific_name_in_one_country_matches() -> None:
    listed = cable("b:next", name="Southern Cross NEXT", country=["FJ", "NZ", "US", "AU", "KI", "TK"], operational="2022-07")
    older = cable("b:sccn", name="Southern Cross Cable Network (SCCN)", country=["FJ", "NZ", "US", "AU"], operational="2000-11")
    loans = [cable("a:1", name="Southern Cross NEXT", country="FJ"), cable("a:2", name="Southern Cross cable", country="FJ")]
    probabilities = pairs(listed, older, *loans, *unrelated_cables(), one_to_one=["b"])
    assert min(probabilities["a:1", "b:next"], probabilities["a:2", "b:sccn"]) >= MODEL.same
    assert max(probabilities.get(pair, 0) for pair in (("a:1", "b:sccn"), ("a:2", "b:next"))) < 0.2


def test_a_name_in_another_country_is_for_review() -> None:
    here = cable("b:1", name="Quillwater Express", country="NO", operational="2018")
    probabilities = pairs(here, cable("a:1", name="Quillwater Express", country="CL"), *unrelated_cables())
    assert MODEL.review <= probabilities["a:1", "b:1"] < MODEL.same


def test_a_generic_name_does_not_match() -> None:
    values = {"kind": "data-centre", "country": "BD"}
    listed = record("b:1", "project", name="National Data Centre", **values)
    assert (
        pairs(listed, record("a:1", "project", name="Data centre project", **values), *unrelated_cables()).get(("a:1", "b:1"), 0)
        < MODEL.same
    )


@pytest.mark.parametrize(("role", "shared"), [("supplier", True), ("owner", False)])
def test_participants_are_compared_by_role(role: str, shared: bool) -> None:
    values = {"kind": "satellite", "country": "NG", "name": "Quillwater-1"}
    claims = [*record("a:1", "project", **values), *record("b:1", "project", **values)]
    for source, name, part in (("a", "Harrowfen Bank", "financier"), ("b", "Harrowfen Bank" if shared else "Ebbstone", role)):
        claims += record(f"{source}:o", name=name)
        claims += record(f"{source}:1/r", "role", project=f"{source}:1", organization=f"{source}:o", role=part)
    (row,) = [row for row in table(claims, *unrelated_cables()).to_pylist() if row["left"] == "a:1"]
    assert ("participants" in {part["comparison"] for part in row["parts"]}) == shared


def test_another_name_of_a_project_counts_as_a_name() -> None:
    listed = cable("b:1", name="Quillwater Express", country="NO")
    listed += [Claim("b", "b:1", "project", "alias", "Harrowfen Link")]
    probabilities = pairs(listed, cable("a:1", name="Harrowfen Link", country="NO"), *unrelated_cables())
    assert probabilities["a:1", "b:1"] >= MODEL.same


def test_an_assessment_is_never_paired() -> None:
    values = {"name": "Safe City Dodoma Project", "kind": "smart-city", "country": "TZ", "agreed": "2019-05-01"}
    project = record("a:1", "project", **values)
    assessment = record("b:1", "assessment", **values)
    assert pairs(project, assessment, *unrelated_cables()) == {}
    assert ("a:1", "b:1") in pairs(project, record("b:1", "project", **values), *unrelated_cables())


def test_projects_of_a_source_without_duplicates_are_not_paired() -> None:
    values = {"name": "Quillwater Express", "country": ["IE", "IS"], "operational": "2018-04", "length": "1200"}
    first, second = cable("b:1", **values), cable("b:2", **values)
    assert ("b:1", "b:2") in pairs(first, second, *unrelated_cables())
    assert ("b:1", "b:2") not in pairs(first, second, *unrelated_cables(), one_to_one=["b"])


@pytest.mark.parametrize(
    ("unit", "level"), [("USD@2021", "same"), ("USD@2017", "unknown"), ("USD", "unknown"), ("EUR@2021", "unknown")]
)
def test_amounts_compare_in_one_currency_at_prices_of_one_year(unit: str, level: str) -> None:
    values = {"name": "Quillwater Harrowfen Programme", "kind": "smart-city", "country": "TZ"}
    claims = [*record("a:1", "project", **values), *record("b:1", "project", **values)]
    for project, amount_unit in (("a:1", "USD@2021"), ("b:1", unit)):
        claims += record(f"{project}/c", "commitment", project=project)
        claims.append(Claim(project[0], f"{project}/c", "commitment", "amount", "85000000", unit=amount_unit))
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in claims]
    with connect(threads=1) as connection:
        connection.register("claims", pa.Table.from_pylist(rows, schema=CLAIMS))
        _, parts = explain_project_pair(connection, "(SELECT *, 0 AS turn FROM claims)", CONTENT, ("a:1", "b:1"))
    assert {part["level"] for part in parts if part["comparison"] == "amount"} == {level}


def test_an_umbrella_project_is_not_paired_with_its_parts() -> None:
    values = {"name": "Quillwater Harrowfen Programme", "kind": "smart-city", "country": "TZ", "agreed": "2019-05-01"}
    part = record("b:1", "project", **values)
    assert ("a:1", "b:1") in pairs(record("a:1", "project", **values), part, *unrelated_cables())
    assert ("a:1", "b:1") not in pairs(record("a:1", "project", umbrella="true", **values), part, *unrelated_cables())


# --- Each comparison --------------------------------------------------------------------------------------------


def test_phases_of_one_system_do_not_match() -> None:
    values = {"kind": "smart-city", "country": "SR", "agreed": "2018-03-01", "completed": "2020-05-01"}
    first = record("a:1", "project", name="Quillwater Safe City, Phase 1", **values)
    repeated = record("b:1", "project", name="Quillwater Safe City, Phase I", **values)
    second = record("b:2", "project", name="Quillwater Safe City, Phase 2", **values)
    probabilities = pairs(first, repeated, second, *unrelated_cables())
    assert probabilities["a:1", "b:1"] >= MODEL.same > probabilities.get(("a:1", "b:2"), 0)


def test_a_repair_is_not_the_construction() -> None:
    values = {"kind": "broadcasting", "country": "GN", "agreed": "2014"}
    built = record("a:1", "project", name="Quillwater Broadcasting Centre Construction", **values)
    repeated = record("b:1", "project", name="Construction of the Quillwater Broadcasting Centre", **values)
    repaired = record("b:2", "project", name="Quillwater Broadcasting Centre Repair", **values)
    probabilities = pairs(built, repeated, repaired, *unrelated_cables())
    assert probabilities["a:1", "b:1"] > probabilities.get(("a:1", "b:2"), 0)


def level(comparison: str, *claims: list[Claim]) -> str:
    """Return the level of a comparison for the pair a:1 and b:1, or a:1 and a:2."""
    with connect(threads=1) as connection:
        rows = [
            {"claim_id": claim.id, **claim._asdict()}
            for record_claims in [*claims, *unrelated_cables()]
            for claim in record_claims
        ]
        connection.register("claims", pa.Table.from_pylist(rows, schema=CLAIMS))
        pair = ("a:1", next(key for record_claims in claims for key in ("b:1", "a:2") if record_claims[0].record == key))
        _, parts = explain_project_pair(connection, "(SELECT *, 0 AS turn FROM claims)", CONTENT, pair)
    return next(part["level"] for part in parts if part["comparison"] == comparison)


def test_training_at_a_project_is_not_an_equal_name() -> None:
    values = {"kind": "broadcasting", "country": "GN"}
    built = record("a:1", "project", name="Quillwater Harrowfen Corporation", **values)
    assert level("name", built, record("b:1", "project", name="Quillwater Harrowfen Corporation", **values)) == "equal-telling"
    taught = record("b:1", "project", name="Training for the Quillwater Harrowfen Corporation", **values)
    assert level("name", built, taught) == "inside-telling"


def test_words_for_a_location_make_no_specific_name() -> None:
    listed = cable("a:1", name="South Atlantic Inter Link", country="CM")
    assert level("name", listed, cable("b:1", name="South Atlantic Cable System", country="CM")) not in ("inside-telling", "part")


def parties(project: str, role: str, *names: str) -> list[Claim]:
    """Return the claims of organisations that take part in a project, and of their roles."""
    source, claims = project.partition(":")[0], []
    for name in names:
        organization = f"{source}:organization/{name}"
        claims += record(organization, name=name)
        claims += record(f"{project}/{role}/{name}", "role", project=project, organization=organization, role=role)
    return claims


def product(key: str, title: str, customer: str, town: str) -> list[Claim]:
    """Return the claims of a project with its customer and its place."""
    claims = record(key, "project", kind="facial-recognition", country="JP", name=title)
    return claims + parties(key, "customer", customer) + place(f"{key}/p", key, name=town)


@pytest.mark.parametrize(
    ("role", "left", "right", "expected"),
    [
        ("supplier", ["Huawei"], ["Ericsson"], "despite-name"),
        ("supplier", ["Huawei"], ["Ericsson", "Huawei Technologies Co., Ltd."], "unknown"),
        ("supplier", ["Huawei"], ["华为技术有限公司"], "unknown"),
        ("supplier", ["CEIEC"], ["China Electronics Import Export Corporation"], "unknown"),
        ("supplier", ["Huawei"], [], "unknown"),
        ("customer", ["Ministry of Defence"], ["Attorney General"], "other"),  # a ministry may buy for others
        ("customer", ["Acme Telecom SA"], ["Apex Telekom SA"], "other-operator"),  # three initials in common
        ("customer", ["NADRA"], ["National Database and Registration Authority"], "unknown"),
        ("supplier", ["Bluestem"], ["Chengdu Bluestem Digital Technology"], "unknown"),
        ("supplier", ["Chengdu Fern Digital Technology"], ["Bluestem Digital Technology"], "despite-name"),
        ("customer", ["National Police Directorate"], ["Saudi Directorate of National Police"], "unknown"),
        ("customer", ["National Police Directorate"], ["Kenya National Police Directorate"], "other-operator"),
    ],
)
def test_other_suppliers_or_customers_are_evidence_against(role: str, left: list[str], right: list[str], expected: str) -> None:
    values = {"kind": "mobile-network", "country": "SA", "name": "Quillwater 5G"}
    first = record("a:1", "project", **values) + parties("a:1", role, *left)
    second = record("b:1", "project", **values) + parties("b:1", role, *right)
    assert level(f"{role}s", first, second) == expected


def test_a_supplier_that_the_other_names_in_another_role_is_not_another() -> None:
    values = {"kind": "mobile-network", "country": "SA", "name": "Quillwater 5G"}
    first = record("a:1", "project", **values) + parties("a:1", "supplier", "Huawei")
    second = record("b:1", "project", **values) + parties("b:1", "supplier", "Ericsson") + parties("b:1", "implementer", "Huawei")
    assert level("suppliers", first, second) == "unknown"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2013-07-25", "2013-07-26", "same"),
        ("2019-04", "2019-04-29", "same"),
        ("2019-04-28", "2019-05-02", "same"),
        ("2019", "2019-04-29", "possible"),
        ("2019-04", "2019-05", "near"),
        ("2011-07", "2014-10-29", "far"),
    ],
)
def test_dates_of_one_stage(left: str, right: str, expected: str) -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    first, second = (record(f"{source}:1", "project", agreed=day, **values) for source, day in (("a", left), ("b", right)))
    assert level("agreed", first, second) == expected


@pytest.mark.parametrize(("end", "expected"), [("2011", "before"), ("2016", "fits"), ("2022", "unknown")])
def test_an_end_fits_only_within_a_plausible_time(end: str, expected: str) -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    first, second = record("a:1", "project", agreed="2013", **values), record("b:1", "project", operational=end, **values)
    assert level("order", first, second) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["85"], ["85.5"], "same"),
        (["85"], ["88"], "unknown"),
        (["85"], ["100"], "apart"),
        (["300"], ["1000"], "other"),
        (["100", "50"], ["150"], "same"),
    ],
)
def test_sums_that_differ_by_a_third_are_evidence_against(left: list[str], right: list[str], expected: str) -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    sides = []
    for project, amounts in (("a:1", left), ("b:1", right)):
        claims = record(project, "project", **values)
        for number, amount in enumerate(amounts):
            claims += record(f"{project}/{number}", "commitment", project=project)
            claims.append(Claim(project[0], f"{project}/{number}", "commitment", "amount", amount, unit="USD"))
        sides.append(claims)
    assert level("amount", *sides) == expected


@pytest.mark.parametrize(
    ("kinds", "amounts", "expected"),
    [
        (("commitment", "contract"), ("85", "85.2"), "same"),
        (("contract", "contract"), ("85", "85.2"), "same"),
        (("contract", "contract"), ("300", "1000"), "other"),
        (("commitment", "contract"), ("300", "1000"), "unknown"),
    ],
)
def test_the_value_of_a_contract_is_a_sum_and_a_loan_may_pay_a_part_of_it(
    kinds: tuple[str, str], amounts: tuple[str, str], expected: str
) -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    sides = []
    for project, kind, amount in zip(("a:1", "b:1"), kinds, amounts, strict=True):
        claims = record(project, "project", **values)
        if kind == "commitment":
            claims += record(f"{project}/c", "commitment", project=project)
            claims.append(Claim(project[0], f"{project}/c", "commitment", "amount", amount, unit="USD"))
        else:
            claims.append(Claim(project[0], project, "project", "contract-value", amount, unit="USD"))
        sides.append(claims)
    assert level("amount", *sides) == expected


def test_the_start_of_a_project_is_compared_with_the_start_of_its_building() -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    first = record("a:1", "project", started="2019-11-04", **values)
    second = record("b:1", "project", **values, **{"construction-start": "2019-11"})
    assert level("start", first, second) == "same"


@pytest.mark.parametrize(
    ("country", "names", "is_one"),
    [
        ("KE", ("National Police Service", "Kenya National Police Service"), True),
        ("KE", ("Ministry of the Interior of Kenya", "Ministry of Interior"), True),
        ("KE", ("National Police Service", "Uganda National Police Service"), False),
        ("KE", ("Police", "Kenya Police"), False),
        (["KE", "UG"], ("National Police Service", "Kenya National Police Service"), False),
    ],
)
def test_a_body_with_and_without_its_country_is_one_participant_there(
    country: str | list[str], names: tuple[str, str], is_one: bool
) -> None:
    values = {"kind": "broadcasting", "country": country}
    first = record("a:1", "project", name="Ebbstone expansion", **values) + parties("a:1", "customer", names[0])
    second = record("b:1", "project", name="Marlpit modernisation", **values) + parties("b:1", "customer", names[1])
    assert (level("participants", first, second) in ("1", "2", "3")) == is_one


@pytest.mark.parametrize(
    ("shared", "days", "expected"),
    [
        (["Quillwater Telecom"], {}, "context"),
        (["Quillwater Telecom", "Harrowfen Systems"], {}, "unknown"),
        (["Quillwater Telecom"], {"agreed": "2019-04"}, "unknown"),
        (["Quillwater Telecom"], {"operational": "2021"}, "unknown"),
    ],
)
def test_context_alone_does_not_merge(shared: list[str], days: dict[str, str], expected: str) -> None:
    values = {"kind": "mobile-network", "country": "ET", **days}
    first = record("a:1", "project", name="Ebbstone expansion", **values) + parties("a:1", "customer", *shared)
    second = record("b:1", "project", name="Marlpit modernisation", **values) + parties("b:1", "customer", *shared)
    assert level("evidence", first, second) == expected


def test_a_chain_of_matches_does_not_join_two_phases(tmp_path: Path) -> None:
    world = World(tmp_path)
    values = {"kind": "broadcasting", "country": "GN", "agreed": "2013-04"}
    names = {"a:1": "Quillwater Harrowfen Phase II", "b:1": "Quillwater Harrowfen", "c:1": "Quillwater Harrowfen Phase III"}
    aliases = {"b:1": {"alias": ["Quillwater Harrowfen Phase II", "Quillwater Harrowfen Phase III"]}}
    world.snapshot(
        *(record(key, "project", name=name, **values, **aliases.get(key, {})) for key, name in names.items()), *unrelated_cables()
    )
    resolution = world.resolve(scorer=Scorer(CONTENT))
    ids = {member[0]: member[2] for member in resolution.members}
    assert ids["b:1"] in {ids["a:1"], ids["c:1"]}
    assert ids["a:1"] != ids["c:1"]
    [contradiction] = resolution.contradictions
    assert {contradiction.first, contradiction.second} == {"a:1", "c:1"}


@pytest.mark.parametrize(("year", "expected"), [("2013", "same"), ("2019", "again")])
def test_a_source_repeats_a_name_years_later_for_another_project(year: str, expected: str) -> None:
    values = {"kind": "broadcasting", "country": "GN", "name": "Quillwater Harrowfen Corporation"}
    assert (
        level("source", record("a:1", "project", agreed="2013", **values), record("a:2", "project", agreed=year, **values))
        == expected
    )


def test_incompatible_kinds_are_not_paired() -> None:
    values = {"name": "Quillwater Harrowfen", "country": "GN", "agreed": "2014-05-03"}
    camera = record("a:1", "project", kind="smart-city", **values)
    surveillance = record("b:1", "project", kind="video-surveillance", **values)
    assert ("a:1", "b:1") in pairs(camera, surveillance, *unrelated_cables())
    assert ("a:1", "b:1") not in pairs(camera, record("b:1", "project", kind="satellite", **values), *unrelated_cables())


def place(key: str, project: str, /, **values: str) -> list[Claim]:
    return record(key, "place", project=project, **values)


@pytest.mark.parametrize(
    ("where", "level"),
    [
        ({"precision": "locality", "geometry": "POINT (12.5 41.9)"}, "near"),
        ({"precision": "locality", "geometry": "POINT (9.19 45.46)"}, "far"),
        ({"precision": "admin1", "geometry": "POINT (9.19 45.46)"}, None),
        ({"precision": "admin1", "geometry": "POINT (9.19 45.46)", "radius": "80"}, "far"),
        ({"precision": "admin1", "geometry": "POINT (12.7 42.0)", "radius": "80"}, None),
    ],
)
def test_distance_counts_if_both_places_are_precise_or_have_a_radius(where: dict[str, str], level: str | None) -> None:
    values = {"name": "Quillwater Safe City", "kind": "smart-city", "country": "IT", "agreed": "2019-05-01"}
    claims = [record(f"{source}:1", "project", **values) for source in "ab"]
    claims.append(place("a:1/p", "a:1", name="Rome", precision="locality", geometry="POINT (12.49 41.9)"))
    claims.append(place("b:1/p", "b:1", name="Elsewhere", **where))
    (row,) = [row for row in table(*claims, *unrelated_cables()).to_pylist() if row["left"] == "a:1"]
    assert [part["level"] for part in row["parts"] if part["comparison"] == "place"] == ([level] if level else [])


def test_the_parts_add_up_to_the_probability() -> None:
    values = {"name": "Quillwater Safe City", "kind": "smart-city", "country": "IT", "agreed": "2019-05-01"}
    scored = table(*(record(f"{source}:1", "project", **values) for source in "ab"), *unrelated_cables())
    assert scored.schema == CANDIDATES
    for row in scored.to_pylist():
        total = MODEL.prior + sum(part["bits"] for part in row["parts"])
        assert row["probability"] == pytest.approx(1 / (1 + 2**-total), abs=1e-6)


@pytest.mark.ci
def test_any_pair_can_be_explained(mauritius: list[Claim]) -> None:
    rows = [{"claim_id": claim.id, **claim._asdict()} for claim in mauritius]
    with connect(threads=1) as connection:
        connection.register("claims", pa.Table.from_pylist(rows, schema=CLAIMS))

        def explained(left: str, right: str) -> tuple[float, list[dict]] | None:
            return explain_project_pair(connection, "(SELECT *, 0 AS turn FROM claims)", CONTENT, (left, right))

        same, incompatible = (
            explained("aiddata_gcdf:20104", "aiddata_gcdf:1144"),
            explained("aiddata_gcdf:1144", "aiddata_gcdf:37016"),
        )
        assert same
        assert same[0] == pairs(mauritius)["aiddata_gcdf:1144", "aiddata_gcdf:20104"]
        assert [part["comparison"] for part in same[1]] == list(MODEL.comparisons)
        assert incompatible is None  # a broadcaster and a safe city can't match
        lusaka = explained("aiddata_gcdf:57033", "aiddata_gcdf:37016")
        assert lusaka  # these two safe cities share no block
        assert lusaka[0] < MODEL.review
        assert explained("aiddata_gcdf:1144", "nobody:1") is None


def test_the_order_of_rows_changes_nothing(mauritius: list[Claim]) -> None:
    shuffled = mauritius.copy()
    random.Random(3).shuffle(shuffled)
    assert table(shuffled).equals(table(mauritius))


def test_no_projects_give_no_pairs() -> None:
    assert table().num_rows == 0
    assert pairs(record("a:1", "project", name="!!!")) == {}


def test_a_link_makes_a_match_likelier_and_its_absence_leaves_no_pair() -> None:
    values = {"kind": "smart-city", "country": "SR", "agreed": "2018-03-01"}
    loan = record("a:5501", "project", name="Loan for the Quillwater Safe City", **values, linked="a:5502")
    grant = record("a:5502", "project", name="Grant for the Quillwater Safe City", **values, linked="a:5501")
    unlinked = record("a:5503", "project", name="Grant for the Quillwater Safe City", **values)
    probabilities = pairs(loan, grant, unlinked, *unrelated_cables())
    without = pairs(*(claims[:-1] for claims in (loan, grant)), unlinked, *unrelated_cables())
    assert probabilities["a:5501", "a:5502"] > without["a:5501", "a:5502"]
    assert ("a:5501", "a:5503") in without
    assert ("a:5501", "a:5503") not in probabilities


def test_a_word_weighs_more_the_rarer_it_is() -> None:
    assert rarity(100_000, 100_000, MODEL.words) < 10
    assert rarity(50, 100, MODEL.words) < rarity(1, 100, MODEL.words) < rarity(1, 10_000, MODEL.words)
    assert rarity(1, 20, MODEL.words) < 7000  # among twenty names, all words are rare


def keys(name: str) -> set[str]:
    """Return the keys of all variants of a project's name. Names of the same project should share one."""
    plain = frozenset(MODEL.words.plain)
    return {key for variant in READER.read(name).variants for key, _ in variant_keys(variant, frozenset(), plain)}


@pytest.mark.parametrize(
    ("left", "right"),
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
def test_names_of_one_project_share_a_key(left: str, right: str) -> None:
    assert keys(left) & keys(right)


@pytest.mark.parametrize(
    ("left", "right"),
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
def test_names_of_two_projects_share_no_key(left: str, right: str) -> None:
    assert not keys(left) & keys(right)


# --- Labels ---------------------------------------------------------------------------------------------------------------


def test_labels_are_of_existing_records(mauritius: list[Claim]) -> None:
    labels = truth()
    known = {claim.record for claim in mauritius if claim.type == "project"} | {described(row["id"]) for row in elsewhere()}
    labelled = {
        record
        for pair in labels.same | labels.unsure
        for record in pair
        if not record.startswith(("telegeography:", "aspi_tech_map:"))
    }
    assert labelled <= known
    assert not labels.same & labels.unsure
    assert all(row["document"].startswith("http") for row in elsewhere())
    parts = [labels.part(pair) for pair in labels.same]
    assert min(parts.count("dev"), parts.count("test")) >= 30


def test_an_organisation_under_two_names_of_one_country_is_shared_with_a_project_in_several_countries() -> None:
    values = {"kind": "police-it", "name": "Quillwater console"}
    first = record("a:1", "project", country=["SA", "AE"], **values) + parties("a:1", "customer", "National Police Directorate")
    second = record("b:1", "project", country="SA", **values) + parties("b:1", "customer", "National Police Directorate")
    other = record("c:1", "project", country="SA", kind="police-it", name="Fernlake archive")
    other += parties("c:1", "customer", "Kingdom National Police Directorate")
    assert level("participants", first, second, other) in ("1", "2", "3")
