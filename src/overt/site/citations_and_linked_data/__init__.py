"""Citations and linked data beside the pages of records, figures and the release."""
