"""How two characters are alike, as bits."""

SOUND = 1
TONE = 2
RARE_SOUND = 4
SIMILAR_SOUND = 8
KEY = 16
SHAPE = 32
STROKE = 64
