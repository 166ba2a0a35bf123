"""Runs the unit tests of a folder and writes their results as a JUnit report.

Ends with 0 whether or not tests fail: the report says what failed, and the pipeline decides what that means.
"""
import sys
import time
import unittest
from xml.sax.saxutils import escape, quoteattr


class Report(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.cases = []

    def startTest(self, test):
        super().startTest(test)
        self.began = time.time()

    def add(self, test, inner=""):
        kind, _, name = test.id().rpartition(".")
        took = time.time() - self.began
        self.cases.append(
            f"<testcase classname={quoteattr(kind)} name={quoteattr(name)} time=\"{took:.3f}\">{inner}</testcase>"
        )

    def addSuccess(self, test):
        self.add(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        message = str(err[1]).splitlines()[0]
        trace = self._exc_info_to_string(err, test)
        self.add(test, f"<failure message={quoteattr(message)}>{escape(trace)}</failure>")
        print(f"FAIL {test.id()}: {message}")

    addError = addFailure

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.add(test, f"<skipped message={quoteattr(reason)}/>")


folder, target = sys.argv[1:3]
report = Report()
unittest.defaultTestLoader.discover(folder, top_level_dir=".").run(report)
failed = len(report.failures) + len(report.errors)
with open(target, "w", encoding="utf-8") as file:
    file.write(
        f'<testsuite name={quoteattr(folder)} tests="{report.testsRun}" failures="{failed}">'
        + "".join(report.cases)
        + "</testsuite>\n"
    )
print(f"{report.testsRun} tests, {failed} failed, {len(report.skipped)} skipped")
