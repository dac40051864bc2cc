"""How posts reach us: pure Python, the only room that opens outgoing sockets."""
