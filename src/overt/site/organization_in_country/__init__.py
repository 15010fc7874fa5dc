"""The page about an organisation in a country."""
