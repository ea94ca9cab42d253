"""Template tags of every page: how things are said, icons, and the few tags components need."""
