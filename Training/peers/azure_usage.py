"""What the peers are told about the Azure usage resource, and how they answer."""

import json

COLUMNS = [
    "customerTenantId", "customerName", "subscriptionId", "subscriptionName", "usageDate",
    "resourceLocation", "meterCategory", "meterSubcategory", "meterUnit", "reservationOrderId",
    "reservationId", "consumptionMeterId", "serviceType", "quantity",
]


def answer(seconds, rows, quantity, bytes, version, call):
    """One JSON object: what was measured, counts to check it by, and how it was called."""
    print(json.dumps({
        "seconds": seconds, "rows": rows, "quantity": quantity, "bytes": bytes,
        "version": version, "call": call,
    }))
