"""Hand-written replicas of the shapes that blog themes give to a page; names and texts are invented."""

THOUGHTS = """\
Skip to content

Why compost beats fertiliser

Compost is slow, and that is the point. A heap teaches patience to everyone who tends it through a wet winter.

Fertiliser answers within a week, and then the soil asks for more.

Share this:

  • Twitter
  • Facebook

2 thoughts on “Why compost beats fertiliser”

  1. I have kept a heap for ten years and would not go back. The smell is a price worth paying.

    And my neighbours agree, mostly.

  2. Hi Ada, fertiliser has its place: 1. in pots, 2. on sandy soil.

Leave a Reply

Fill in your details below or click an icon to log in:

You are commenting using your account. ( Log Out / Change )

Connecting to %s
"""

RESPONSES = """\
Recent Comments
    • Zed on An older post
      “I never liked this one”
    • Yan on Another post
      “Me neither”

PostHeaderIcon Is a lawn a garden?

“Keep off the grass!”

Everybody has read that sign. A lawn is a carpet that needs a haircut, and I say so with some affection.

3 Responses to “Is a lawn a garden?”

  • Berta Voss says:
    March 3, 2010 at 4:05 pm

    A lawn is where children play, so it is more than a garden.

    Reply

      • Carl says:
        March 4, 2010 at 9:00 am

        Children play in meadows too.

        Reply

  • Dora says:

    Neither.

Share your thoughts.

CommentLuv badge
"""

SAID = """\
Monday, May 4, 2009

Tools I no longer lend

A spade that is lent comes back as a different spade. I have stopped lending, and my friends have stopped asking me.

Have a good week.

Emil Gruber said...

I lend mine with a deposit.

That works well.

May 4, 2009 at 9:12 AM

gardenfan said...

Buy two of each.

10:40 AM

Post a Comment

Newer Post Older Post Home
Subscribe to: Post Comments (Atom)
"""

THREADED = """\
Sunday, June 7, 2009

Rain - Yes - Rain Sounds Better

Tonight the rain came at last, and the barrels are full. I sat under the porch and listened to it for an hour.

Bookmark and Share

3 comments:

  1. FrieedaJune 8, 2009 at 7:15 AM

    Lucky you. We are still waiting here.

    ReplyDelete
    Replies
      1. GustavJune 8, 2009 at 8:00 AM

        It moves east, so tomorrow.

        Delete
  2. This comment has been removed by the author.

    ReplyDelete

Add comment

Load more...
"""

NONE = """\
New Age Pruning


Do you think that pruning in autumn harms the trees? I am beginning to think so, after three hard winters in a row.

So I worry that we cut too early.


Leave a comment

Your email address will not be published.
"""

WORDPRESS_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<title>Why compost | Ada's Garden</title>
<link rel="canonical" href="https://ada.example.org/2010/03/why-compost/">
<style>x{}</style></head>
<body class="single has-sidebar comment-page">
<div id="page">
<header>
<h1 class="site-title">
<a href="/">Ada's Garden</a></h1>
<nav>
<ul>
<li>Home</li></ul></nav></header>
<main>
<article id="post-12" class="post hentry">
<header class="entry-header">
<h1 class="entry-title">Why compost</h1>
<div class="entry-meta">
<span class="posted-on">Posted on
<time class="entry-date published" datetime="2010-03-03T10:00:00+01:00">March 3, 2010</time></span>
<span class="byline">by <span class="author vcard">
<a class="url fn n" href="/author/ada">Ada Low</a></span></span>
</div></header>
<div class="entry-content">
<p>Compost is <em>slow</em>, see <a href="https://example.org/x">here</a>.</p>
<p>It smells.</p>
<div class="sharedaddy sd-sharing-enabled">
<h3>Share this:</h3>
<ul>
<li><a>Twitter</a>
</li></ul>
</div>
</div>
<footer class="entry-footer">Posted in <a href="/c" rel="category tag">Garden</a>
<a href="/t" rel="tag">soil</a></footer>
</article>
<div id="comments" class="comments-area">
<h2 class="comments-title">3 thoughts on &ldquo;Why compost&rdquo;</h2>
<ol class="comment-list">
<li id="comment-5" class="comment even thread-even depth-1 parent">
<article id="div-comment-5" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard">
<img class="avatar" src="https://gravatar.example.org/x">
<b class="fn">
<a href="https://ben.example.org" class="url">Ben</a></b>
<span class="says">says:</span>
</div>
<div class="comment-metadata">
<a href="#comment-5">
<time datetime="2010-03-04T11:00:00+01:00">March 4, 2010 at 11:00 am</time></a>
</div></footer>
<div class="comment-content">
<p>One.</p>
<ol>
<li>first</li>
<li>second</li>
</ol>
<p>Two.</p>
</div>
<div class="reply"><a>Reply</a>
</div>
</article>
<ol class="children">
<li id="comment-6" class="comment byuser bypostauthor odd alt depth-2">
<article id="div-comment-6" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard">
<b class="fn">Ada Low</b>
<span class="says">says:</span>
</div></footer>
<div class="comment-content">
<p>Reply text.</p>
</div>
<div class="reply"><a>Reply</a>
</div>
</article>
</li>
</ol>
</li>
<li id="comment-7" class="comment">
<div id="div-comment-7" class="comment-body">
<div class="comment-author vcard">
<cite class="fn">Carl</cite>
<span class="says">says:</span>
</div>
<div class="comment-meta commentmetadata">
<a href="#">March 5, 2010 at 4:05 pm</a>
</div>
<p>Old theme text.</p>
<div class="reply"><a>Reply</a>
</div>
</div>
</li>
<li id="comment-8" class="pingback">
<p>Pingback: <a href="#">other</a></p>
</li>
</ol>
<div id="respond" class="comment-respond">
<h3>Leave a Reply</h3>
<form>
<p>Your email address will not be published.</p></form>
</div>
</div></main>
<aside class="widget-area">
<h2>Recent Comments</h2>
<ul>
<li class="recentcomments">Zed on X</li></ul></aside>
</div></body></html>
"""

BLOGGER_THREADED_PAGE = """\
<html>
<head>
<title>Ada: Rain</title>
<meta property="og:title" content="Rain"/>
<link rel="canonical" href="http://ada.example.org/2009/06/rain.html"></head>
<body>
<div class="main">
<h2 class="date-header">
<span>Sunday, June 7, 2009</span></h2>
<div class="post hentry">
<h3 class="post-title entry-title">Rain</h3>
<div class="post-body entry-content">Tonight the rain<br /><br />came at last.</div>
<div class="post-footer">
<span class="post-author vcard">Posted by <span class="fn">
<span itemprop="name">Ada</span></span></span>
<span class="post-labels">Labels: <a rel="tag" href="#">soil</a>, <a rel="tag" href="#">rain</a></span>
</div>
</div>
<div class="comments" id="comments">
<h4>2 comments:</h4>
<div class="comments-content">
<div id="comment-holder">
<div class="comment-thread toplevel-thread">
<ol id="top-ra">
<li class="comment" id="c1234567">
<div class="avatar-image-container">
<img src="x">
</div>
<div class="comment-block">
<div class="comment-header">
<cite class="user">
<a href="https://www.blogger.com/profile/1" rel="nofollow">Frieda</a></cite>
<span class="icon user"></span>
<span class="datetime secondary-text">
<a href="#">June 8, 2009 at 7:15 AM</a></span>
</div>
<p class="comment-content">Lucky you.<br><br>We wait.</p>
<span class="comment-actions secondary-text"><a>Reply</a>
<span class="item-control"><a>Delete</a></span></span>
</div>
<div class="comment-replies">
<div id="c1234567-rt" class="comment-thread inline-thread">
<span class="thread-toggle">
<span class="thread-count"><a>Replies</a></span></span>
<ol id="c1234567-ra" class="thread-chrome thread-expanded">
<div>
<li class="comment" id="c1234568">
<div class="comment-block">
<div class="comment-header">
<cite class="user">Gustav</cite>
</div>
<p class="comment-content">It moves east.</p>
<span class="comment-actions"><a>Delete</a></span>
</div>
<div class="comment-replies">
<div>
<ol>
</ol>
</div>
</div>
</li>
</div>
<div class="continue">
<a class="comment-reply">Reply</a>
</div>
</ol>
</div>
</div>
<div class="comment-replybox-single">
</div>
</li>
</ol>
</div>
</div>
</div>
<p class="comment-footer"><a>Add comment</a></p>
</div>
</div></body></html>
"""

BLOGGER_CLASSIC_PAGE = """\
<html>
<head>
<title>Ada: Tools</title></head>
<body>
<h2 class="date-header">Monday, May 4, 2009</h2>
<div class="post">
<h3 class="post-title">Tools</h3>
<div class="post-body">
<p>A spade.</p>
</div>
</div>
<div id="comments">
<h4>2 comments:</h4>
<dl id="comments-block">
<dt class="comment-author" id="c1111111">
<a name="c1111111"></a>
<a href="https://emil.example.org" rel="nofollow">Emil Gruber</a> said...</dt>
<dd class="comment-body">
<p>I lend mine.<br/><br/>With a deposit.</p></dd>
<dd class="comment-footer">
<span class="comment-timestamp">
<a href="#">May 4, 2009 at 9:12 AM</a></span></dd>
<dt class="comment-author" id="c1111112">
<a name="c1111112"></a>gardenfan said...</dt>
<dd class="comment-body">
<p>Buy two.</p></dd>
<dd class="comment-footer">
<span class="comment-timestamp">10:40 AM</span></dd></dl>
<p class="comment-footer"><a>Post a Comment</a></p>
</div></body></html>
"""

UNKNOWN_PAGE = """\
<html>
<body>
<h1>Is a lawn a garden?</h1>
<div class="stuff">
<p>Everybody has read that sign. A lawn is a carpet that needs a haircut.</p>
</div>
<h3>2 Responses to &#8220;Is a lawn a garden?&#8221;</h3>
<ul class="clist">
<li><b>Berta</b> says:<br>March 3, 2010 at 4:05 pm<p>A lawn is where.</p>
<ul class="kids">
<li>Carl says:<p>Children too.</p>
</li></ul>
</li></ul>
<h3>Leave a Reply</h3></body></html>
"""

PAGE_WITHOUT_COMMENTS = """\
<html>
<head>
<title>New Age Pruning - Blog</title></head>
<body>
<nav>menu</nav>
<article>
<h1>New Age Pruning</h1>
<p>Do you think?</p>
<p>So I worry.</p>
</article>
<div id="respond">
<h3>Leave a comment</h3>
</div></body></html>
"""
