"""Accounts with the basic counts of real bulletins. Where a source gives no division, or no sizes, one is made up."""

from collections.abc import Callable, Mapping

from engine.bulletins import real
from govmedia.engine.bulletins.figures import AccountRow
from govmedia.engine.bulletins.shape import flat

# Of a group: all accounts, sampled ones, failing ones. A sample without verdicts has None.
Group = tuple[int, int, int | None]
# The groups of a population that one division covers alone.
ONE = "全部"


def rows(
    levels: Mapping[str, Group], platforms: Mapping[str, Group], reasons: tuple[tuple[str, ...], ...] = ()
) -> list[AccountRow]:
    """Accounts that have both margins: those of the same fate in one division and the other are paired."""
    made = []
    by_fate = zip(_fates(levels).items(), _fates(platforms).values(), strict=True)
    for (fate, in_level), in_platform in by_fate:
        for number, (level, platform) in enumerate(zip(in_level, in_platform, strict=True)):
            code = f"{fate}{len(made):05}"
            made.append(
                AccountRow(
                    code=code,
                    name=f"账号{code}",
                    organisation="某单位",
                    level=level,
                    platform=platform,
                    sampled=fate != "outside",
                    passed={"passed": True, "failing": False}.get(fate),
                    reasons=(reasons[number] if number < len(reasons) else ()) if fate == "failing" else (),
                )
            )
    return made


def _fates(groups: Mapping[str, Group]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"failing": [], "passed": [], "unjudged": [], "outside": []}
    for name, (accounts, sampled, failing) in groups.items():
        found["outside"] += [name] * (accounts - sampled)
        if failing is None:
            found["unjudged"] += [name] * sampled
        else:
            found["failing"] += [name] * failing
            found["passed"] += [name] * (sampled - failing)
    return found


def _whole(counts: Mapping[str, int], **failing: int) -> dict[str, Group]:
    return {name: (number, number, failing.get(name, 0)) for name, number in counts.items()}


def _first(counts: Mapping[str, int], failing: int) -> dict[str, Group]:
    """All failing ones in the groups that stand first."""
    found = {}
    for name, number in counts.items():
        here = min(number, failing)
        found[name], failing = (number, number, here), failing - here
    return found


def _levels(name: str) -> dict[str, int]:
    return flat(real.bulletin(name).by_level)


def _platforms(name: str) -> dict[str, int]:
    return flat(real.bulletin(name).by_platform)


def _named(*reasons: tuple[str, int]) -> tuple[tuple[str, ...], ...]:
    return tuple((reason,) for reason, number in reasons for _ in range(number))


def _reasons(name: str) -> tuple[tuple[str, ...], ...]:
    return _named(*real.bulletin(name).failing_counts.items())


def _alone(accounts: int, failing: int) -> dict[str, Group]:
    return {ONE: (accounts, accounts, failing)}


def _fuzhou(name: str) -> list[AccountRow]:
    """The source's levels stand within its platforms."""
    levels: dict[str, int] = {}
    for parts in real.bulletin(name).by_level.values():
        for level, number in parts.items():
            levels[level] = levels.get(level, 0) + number
    return rows(_first(levels, 55), _first(_platforms(name), 55), _reasons(name))


def _qinghai(name: str) -> list[AccountRow]:
    """Classes of 54 and 26 among 63 accounts: 17 have both."""
    no_way, careless = list(real.bulletin(name).failing_counts)[1:]
    given = [(no_way, careless)] * 17 + [(no_way,)] * 37 + [(careless,)] * 9
    return rows(_alone(381, 63), _alone(381, 63), tuple(given))


def _unjudged(counts: Mapping[str, int], **sampled: int) -> dict[str, Group]:
    return {name: (number, sampled.get(name, number), None) for name, number in counts.items()}


def _changzhou(name: str) -> list[AccountRow]:
    return rows(_whole(_levels(name), 市级部门=1, 辖市区及其部门=3), _whole(_platforms(name), 微信=4))


# Decimals the source prints, and the rows.
MADE: Mapping[str, tuple[int, Callable[[str], list[AccountRow]]]] = {
    "anhui_chuzhou_2022Q2": (
        2, lambda name: rows(_first(_levels(name), 1), {"新浪微博": (1, 1, 1), "各平台": (228, 228, 0)})
    ),
    "fujian_fuzhou_2019Q3": (2, _fuzhou),
    "fujian_fuzhou_2020Q2": (1, lambda name: rows(_alone(255, 11), _first(_platforms(name), 11))),
    "guizhou_province_2025Q2": (
        2,
        lambda name: rows(
            _alone(471, 43),
            {"微信公众号": (203, 203, 9), "新浪微博": (127, 127, 10), "抖音短视频": (88, 88, 8),
             "今日头条": (53, 53, 16)},
        ),
    ),
    "henan_shangqiu_2020Q4": (
        1,
        lambda name: rows(
            {"市政府部门": (37, 37, 8), "示范区": (10, 10, 0), "睢阳区": (10, 10, 0), "虞城县": (12, 12, 4),
             "其他县区": (80, 80, 17)},
            _alone(149, 29),
        ),
    ),
    "hubei_xianning_2020Q3": (0, lambda name: rows(_first(_levels(name), 39), _alone(139, 39))),
    "hubei_xianning_2022Q1": (1, lambda name: rows(_alone(218, 12), _alone(218, 12), _reasons(name))),
    "hubei_xianning_2023Q1": (1, lambda name: rows(_alone(212, 0), _alone(212, 0))),
    "hunan_changsha-county_2023Q1": (1, lambda name: rows({ONE: (38, 38, None)}, _unjudged(_platforms(name)))),
    "jiangsu_changzhou_2023Q1": (1, _changzhou),
    "jiangsu_changzhou_2023Q2": (1, _changzhou),
    "jiangsu_province_2020Q4": (
        1,
        lambda name: rows(
            {"省级": (120, 120, 5), "市级": (1247, 100, 5), "县乡级": (2566, 184, 9)},
            {"微信": (2726, 351, 19), "微博": (797, 40, 0), "移动客户端": (73, 3, 0), "其他": (337, 10, 0)},
        ),
    ),
    "jiangsu_suzhou_2023Q1": (
        1, lambda name: rows(_unjudged(_levels(name), 县级=272), _unjudged(_platforms(name), 微信=258))
    ),
    "jiangsu_suzhou_2024Q1": (
        0,
        lambda name: rows(
            _unjudged(_levels(name), **{"各县级市(区)": 277}), _unjudged(_platforms(name), 微信公众号=274)
        ),
    ),
    "jiangsu_wuxi_2022Q4": (
        1, lambda name: rows(_first(_levels(name), 3), _first(_platforms(name), 3), _reasons(name))
    ),
    "jiangsu_wuxi_2023Q1": (1, lambda name: rows(_whole(_levels(name)), _whole(_platforms(name)))),
    "liaoning_yingkou_xishi_2025-10": (1, lambda name: rows(_alone(10, 0), _alone(10, 0))),
    "qinghai_province_2020Q3": (1, _qinghai),
    "shaanxi_baoji_2020Q4": (
        1,
        lambda name: rows(
            {"市县级政府": (22, 22, 4), "市级部门及所属单位": (65, 38, 8), "乡镇、县级部门等": (243, 40, 6)},
            {ONE: (330, 100, 18)},
            _reasons(name),
        ),
    ),
    "shaanxi_baoji_2023Q4": (2, lambda name: rows(_alone(138, 2), _alone(138, 2), _named(("不合格", 2)))),
    "shaanxi_xianyang_2021Q1": (0, lambda name: rows(_alone(252, 25), _alone(252, 25), _reasons(name))),
    "shaanxi_yijun_2023Q3": (1, lambda name: rows(_alone(6, 0), {"微信公众号": (6, 6, 0)})),
}  # fmt: skip
NAMES = tuple(MADE)


def made(name: str) -> tuple[list[AccountRow], int]:
    """Rows of one bulletin, and the decimals it prints."""
    decimals, make = MADE[name]
    return make(name), decimals
