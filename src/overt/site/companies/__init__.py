"""The list of companies and other organisations."""
