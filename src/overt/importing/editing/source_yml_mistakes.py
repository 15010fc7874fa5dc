"""Collects mistakes in source.yml files. Mappings are checked only once no file has any other mistake."""

from collections.abc import Iterable
from dataclasses import dataclass

from overt.importing.mapping.mapping_check import check_mapping
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, ContentErrors


@dataclass
class Mistakes:
    """The mistakes in the file `where`, one message each."""

    where: str
    mistakes: list[str]


def content_mistakes(content: Catalogue, sources: Iterable[str]) -> list[Mistakes]:
    """Return the mistakes in all source.yml files. If there are none, return those in the mappings of `sources`."""
    try:
        specs = content.sources
    except ContentErrors as error:
        return [Mistakes(each.where, each.mistakes) for each in error.errors]
    except ContentError as error:
        return [Mistakes(error.where, error.mistakes)]
    mistakes = []
    for source in sources:
        try:
            check_mapping(specs[source], content)
        except ContentError as error:
            mistakes.append(Mistakes(error.where, error.mistakes))
    return mistakes
