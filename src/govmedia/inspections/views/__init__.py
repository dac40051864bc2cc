"""Pages of content inspection: paste a text, the queue, all hits, the checks."""
