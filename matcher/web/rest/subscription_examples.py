"""The examples of the OpenAPI file for subscriptions and digests; a test holds each against its model."""

from matcher.web.rest.examples import Json

WISH: Json = {
    "proposal_id": None,
    "weekday": 0,
    "hour": 8,
    "time_zone": "America/Los_Angeles",
    "minimum_fit": 0.5,
    "parts": ["new", "changed", "closing", "left_out"],
    "mails_quiet_weeks": False,
    "wants_reminders": True,
}
BODY: Json = {"email_address": "grants@example.org", **WISH}
SUBSCRIPTION: Json = {
    "subscription_id": "0b6f8f0e-6a43-4a06-b2a4-5a1b7c3d9e10",
    **BODY,
    "state": "confirmed",
    "active_since": "2026-11-22T08:00:00Z",
    "next_digest_at": "2026-11-23T16:00:00Z",
    "consents": [
        {"event": "asked", "at": "2026-11-22T07:55:00Z", "means": "REST"},
        {"event": "confirmed", "at": "2026-11-22T08:00:00Z", "means": "link in the mail that asks for it"},
    ],
}
SUBSCRIPTION_PAGE: Json = {"subscriptions": [SUBSCRIPTION], "page": 1, "page_size": 20, "total": 1}
PAUSE: Json = {"is_paused": True}
PREVIEW: Json = {
    "subject": "1 new match: YouthBuild (0.82)",
    "text": "Funding matches for “Rebuilding the East Side”\nWeek 2026-W48, as of November 23, 2026\n",
    "html": '<!doctype html>\n<html lang="en">\n<head>…</head>\n<body>…</body>\n</html>\n',
}
DIGEST: Json = {
    "digest_id": "b2c5b5de-6b0f-5c0f-9d0e-9a2d60b0f6a1",
    "week": "2026-W48",
    "email_address": "grants@example.org",
    "state": "sent",
    "message_id": "<digest.b2c5b5de-6b0f-5c0f-9d0e-9a2d60b0f6a1@example.org>",
    "attempts": 1,
    "reason": None,
    "created_at": "2026-11-23T16:00:04Z",
    "sent_at": "2026-11-23T16:00:05Z",
    "fingerprints": ["1-0123456789abcdef"],
    "subscriptions": [
        {
            "subscription_id": SUBSCRIPTION["subscription_id"],
            "decisions": [
                {
                    "opportunity_id": "dol-youthbuild-2027",
                    "title": "YouthBuild",
                    "revision": 2,
                    "fit": 0.82,
                    "eligibility": "eligible",
                    "is_shown": True,
                    "reason": "new",
                    "fingerprint": "1-0123456789abcdef",
                }
            ],
        }
    ],
}
BOUNCE: Json = {"suppressed": 0, "passing": 0, "unknown": 1}
REPORT = """\
From: mailer-daemon@mx.example.org
To: matcher@example.org
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

The mail could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; grants@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--x
Content-Type: text/rfc822-headers

Message-ID: <digest.b2c5b5de-6b0f-5c0f-9d0e-9a2d60b0f6a1@example.org>

--x--
"""
