"""Pages show: charity projects, guides and the home page, in Wagtail."""
