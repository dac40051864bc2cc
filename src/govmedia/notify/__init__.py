"""Messages to users inside the site; a subject is told once."""
