"""Where hits are found: one package for each kind of index, all behind `search.interface.SearchBackend`."""
