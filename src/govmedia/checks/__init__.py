"""Facts from rows, judging by an edition, health, and the inspector's checks."""
