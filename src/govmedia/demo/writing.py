"""Posts written by templates: plain official Chinese, varied by place, date and chance."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from govmedia.demo.words import Topic, Words

_ROADS = ("人民路", "建设路", "解放路", "中山路", "长江路", "文化路", "新华路", "北京路", "青年路", "滨河路")
_SITES = ("市民中心", "政务服务中心", "文化广场", "社区服务中心", "体育公园", "会展中心", "图书馆", "便民服务大厅")
_SEASONS = "冬冬春春春夏夏夏秋秋秋冬"
# Mean temperature of each month in the lower Yangtze plain, so that a forecast fits the season.
_WARMTH = (3, 5, 10, 16, 21, 25, 29, 28, 24, 18, 11, 5)


class _Slots(dict[str, object]):
    """Fills a template's slots as they are met, so that a post costs only what it says."""

    def __init__(self, random: Random, place: str, office: str, day: date) -> None:
        super().__init__(p=place, o=office, m=day.month, d=day.day, season=_SEASONS[day.month - 1])
        self.random = random
        self.day = day

    def __missing__(self, key: str) -> object:
        value = self[key] = _FILLERS[key](self)
        return value


def _day_after(slots: _Slots, key: str) -> object:
    later = slots.day + timedelta(days=int(slots.random.random() * 8) + 2)
    slots["m2"], slots["d2"] = later.month, later.day
    return slots[key]


def _day_before(slots: _Slots, key: str) -> object:
    earlier = slots.day - timedelta(days=int(slots.random.random() * 5) + 1)
    slots["m1"], slots["d1"] = earlier.month, earlier.day
    return slots[key]


def _between(low: int, high: int) -> Callable[[_Slots], object]:
    return lambda slots: low + int(slots.random.random() * (high - low))


_FILLERS: dict[str, Callable[[_Slots], object]] = {
    "m2": lambda slots: _day_after(slots, "m2"),
    "d2": lambda slots: _day_after(slots, "d2"),
    "m1": lambda slots: _day_before(slots, "m1"),
    "d1": lambda slots: _day_before(slots, "d1"),
    "n": _between(12, 49),
    "n2": _between(3, 12),
    "n3": _between(1, 3),
    "k": _between(120, 4800),
    "k2": _between(80, 900),
    "pct": lambda slots: f"{91 + slots.random.random() * 8.5:.1f}",
    "road": lambda slots: _ROADS[int(slots.random.random() * len(_ROADS))],
    "site": lambda slots: _SITES[int(slots.random.random() * len(_SITES))],
    "t1": lambda slots: _WARMTH[slots.day.month - 1] - 3 - int(slots.random.random() * 3),
    "t2": lambda slots: _WARMTH[slots.day.month - 1] + 4 + int(slots.random.random() * 4),
}


def compose(words: Words, random: Random, *, field: str, place: str, office: str, day: date) -> tuple[str, str]:
    """Title and text (blocks split by newlines) of one post by an office (short name) of a place on a day."""
    topics = words.topics[field]
    topic: Topic = topics[int(random.random() * len(topics))]
    chance = random.random
    slots = _Slots(random, place, office, day)
    title = topic.titles[int(chance() * len(topic.titles))].format_map(slots)
    # Sentences keep their order and one is left out, or none: two posts of a topic seldom read the same.
    without = int(chance() * (len(topic.body) + 1))
    blocks = [topic.lead[int(chance() * len(topic.lead))]]
    blocks += [line for number, line in enumerate(topic.body) if number != without]
    if chance() < 0.6:
        blocks.append(words.ends[int(chance() * len(words.ends))])
    return title, "\n".join(blocks).format_map(slots)
