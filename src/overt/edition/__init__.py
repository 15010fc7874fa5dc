"""The static edition: the site of one release as files, without what needs a server, for any web host or for use offline."""
