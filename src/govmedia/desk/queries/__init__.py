"""What the desk's pages read across the rooms."""
