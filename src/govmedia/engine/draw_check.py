"""A published draw repeated: read as it was published, drawn again, compared."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from govmedia.engine.drawing import ALGORITHM, Draw, DrawError, Plan, draw, share_of
from govmedia.engine.population import Population


def draw_from_json(data: bytes) -> tuple[Plan, dict[str, Any]]:
    """The plan of a Draw object, and the object. Errors: DrawError for what is no such object."""
    try:
        given = json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as why:
        raise DrawError("抽取结果不是合法的 JSON。") from why
    if not isinstance(given, dict):
        raise DrawError("抽取结果应是一个 Draw 对象。")
    if given.get("algorithm") != ALGORITHM:
        raise DrawError(f"抽取算法“{str(given.get('algorithm'))[:40]}”不认识，本程序只会 {ALGORITHM}。")
    try:
        plan = Plan(
            by=tuple(_texts(given["by"])),
            share=_share(given["share"]),
            seed=_text(given["seed"]),
            shares={_text(key): _share(value) for key, value in given.get("shares", {}).items()},
            least=_number(given["min"]),
            always=tuple(_texts(given["always"])),
            excluded={_text(one["code"]): _text(one["reason"]) for one in given["excluded"]},
            promise_hash=_text(given.get("promise_hash", "")),
        )
        # What is compared must have its shape too.
        for one in given["strata"]:
            _texts(one["key"]), _texts(one["drawn"]), _number(one["size"])
        _text(given["population_hash"])
    except (KeyError, TypeError, AttributeError) as why:
        raise DrawError(f"抽取结果缺少或写错了一项：{why}。请用原始文件。") from why
    return plan, given


def differences(given: dict[str, Any], plan: Plan, population: Population, promise_hash: str = "") -> Iterator[str]:
    """What of a published draw does not come out again, in Chinese; nothing where all does. Errors: DrawError."""
    if promise_hash and promise_hash.lower() != plan.promise_hash:
        yield f"事先公布的承诺哈希是 {promise_hash}，抽取结果里是 {plan.promise_hash or '空的'}。"
    if given["population_hash"] != population.hash:
        yield f"总体不同：公布的是 {given['population_hash']}，这份文件是 {population.hash}。"
    yield from _strata(given, draw(population, plan))


def _strata(given: dict[str, Any], again: Draw) -> Iterator[str]:
    said = {tuple(one["key"]): one for one in given["strata"]}
    found = {one.key: one for one in again.strata}
    if len(said) != len(given["strata"]):
        yield "公布的结果里有重复的层。"
    elif list(said) != sorted(said):
        yield "公布的各层没有按层名排列。"
    for key in sorted(said.keys() | found.keys()):
        name = ",".join(key)
        if key not in said:
            yield f"“{name}”这一层没有公布。"
        elif key not in found:
            yield f"“{name}”这一层在总体里没有。"
        else:
            yield from _stratum(name, said[key]["size"], said[key]["drawn"], found[key].size, found[key].drawn)


def _stratum(name: str, said_size: int, said: list[str], size: int, drawn: tuple[str, ...]) -> Iterator[str]:
    if said_size != size:
        yield f"“{name}”这一层公布有 {said_size} 个账号，重算有 {size} 个。"
    if tuple(said) == drawn:
        return
    more, less = sorted(set(said) - set(drawn)), sorted(set(drawn) - set(said))
    if not more and not less:
        yield f"“{name}”这一层抽中的账号相同，次序不同。"
    if more:
        yield f"“{name}”这一层多出：{_some(more)}。"
    if less:
        yield f"“{name}”这一层缺少：{_some(less)}。"


def _some(codes: list[str]) -> str:
    return "、".join(codes[:10]) + (f" 等 {len(codes)} 个" if len(codes) > 10 else "")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("应是文本")
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("应是列表")
    return [_text(one) for one in value]


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("应是整数")
    return value


def _share(value: object) -> Decimal:
    return share_of(str(value))
