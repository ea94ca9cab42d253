"""The two commands and the stand of the tests themselves."""
