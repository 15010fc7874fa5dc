"""The output of `overt show --prov`: the provenance of a record in PROV-O."""

from typing import TYPE_CHECKING, Any

from overt.export.record_provenance_as_prov_o import provenance_graph
from overt.http.page_addresses import record_url
from overt.model.errors import UsageError

if TYPE_CHECKING:
    from overt.model.workspace import Workspace
    from overt.release.release_reader import Release


def provenance_data(atlas: "Workspace", release: "Release", record: dict[str, Any]) -> dict[str, Any]:
    """Return the provenance of a record in PROV-O. `record`: as `record_data.record_data` returns it.

    Raises UsageError for a record that no longer has claims in the release.
    """
    if record.get("withdrawn"):
        raise UsageError(f"{record['id']}: release {release.id} says nothing about it any more")
    cited = sorted({claim["document"] for claim in record["claims"] if claim["document"]})
    query = "SELECT record, id FROM members WHERE list_contains(?, record)"
    documents = {row["record"]: row["id"] for row in release.rows(query, [cited])} if cited else {}
    claims = [{**claim, "document": documents.get(claim["document"])} for claim in record["claims"]]
    page = record_url(record["type"], record["id"])
    address = atlas.settings.site.address.rstrip("/")
    return provenance_graph(release.id, address, record, page, claims, release.rows("SELECT * FROM sources ORDER BY source"))
