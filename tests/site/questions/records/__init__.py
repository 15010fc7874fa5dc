"""Questions about restrictions, laws, agreements, money, scores and kinds of systems."""
