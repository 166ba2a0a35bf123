import unittest


def fee(cents):
    return -(-cents * 29 // 1000) + 30


class FeeTest(unittest.TestCase):
    def test_small(self):
        self.assertEqual(fee(100), 33)

    def test_rounding(self):
        self.assertEqual(fee(1050), 61, "fees are rounded up")

    def test_zero(self):
        self.assertEqual(fee(0), 30)
