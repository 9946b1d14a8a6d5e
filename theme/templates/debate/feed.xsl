{%- extends "debate/feed_page.xsl" %}
{%- set feed_stylesheet = "css/main.css" %}
