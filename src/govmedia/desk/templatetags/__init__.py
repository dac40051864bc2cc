"""Words of the desk for templates."""
