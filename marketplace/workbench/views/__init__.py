"""Pages of the workbench: one read or one action each, then a template or a redirect."""
