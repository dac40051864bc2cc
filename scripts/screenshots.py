"""Takes the pictures of docs/images anew: the demonstration, looked at wide and narrow. Run it after pages changed.

Pictures are of the screen a visitor gets first, without scrolling, at most 200 KB each.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from browser import filing  # noqa: E402
from browser.looking import Desks, Eye, launch  # noqa: E402
from browser.running import Site, running  # noqa: E402

FOLDER = ROOT / "docs" / "images"
ACCOUNTS = 320
SIZES = {1440: 900, 390: 844}
MOST_BYTES = 200 * 1024
ROW = "[data-row] .lead-cell a"
TEXT = """按照国办发[2019]51号文件要求，我区对评价工作作出布署。各窗口要主动亮明评价渠道，让群众愿意评、方便评。
原由国家卫计委负责的事项，2026年起由相关部门办理，活动报名截至11月31日。
首批回访人员：张某某，身份证号320106199003079850，联系方式已核实。
政务大厅咖啡角会员卡限时优惠99元，加微信kafei8899购买。"""


NAMES = """健康鼓楼体验官	抖音	https://v.douyin.example/abc/
健康古楼
南京卫健，小红书
徐州交通官方
美食南京"""


def pages(site: Site, desks: Desks, eye: Eye) -> Iterator[tuple[str, Page]]:
    """Name and page of each picture, in the order of the stories."""
    supervisor = desks.of("jiangsu_sup", eye)
    yield "desk-today", supervisor
    yield "desk-account", _first(supervisor, "/desk/accounts/?health=veto&platform=wechat_mp")
    clerk = desks.of("gulou_clerk", eye)
    filing.begin(clerk, site.offered[0])
    yield "filing-edit", clerk
    reviewer = desks.of("gulou_rev", eye)
    reviewer.goto("/desk/filings/queue/")
    reviewer.get_by_role("link").filter(has_text="鼓楼卫健服务").click()
    yield "filing-review", reviewer
    supervisor.goto("/desk/findings/")
    yield "findings", supervisor
    yield "round", _first(supervisor, "/desk/rounds/?state=closed")
    yield "assessment", _first(supervisor, "/desk/assessments/?state=published")
    inspector = desks.of("inspector", eye)
    inspector.goto("/desk/rounds/mine/")
    inspector.get_by_role("button", name="开始检查").first.click()
    inspector.wait_for_load_state()
    yield "check-draft", inspector
    yield "finding", _first(clerk, "/desk/findings/?state=fixed")
    yield "check-verdict", _first(desks.of("inspector", eye), "/desk/checks/?result=failed")
    yield "inspect-text", _pasted(clerk)
    supervisor.goto("/desk/inspect/queue/")
    yield "inspect-queue", supervisor
    supervisor.goto("/desk/inspect/checks/")
    yield "inspect-checks", supervisor
    anyone = desks.context(eye).new_page()
    anyone.goto("/")
    yield "public-home", anyone
    yield "public-draw", _linked(anyone, "/draws/", "main table a >> nth=-1")
    anyone.goto("/directory/")
    yield "public-directory", anyone
    anyone.goto("/directory/?q=健康鼓楼")
    anyone.locator(".result h3 a").first.click()
    yield "public-account", anyone
    anyone.goto("/verify/?q=健康古楼")
    yield "public-verify", anyone
    office = desks.of("nanjing_sup", eye)
    office.goto("/desk/impostors/sweep/")
    office.get_by_label("名称，每行一个").fill(NAMES)
    office.get_by_role("button", name="比对", exact=True).click()
    yield "impostor-sweep", office


def _first(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator(ROW).first.click()
    return page


def _linked(page: Page, address: str, link: str) -> Page:
    page.goto(address)
    page.locator(link).click()
    page.wait_for_load_state()
    return page


def _pasted(page: Page) -> Page:
    page.goto("/desk/inspect/")
    page.get_by_label("标题").fill("关于做好政务服务“好差评”工作的提示")
    page.get_by_label("正文").fill(TEXT)
    page.get_by_role("button", name="检查").click()
    page.locator("mark.hit").first.wait_for()
    return page


def take(name: str, page: Page) -> None:
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        path = FOLDER / f"{name}-{width}.png"
        page.screenshot(path=path, animations="disabled")
        # Pages have few colours; a palette of them makes a third of the size.
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(256).save(path, optimize=True)
        size = path.stat().st_size
        sys.stdout.write(f"{path.relative_to(ROOT)}  {size // 1024} KB\n")
        if size > MOST_BYTES:
            raise SystemExit(f"{path.name} 超过 {MOST_BYTES // 1024} KB。")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), ACCOUNTS) as site, sync_playwright() as play:
        browser = launch(play.chromium)
        eye = Eye()
        for name, page in pages(site, Desks(browser, site), eye):
            take(name, page)
        browser.close()
        if eye.faults:
            raise SystemExit("\n".join(eye.faults))


if __name__ == "__main__":
    main()
