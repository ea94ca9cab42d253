"""One module for each family of roles.

`build(user, now)` gives the context of templates/workbench/desks/_<module>.html, or None where the role does not apply.
"""
