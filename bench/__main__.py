"""All benchmarks, each in a process of its own, one JSON object a line on stdout. `python -m bench [NAME…]`."""

import subprocess
import sys
from pathlib import Path

NAMES = (
    "polling",
    "pages",
    "verdicts",
    "memory",
    "content",
    "originality",
    "bulletins",
    "rounds",
    "directory",
    "static",
    "verify",
    "search",
)


def main() -> int:
    """Run the benchmarks named, or all; 1 where one failed."""
    wanted = sys.argv[1:] or NAMES
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.stderr.write(f"没有这些测量：{'、'.join(sorted(unknown))}。可用：{'、'.join(NAMES)}。\n")
        return 2
    here = Path(__file__).parent
    done = [subprocess.run([sys.executable, str(here / f"{name}.py")], check=False).returncode for name in wanted]
    return int(any(done))


if __name__ == "__main__":
    sys.exit(main())
