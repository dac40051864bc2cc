"""A sample drawn in the open: the same population, shares and seed give the same sample on every machine.

Algorithm `govmedia-draw-1` (the project's interfaces, object Draw): n of a stratum is min(size, max(min, ceil(share ×
size))) in exact decimals; its members stand in the order of the hex SHA-256 of seed, key values and code joined by
U+001F; the first n are drawn. Accounts that are left out, and those always taken, are no members of any stratum.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Any

from govmedia.engine.population import SEPARATOR, Population

ALGORITHM = "govmedia-draw-1"
# A share has at most so many decimals, so that it is the same number in JSON everywhere.
_SHARE = re.compile(r"(?:0(?:\.[0-9]{1,12})?|1(?:\.0{1,12})?)")
_HEX = re.compile(r"[0-9a-f]{64}")


class DrawError(ValueError):
    """What is asked for cannot be drawn; `text` is Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw. `shares` holds for strata with those key values (joined by commas; all of them, or some).

    `excluded`: reasons by code. `promise_hash`: hex SHA-256 of the seed's part before the first U+001F.
    """

    by: tuple[str, ...]
    share: Decimal
    seed: str
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    least: int = 0
    always: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)
    promise_hash: str = ""


@dataclass(frozen=True, slots=True)
class Stratum:
    """The accounts with the same values; `drawn` stand in the order in which they were drawn."""

    key: tuple[str, ...]
    size: int
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """A plan carried out on a population."""

    plan: Plan
    population_hash: str
    strata: tuple[Stratum, ...]

    @property
    def sample(self) -> tuple[str, ...]:
        """All that are looked at: those always taken, then the strata's."""
        return (*self.plan.always, *(code for stratum in self.strata for code in stratum.drawn))

    def to_json(self) -> dict[str, Any]:
        """The Draw object of the interfaces."""
        plan = self.plan
        whole: dict[str, Any] = {
            "algorithm": ALGORITHM,
            "seed": plan.seed,
            "population_hash": self.population_hash,
            "by": list(plan.by),
            "share": float(plan.share),
        }
        if plan.shares:
            whole["shares"] = {key: float(share) for key, share in sorted(plan.shares.items())}
        whole |= {
            "min": plan.least,
            "always": list(plan.always),
            "excluded": [{"code": code, "reason": reason} for code, reason in sorted(plan.excluded.items())],
        }
        if plan.promise_hash:
            whole["promise_hash"] = plan.promise_hash
        whole["strata"] = [{"key": list(one.key), "size": one.size, "drawn": list(one.drawn)} for one in self.strata]
        return whole


def share_of(text: str) -> Decimal:
    """A share from its text. Errors: DrawError unless above 0 and at most 1."""
    if not _SHARE.fullmatch(text) or Decimal(text) == 0:
        raise DrawError(f"抽查比例“{text[:20]}”不对：应大于 0、不超过 1，如 0.1（即 10%）。")
    return Decimal(text)


def promise_hash_of(promise: str) -> str:
    """What is published before the draw."""
    return hashlib.sha256(promise.encode()).hexdigest()


def joined_seed(promise: str, public_value: str) -> str:
    """The seed of a draw in public: a promise kept secret, and a value nobody could know when it was made."""
    return f"{promise}{SEPARATOR}{public_value}"


def draw(population: Population, plan: Plan) -> Draw:
    """Carry out a plan. Errors: DrawError, PopulationError for a column that is missing."""
    places = population.places_of(plan.by)
    _check(plan, population)
    apart = {*plan.always, *plan.excluded}
    members: dict[tuple[str, ...], list[str]] = {}
    for code, cells in population.rows.items():
        if code not in apart:
            members.setdefault(tuple(cells[place] for place in places), []).append(code)
    unused = set(plan.shares)
    strata = []
    for key in sorted(members):
        share, used = _share_for(key, plan)
        unused.discard(used)
        number = min(len(members[key]), max(plan.least, _ceiling(share, len(members[key]))))
        strata.append(Stratum(key, len(members[key]), tuple(_ordered(plan.seed, key, members[key])[:number])))
    if unused:
        raise DrawError(f"没有账号属于单列比例的这些层：{'、'.join(sorted(unused))}。请核对写法。")
    return Draw(plan, population.hash, tuple(strata))


def _check(plan: Plan, population: Population) -> None:
    if not plan.by:
        raise DrawError("请至少给出一个分层的列。")
    if not plan.seed:
        raise DrawError("种子不能为空。")
    if plan.least < 0:
        raise DrawError("每层至少抽取的个数不能是负数。")
    _check_codes(plan, population)
    if plan.promise_hash:
        if not _HEX.fullmatch(plan.promise_hash):
            raise DrawError("承诺的哈希应是 64 位小写十六进制数。")
        if promise_hash_of(plan.seed.split(SEPARATOR, 1)[0]) != plan.promise_hash:
            raise DrawError("种子的承诺部分与事先公布的哈希不符。")


def _check_codes(plan: Plan, population: Population) -> None:
    always, excluded = set(plan.always), set(plan.excluded)
    for found, says in (
        ({code for code in always if plan.always.count(code) > 1}, "必查账号重复"),
        (always & excluded, "这些账号既列为必查又列为不查"),
        (always - population.rows.keys(), "必查的账号不在总体里"),
        (excluded - population.rows.keys(), "不查的账号不在总体里"),
        ({code for code, reason in plan.excluded.items() if not reason.strip()}, "不查的账号须写明理由"),
    ):
        if found:
            raise DrawError(f"{says}：{'、'.join(sorted(found)[:5])}。")


def _share_for(key: tuple[str, ...], plan: Plan) -> tuple[Decimal, str]:
    """The share that names most of a stratum's values, and its name. Errors: DrawError where two name as many."""
    fitting = [name for name in plan.shares if set(name.split(",")) <= set(key)]
    most = max((len(name.split(",")) for name in fitting), default=0)
    best = [name for name in fitting if len(name.split(",")) == most]
    if len(best) > 1:
        raise DrawError(f"“{','.join(key)}”这一层有几个单列比例：{'、'.join(sorted(best))}。请写全层名。")
    return (plan.shares[best[0]], best[0]) if best else (plan.share, "")


def _ceiling(share: Decimal, size: int) -> int:
    return int((share * size).to_integral_value(ROUND_CEILING))


def _ordered(seed: str, key: tuple[str, ...], codes: Sequence[str]) -> list[str]:
    start = hashlib.sha256(SEPARATOR.join((seed, *key, "")).encode())

    def place(code: str) -> str:
        whole = start.copy()
        whole.update(code.encode())
        return whole.hexdigest()

    return sorted(codes, key=place)
