"""Pages of the impostor desk."""
