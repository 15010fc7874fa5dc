"""A FastAPI application with a complete OpenAPI description."""

from typing import Any

from fastapi import FastAPI

from overt.api.openapi import complete_description
from overt.site.site import Site

# Without these settings, FastAPI sends data about every request to the collector that environment variables configure.
NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}


class DescribedApplication(FastAPI):
    """FastAPI with a more complete OpenAPI description.

    It also describes the files that belong to pages, the parameter `known`, valid values, and problem documents.
    """

    def __init__(self, site: Site, **more: Any) -> None:
        super().__init__(**more)
        self._site = site

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, which is computed once."""
        if not self.openapi_schema:
            complete_description(super().openapi(), self._site)
        assert self.openapi_schema, "FastAPI keeps what it made"
        return self.openapi_schema
