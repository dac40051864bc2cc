"""The annual assessment of supervising offices: schemes as data, and what a body's figures come to by one."""
