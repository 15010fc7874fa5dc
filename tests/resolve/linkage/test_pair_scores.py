"""Pairs of records with their probabilities, on DuckDB."""

import math
import random
from collections.abc import Iterable

import pyarrow as pa
import pytest

from bench.linkage.generated_organizations import SCHEMA, records
from overt.model.engines.duckdb_connection import connect
from overt.model.errors import UsageError
from overt.resolve.linkage.pair_scores import score_pairs, score_requested_pairs
from overt.resolve.linkage.record_feature_tables import RECORDS
from tests.resolve.linkage.hand_made_records_scored_by_model import MODEL, READER, probabilities, record, scored, table

NAME = "Bluestem Optics Co., Ltd."


def generated(count: int, seed: int = 7) -> pa.Table:
    return pa.Table.from_batches(records(count, seed), schema=SCHEMA)


def test_an_equal_name_matches_in_one_country_but_not_in_two():
    scores = probabilities(
        [record("a:1", NAME, country="KE"), record("b:1", "BLUESTEM OPTICS", country="KE"), record("c:1", NAME, country="PE")]
    )
    assert scores["a:1", "b:1"] >= MODEL.thresholds.same
    assert scores["a:1", "c:1"] < MODEL.thresholds.same / 2


def test_a_subsidiary_is_not_its_parent():
    scores = probabilities([record("a:1", NAME, country="CN"), record("b:1", "Bluestem Optics (Kenya) Ltd", country="KE")])
    assert scores["a:1", "b:1"] < MODEL.thresholds.review


def test_a_chinese_name_matches_its_pinyin():
    scores = probabilities(
        [record("a:1", "青永光利电信有限责任公司", country="CN"), record("b:1", "Qingyongguangli Telecom Co Ltd", country="CN")]
    )
    assert scores["a:1", "b:1"] >= MODEL.thresholds.same


def test_chinese_brands_are_compared_by_characters_and_not_by_sound():
    pairs = score_requested(
        [
            record("a:1", "立力威光学有限公司", country="CN"),
            record("b:1", "利立威光学", country="CN"),
            record("c:1", "立力威光学股份有限公司", country="CN"),
            record("d:1", "Liliwei Optics Co., Ltd.", country="CN"),
        ],
        ("a:1", "b:1"),
        ("a:1", "c:1"),
        ("a:1", "d:1"),
    )
    different_characters, equal_characters, latin = (pair["probability"] for pair in pairs)
    assert different_characters < 1e-3
    assert min(equal_characters, latin) >= MODEL.thresholds.same


def test_one_letter_distinguishes_pinyin_words_and_is_a_misspelling_elsewhere():
    companies = [record("a:1", "Tongliyun Optics", country="CN"), record("b:1", "Tengliyun Optics", country="CN")]
    companies += [record("c:1", "Bremhaxor Optics", country="CN"), record("d:1", "Bremhazor Optics", country="CN")]
    pinyin, invented = (pair["weight_brand"] for pair in score_requested(companies, ("a:1", "b:1"), ("c:1", "d:1")))
    assert pinyin < invented - 2


def test_a_brand_of_many_fields_of_work_weighs_less():
    fields = ["Optics", "Telecom", "Media", "Logistics", "Energy", "Software", "Trading"]
    many = [record(f"x:{at}", f"Bluestem {field}", country="PE") for at, field in enumerate(fields)]
    pair = [record("a:1", NAME, country="KE"), record("b:1", "Bluestem", country="KE")]
    (rare,), (common,) = (score_requested([*pair, *more], ("a:1", "b:1")) for more in ([], many))
    assert rare["probability"] >= MODEL.thresholds.same
    assert common["weight_brand"] < rare["weight_brand"] - 2
    assert common["probability"] < MODEL.thresholds.same


def test_abbreviated_and_translated_words_are_the_same_field():
    scores = probabilities(
        [
            record("a:1", "الفجر سلام كرم للبصريات كينيا", country="KE"),
            record("b:1", "Al Fajr Salam Karam Optics Kenya Ltd", country="KE"),
            record("c:1", "Lantern Onyx Bil Constr", country="KE"),
            record("d:1", "Lantern Onyx Bil Construction Ltd", country="KE"),
            record("e:1", "АО «Хоумкрок» Медицина", country="RU"),
            record("f:1", "Houmkrock Medical JSC", country="RU"),
        ]
    )
    assert min(scores[pair] for pair in (("a:1", "b:1"), ("c:1", "d:1"), ("e:1", "f:1"))) >= MODEL.thresholds.same


def test_misspelled_names_become_candidate_pairs():
    wrong = ["Bleustem Optics", "Bluestemm Optics", "Bluestim Optics", "Bluetem Optics"]
    companies = [record("a:0", "Bluestem Optics", country="KE")] + [
        record(f"b:{at}", name, country="KE") for at, name in enumerate(wrong)
    ]
    scores = probabilities(companies)
    assert all(scores["a:0", f"b:{at}"] > MODEL.thresholds.review for at in range(len(wrong)))


def test_a_shared_identifier_makes_a_pair_and_a_different_one_prevents_a_match():
    scores = probabilities(
        [
            record("a:1", "Bluestem", identifier=["ticker:BLU", "lei:1"]),
            record("b:1", "Quartz Signal", identifier=["lei:1", "isin:2"]),
            record("c:1", "Bluestem", identifier="lei:2"),
        ]
    )
    assert scores["a:1", "b:1"] > scores["a:1", "c:1"]
    assert "b:1" not in {record for pair in scores if "c:1" in pair for record in pair}


def test_a_shared_home_page_makes_a_pair():
    scores = probabilities(
        [
            record("a:1", "Kenya Harbour Watch Force", country="KE", site="watch.go.ke"),
            record("b:1", "Kenya Marine Patrol", country="KE", site="watch.go.ke"),
            record("c:1", "Kenya Marine Patrol", country="KE", site="patrol.go.ke"),
        ]
    )
    assert ("a:1", "b:1") in scores
    assert ("a:1", "c:1") not in scores


def test_a_record_without_a_name_is_paired_by_its_identifier():
    scores = probabilities(
        [record("a:1", identifier="lei:1"), record("b:1", NAME, identifier="lei:1"), record("c:1"), record("d:1", "!!!")]
    )
    assert set(scores) == {("a:1", "b:1")}


def test_any_name_of_a_record_may_match():
    scores = probabilities([record("a:1", "Quartz Signal", NAME), record("b:1", "Fern", NAME), record("c:1", "Hazel Ridge")])
    assert set(scores) == {("a:1", "b:1")}


def test_other_types_are_left_out():
    assert probabilities([record("a:1", NAME), record("b:1", NAME, kind="document")]) == {}


def test_the_weight_is_the_prior_plus_the_weights_of_the_answers():
    for pair in scored(generated(400)).to_pylist():
        weight = MODEL.prior_weight + sum(pair[f"weight_{comparison.name}"] for comparison in MODEL.comparisons)
        assert math.isclose(pair["weight"], weight, abs_tol=1e-9)
        assert math.isclose(pair["probability"], 1 / (1 + 2**-weight), abs_tol=1e-9)
        known = {
            comparison.name: {0.0} | {round(level.weight, 6) for level in comparison.levels} for comparison in MODEL.comparisons
        }
        assert all(round(pair[f"weight_{name}"], 6) in weights for name, weights in known.items())


@pytest.mark.ci
def test_order_and_threads_change_nothing():
    companies = generated(3000)
    order = list(range(len(companies)))
    random.Random(3).shuffle(order)
    first = scored(companies)
    assert len(first) > 1000
    assert scored(companies.take(order), threads=2).equals(first)
    assert first.sort_by([("left", "ascending"), ("right", "ascending")]).equals(first)
    assert all(left < right for left, right in zip(first["left"].to_pylist(), first["right"].to_pylist(), strict=True))


def test_a_few_equal_records_form_all_pairs():
    count = MODEL.largest_group
    few = probabilities([record(f"a:{at:03}", NAME, country="KE") for at in range(count)])
    assert len(few) == count * (count - 1) // 2
    assert len(set(few.values())) == 1


def test_ten_thousand_equal_records_form_a_chain():
    alike = [record(f"a:{at:05}", NAME, country="KE") for at in range(10_000)]
    scores = probabilities(
        [*alike, record("b:1", "Bluestem Optic", country="KE"), record("c:1", "Bluestim Optics", country="KE")]
    )
    chain = [(f"a:{at:05}", f"a:{at + 1:05}") for at in range(9_999)]
    assert set(chain) <= set(scores)
    # b:1 has the same name parts, so it extends the chain. c:1 has different ones, so it is paired with the chain's first record.
    assert {("a:09999", "b:1"), ("a:00000", "c:1")} <= set(scores)
    assert len(scores) < 50_000


@pytest.mark.ci
def test_ten_thousand_names_that_begin_alike_are_cut_into_blocks():
    companies = [record(f"a:{at:05}", f"Bluestem{at:05} Optics") for at in range(10_000)]
    pairs = scored(companies, minimum=1e-15)
    assert 0 < len(pairs) < 10_000 * MODEL.largest_block


def test_awkward_names_are_bounded_and_harmless():
    awkward = [
        "",
        "   ",
        "!!!",
        "\u202e\u200f",
        "🙂" * 50,
        "x" * 100_000,
        "华" * 100_000,
        "a " * 50_000,
        "ООО",
        "Ltd",
        "\x00\x1f",
        "'; DROP TABLE x; --",
    ]
    companies = [record(f"{source}:{at:02}", name) for source in "ab" for at, name in enumerate(awkward)]
    scores = probabilities([*companies, record("c:1", None), record("d:1", NAME), record("e:1", NAME)])
    assert scores["d:1", "e:1"] > 0.3
    assert scores["a:05", "b:05"] > 0.1
    assert not any("a:00" in pair or "a:02" in pair for pair in scores)


def test_no_record_and_one_record_make_no_pairs():
    assert len(scored([])) == 0
    names = {"left", "right", "probability", "weight"} | {f"weight_{comparison.name}" for comparison in MODEL.comparisons}
    assert set(scored([record("a:1", NAME)]).column_names) == names


def test_no_table_is_left_in_the_connection():
    with connect(threads=1) as connection:
        score_pairs(connection, table([record("a:1", NAME), record("b:1", NAME)]), MODEL, READER)
        score_pairs(connection, table([record("a:1", NAME), record("b:1", NAME)]), MODEL, READER)
        assert connection.execute("SELECT table_name FROM information_schema.tables").fetchall() == []


def test_most_generated_duplicates_match_and_hardly_any_other_pair_does():
    companies = generated(5000)
    entity = dict(zip(companies["record"].to_pylist(), companies["entity"].to_pylist(), strict=True))
    sizes: dict[int, int] = {}
    for number in entity.values():
        sizes[number] = sizes.get(number, 0) + 1
    known = sum(size * (size - 1) // 2 for size in sizes.values())
    same = [
        entity[pair["left"]] == entity[pair["right"]]
        for pair in scored(companies.select(RECORDS.names), minimum=MODEL.thresholds.same).to_pylist()
    ]
    assert sum(same) / len(same) > 0.95
    assert sum(same) / known > 0.7


@pytest.mark.parametrize("engine", ["spork", "", "yarn"])
def test_an_unknown_engine_is_refused(engine):
    with pytest.raises(UsageError, match=r"unknown engine .*: give duckdb"):
        scored([record("a:1", NAME)], engine=engine)


def score_requested(companies: Iterable[dict], *pairs: tuple[str, str]) -> list[dict]:
    requested = pa.table({"left": [left for left, _ in pairs], "right": [right for _, right in pairs]})
    with connect(threads=1) as connection:
        return score_requested_pairs(connection, table(companies), requested, MODEL, READER).to_pylist()


def test_a_requested_pair_has_the_score_of_a_candidate_pair():
    companies = generated(400).select(RECORDS.names)
    all_pairs = scored(companies).to_pylist()
    pairs = score_requested(companies.to_pylist(), *[(pair["right"], pair["left"]) for pair in all_pairs])
    assert pairs == all_pairs


def test_a_pair_outside_all_blocks_can_be_requested():
    companies = [
        record("a:1", NAME, country="KE"),
        record("b:1", "Quartz Signal", country="PE"),
        record("c:1"),
        record("d:1", NAME, kind="document"),
    ]
    (pair,) = score_requested(companies, ("b:1", "a:1"), ("a:1", "c:1"), ("a:1", "d:1"), ("a:1", "a:1"), ("a:1", "x:9"))
    assert (pair["left"], pair["right"]) == ("a:1", "b:1")
    assert pair["weight_brand"] < 0
    assert pair["weight_country"] < 0
    assert pair["probability"] < 1e-6
    assert probabilities(companies) == {}


def test_the_best_of_several_names_counts():
    companies = [record("a:1", "Quartz Signal", NAME), record("b:1", NAME), record("b:2", NAME, "Fern")]
    best = {(pair["left"], pair["right"]): pair["weight"] for pair in score_requested(companies, ("a:1", "b:1"), ("b:1", "b:2"))}
    plain = score_requested([record("a:1", NAME), record("b:1", NAME), record("c:1", NAME)], ("a:1", "b:1"))[0]["weight"]
    assert set(best.values()) == {plain}


def test_a_pair_has_answers_in_words():
    (pair,) = score_requested(
        [record("a:1", NAME, country="KE"), record("b:1", "Bluestem Telecom", country="KE")], ("a:1", "b:1")
    )
    answers = {answer.name: (answer.answer, answer.weight) for answer in MODEL.answers(pair)}
    assert {name: answer for name, (answer, _) in answers.items()} == {
        "brand": "the same, used by two", "field": "differs", "place": "neither has any", "form": "not known",
        "numbers": "not known", "country": "the same", "identifier": "not known", "site": "not known",
    }  # fmt: skip
    assert math.isclose(MODEL.prior_weight + sum(weight for _, weight in answers.values()), pair["weight"], abs_tol=1e-9)
