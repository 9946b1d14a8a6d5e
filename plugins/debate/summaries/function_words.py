"""English words that carry grammar, not a subject: key points and terms pass over them.

In another language the list does nothing and the weights of `key_points` and `terms` have to do alone; on ArgKP's train
split that costs eight points of key-point coverage.
"""

from __future__ import annotations

_WORDS = """
    a about above after again against all almost alone along already also although always am among an and another any
    anybody anyone anything are aren't around as at away back be became because become becomes been before behind being
    below between both but by call can can't cannot could couldn't did didn't do does doesn't doing don't done down
    during each either else enough etc even ever every everybody everyone everything except few first five for former
    four from full further get give go got had hadn't has hasn't have haven't having he hence her here hers herself him
    himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just keep last
    least less let like made make many may maybe me mean might mine more moreover most mostly much must my myself name
    neither never nevertheless next nine no nobody none nor not nothing now nowhere of off often on once one only onto
    or other others otherwise our ours ourselves out over own part per perhaps please put quite rather re really said
    same say says see seem seemed seems several she should shouldn't show since six so some somebody somehow someone
    something sometimes somewhere still such take ten than that that's the their theirs them themselves then there
    there's therefore these they they're thing things think this those though three through throughout thus to together
    too top toward towards two under until up upon us very via want was wasn't way we we're well were weren't what
    whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will with within
    without won't would wouldn't yes yet you you're your yours yourself yourselves
"""

FUNCTION_WORDS = frozenset(_WORDS.split())
