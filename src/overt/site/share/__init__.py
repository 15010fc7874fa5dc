"""What other sites and search engines get of a page: its title, its answer and a picture of it."""
