"""The generated pages of the reference say what the code says."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_generated_pages_are_up_to_date(tmp_path):
    done = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "GOVMEDIA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "out of date: none\n")


def test_addresses_in_guides_are_such_as_the_server_takes():
    """A web server refuses an address with unencoded Chinese before anything of ours sees it."""
    addresses = [
        address
        for page in (ROOT / "docs").rglob("*.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("curl ")
        for address in re.findall(r"https?://[^\s']+", line)
    ]
    assert addresses and [address for address in addresses if not address.isascii()] == []
