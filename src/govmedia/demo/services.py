"""Building the demonstration, and pulling its strings."""

from govmedia.demo.build import EMULATOR_PORT, InUse, Report, build, in_use
from govmedia.demo.steering import is_demonstration, steer

__all__ = ["EMULATOR_PORT", "InUse", "Report", "build", "in_use", "is_demonstration", "steer"]
