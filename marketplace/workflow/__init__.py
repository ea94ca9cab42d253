"""The one door that changes a status; refusals; the work calendar and its deadlines; how dates are said."""
