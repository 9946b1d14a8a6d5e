{%- extends "debate/feed_page.xsl" %}
