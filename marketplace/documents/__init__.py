"""Papers that people hand in: known by their content, cleaned, kept in private, streamed after a permission check each time.

Stands after `accounts`; the packages that ask for papers say who may read them.
"""
