"""Tests of `overt.importing.editing`."""
