"""Prints as JSON what a reader makes of a feed: readers.py feedparser FILE | newsboat DIRECTORY."""
import json
import re
import sqlite3
import sys


def text(html):
    for a, b in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        html = re.sub(r"<[^>]*>", "", html) if a == "&lt;" else html
        html = html.replace(a, b)
    return html


def feedparser_entries(path):
    import feedparser

    with open(path, "rb") as f:
        feed = feedparser.parse(f.read(), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        sys.exit("not well-formed: %s" % feed.bozo_exception)
    for e in feed.entries:
        s = e.get("source", {})
        body = e.content[-1].value if e.get("content") else e.get("summary", "")
        yield {
            "id": e.id,
            "title": e.title,
            "link": e.link,
            "authors": [a.get("name") for a in e.get("authors", [])],
            "emails": [a.get("email", "") for a in e.get("authors", [])],
            "contributors": [a.get("name") for a in e.get("contributors", [])],
            "source": s.get("title"),
            "sourceLink": s.get("link"),
            "sourceFeed": next((l.href for l in s.get("links", []) if l.rel == "self"), ""),
            "rights": e.get("rights", ""),
            "licenses": sorted({l.href for l in e.links if l.rel == "license"}),
            "via": [l.href for l in e.links if l.rel == "via"],
            "published": list(e.published_parsed[:6]) if e.get("published_parsed") else None,
            # feedparser answers for a missing date with another one, unless asked as a dict.
            "updated": list(e.updated_parsed[:6]) if dict.__contains__(e, "updated_parsed") else None,
            "text": text(body),
        }


def newsboat_entries(directory):
    rows = sqlite3.connect(directory + "/cache.db").execute("select guid, title, author, url, pubDate, content from rss_item")
    for guid, title, author, url, date, content in rows:
        yield {"id": guid, "title": title, "author": author, "link": url, "date": date, "text": text(content)}


reader = {"feedparser": feedparser_entries, "newsboat": newsboat_entries}[sys.argv[1]]
json.dump(list(reader(sys.argv[2])), sys.stdout)
