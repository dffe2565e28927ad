"""The balance picture: an index from a definition, how sure its order is, and what it does in words.

The steps follow the handbook on composite indicators of OECD and JRC (2008): a framework (`definition`), data
(`table`), scaling (`scale`), weighting and combining (`index`), order (`ranks`), uncertainty (`draws`), words
(`explain`).
"""
