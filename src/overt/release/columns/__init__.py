"""Descriptions of the columns of released tables, and the vocabulary of column names that all formats share."""
