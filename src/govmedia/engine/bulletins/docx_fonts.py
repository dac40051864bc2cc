"""The standard's font names in a .docx; whoever opens it without them is told other names of the same fonts."""

from govmedia.engine.bulletins.fonts import FACES

TITLE, FANG, HEI, KAI, SONG = (FACES[key].named for key in ("title", "fang", "hei", "kai", "song"))


def fonts(name: str) -> str:
    """A run's fonts: one for all scripts, as the form has it."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def font_table() -> str:
    """The fonts with their other names."""
    return "".join(
        f'<w:font w:name="{face.named}"><w:altName w:val="{face.installed[0]}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for face in FACES.values()
    )
