"""Addresses that come from elsewhere."""


def web(url: str) -> bool:
    """Whether it may become a link: only addresses of the web do."""
    return url.startswith(("http://", "https://"))
