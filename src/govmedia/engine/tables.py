"""Data files in TOML: read them, and tell their values' kinds apart (TOML's truth values are Python ints too)."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeGuard


class TableError(ValueError):
    """A data file that cannot be read; `text` says in Chinese what, where and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_table(path: Path, refusal: type[TableError] = TableError) -> dict[str, Any]:
    """The file as TOML; a byte order mark is allowed. Errors: TableError, of the kind that is asked for."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as why:
        raise refusal(f"{path}：读不到这个文件（{why.strerror}）。请检查路径和权限。") from why
    except UnicodeDecodeError as why:
        raise refusal(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    except tomllib.TOMLDecodeError as why:
        raise refusal(f"{path}：不是合法的 TOML（{why}）。请按提示的行列改正。") from why


def is_whole(value: object, least: int) -> TypeGuard[int]:
    """True for a whole number of at least `least`."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def is_day(value: object) -> TypeGuard[date]:
    """True for a date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)
