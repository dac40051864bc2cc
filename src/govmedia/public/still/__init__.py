"""The whole public site as files that any web server serves."""
