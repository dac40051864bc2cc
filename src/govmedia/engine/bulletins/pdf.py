"""The PDF of a bulletin: tagged, archivable (PDF/A-2a, PDF/UA-1), set by Typst from `bulletin.typ`.

In a process of its own (`typeset.py`): typesetting a province's annexes takes up to a gigabyte, which would stay with
a worker for ever, and a fault of the typesetter must not take the worker with it.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.fonts import PACKAGED
from govmedia.engine.bulletins.leaves import mark_size
from govmedia.engine.bulletins.paper import Paper

SECONDS_MOST = 300


def pdf_of(paper: Paper, font_folders: Sequence[Path] = ()) -> bytes:
    """The file; the same paper gives the same bytes. `font_folders` are looked through beside the system's fonts.

    Errors: BulletinError.
    """
    order = {
        "fonts": [str(folder) for folder in (*font_folders, PACKAGED) if folder.is_dir()],
        "day": paper.signed_on or "2000-01-01",
        "paper": {**asdict(paper), "mark_size": mark_size(paper.mark), "closing": paper.has_closing},
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "govmedia.engine.bulletins.typeset"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS_MOST,
            check=False,
        )
    except subprocess.TimeoutExpired as why:
        raise BulletinError(f"排版超过 {SECONDS_MOST} 秒，已停止。请把长名单拆成几份附件，或改用 --docx。") from why
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = lines[-1][:200] if lines else f"退出码 {done.returncode}"
        raise BulletinError(f"排不出 PDF（{said}）。可先用 --docx 或 --html 写出，并请报告这个问题。")
    return done.stdout
