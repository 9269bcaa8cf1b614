"""Which step of the rules has decided where an engine tells a reason by a name of its own.

Chromium's are the corsError and the blockedReason of its DevTools protocol, Firefox's the categories of its console.
CORSDidNotSucceed2 comes with whatever else Firefox says of a request that never came to an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "chromium": {
        "MissingAllowOriginHeader": ("cors_check#2",),
        "MethodDisallowedByPreflightResponse": ("cors_preflight_fetch#7.5",),
        "WildcardOriginNotAllowed": ("cors_check#4",),
        "origin": ("http_redirect_fetch#10", "main_fetch#12.[3]"),
        "corp-not-same-site": ("cross_origin_resource_policy_internal_check#5.[3]",),
        "other": ("scheme_fetch#3.[4]", "should_fetching_request_be_blocked_as_mixed_content#2"),
        "mixed-content": ("should_fetching_request_be_blocked_as_mixed_content#2",),
        "InvalidAllowOriginValue": ("cors_check#4",),
        "AllowOriginMismatch": ("cors_check#4",),
        "PreflightAllowOriginMismatch": ("cors_check#4",),
        "MultipleAllowOriginValues": ("cors_check#4",),
        "InvalidAllowCredentials": ("cors_check#8",),
        "InvalidAllowMethodsPreflightResponse": ("cors_preflight_fetch#7.3",),
        "HeaderDisallowedByPreflightResponse": ("cors_preflight_fetch#7.7",),
        "InvalidAllowHeadersPreflightResponse": ("cors_preflight_fetch#7.3",),
        "PreflightInvalidAllowOriginValue": ("cors_check#4",),
        "PreflightMultipleAllowOriginValues": ("cors_check#4",),
        "PreflightMissingAllowOriginHeader": ("cors_check#2",),
        "PreflightDisallowedRedirect": ("cors_preflight_fetch#7",),
        "PreflightInvalidStatus": ("cors_preflight_fetch#7",),
        "CorsDisabledScheme": ("http_redirect_fetch#6",),
        "RedirectContainsCredentials": ("http_redirect_fetch#10", "http_redirect_fetch#9"),
        "corp-not-same-origin": ("cross_origin_resource_policy_internal_check#5.[2]",),
    },
    "firefox": {
        # A warning of what a wildcard will no longer do, which comes besides.
        "CORSAllowHeaderFromPreflightDeprecation": ("cors_check#2",),
        "CORSMissingAllowOrigin2": ("cors_check#2",),
        "CORSDidNotSucceed2": (
            "cors_check#2",
            "cors_check#4",
            "cors_preflight_fetch#7",
            "cors_preflight_fetch#7.3",
            "cors_preflight_fetch#7.5",
            "cors_preflight_fetch#7.7",
            "http_fetch#6.3.[1].1",
            "http_fetch#6.3.[2].2",
            "http_network_or_cache_fetch#11.2",
            "http_redirect_fetch#10",
            "http_redirect_fetch#5",
            "http_redirect_fetch#6",
            "http_redirect_fetch#7",
            "http_redirect_fetch#9",
            "should_be_blocked_due_to_a_bad_port#2",
            "should_fetching_request_be_blocked_as_mixed_content#2",
        ),
        "CORSMethodNotFound": ("cors_preflight_fetch#7.5",),
        "CORSNotSupportingCredentials": ("cors_check#4",),
        "CORSAllowOriginNotMatchingOrigin": ("cors_check#4",),
        "COEP": (
            "cross_origin_resource_policy_internal_check#5.[2]",
            "cross_origin_resource_policy_internal_check#5.[3]",
        ),
        "Mixed Content Blocker": ("should_fetching_request_be_blocked_as_mixed_content#2",),
        "SOP": ("http_redirect_fetch#6", "main_fetch#12.[3]"),
        "Sub-resource Integrity": ("main_fetch#23.2",),
        "CORSMultipleAllowOriginNotAllowed": ("cors_check#4",),
        "CORSMissingAllowCredentials": ("cors_check#8",),
        "CORSInvalidAllowMethod": ("cors_preflight_fetch#7.3",),
        "CORSMissingAllowHeaderFromPreflight2": ("cors_preflight_fetch#7.7",),
        "CORSInvalidAllowHeader": ("cors_preflight_fetch#7.3",),
        "CORSExternalRedirectNotAllowed": ("cors_preflight_fetch#7",),
        "CORSPreflightDidNotSucceed3": ("cors_preflight_fetch#7",),
    },
}
