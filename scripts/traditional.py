"""Writes content/data/traditional.toml: traditional characters and the simplified one each stands for.

Needs OpenCC (Apache-2.0), which the product itself does not: `pip install opencc && python scripts/traditional.py`.
A character that simplified text writes too (all of GB 2312: 乾隆, 著名, 瞭望) keeps its form, but for a few that
hardly any does.
"""

from pathlib import Path

import opencc

TARGET = Path(__file__).parents[1] / "src" / "govmedia" / "engine" / "content" / "data" / "traditional.toml"
HAN = range(0x4E00, 0xA000)
# In GB 2312 for names only, or by oversight.
ADDED = ("後后", "於于", "夥伙", "麽么")
# Japanese forms, and forms made up or long out of use, which OpenCC's table lacks.
VARIANTS = (
    "発发 黒黑 対对 広广 帯带 売卖 読读 覚觉 検检 権权 円圆 気气 軽轻 択择 訳译 釈释 沢泽 県县 価价 仏佛 "
    "払拂 実实 図图 団团 囲围 塩盐 処处 変变 総总 絵绘 続续 経经 繊纤 縄绳 継继 脳脑 薬药 蔵藏 辺边 逓递 "
    "遅迟 選选 関关 険险 隠隐 雑杂 霊灵 顔颜 顕显 験验 駅驿 騒骚 髪发 鶏鸡 黙默 斉齐 歯齿 竜龙 亜亚 悪恶 "
    "壱壹 応应 桜樱 仮假 囯国 囻国 圀国 亾亡 朩木 彑互 徳德 敎教 靑青 淸清 査查 眞真 絶绝 戱戏 戲戏 爲为 "
    "旣既 値值 啓启 卋世 伩信 刧劫 挙举 舎舍 毎每 歩步 渉涉 涙泪 渋涩 焼烧 犠牺 獣兽 畳叠 粋粹 粛肃 聴听 "
    "臓脏 乗乘 剰剩 壌壤 嬢娘 専专 単单 厳严 圧压 児儿 両两 "
)


def simplified() -> dict[str, str]:
    """Each traditional character of the Basic Multilingual Plane that has one simplified form in GB 2312."""
    convert = opencc.OpenCC("t2s").convert
    pairs = {sign: convert(sign) for sign in map(chr, HAN) if not _common(sign)}
    pairs = {sign: plain for sign, plain in pairs.items() if len(plain) == 1 and plain != sign and _common(plain)}
    pairs |= {pair[0]: pair[1] for pair in VARIANTS.split() if not _common(pair[0])}
    return pairs | {pair[0]: pair[1] for pair in ADDED}


def _common(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    pairs = [sign + plain for sign, plain in sorted(simplified().items())]
    rows = [
        "  " + ", ".join(f'"{pair}"' for pair in pairs[place : place + 14]) + ","
        for place in range(0, len(pairs), 14)
    ]
    text = (
        "# Traditional characters and the simplified one each stands for. Made by scripts/traditional.py from the\n"
        "# character table of OpenCC (BYVoid/OpenCC on GitHub, Apache License 2.0), with variants of our own.\n"
        "# Characters that simplified text writes as well are left out.\n"
        "pairs = [\n" + "\n".join(rows) + "\n]\n"
    )
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
