"""What differs between two releases, for those who read it elsewhere: a page that stands alone, and a feed."""
