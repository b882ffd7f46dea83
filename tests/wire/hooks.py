"""What schemathesis holds against an answer: a status of 500 and above, an error of ours, or an error without a code.

Its own checks take every error for a failure; but a refusal that says why, with its code, is what made-up arguments deserve.
"""

import schemathesis


@schemathesis.check
def refused_with_a_code(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    for error in response.json().get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code not in (None, "INTERNAL", "STORE_FAILED"), f"{code}: {error['message']}"
