"""The network's edge, played: an adapter that remembers what was asked and answers what it was given."""

from urllib.parse import parse_qs, urlsplit

from geopy.adapters import BaseSyncAdapter


def adapter_answering(answer, asked):
    """An adapter factory for a geocoder; `answer` is the page, or the error to raise. Each URL is put into `asked`."""

    class PlayedAdapter(BaseSyncAdapter):
        def get_json(self, url, **_options):
            asked.append(url)
            if isinstance(answer, Exception):
                raise answer
            return answer

        get_text = get_json

    return PlayedAdapter


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
