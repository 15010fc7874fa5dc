from overt.resolve.names_with_and_without_country import national_bearers
from overt.resolve.same_name_organizations_by_legal_form import NameBearers


def test_a_country_with_two_equal_phrases_joins_a_name_once() -> None:
    bearers = {("organization", "telkom"): NameBearers({"a:1"}), ("organization", "telkom south africa"): NameBearers({"b:1"})}
    joined = list(national_bearers(bearers, {}, {"a:1": {"ZA"}}))
    assert joined == [("telkom south africa", ["a:1", "b:1"])]
