"""Pages of sites on the desk: the records, the people who keep them, the sheets they come in."""
