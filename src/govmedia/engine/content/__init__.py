"""Content inspection: what the text of a post says, told by checks that are one file each.

No framework, no clock, no socket: `Inspector` takes Posts and yields Hits that point at the exact characters.
"""
