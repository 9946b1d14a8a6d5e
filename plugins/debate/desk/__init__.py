"""What an owner does at a terminal: review stances, moderate replies, read the mail, ask a language model.

The rooms here stand beside `generators`: they may use everything that lies left of it, and nothing uses them.
"""
