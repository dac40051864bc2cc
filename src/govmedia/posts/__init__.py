"""How posts reach us: data interfaces, looks, covered time, posts and what became of them; owns outages."""
