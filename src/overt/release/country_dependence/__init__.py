"""Dependence of countries on suppliers, lenders and cables."""
