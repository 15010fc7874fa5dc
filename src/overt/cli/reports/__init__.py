"""The output of commands that report on an atlas, its releases, or data that is not in an atlas."""
