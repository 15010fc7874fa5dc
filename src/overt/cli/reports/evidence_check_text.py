"""Messages about the places in files and documents that claims cite: how many were checked, and how many can't be."""

from typing import TYPE_CHECKING

from overt.model.errors import format_count

# Imported only for types, because it imports DuckDB, which `overt show` doesn't need.
if TYPE_CHECKING:
    from overt.release.archived_evidence_counts import PlaceCounts

NOT_ARCHIVED = "in a document that is not archived, so nobody can check it here"


def describe_places(places: "PlaceCounts") -> str:
    """Return a message with the number of places that were read again, and of those that can't be checked here."""
    checked = f"{format_count(places.archived, 'place')} were read again in archived files and still match"
    if places.archived == 1:
        checked = "1 place was read again in an archived file and still matches"
    if not places.documents:
        return checked
    if places.documents == 1:
        return f"{checked}; 1 place is {NOT_ARCHIVED}"
    return (
        f"{checked}; {format_count(places.documents, 'place')} are in documents that are not archived, so nobody can check them"
        " here"
    )
