"""The packaged administrative divisions, as rows in order from the provinces down. Source: data/SOURCES.md."""

import csv
import gzip
from collections.abc import Collection, Iterator
from importlib import resources
from typing import NamedTuple

_DATA = resources.files("govmedia.orgs") / "data"
# Names of containers that stand between a province and its counties without being places themselves.
_CONTAINERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Row(NamedTuple):
    """One division; `code` has six digits, nine for townships; `parent` is empty for provinces."""

    code: str
    name: str
    full_name: str
    level: str
    parent: str


def rows(townships_of: Collection[str] = ()) -> Iterator[Row]:
    """Provinces, cities and counties of the whole country, and the townships of the provinces named by two digits."""
    full: dict[str, str] = {}
    for row in _table("provinces.csv"):
        code = row["code"] + "0000"
        full[code] = row["name"]
        yield Row(code, row["name"], row["name"], "province", "")
    for row in _table("cities.csv"):
        code, parent = row["code"] + "00", row["provinceCode"] + "0000"
        full[code] = full[parent] + ("" if row["name"] in _CONTAINERS else row["name"])
        yield Row(code, row["name"], full[code], "city", parent)
    for row in _table("areas.csv"):
        code, parent = row["code"], row["cityCode"] + "00"
        if code in full:
            continue  # a city without counties (东莞, 中山, 儋州) stands in this table a second time
        full[code] = full[parent] + row["name"]
        yield Row(code, row["name"], full[code], "county", parent)
    if townships_of:
        for row in _table("streets.csv.gz"):
            if row["provinceCode"] in townships_of and row["code"] not in full:
                parent = row["areaCode"] if row["areaCode"] in full else row["cityCode"] + "00"
                yield Row(row["code"], row["name"], full[parent] + row["name"], "township", parent)


def _table(name: str) -> Iterator[dict[str, str]]:
    raw = (_DATA / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8-sig")
    yield from csv.DictReader(text.splitlines())


def full_code(code: str) -> str:
    """A code as people write it (32, 3201, 320106, 320106001) padded to six or nine digits."""
    return code if len(code) >= 6 else code.ljust(6, "0")
