"""Citations and linked data of records, figures and the release."""
