"""The annual assessment of supervising offices (监管工作年度考核): measured, reported, reviewed, published."""
