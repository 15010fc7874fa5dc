"""The list of agreements and laws."""
