"""Pairs of records with their probabilities, on DuckDB."""

import math
import random
from collections.abc import Iterable

import pyarrow as pa
import pytest

from bench.linkage.generated_names import SCHEMA, records
from overt.model.duckdb_connection import connect
from overt.model.errors import UsageError
from overt.resolve.linkage.candidate_pairs import score_pairs, score_requested_pairs
from overt.resolve.linkage.features import RECORDS
from tests.resolve.linkage.records import MODEL, READER, probabilities, record, scored, table

NAME = "Bluestem Optics Co., Ltd."


def generated(count: int, seed: int = 7) -> pa.Table:
    return pa.Table.from_batches(records(count, seed), schema=SCHEMA)


def test_the_same_name_in_the_same_country_is_likely_one_and_in_another_it_is_at_the_most_asked_about():
    found = probabilities(
        [record("a:1", NAME, country="KE"), record("b:1", "BLUESTEM OPTICS", country="KE"), record("c:1", NAME, country="PE")]
    )
    assert found["a:1", "b:1"] >= MODEL.thresholds.same
    assert found["a:1", "c:1"] < MODEL.thresholds.same / 2


def test_a_subsidiary_is_not_its_parent():
    found = probabilities([record("a:1", NAME, country="CN"), record("b:1", "Bluestem Optics (Kenya) Ltd", country="KE")])
    assert found["a:1", "b:1"] < MODEL.thresholds.review


def test_two_scripts_are_one_name():
    found = probabilities(
        [record("a:1", "青永光利电信有限责任公司", country="CN"), record("b:1", "Qingyongguangli Telecom Co Ltd", country="CN")]
    )
    assert found["a:1", "b:1"] >= MODEL.thresholds.same


def test_chinese_brands_are_compared_by_their_signs_and_not_by_their_sound():
    found = asked(
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
    other, same, sound = (pair["probability"] for pair in found)
    assert other < 1e-3
    assert min(same, sound) >= MODEL.thresholds.same


def test_one_letter_tells_two_pinyin_words_apart_and_is_an_error_elsewhere():
    given = [record("a:1", "Tongliyun Optics", country="CN"), record("b:1", "Tengliyun Optics", country="CN")]
    given += [record("c:1", "Bremhaxor Optics", country="CN"), record("d:1", "Bremhazor Optics", country="CN")]
    chinese, other = (pair["weight_brand"] for pair in asked(given, ("a:1", "b:1"), ("c:1", "d:1")))
    assert chinese < other - 2


def test_a_brand_that_many_fields_of_work_have_tells_less():
    fields = ["Optics", "Telecom", "Media", "Logistics", "Energy", "Software", "Trading"]
    many = [record(f"x:{at}", f"Bluestem {field}", country="PE") for at, field in enumerate(fields)]
    pair = [record("a:1", NAME, country="KE"), record("b:1", "Bluestem", country="KE")]
    (rare,), (common,) = (asked([*pair, *more], ("a:1", "b:1")) for more in ([], many))
    assert rare["probability"] >= MODEL.thresholds.same
    assert common["weight_brand"] < rare["weight_brand"] - 2
    assert common["probability"] < MODEL.thresholds.same


def test_abbreviated_and_translated_words_are_the_same_field():
    found = probabilities(
        [
            record("a:1", "الفجر سلام كرم للبصريات كينيا", country="KE"),
            record("b:1", "Al Fajr Salam Karam Optics Kenya Ltd", country="KE"),
            record("c:1", "Lantern Onyx Bil Constr", country="KE"),
            record("d:1", "Lantern Onyx Bil Construction Ltd", country="KE"),
            record("e:1", "АО «Хоумкрок» Медицина", country="RU"),
            record("f:1", "Houmkrock Medical JSC", country="RU"),
        ]
    )
    assert min(found[pair] for pair in (("a:1", "b:1"), ("c:1", "d:1"), ("e:1", "f:1"))) >= MODEL.thresholds.same


def test_typing_errors_are_found_by_the_letters_before_and_after_them():
    wrong = ["Bleustem Optics", "Bluestemm Optics", "Bluestim Optics", "Bluetem Optics"]
    given = [record("a:0", "Bluestem Optics", country="KE")] + [
        record(f"b:{at}", name, country="KE") for at, name in enumerate(wrong)
    ]
    found = probabilities(given)
    assert all(found["a:0", f"b:{at}"] > MODEL.thresholds.review for at in range(len(wrong)))


def test_a_shared_identifier_finds_a_pair_of_any_names_and_another_parts_one():
    found = probabilities(
        [
            record("a:1", "Bluestem", identifier=["ticker:BLU", "lei:1"]),
            record("b:1", "Quartz Signal", identifier=["lei:1", "isin:2"]),
            record("c:1", "Bluestem", identifier="lei:2"),
        ]
    )
    assert found["a:1", "b:1"] > found["a:1", "c:1"]
    assert "b:1" not in {record for pair in found if "c:1" in pair for record in pair}


def test_a_record_without_a_name_is_found_by_its_identifier_alone():
    found = probabilities(
        [record("a:1", identifier="lei:1"), record("b:1", NAME, identifier="lei:1"), record("c:1"), record("d:1", "!!!")]
    )
    assert set(found) == {("a:1", "b:1")}


def test_any_name_of_a_record_may_match():
    found = probabilities([record("a:1", "Quartz Signal", NAME), record("b:1", "Fern", NAME), record("c:1", "Hazel Ridge")])
    assert set(found) == {("a:1", "b:1")}


def test_other_types_are_left_out():
    assert probabilities([record("a:1", NAME), record("b:1", NAME, kind="document")]) == {}


def test_probability_is_the_prior_and_the_weights_of_the_answers():
    for pair in scored(generated(400)).to_pylist():
        weight = MODEL.prior_weight + sum(pair[f"weight_{held.name}"] for held in MODEL.comparisons)
        assert math.isclose(pair["weight"], weight, abs_tol=1e-9)
        assert math.isclose(pair["probability"], 1 / (1 + 2**-weight), abs_tol=1e-9)
        known = {held.name: {0.0} | {round(level.weight, 6) for level in held.levels} for held in MODEL.comparisons}
        assert all(round(pair[f"weight_{name}"], 6) in weights for name, weights in known.items())


def test_order_and_threads_change_nothing():
    given = generated(3000)
    order = list(range(len(given)))
    random.Random(3).shuffle(order)
    first = scored(given)
    assert len(first) > 1000
    assert scored(given.take(order), threads=2).equals(first)
    assert first.sort_by([("left", "ascending"), ("right", "ascending")]).equals(first)
    assert all(left < right for left, right in zip(first["left"].to_pylist(), first["right"].to_pylist(), strict=True))


def test_records_that_say_the_same_are_paired_each_with_each_while_they_are_few():
    count = MODEL.largest_group
    few = probabilities([record(f"a:{at:03}", NAME, country="KE") for at in range(count)])
    assert len(few) == count * (count - 1) // 2
    assert len(set(few.values())) == 1


def test_ten_thousand_of_one_name_make_a_chain():
    alike = [record(f"a:{at:05}", NAME, country="KE") for at in range(10_000)]
    found = probabilities([*alike, record("b:1", "Bluestem Optic", country="KE"), record("c:1", "Bluestim Optics", country="KE")])
    chain = [(f"a:{at:05}", f"a:{at + 1:05}") for at in range(9_999)]
    assert set(chain) <= set(found)
    assert {("a:09999", "b:1"), ("a:00000", "c:1")} <= set(found)  # b:1 says the same; the one that does not meets the first
    assert len(found) < 50_000


def test_ten_thousand_names_that_begin_alike_are_cut_into_blocks():
    given = [record(f"a:{at:05}", f"Bluestem{at:05} Optics") for at in range(10_000)]
    found = scored(given, minimum=1e-15)
    assert 0 < len(found) < 10_000 * MODEL.largest_block


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
    given = [record(f"{source}:{at:02}", name) for source in "ab" for at, name in enumerate(awkward)]
    found = probabilities([*given, record("c:1", None), record("d:1", NAME), record("e:1", NAME)])
    assert found["d:1", "e:1"] > 0.3
    assert found["a:05", "b:05"] > 0.1
    assert not any("a:00" in pair or "a:02" in pair for pair in found)


def test_nothing_and_a_single_record_make_no_pairs():
    assert len(scored([])) == 0
    names = {"left", "right", "probability", "weight"} | {f"weight_{held.name}" for held in MODEL.comparisons}
    assert set(scored([record("a:1", NAME)]).column_names) == names


def test_the_connection_is_left_as_it_was():
    with connect(threads=1) as connection:
        score_pairs(connection, table([record("a:1", NAME), record("b:1", NAME)]), MODEL, READER)
        score_pairs(connection, table([record("a:1", NAME), record("b:1", NAME)]), MODEL, READER)
        assert connection.execute("SELECT table_name FROM information_schema.tables").fetchall() == []


def test_most_generated_duplicates_are_found_and_hardly_any_other_pair_is_called_one():
    given = generated(5000)
    entity = dict(zip(given["record"].to_pylist(), given["entity"].to_pylist(), strict=True))
    sizes: dict[int, int] = {}
    for held in entity.values():
        sizes[held] = sizes.get(held, 0) + 1
    known = sum(size * (size - 1) // 2 for size in sizes.values())
    same = [
        entity[pair["left"]] == entity[pair["right"]]
        for pair in scored(given.select(RECORDS.names), minimum=MODEL.thresholds.same).to_pylist()
    ]
    assert sum(same) / len(same) > 0.95
    assert sum(same) / known > 0.7


@pytest.mark.parametrize("engine", ["spork", "", "yarn"])
def test_an_engine_that_is_not_known_is_said_so(engine):
    with pytest.raises(UsageError, match="is not known; give duckdb"):
        scored([record("a:1", NAME)], engine=engine)


def asked(given: Iterable[dict], *pairs: tuple[str, str]) -> list[dict]:
    wanted = pa.table({"left": [left for left, _ in pairs], "right": [right for _, right in pairs]})
    with connect(threads=1) as connection:
        return score_requested_pairs(connection, table(given), wanted, MODEL, READER).to_pylist()


def test_any_pair_can_be_asked_for_and_has_the_answer_that_blocking_gives_it():
    given = generated(400).select(RECORDS.names)
    all_pairs = scored(given).to_pylist()
    found = asked(given.to_pylist(), *[(pair["right"], pair["left"]) for pair in all_pairs])
    assert found == all_pairs


def test_a_pair_that_blocking_does_not_find_can_be_asked_for():
    given = [
        record("a:1", NAME, country="KE"),
        record("b:1", "Quartz Signal", country="PE"),
        record("c:1"),
        record("d:1", NAME, kind="document"),
    ]
    (pair,) = asked(given, ("b:1", "a:1"), ("a:1", "c:1"), ("a:1", "d:1"), ("a:1", "a:1"), ("a:1", "x:9"))
    assert (pair["left"], pair["right"]) == ("a:1", "b:1")
    assert pair["weight_brand"] < 0
    assert pair["weight_country"] < 0
    assert pair["probability"] < 1e-6
    assert probabilities(given) == {}


def test_the_best_of_several_names_is_the_answer():
    given = [record("a:1", "Quartz Signal", NAME), record("b:1", NAME), record("b:2", NAME, "Fern")]
    best = {(pair["left"], pair["right"]): pair["weight"] for pair in asked(given, ("a:1", "b:1"), ("b:1", "b:2"))}
    alone = asked([record("a:1", NAME), record("b:1", NAME), record("c:1", NAME)], ("a:1", "b:1"))[0]["weight"]
    assert set(best.values()) == {alone}


def test_a_pair_is_told_in_words():
    (pair,) = asked([record("a:1", NAME, country="KE"), record("b:1", "Bluestem Telecom", country="KE")], ("a:1", "b:1"))
    told = {answer.name: (answer.answer, answer.weight) for answer in MODEL.answers(pair)}
    assert {name: answer for name, (answer, _) in told.items()} == {
        "brand": "the same, borne by two", "field": "differs", "place": "neither says one", "form": "not known",
        "numbers": "not known", "country": "the same", "identifier": "not known",
    }  # fmt: skip
    assert math.isclose(MODEL.prior_weight + sum(weight for _, weight in told.values()), pair["weight"], abs_tol=1e-9)
