"""Registry and supervision of official new-media accounts."""
