"""A row of AidData in either layout, by the column names of the full release."""

from dataclasses import dataclass

from overt.importing import Cell, Context, Row

LINKS = "Linked To"
"""The column of the edition with the ids that the publisher's title links to."""


@dataclass(frozen=True)
class LayoutRow:
    """A row of either layout, with cells by the column names of the full release."""

    row: Row
    dotted: bool
    """Whether the row is from the short table, whose column names have dots for spaces."""

    def __getitem__(self, column: str) -> Cell:
        return self.row[column.replace(" ", ".") if self.dotted else column]


def recipient(ctx: Context, fields: LayoutRow) -> Cell:
    """Return the code of the recipient country or, for a record of several countries, of their region."""
    code, name = fields["Recipient ISO-3"], fields["Recipient"]
    return ctx.area(code or name, "areas")
