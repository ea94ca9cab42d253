"""People who can sign in, their roles, and the area each role reaches. Deny by default."""
