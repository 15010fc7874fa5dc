"""Canonical values: one module per kind, with functions that turn what a source wrote into Overt's form."""
