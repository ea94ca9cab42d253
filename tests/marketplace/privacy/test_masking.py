"""What a list may show of a person."""

import pytest

from marketplace.privacy import masking


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masking.mask_name, "张三", "张**"),
        (masking.mask_name, "欧阳小明", "欧**"),
        (masking.mask_name, "", ""),
        (masking.mask_id_number, "11010519491231002X", "110105********002X"),
        (masking.mask_id_number, "ABC123456789012", "ABC123*****9012"),
        (masking.mask_id_number, "12345", "*****"),
        (masking.mask_id_number, "", ""),
        (masking.mask_id_number_for_public, "11010519491231002X", "1****************X"),
        (masking.mask_id_number_for_public, "1X", "**"),
        (masking.mask_phone, "13800138000", "138****8000"),
        (masking.mask_email, "zhang@example.org", "z***@example.org"),
        (masking.mask_email, "", ""),
        (masking.mask_account, "6222020200112233", "****2233"),
        (masking.mask_account, "12", "**"),
    ],
)
def test_a_mask_shows_as_much_as_a_list_needs(mask, text, shown):
    assert mask(text) == shown
