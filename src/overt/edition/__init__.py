"""The static edition: the complete site of one release as files, for any web host, for a storage medium, or for use offline."""
