"""The HTTP API for programs: `/api/v1/…`, described by `/api/openapi.json`."""
