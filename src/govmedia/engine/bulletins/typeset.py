"""Reads an order of `pdf.py` on stdin, writes the PDF to stdout; a program of its own."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from govmedia.engine.bulletins.fonts import choose, note_of

_TEMPLATE = Path(__file__).with_name("bulletin.typ")


def typeset(order: dict[str, Any]) -> bytes:
    """The PDF. All text goes in as data, so that nothing in it is read as markup. Errors: typst.TypstError."""
    fonts = typst.Fonts(font_paths=list(order["fonts"]))
    chosen = choose(fonts.families())
    paper = order["paper"] | {
        "faces": {name: {"families": one.families, "bold": one.bold} for name, one in chosen.items()},
        "note": note_of(chosen),
    }
    compiler = typst.Compiler(
        input=_TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)}
    )
    made = compiler.compile(
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        # Not the time of making: the same paper gives the same bytes.
        timestamp=datetime.fromisoformat(order["day"]).replace(tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("more than one file")
    return made


def main() -> int:
    """Exit status 1 with the typesetter's complaint on stderr where it refuses."""
    try:
        sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))
    except typst.TypstError as why:
        sys.stderr.write(f"{why.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
