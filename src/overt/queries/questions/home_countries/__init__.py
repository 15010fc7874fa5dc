"""Seats of organisations as conditions of questions."""
