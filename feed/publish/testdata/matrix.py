"""Reads every document in a directory as its readers do and prints, as JSON, which marks each one shows.

Atom and RSS go through feedparser, JSON Feed and ninjs through json, pages
through html.parser: text, addresses and the JSON-LD of a script.
"""
import html.parser
import json
import multiprocessing
import os
import re
import sys

import feedparser

marks = re.compile(r"[A-Z]+-\d{3}\b")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_starttag(self, tag, attrs):
        self.parts += [value or "" for _, value in attrs]

    def handle_data(self, data):
        self.parts.append(data)


def read(path):
    with open(path, "rb") as f:
        data = f.read()
    if path.endswith((".atom", ".rss")):
        d = feedparser.parse(data)
        if d.bozo:
            raise ValueError("%s is not well-formed: %s" % (path, d.bozo_exception))
        return json.dumps(d.entries, default=str, ensure_ascii=False)
    if path.endswith(".json"):
        return json.dumps(json.loads(data), ensure_ascii=False)
    p = Page()
    p.feed(data.decode("utf-8"))
    p.close()
    return "\n".join(p.parts)


def found(path):
    return os.path.basename(path), sorted(set(marks.findall(read(path))))


if __name__ == "__main__":
    paths = [os.path.join(sys.argv[1], n) for n in os.listdir(sys.argv[1])]
    paths.sort(key=os.path.getsize, reverse=True)  # the longest first, or one reader waits for the other
    with multiprocessing.Pool(2) as pool:
        json.dump(dict(pool.imap_unordered(found, paths, chunksize=4)), sys.stdout)
