"""From words to a point: geopy geocoders, the offline gazetteer first, and the chain the settings name.

Whatever a service speaks, a `Location` that leaves this package is WGS-84 and its `raw` tells precision, source, datum
of the source and the division's code.
"""
