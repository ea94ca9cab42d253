"""A desk for each role: pages that show several stages at once, and what every page shares (header, words, display)."""
