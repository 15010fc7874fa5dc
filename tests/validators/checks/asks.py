"""Asks the addresses that it is given, by two libraries: what each gets, or why it gets nothing."""

import json
import sys
import urllib.request

import requests


def tried(ask):
    try:
        return ask()
    except OSError as error:
        return f"refused: {error}"


found = {}
for address in sys.argv[1:]:
    found[address] = [
        tried(lambda address=address: len(urllib.request.urlopen(address, timeout=20).read())),
        tried(lambda address=address: len(requests.get(address, timeout=20).content)),
    ]
print(json.dumps(found))
