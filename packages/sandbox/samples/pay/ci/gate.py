"""Fails when a JUnit report has failures."""
import sys
import xml.etree.ElementTree as tree

failures = int(tree.parse(sys.argv[1]).getroot().get("failures"))
if failures:
    sys.exit(f"ERROR: {failures} of the tests failed, so pay is not published")
