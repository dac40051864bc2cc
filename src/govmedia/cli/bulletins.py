"""Bulletins: what of one does not close, and its documents in the official form. No database."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from govmedia.cli.law import data_home
from govmedia.cli.site import put, reading, tell, writing

if TYPE_CHECKING:
    from govmedia.engine.bulletins.shape import Bulletin


def register(commands: argparse._SubParsersAction) -> None:
    """Add: bulletin."""
    bulletin = commands.add_parser("bulletin", help="核对一份通报的数字（--check），或排成公文格式的文档")
    bulletin.add_argument(
        "file", metavar="文件", help="通报文件（JSON，见 docs/reference/bulletin-file.md）；- 为标准输入"
    )
    bulletin.add_argument("--check", action="store_true", help="逐条列出对不上的数字；都对得上输出 closes")
    bulletin.add_argument("--previous", metavar="文件", help="上一期的通报文件，用来核对变化")
    bulletin.add_argument("--docx", metavar="文件", help="写出 Word 文档（GB/T 9704-2012）")
    bulletin.add_argument("--pdf", metavar="文件", help="写出可存档、带标记的 PDF（PDF/A-2a、PDF/UA-1）")
    bulletin.add_argument("--html", metavar="文件", help="写出可打印的网页")
    bulletin.set_defaults(run=run_bulletin)


def run_bulletin(arguments: argparse.Namespace) -> int:
    """Exit status 1 where the file is refused or a figure does not close; documents are written all the same then."""
    from govmedia.engine.bulletins.checking import differences
    from govmedia.engine.bulletins.errors import BulletinError

    wanted = {name: getattr(arguments, name) for name in ("docx", "pdf", "html") if getattr(arguments, name)}
    if not arguments.check and not wanted:
        tell("请说明要做什么：--check 核对数字，或用 --docx、--pdf、--html 写出文档。")
        return 2
    try:
        bulletin = _read(arguments.file)
        if arguments.previous:
            bulletin = replace(bulletin, previous=_read(arguments.previous).as_previous())
        found = differences(bulletin)
        if wanted:
            _write(bulletin, wanted)
    except BulletinError as why:
        for problem in why.problems:
            tell(f"{arguments.file}：{problem}")
        return 1
    say = put if arguments.check else tell
    for one in found:
        say(str(one))
    if arguments.check and not found:
        put("closes")
    return 1 if found else 0


def _read(file: str) -> "Bulletin":
    from govmedia.engine.bulletins.reading import read_bulletin

    with reading(file) as stream:
        return read_bulletin(stream.read())


def _write(bulletin: "Bulletin", wanted: dict[str, str]) -> None:
    from govmedia.engine.bulletins.documents import document

    for kind, file in wanted.items():
        data = document(bulletin, kind, [data_home() / "fonts"])
        with writing(file) as stream:
            stream.write(data)
