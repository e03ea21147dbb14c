"""The examples of the OpenAPI file for the routes of the protocol; a test holds each against its model."""

from matcher.web.rest.examples import Json

_FIT: Json = {"name": "matchScore", "fieldType": "number", "value": 0.82}
OPPORTUNITY: Json = {
    "id": "a6fcbb22-6a56-5e38-9c07-9f3f0cf6b3c1",
    "title": "YouthBuild",
    "status": {"value": "open"},
    "description": "Pays for training in construction, and for the diploma that goes with it.",
    "funding": {
        "minAwardAmount": {"amount": "1000000", "currency": "USD"},
        "maxAwardAmount": {"amount": "2000000", "currency": "USD"},
        "estimatedAwardCount": 75,
    },
    "keyDates": {"closeDate": {"name": "Applications due", "eventType": "singleDate", "date": "2027-03-15"}},
    "acceptedApplicantTypes": [{"value": "non_profit_with_501c3"}],
    "source": "https://www.grants.gov/search-results-detail/000000",
    "customFields": {
        "opportunityId": {"name": "opportunityId", "fieldType": "string", "value": "dol-youthbuild-2027"},
        "matchScore": _FIT,
    },
    "createdAt": "2026-11-20T06:00:00Z",
    "lastModifiedAt": "2026-11-20T06:00:00Z",
}
_PAGE: Json = {"page": 1, "pageSize": 100, "totalItems": 1, "totalPages": 1}
_FILTERS: Json = {
    "status": {"operator": "in", "value": ["open", "forecasted"]},
    "customFilters": {"matchScore": {"operator": "gte", "value": 0.4}},
}
_SORTING: Json = {"sortBy": "keyDates.closeDate", "sortOrder": "asc"}
DETAIL: Json = {"status": 200, "message": "Success", "data": OPPORTUNITY}
LIST: Json = {"status": 200, "message": "Success", "items": [OPPORTUNITY], "paginationInfo": _PAGE}
SEARCH: Json = {
    **LIST,
    "sortInfo": {**_SORTING, "errors": []},
    "filterInfo": {"filters": _FILTERS, "errors": []},
}
SEARCH_BODY: Json = {
    "search": "construction training for young people",
    "filters": _FILTERS,
    "sorting": _SORTING,
    "pagination": {"page": 1, "pageSize": 100},
}
