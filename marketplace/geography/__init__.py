"""Where things are: divisions, their points and boxes, distances, datums and geocoders.

The first package in the line: it imports none of ours, everything below may import it. Every point inside the house is
WGS-84; other datums are converted at the edge and named in `source_datum`.
"""
