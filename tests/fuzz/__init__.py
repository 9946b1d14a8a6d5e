"""Random damage to small samples of every format, and what must still hold of all that is made of them."""
