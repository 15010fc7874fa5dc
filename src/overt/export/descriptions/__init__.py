"""Descriptions of a folder of exports, in the words of those who will look for it: a module for each standard."""
