import unittest

from shop.cart import total


class VoucherTest(unittest.TestCase):
    def test_stacks_with_a_discount(self):
        self.assertEqual(total([1000], discount=10, voucher=100), 800)

    def test_never_below_zero(self):
        self.assertEqual(total([50], voucher=100), 0)
