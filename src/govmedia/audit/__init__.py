"""Who did what, when, with what before and after, in one hash chain; entries carry text, no foreign keys."""
