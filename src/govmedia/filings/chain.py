"""The way a filing takes: which offices review it, in which order, and by when. Read from data."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused
from govmedia.engine.calendar import Calendar
from govmedia.orgs.models import Division, Level, Organisation

PACKAGED = Path(__file__).with_name("chains") / "default.toml"
_UP = {"own": 0, "above": 1, "two_above": 2}


@dataclass(frozen=True, slots=True)
class Rules:
    """A chain file: for each level its stops as (levels up, working days), and the reviewer's thresholds."""

    stops: Mapping[str, tuple[tuple[int, int], ...]]
    silent_days: int
    late_working_days: int


@dataclass(frozen=True, slots=True)
class Stop:
    """An office on a filing's way: the division it belongs to, and the working days it has."""

    division: str
    name: str
    working_days: int


class ChainProblem(Refused):
    """The chain file cannot be used; `text` says where and what to do."""


def chain_file() -> Path:
    """The installation's own chain file where there is one, else the packaged one."""
    own = Path(settings.HOME) / "chains" / "default.toml"
    return own if own.is_file() else PACKAGED


def rules() -> Rules:
    """The rules in force. Errors: ChainProblem."""
    path = chain_file()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> Rules:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        stops = {
            str(level): tuple((_UP[row["office"]], int(row["working_days"])) for row in table[level])
            for level in Level.values
        }
        return Rules(stops, int(table["silent_days"]), int(table["late_working_days"]))
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise ChainProblem(f"审核流程文件 {path} 读不懂（{why}）。请联系系统管理员对照随附的样例改正。") from why


def resolve(organisation: Organisation) -> list[Stop]:
    """The offices a filing of this organisation goes to, first one first."""
    line: list[Division] = []
    division: Division | None = organisation.division
    while division is not None:
        line.append(division)
        division = division.parent
    return [
        Stop(line[up].code, office_name(line[up]), days)
        for up, days in rules().stops[organisation.level]
        if up < len(line)
    ]


def office_name(division: Division) -> str:
    """What the office of a division is called, in full."""
    return f"{division.full_name}政府办公{'厅' if division.level == Level.PROVINCE else '室'}"


def to_form(stops: Sequence[Stop]) -> list[dict[str, Any]]:
    return [asdict(stop) for stop in stops]


def of_form(form: Mapping[str, Any]) -> list[Stop]:
    """The way kept with a filing."""
    return [Stop(**row) for row in form.get("chain", [])]


def due_on(working_days: int, now: datetime) -> date:
    """The last day in time; of a year whose holidays are unknown only weekends are left out."""
    return Calendar.load(settings.HOLIDAY_FOLDERS).deadline(day_of(now), working_days).on
