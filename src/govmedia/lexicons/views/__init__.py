"""Pages of the installation's own terms."""
