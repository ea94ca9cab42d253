"""Text in, clean values out: a need typed into the form, and needs read from a spreadsheet."""
