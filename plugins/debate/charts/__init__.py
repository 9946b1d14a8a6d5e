"""Summaries to geometry: no markup (that is `templates/debate/charts.html`), no colours (those are the theme's).

Colours are tokens; each label also has a letter and a pattern, so that no chart needs colour.
"""

from __future__ import annotations

from .bars import key_point_chart, stance_chart, tone_chart
from .replies import reply_chart
from .timeline import timeline_chart

__all__ = ["key_point_chart", "reply_chart", "stance_chart", "timeline_chart", "tone_chart"]
