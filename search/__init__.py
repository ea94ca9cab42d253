"""Search finds: the index proposes, the database decides.

query       what can be asked and what comes back
text        Chinese analysis, the same for every backend
entries     the index's rows, written in the action's transaction (receivers)
backends    how rows are found and put in the engine's order
ranking     the shared re-rank and its reasons
interface   search(): the only door
queries     what the database still shows of the hits
"""
