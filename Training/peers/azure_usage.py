"""What the peers are told about the Azure usage resource, and how they answer."""

import json
import time

COLUMNS = [
    "customerTenantId", "customerName", "subscriptionId", "subscriptionName", "usageDate",
    "resourceLocation", "meterCategory", "meterSubcategory", "meterUnit", "reservationOrderId",
    "reservationId", "consumptionMeterId", "serviceType", "quantity",
]


def timed(work):
    """What `work` returns, its seconds, and the processor seconds of all its threads."""
    start, processor_start = time.monotonic(), time.process_time()
    result = work()
    return result, time.monotonic() - start, time.process_time() - processor_start


def answer(seconds, processor_seconds, rows, quantity, bytes, version, call):
    """One JSON object: what was measured, counts to check it by, and how it was called."""
    print(json.dumps({
        "seconds": seconds, "processorSeconds": processor_seconds, "rows": rows, "quantity": quantity, "bytes": bytes,
        "version": version, "call": call,
    }))
