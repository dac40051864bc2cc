"""Pages of findings: the list, one finding with its deeds, notices, queues, indicators, files."""
