"""What blocklists contain, and what measurements found, for one domain or one platform."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking import measurements as measured

_CAVEAT = (
    "Being on no list is not a finding: the name may not have been tested, may be blocked in another way, or may be reachable."
)


_MEASURED = (
    "Results of individual measurements, one row per country, test and quarter (`period`): `blocked` of `vantage_points`, the "
    "95 % interval of that share (`low`, `high`), and the resulting `state`; `too-little` is not a finding. The columns are "
    "those of the table `measured_quarters`; `fingerprints` names the versions of the lists of block pages that were used. The "
    "table `measurements` has the rows behind them."
)


class ObservedDomain(BaseModel):
    """A domain, the lists that contain it, and its measurements."""

    release: str
    domain: str
    platform: str | None = Field(description="The platform of the domain, if it is one that Overt tracks.")
    finding: bool | None = Field(description="Whether any list contains the domain; null if the release has no lists.")
    caveat: str
    episodes: list[dict[str, Any]] = Field(
        description="Runs of lists that contain the domain. `start` and `end` are EDTF, an interval if days are missing."
    )
    series: list[dict[str, Any]] = Field(description="All series of lists, whether or not they contain the domain.")
    measured: list[dict[str, Any]] = Field(description=_MEASURED)


class ObservedPlatform(BaseModel):
    """A platform, the lists that contain its domains, and the measurements of its domains and of the service itself."""

    release: str
    platform: str
    caveat: str
    domains: list[str] = Field(description="The platform's domains, the best-known one first.")
    found: list[dict[str, Any]] = Field(description="Findings by domain and series. Domains without a finding are omitted.")
    series: list[dict[str, Any]]
    measured: list[dict[str, Any]] = Field(
        description=f"{_MEASURED} Includes its domains with and without `www.`, and tests of the service itself."
    )


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/domains/…` and `/api/v1/platforms/…`."""
    router = APIRouter(prefix="/api/v1", tags=["measured"], responses=PROBLEMS, dependencies=ONCE)
    none: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such platform."}}
    no_name: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "The name is not a domain name."}}

    @router.get("/domains/{name}", response_model=ObservedDomain, response_class=Json, responses=no_name)
    def domain_listings(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return the lists that contain a domain, the periods in which they do, and the domain's measurements. Any domain is
        accepted. Its subdomains are not included.
        """
        try:
            known = canonical_domain(name)
        except ValueProblem:
            raise HTTPException(404, "This is not a domain name.") from None
        with site.database.lease() as reader:
            episodes, series = observed.domain_episodes(reader, known), observed.series(reader)
            measured_rows = measured.name_quarters(reader, [known])
            platforms = {domain: platform for platform, names in observed.platform_domains(reader).items() for domain in names}
        return Json(
            {
                "release": site.prepared.release, "domain": known, "platform": platforms.get(known),
                "finding": bool(episodes) if series else None, "caveat": _CAVEAT, "episodes": _plain(episodes),
                "series": _plain(series), "measured": _plain(measured_rows),
            }
        )  # fmt: skip

    @router.get("/platforms/{platform}", response_model=ObservedPlatform, response_class=Json, responses=none)
    def platform_listings(platform: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return the series of lists that contain a platform's domains, each with dates and the number of lists, and the
        platform's measurements.
        """
        with site.database.lease() as reader:
            domains = observed.platform_domains(reader, platform).get(platform)
            if domains is None:
                raise HTTPException(404, "There is no platform of this name that has domains.")
            rows, series = observed.platform_listings(reader, platform=platform), observed.series(reader)
            measured_rows = measured.name_quarters(reader, measured.platform_names(reader, platform))
        plain = [{name: value for name, value in row.items() if name not in ("platform", "position")} for row in _plain(rows)]
        content = {"release": site.prepared.release, "platform": platform, "caveat": _CAVEAT, "domains": domains}
        return Json({**content, "found": plain, "series": _plain(series), "measured": _plain(measured_rows)})

    return router


def _plain(rows: Sequence[NamedTuple]) -> list[dict[str, Any]]:
    return [row._asdict() for row in rows]
