"""About how often strings stand in official text: enough to choose what is seldom."""

from functools import lru_cache

from govmedia.engine.content.text import fold

# The common characters of official text, with about how many of ten thousand characters each of them is.
_OFTEN = {
    sign: share / 10_000
    for share, signs in (
        (160, "，的\n、。人"),
        (60, "国和中行第会民法一条定在业 十以政发应当有作关理部规大工全"),
        (28, "0地建1务主管设2为者合新年用进对机不展区生出员方等动要市保公）（；日实家同经门上二成制事产或三"
              "本化开时共重体其施加表提平议代资强了委责通"),
        (14, "院安“”高个可力位是物持下府及水四护自内利能级构五单处文组期月分总由社近案权交证现面得任并3推报"
              "各前多与查程治改他5依监所向学到立天服长情项防过党照场于习性决将度来信系划外件入准据调正审取军道"
              "明标企办相目统量活织收领书运4指技品计海路城次后好今检记济域基告导示供电金按职9万县境增元6源质"
              "违美农专村7六育特8"),
    )
    for sign in signs
}  # fmt: skip
_SELDOM, _LATIN = 0.0002, 0.00003
# How much oftener a character stands beside another than by chance: where none, one or both of them are marks.
_DRAWN = (20, 6, 0.1)
_MARKS = frozenset("，。、；：！？,.;:!?（）《》“”‘’ \n")


class _Shares(dict[str, float]):
    """How often each character stands in official text, folded as it is there."""

    def __missing__(self, sign: str) -> float:
        plain = fold(sign)
        share = _OFTEN.get(plain, _LATIN if plain.isascii() and plain.isalpha() else _SELDOM)
        return self.setdefault(sign, share)


_SHARES = _Shares()


@lru_cache(maxsize=2048)
def share(literal: str) -> float:
    """The share of places at which the literal stands: characters draw one another, marks do not."""
    least, product, before = 1.0, 1.0, ""
    for sign in literal:
        alone = _SHARES[sign]
        least = min(least, alone)
        product *= alone * _DRAWN[(sign in _MARKS) + (before in _MARKS)] if before else alone
        before = sign
    return min(least, product)
