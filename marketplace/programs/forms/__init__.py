"""Text in, clean values out: a program and its shifts, and what is changed while it runs."""
