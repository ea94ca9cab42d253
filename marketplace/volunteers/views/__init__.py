"""Pages about volunteers: their own profile, and what staff record about clearances."""
