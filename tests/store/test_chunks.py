from matcher.store.chunks import chunks


def test_each_key_comes_once_and_in_its_order_a_few_hundred_at_a_time() -> None:
    keys = [str(number) for number in range(1_200)]
    portions = list(chunks([*keys, "7"]))
    assert [key for portion in portions for key in portion] == keys
    assert max(map(len, portions)) <= 500


def test_no_keys_make_no_portion() -> None:
    assert list(chunks([])) == []
