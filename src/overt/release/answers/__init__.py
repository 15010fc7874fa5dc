"""The released answers: what a release says about an organisation in a country, and about other pairs that readers ask about."""
