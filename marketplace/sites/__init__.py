"""Where help is given: children's homes, relocation sites, villages, elder service points. Never a person's home."""
