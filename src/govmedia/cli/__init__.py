"""The command `govmedia`: arguments in, one call into the rooms, an exit status out.

Exit status: 0 done, 1 something was refused or differs, 2 wrong usage. Output to stdout, messages to stderr.
Commands that need no database start without loading the framework.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from govmedia.cli import (
    assessments,
    bulletins,
    content,
    demo,
    law,
    opendata,
    orgs,
    outside,
    proof,
    publishing,
    rounds,
    sampling,
    serve,
    tables,
    tokens,
    trust,
    work,
)
from govmedia.cli.site import Unreadable, tell
from govmedia.config.env import SettingError

GROUPS = (
    serve,
    demo,
    work,
    tables,
    orgs,
    tokens,
    law,
    content,
    sampling,
    rounds,
    bulletins,
    assessments,
    opendata,
    publishing,
    outside,
    proof,
    trust,
)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="govmedia",
        description="政务新媒体备案监管平台的命令行。每条命令加 --help 看说明。",
    )
    commands = top.add_subparsers(dest="command", metavar="命令", required=True)
    for group in GROUPS:
        group.register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Text is UTF-8 wherever we run, also under a terminal of GBK.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    arguments = parser().parse_args(argv)
    try:
        status = int(arguments.run(arguments) or 0)
        sys.stdout.flush()
        return status
    except (Unreadable, SettingError) as why:
        tell(str(why))
        return 2
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
