"""The shop's cart."""


def total(prices, discount=0):
    """Sum of the prices in cents, less a discount in percent."""
    if not 0 <= discount <= 100:
        raise ValueError("discount must be between 0 and 100")
    return round(sum(prices) * (100 - discount) / 100)
