"""Settings, addresses and the schedule of background work."""
