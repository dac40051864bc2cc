"""Local stand-ins for the platforms' interfaces, for demonstration and tests: pure Python, loopback only."""
