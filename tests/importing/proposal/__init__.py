"""Tests of `overt.importing.proposal`."""
