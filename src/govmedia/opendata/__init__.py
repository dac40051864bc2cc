"""Open data: the directory, its changes and published results as files with checksums and a signature."""
