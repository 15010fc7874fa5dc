"""Request the addresses that are given as arguments with two libraries, and print the length of each response, or the error.

The validators run without a network, so all but their local copies of documents must be refused.
"""

import json
import sys
import urllib.request

import requests


def attempt(request):
    try:
        return request()
    except OSError as error:
        return f"refused: {error}"


results = {}
for address in sys.argv[1:]:
    results[address] = [
        attempt(lambda address=address: len(urllib.request.urlopen(address, timeout=20).read())),
        attempt(lambda address=address: len(requests.get(address, timeout=20).content)),
    ]
print(json.dumps(results))
