"""Write the generated files of docs/ and web/, and the message catalogues: `python -m tools.docs`, or `make docs`."""

from pathlib import Path

from overt.model.content_catalogue import Catalogue
from overt.model.files.atomic_writes import atomic_write
from tools import message_catalogues
from tools.data_dictionary import data_dictionary
from tools.licences import licences_page
from tools.map_area_codes_and_names import map_areas
from tools.measurement_rules_page import measure_rules
from tools.project_filters_for_browser import project_filter_module
from tools.source_mapping_keys_page import mapping_page
from tools.sources_page import sources_page

DOCS = Path(__file__).parents[1] / "docs"
WEB = DOCS.parent / "web"


def pages(content: Catalogue) -> dict[Path, str]:
    """Return the text of every generated file, except the message catalogues, by its path."""
    return {
        DOCS / "data-dictionary.md": data_dictionary(content),
        DOCS / "sources.md": sources_page(content),
        DOCS / "library-licences.md": licences_page(),
        DOCS / "mapping.md": mapping_page(content),
        DOCS / "measure-rules.md": measure_rules(content),
        WEB / "src" / "filter-names.ts": project_filter_module(),
        WEB / "tools" / "world" / "areas.json": map_areas(content),
    }


if __name__ == "__main__":
    for path, text in pages(Catalogue()).items():
        atomic_write(path, text.encode())
        print(path.relative_to(DOCS.parent))
    message_catalogues.main()
