import unittest


class StockTest(unittest.TestCase):
    def test_in_stock(self):
        self.assertTrue(3 > 0)

    def test_reserved(self):
        self.assertEqual(2, 3 - 2, "reserved articles count as sold")
