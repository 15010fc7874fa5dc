"""What other sites and search engines receive for a page: its title, its answer and a picture."""
