from overt.model.claim import CLAIMS, EVIDENCE, Claim, Evidence

CLAIM = Claim(
    "aiddata_gcdf", "aiddata_gcdf:37016", "project", "kind", "5g-network", "5G", None, None, None, None,
    "coded", "aiddata-title-kinds@1", "aiddata_gcdf:document/1",
)  # fmt: skip


def test_claim_ids_never_change() -> None:
    r"""Recorded on 2026-11-25. If this fails, the id of every claim of every release has changed.

    The second id: `printf 's\x1fs:1\x1fproject\x1fname\x1f华为\x1f\x1f\x1f\x1f\x1f\x1fstated\x1f' | sha256sum | cut -c1-32`.
    """
    assert CLAIM.id == "bf063554a6675301ac0761ced08a4acc"
    assert Claim("s", "s:1", "project", "name", "华为").id == "fcf92fd6d351379a357241df0dd50c81"


def test_the_id_covers_every_field_but_the_document() -> None:
    assert CLAIM._replace(document=None).id == CLAIM.id
    variants = [CLAIM._replace(**{name: "other"}) for name in Claim._fields if name != "document"]
    assert len({CLAIM.id, *(variant.id for variant in variants)}) == len(Claim._fields)


def test_the_id_separates_the_fields() -> None:
    assert CLAIM._replace(value="a", original="b").id != CLAIM._replace(value="ab", original=None).id
    assert CLAIM._replace(original=None, unit="x").id != CLAIM._replace(original="x", unit=None).id


def test_the_columns_are_those_of_the_tuples() -> None:
    assert CLAIMS.names == ["claim_id", *Claim._fields]
    assert EVIDENCE.names == list(Evidence._fields)
    assert [name for name in CLAIMS.names if CLAIMS.field(name).nullable] == [
        "original", "unit", "lang", "valid_from", "valid_to", "rule", "document",
    ]  # fmt: skip
