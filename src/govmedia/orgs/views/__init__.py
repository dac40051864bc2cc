"""Pages of log-in, organisations and users."""
