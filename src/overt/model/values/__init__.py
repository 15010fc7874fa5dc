"""Canonical values: one module per type, with functions that convert what a source wrote to Overt's form."""
