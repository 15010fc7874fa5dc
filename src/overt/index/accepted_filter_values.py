"""The values that the filters of projects accept, and their patterns."""

from overt.index.filter_kinds import Values
from overt.language.language import N_

RECORD_ID = "ovt-[a-z2-7]{12}"
"""A regular expression for published ids."""
YEAR = "[12][0-9]{3}"  # A regular expression for the years 1000 to 2999.
DATE_WITHIN_YEAR = (
    "(-(0[1-9]|1[0-2])|-02-(0[1-9]|1[0-9]|2[0-8])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|-(0[469]|11)-(0[1-9]|[12][0-9]|30))?"
)
"""A regular expression for what can follow the year in a date: nothing, a month, or a month and a day other than 29 February."""
DATE_PATTERN = (
    f"^([1-9][0-9]{{3}}{DATE_WITHIN_YEAR}|([1-9][0-9](0[48]|[2468][048]|[13579][26])|(1[26]|[2468][048]|[3579][26])00)-02-29)$"
)
"""A regular expression for a date: a year, a month or a day, such as `2019`, `2019-05` or `2019-05-31`."""
PROJECT_KINDS = Values("ProjectKind", "A kind of project.", N_("a kind of project"), vocabulary="project-kinds")
LAYERS = Values("Layer", "A layer of kinds.", N_("a layer"), vocabulary="layers")
STATUSES = Values("Status", "A status of a project.", N_("a status"), vocabulary="statuses")
PRECISIONS = Values("Precision", "How exactly a place is known.", N_("a precision"), vocabulary="precision")
ORGANIZATIONS = Values("RecordId", "A published id.", N_("an organisation’s id (ovt-…)"), pattern=RECORD_ID)
AREAS = Values(
    "AreaCode",
    "ISO 3166-1 alpha-2, or one of Overt’s codes.",
    N_("a country’s code (ISO 3166-1 alpha-2, as in KE)"),
    release="areas",
)
REGIONS = Values(
    "RegionId",
    "Id of a region or grouping of countries.",
    N_("a region’s id, as in asean"),
    release="regions",
)
SOURCES = Values("Source", "A source of this release.", N_("a source of this edition"), release="sources")
SYSTEMS = Values(
    "System",
    "`named-supplier`: a documented surveillance or censorship system with a named supplier.",
    N_("named-supplier"),
    choices=("named-supplier",),
)
SOURCE_COUNTS = Values(
    "SourceCount",
    "How many sources that do not copy one another; `3`: three or more.",
    N_("1, 2 or 3 (three or more)"),
    choices=("1", "2", "3"),
)
