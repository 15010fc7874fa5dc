"""The frame of a chart: title, note, sources, release, table and downloads.

Pages (`charts.html`), files and the static edition use it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from overt.charts.chart import Chart
from overt.language.language import Language
from overt.language.safe_csv import csv_parts

_MAX_ROWS = 10
"""Maximum number of rows of a table on a page that offers files; the CSV file has all rows."""


@dataclass(frozen=True)
class ChartFrame:
    """A chart with its frame, in one language and of one release."""

    chart: Chart
    language: Language
    release: str
    folder: str | None
    """Address of the folder of its files, such as `/country/KE/charts`; None if the page offers no files."""

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats of the chart's files besides PNG; only `csv` if there is no drawing."""
        return ("csv", "svg") if self.chart.drawn else ("csv",)

    @property
    def downloads(self) -> dict[str, str]:
        """Addresses of the chart's files in `formats`, by format; empty if the page offers no files."""
        name = self.chart.text.name
        return {kind: f"{self.folder}/{name}.{kind}" for kind in self.formats} if self.folder else {}

    @property
    def picture(self) -> str | None:
        """Address of the chart as PNG, which a server draws on request.

        None if there is no drawing, or if the page offers no files.
        """
        return f"{self.folder}/{self.chart.text.name}.png" if self.folder and self.chart.drawn else None

    @property
    def most_rows(self) -> int | None:
        """Maximum number of rows of the table on a page; None for all rows.

        A table is shortened only if a file has all its rows.
        """
        return _MAX_ROWS if self.folder and len(self.chart.table.rows) > _MAX_ROWS else None

    @property
    def page(self) -> str:
        """English address of the chart's page; empty if the page offers no files."""
        return (self.folder or "").removesuffix("/charts")

    def file_name(self, kind: str) -> str:
        """Return the name of a downloaded file, such as `overt-country-KE-suppliers-2026-11-24-1a2b3c4d.svg`."""
        return f"overt{self.page.replace('/', '-')}-{self.chart.text.name}-{self.release}.{kind}"

    def lines(self) -> list[str]:
        """Return the lines below the drawing in a file: note, caveat, sources, release and page."""
        text = self.chart.text
        page = f"{self.page}#chart-{text.name}"
        edition = self.language.gettext("Overt, edition %(release)s, %(page)s", release=self.release, page=page)
        sources = source_line(self.language, (title for title, _ in text.sources))
        return [line for line in (text.note, text.caveat, sources, edition) if line]

    def csv_parts(self) -> Iterator[str]:
        """Yield the table as CSV, with the sources and the release in every row."""
        sources = "; ".join(title for title, _ in self.chart.text.sources)
        table = self.chart.table
        header = [*(column.text for column in table.columns), "source", "release"]
        rows = ([*(cell.text if cell.value is None else cell.value for cell in row), sources, self.release] for row in table.rows)
        return csv_parts([header, *rows])


def source_line(language: Language, titles: Iterable[str]) -> str:
    """Return the line that lists the sources; empty if there are none."""
    joined = language.comma.join(titles)
    return " ".join((language.gettext("Source:"), joined)) if joined else ""
