"""The narrow interface to work in the background, and its embedded engine over our own rows."""
