"""The released answers: what a release says about an organisation in a country, and about the other pairs readers ask for."""
