"""The bounds within which one request must stay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request: seconds, hops, bytes (`body_bytes` holds for the raw and the unpacked body alike)."""

    connect_s: float = 5.0
    total_s: float = 15.0
    redirects: int = 5
    body_bytes: int = 5 * 1024 * 1024
    error_body_bytes: int = 64 * 1024
