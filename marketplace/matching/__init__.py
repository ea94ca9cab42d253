"""Who fits, how well, and why. Hard rules are sentences, never a score of zero; everybody asks the same functions."""
