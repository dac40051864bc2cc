"""The pure floor: facts in, hits and verdicts out. No framework, no clock, no socket."""
