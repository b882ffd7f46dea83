"""What schemathesis holds against an answer: a status of 500 and above, an error of ours, or an error without a code.

Its own checks take every error for a failure; but a refusal that says why, with its code, is what made-up arguments deserve.
"""

import re

import schemathesis


@schemathesis.check
def refused_with_a_code(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    for error in response.json().get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code not in (None, "INTERNAL", "STORE_FAILED"), f"{code}: {error['message']}"


_SIZE = re.compile(r"\b(first|members|maxHops): (?:-?\d+|null)")
_OTHER_WAY = re.compile(r"\b(last|before|after): (?:-?\d+|null|\"(?:[^\"\\]|\\.)*\"),?\s*")
_IDS = re.compile(r"\bids: \[[^\]]*\]")
_PATTERN = re.compile(r"\bpattern: \"(?:[^\"\\]|\\.)*\"(?:,?\s*chain: null)?")
_NAME = re.compile(r"\b(from|to|of|a|b|id|name): \"(?:[^\"\\]|\\.)*\"")


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Every second query names somebody and asks for pages that exist: what is refused for its arguments reaches nothing behind them."""
    if isinstance(case.body, str) and len(case.body) % 2:
        body = _SIZE.sub(r"\1: 3", case.body)
        body = _NAME.sub(lambda found: f'{found[1]}: "{"Canada" if len(found[0]) % 2 else "organization:iom"}"', body)
        body = _IDS.sub('ids: ["country:CA", "organization:iom"]', body)
        body = _PATTERN.sub('pattern: "[Organization]-->[Event|Project]"', body)
        case.body = _OTHER_WAY.sub("", body)
