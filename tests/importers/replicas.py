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
