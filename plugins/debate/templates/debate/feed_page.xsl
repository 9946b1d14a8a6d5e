{#- A feed as a page for people, for browsers that still know XSL: Atom and RSS alike. No text of the feed is ever taken
    for markup. A theme puts its own stylesheet in by a debate/feed.xsl that sets feed_stylesheet and extends this. -#}
{% autoescape true -%}
<?xml version="1.0" encoding="utf-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" exclude-result-prefixes="a dc">
<xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>
<xsl:template match="/">
<html lang="{{ DEFAULT_LANG }}" dir="{{ language.direction }}">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
<title><xsl:value-of select="a:feed/a:title | rss/channel/title"/></title>
<link rel="stylesheet" href="{{ SITEURL }}/{{ THEME_STATIC_DIR }}/debate/feed.css"/>
<link rel="stylesheet" href="{{ SITEURL }}/{{ THEME_STATIC_DIR }}/{{ feed_stylesheet or "debate/debate.css" }}"/>
</head>
<body class="feed-page">
<div class="columns">
<main id="main">
<xsl:apply-templates select="a:feed | rss/channel"/>
</main>
</div>
</body>
</html>
</xsl:template>

<xsl:template match="a:feed | channel">
<h1><xsl:value-of select="a:title | title"/></h1>
<p class="debate-note">{{ _("This is a feed: give its address to a feed reader, and what is new here comes to you. Nobody learns that you read it.") }}</p>
<p><code><xsl:value-of select="a:link[@rel='self']/@href"/></code></p>
<p><a href="{a:link[@rel='alternate' or not(@rel)]/@href | link}">{{ _("To the pages themselves") }}</a></p>
<ul class="essays">
<xsl:apply-templates select="a:entry | item"/>
</ul>
</xsl:template>

<xsl:template match="a:entry | item">
<li>
<h2><a href="{a:link[@rel='alternate' or not(@rel)]/@href | link}"><xsl:value-of select="a:title | title"/></a></h2>
<p class="byline">
<span><xsl:value-of select="a:author/a:name | dc:creator"/></span>
<xsl:text> </xsl:text>
<span><xsl:value-of select="substring(a:published, 1, 10)"/><xsl:value-of select="substring(pubDate, 6, 11)"/></span>
</p>
<p>
<xsl:variable name="words">
<xsl:call-template name="words">
<xsl:with-param name="html" select="substring((a:content | a:summary | description)[1], 1, 600)"/>
</xsl:call-template>
</xsl:variable>
<xsl:value-of select="normalize-space($words)"/>
<xsl:if test="string-length((a:content | a:summary | description)[1]) &gt; 600"> …</xsl:if>
</p>
</li>
</xsl:template>

{# The text between tags, a space where a paragraph, heading or line ends. XSL 1.0 has no loop: the template calls itself
   once a tag, over 600 characters at most. -#}
<xsl:template name="words">
<xsl:param name="html"/>
<xsl:choose>
<xsl:when test="contains($html, '&lt;')">
<xsl:call-template name="characters"><xsl:with-param name="text" select="substring-before($html, '&lt;')"/></xsl:call-template>
<xsl:if test="contains(' /p /h /l br ', concat(' ', substring(substring-after($html, '&lt;'), 1, 2), ' '))"><xsl:text> </xsl:text></xsl:if>
<xsl:call-template name="words"><xsl:with-param name="html" select="substring-after(substring-after($html, '&lt;'), '&gt;')"/></xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:call-template name="characters"><xsl:with-param name="text" select="$html"/></xsl:call-template></xsl:otherwise>
</xsl:choose>
</xsl:template>

{# The five characters that HTML writes by name or number in ordinary text, so that an apostrophe is read as one. -#}
<xsl:template name="characters">
<xsl:param name="text"/>
<xsl:choose>
<xsl:when test="contains(substring-after($text, '&amp;'), ';')">
<xsl:variable name="name" select="substring-before(substring-after($text, '&amp;'), ';')"/>
<xsl:value-of select="substring-before($text, '&amp;')"/>
<xsl:choose>
<xsl:when test="$name = 'amp'">&amp;</xsl:when>
<xsl:when test="$name = 'lt'">&lt;</xsl:when>
<xsl:when test="$name = 'gt'">&gt;</xsl:when>
<xsl:when test="$name = 'quot' or $name = '#34'">"</xsl:when>
<xsl:when test="$name = '#39' or $name = '#x27'">'</xsl:when>
<xsl:otherwise>&amp;<xsl:value-of select="$name"/>;</xsl:otherwise>
</xsl:choose>
<xsl:call-template name="characters"><xsl:with-param name="text" select="substring-after(substring-after($text, '&amp;'), ';')"/></xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
</xsl:choose>
</xsl:template>
</xsl:stylesheet>
{%- endautoescape %}
