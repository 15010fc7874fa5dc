"""The released answers: what a release says about an organisation in a country, and what else readers ask about."""
