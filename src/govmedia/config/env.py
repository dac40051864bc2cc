"""Readers of the environment; each secret has a `_FILE` twin that names a file holding it."""

import os
from pathlib import Path


class SettingError(SystemExit):
    """A setting is missing or malformed; the message says in Chinese which and what to do."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as why:
            raise SettingError(f"{name}_FILE 指向的文件读不出来：{path}（{why.strerror}）") from why
    return os.environ.get(name, default)


def yes(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    value = text(name)
    return default if not value else value.lower() in {"1", "true", "yes", "on"}


def items(name: str) -> list[str]:
    """A comma list without blanks and empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]
