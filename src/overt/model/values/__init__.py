"""Canonical values: one module a kind, each with a function from what a source wrote to the one form that Overt keeps."""
