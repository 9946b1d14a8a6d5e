"""The stance engine: knows texts and labels, nothing of Pelican, files of the site, or pages."""
