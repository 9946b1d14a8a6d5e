{%- extends "debate/feed_page.xsl" %}
{% block stylesheet %}css/main.css{% endblock %}
