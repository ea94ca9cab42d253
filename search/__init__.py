"""Search finds: the index proposes, the database decides."""
