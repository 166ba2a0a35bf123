"""The shop's cart."""


def total(prices, discount=0, voucher=0):
    """Sum of the prices in cents, less a discount in percent, less a voucher in cents; never below zero."""
    if not 0 <= discount <= 100:
        raise ValueError("discount must be between 0 and 100")
    if voucher < 0:
        raise ValueError("a voucher takes off, it does not add")
    return max(0, round(sum(prices) * (100 - discount) / 100) - voucher)
