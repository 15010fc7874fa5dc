"""The static edition: the whole site of one release as files, for any host, for a medium without one, for no network at all."""
